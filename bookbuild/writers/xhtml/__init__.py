"""The one room that turns nodes of the tree into XHTML, for EPUB and PDF both: inlines, blocks, divisions.

Every function gives well-formed markup, as text, that is valid in EPUB 3.3 content documents and in HTML alike. It has
classes and roles but no looks: those are in styles/. Not one word is added here that is not in the tree, so that what
is read back can be compared with it.
"""
