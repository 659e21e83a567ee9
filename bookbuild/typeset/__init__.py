"""Composition for print: how wide words are, where lines end, where pages begin.

It knows runs of text in a type, lines and heights; neither HTML nor WeasyPrint, which paints what is composed here. All
lengths are CSS pixels (3/4 of a point), as the painter has them, so that both find the same width to the bit.
"""
