"""Makes docs/printers.md: each printer's figures with their sources, and every demand that a finished PDF is held to."""

import itertools
import sys

from bookbuild.prepress.demand import Demand
from bookbuild.prepress.demands import DEMANDS
from bookbuild.printers import PRINTERS, Printer

_TOP = """\
# What printers ask

`print: kdp` in build.yaml makes a PDF as the printer wants it. Then, and with `bookbuild check --print kdp`, the finished file is read
again as the printer reads it: what would be refused is an error, what would be spoilt a warning, each with its page.
`bookbuild check --print kdp --file other.pdf` looks into any PDF; one with a single page is taken for a cover.

Printers change their figures. All that bookbuild knows stands here and in `bookbuild/printers.py`, with where it was read and when; what
is from memory is asked for, and never insisted on.
"""


def printers_page(made: str) -> str:
    """Give the page; `made` is the line that says where it comes from."""
    families = itertools.groupby(DEMANDS, key=lambda one: one.find.__module__)
    return "\n".join(
        [
            made,
            _TOP,
            *(_printer(one) for one in PRINTERS.values()),
            "## What is looked at\n",
            *(_family(module, list(demands)) for module, demands in families),
        ]
    )


def _printer(one: Printer) -> str:
    rows = [f"| {what} | {figure} | {one.sources[field]} |" for what, field, figure in _figures(one)]
    return "\n".join(
        [
            f"## {one.name}\n",
            f"`print: {one.key}`\n",
            "| what | figure | where it stands |\n|---|---|---|",
            *rows,
            "",
        ]
    )


def _figures(one: Printer) -> list[tuple[str, str, str]]:
    cover, sides = one.cover, "four" if one.bleeds_at_spine else "three"
    custom = one.custom_trims
    return [
        ("trims, in", "trims", ", ".join(f"{width:g} × {height:g}" for width, height in one.trims)),
        ("others", "custom_trims", f"{_size(custom[0])} to {_size(custom[1])}" if custom else "none"),
        *((f"{paper.name.value}, {paper.ink.value}", "papers",
           f"{paper.least} to {paper.most} pages, {paper.most_of_large} wider than 8.3 in; {paper.caliper:.6f} in a page")
          for paper in one.papers),
        ("inside margin", "inside", "; ".join(f"{inches:g} in up to {most} pages" if most < 9999 else f"{inches:g} in" for most, inches in one.inside)),
        ("other margins", "margin", f"{one.margin:g} in"),
        ("with bleed", "margin_with_bleed", f"{one.margin_with_bleed:g} in"),
        ("bleed", "bleed", f"{one.bleed:g} in at {sides} sides{', always' if one.always_bleeds else ''}"),
        ("pages in black", "black", one.black.value),
        ("pages in colour", "colour", one.colour.value),
        ("dots to the inch", "resolution", f"{one.resolution}"),
        ("ink", "ink_limit", f"at most {one.ink_limit} %"),
        ("file", "megabytes", f"at most {one.megabytes} MB{'; PDF/X-1a' if one.pdf_x else ''}"),
        ("cover", "cover", f"bleed {cover.bleed:g} in, text {cover.safe:g} in from the cut, spine text from {cover.spine_text_from} pages on with {cover.spine_clear:g} in clear, spine {cover.spine_more:g} in more than the pages; {cover.inks.value}"),
    ]  # fmt: skip


def _size(size: tuple[float, float]) -> str:
    return f"{size[0]:g} × {size[1]:g}"


def _family(module: str, demands: list[Demand]) -> str:
    told = (sys.modules[module].__doc__ or "").split("\n")[0]
    rows = [f"| `{one.name}` | {one.why} | {one.remedy} |" for one in demands]
    return "\n".join([f"{told}\n", "| name | why | the way out |\n|---|---|---|", *rows, ""])
