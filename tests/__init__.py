"""Tests mirror the package; cases in Markdown are tests and documentation at once."""
