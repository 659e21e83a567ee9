"""The printed cover in one piece: back, spine and front, at a printer's size.

`folds` says where everything is; `barcode`, `front` and `spine` draw; `cover_pdf` makes the PDF, `guides` a picture to check it by.
"""
