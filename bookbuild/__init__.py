"""Messy chapters in, a document tree in the middle, an EPUB and a print-ready PDF out."""

__version__ = "0.1.0"
