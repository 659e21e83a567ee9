"""Composition of the printed book: lines and pages are chosen by typeset/, and WeasyPrint paints what was chosen.

A specimen of every paragraph is laid out first, so that whatever a style sheet says is known: measure, indent, type, what
stands between. Then lines and pages are composed; each line becomes a *slug* of its own, as on a Linotype. What was painted is
compared with what was composed, and where it differs, the paragraph or the pages of its chapter are left to WeasyPrint.
"""
