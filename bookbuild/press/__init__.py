"""What is done with a finished PDF: booklets to fold and sew, and pictures of its pages.

`imposition` says which page stands where on which sheet; `booklet` makes the sheets; `spreads` shows pages side by side.
"""
