"""The style sheets of an EPUB: what readers cannot do, and what belongs to those who read."""

import re
from collections.abc import Iterator

from tinycss2 import ast

from bookbuild.contrast import poor_contrasts
from bookbuild.preflight.objection import (
    ADOBE,
    ALL,
    APPLE,
    GOOGLE,
    KINDLE,
    KOBO,
    KOREADER,
    Concern,
    objection,
)
from bookbuild.preflight.opened import Opened
from bookbuild.preflight.package import target
from bookbuild.stylesheets import AtRule, Declaration

_BODY_TEXT = {"html", "body", "p", "*", ":root", "div"}
_HEADING = re.compile(r"h[1-6]\b")
_DROPPED_FUNCTIONS = {"calc", "min", "max", "clamp", "var", "env"}
_DROPPED_UNITS = {"vw", "vh", "vmin", "vmax", "rem"}
_LATER_PROPERTIES = {"object-fit", "aspect-ratio", "transform", "transition", "animation", "gap"}
_LATER_SELECTORS = re.compile(r":(?:is|where|has|not)\(")
_DISPLAYS = re.compile(r"\b(?:inline-)?(?:flex|grid)\b")
_SIDES = re.compile(r"(?:margin|padding)(?:-(?:left|right|inline(?:-start|-end)?))?")
_BREAKS = {"break-before", "break-after", "break-inside"}
_KOBOFIX = "kobofix 1.0, June 2026"
_KDP_TEXT = "Kindle Publishing Guidelines, section 9.3.2, read November 2026"


def _declarations(epub: Opened) -> Iterator[Declaration]:
    for sheet in epub.sheets:
        yield from sheet.declarations


def _at_rules(epub: Opened) -> Iterator[AtRule]:
    for sheet in epub.sheets:
        yield from sheet.at_rules


def _at(declaration: Declaration, told: str = "") -> Concern:
    return Concern(f"‘{told or declaration.shown}’", declaration.file, declaration.line)


# ---------------------------------------------------------------- what readers cannot do


@objection(
    KOBO, remedy="set it without: a book is one column",
    source="pandoc#8435, read November 2026 (each chapter's first page is blank); Kobo's EPUB guidelines, August 2025",
    in_files_of=(KOBO,),
)  # fmt: skip
def flex_or_grid(epub: Opened) -> Iterator[Concern]:
    """Kobo shows blank pages where a style lays out with flex or grid."""
    for one in _declarations(epub):
        if one.name == "display" and _DISPLAYS.search(one.value.lower()):
            yield _at(one)


@objection(
    ADOBE, remedy="write the length itself, in em or per cent; a second line before it does not help",
    source=f"{_KOBOFIX} (KOBO-001): one such word, and the whole sheet is lost or the book does not open",
)  # fmt: skip
def sheet_is_dropped(epub: Opened) -> Iterator[Concern]:
    """Adobe's engine of 2013, in which a Kobo shows `.epub`, throws away a whole style sheet for one function that it does not know, such as calc() or var()."""
    for one in _declarations(epub):
        named = {token.lower_name for token in one.tokens if isinstance(token, ast.FunctionBlock)}
        if named & _DROPPED_FUNCTIONS or one.name.startswith("--"):
            yield _at(one)


@objection(
    ADOBE, remedy="use em or per cent",
    source=f"{_KOBOFIX} (KOBO-002 and KOBO-004): vw and vh in a margin give a blank screen, rem counts as em",
)  # fmt: skip
def later_unit(epub: Opened) -> Iterator[Concern]:
    """Adobe's engine knows no rem, vw or vh: it crashes at some, and misreads others."""
    for one in _declarations(epub):
        units = {token.lower_unit for token in one.tokens if isinstance(token, ast.DimensionToken)}
        if units & _DROPPED_UNITS:
            yield _at(one)


@objection(
    ADOBE, remedy="do without",
    source=f"{_KOBOFIX} (KOBO-003 and KOBO-010 to KOBO-018)",
)  # fmt: skip
def later_css(epub: Opened) -> Iterator[Concern]:
    """Adobe's engine knows nothing of transforms, animation, absolute places, newer selectors; an empty @media crashes it."""
    for one in _declarations(epub):
        placed = one.name == "position" and one.value.lower() not in {"static", "relative"}
        if placed or one.name in _LATER_PROPERTIES:
            yield _at(one)
        for selector in one.selectors:
            if _LATER_SELECTORS.search(selector):
                yield _at(one, selector)
    for rule in _at_rules(epub):
        if rule.name == "@keyframes" or (rule.is_empty and rule.name in {"@media", "@supports"}):
            yield Concern(f"‘{rule.name}’", rule.file, rule.line)


@objection(
    KOBO, KOREADER, remedy="add the older page-break-before, page-break-after or page-break-inside",
    source="standardebooks/tools, its build for Kobo, read November 2026",
    in_files_of=(KOBO,),
)  # fmt: skip
def break_without_page_break(epub: Opened) -> Iterator[Concern]:
    """Kobo and older readers know `page-break-before` and not `break-before`."""
    for one in _declarations(epub):
        if one.name in _BREAKS and f"page-{one.name}" not in one.beside:
            yield _at(one)


@objection(
    ALL, refuses=True, remedy="take out @import and url(…), or put the file into the book",
    source="EPUB 3.3 (EPUBCheck RSC-007), May 2023",
    in_files_of=(KOBO, KINDLE),
)  # fmt: skip
def style_asks_for_file(epub: Opened) -> Iterator[Concern]:
    """A style sheet asks for a file that is not in the book: stores refuse that."""
    asked = [(one.file, one.line, one.tokens) for one in _declarations(epub)]
    asked += [(rule.file, rule.line, rule.prelude) for rule in _at_rules(epub)]
    for file, line, tokens in asked:
        for address in _addresses(tokens):
            path, _ = target(file, address)
            if not address.startswith(("data:", "#")) and not epub.archive.has(path):
                yield Concern(f"it asks for {address!r}, which is not in the book", file, line)
    for rule in _at_rules(epub):
        strings = [token.value for token in rule.prelude if isinstance(token, ast.StringToken)]
        if rule.name == "@import" and strings and not epub.archive.has(target(rule.file, strings[0])[0]):
            yield Concern(f"it asks for {strings[0]!r}, which is not in the book", rule.file, rule.line)


def _addresses(tokens: tuple[ast.Node, ...]) -> Iterator[str]:
    for token in tokens:
        if isinstance(token, ast.URLToken):
            yield str(token.value)
        elif isinstance(token, ast.FunctionBlock) and token.lower_name == "url":
            yield from (str(one.value) for one in token.arguments if isinstance(one, ast.StringToken))


@objection(
    KOBO, ADOBE, remedy="embed TrueType, OpenType or WOFF",
    source="Kobo's EPUB guidelines (TTF, OTF, WOFF 1), August 2025",
    in_files_of=(KOBO,),
)  # fmt: skip
def kind_of_font(epub: Opened) -> Iterator[Concern]:
    """Kobo knows TrueType, OpenType and WOFF, and not WOFF 2."""
    for item in epub.package.items:
        if item.path.lower().endswith(".woff2") or item.media_type == "font/woff2":
            yield Concern("the font is WOFF 2", item.path)


# ---------------------------------------------------------------- what belongs to the reader


@objection(
    KINDLE, APPLE, KOBO, remedy="leave it out: whoever reads chooses face, size and colour",
    source=f"{_KDP_TEXT}; asciidoctor#1583, read November 2026 (the text shows as squares)",
    in_files_of=(KOBO, KINDLE),
)  # fmt: skip
def forced_body_text(epub: Opened) -> Iterator[Concern]:
    """The text's face, size, colour and ground are the reader's choice: Kindle takes no book that forces them, and dark text is lost at night.

    A face that is embedded in the book may be named: every reader offers it beside its own.
    """
    embedded = {
        _first_family(one)
        for one in _declarations(epub)
        if one.name == "font-family" and "@font-face" in one.selectors
    }
    for one in _declarations(epub):
        is_embedded = one.name == "font-family" and _first_family(one) in embedded
        if not _BODY_TEXT.isdisjoint(one.selectors) and _forces(one) and not is_embedded:
            yield _at(one, f"{', '.join(one.selectors)} {{ {one.shown} }}")


def _first_family(one: Declaration) -> str:
    return one.value.partition(",")[0].strip(" \"'").lower()


def _forces(one: Declaration) -> bool:
    value = one.value.lower()
    if one.name in {"color", "background-color", "background"}:
        return value not in {"inherit", "transparent", "none", "initial", "currentcolor"}
    if one.name == "font-size":
        return value not in {"inherit", "1em", "100%", "medium", "initial"}
    return one.name in {"font-family", "font"} and value not in {"inherit", "initial"}


@objection(
    KINDLE, KOBO, remedy="leave it out: whoever reads chooses the margins",
    source=f"{_KDP_TEXT}; Kobo's EPUB guidelines, August 2025",
    in_files_of=(KOBO, KINDLE),
)  # fmt: skip
def side_margins(epub: Opened) -> Iterator[Concern]:
    """The text has no margin of its own at the left and the right: on a phone it takes the room for words."""
    for one in _declarations(epub):
        if (
            not {"html", "body", "p"}.isdisjoint(one.selectors)
            and _SIDES.fullmatch(one.name)
            and _at_sides(one)
        ):
            yield _at(one, f"{', '.join(one.selectors)} {{ {one.shown} }}")


def _at_sides(one: Declaration) -> bool:
    """Whether a margin or padding is more than nothing at the left or the right."""
    values = one.value.lower().removesuffix("!important").split()
    if one.name in {"margin", "padding"}:
        sides = (
            [values[1 % len(values)], values[3] if len(values) > 3 else values[1 % len(values)]]
            if values
            else []
        )
    else:
        sides = values
    return any(not re.fullmatch(r"[+-]?0[a-z%]*|auto|inherit|initial", side) for side in sides)


@objection(
    KINDLE, remedy="take room with margins and padding that are not negative",
    source="asciidoctor-epub3#390, read November 2026 (KDP's support asks for it)",
    in_files_of=(KINDLE,),
)  # fmt: skip
def negative_margin(epub: Opened) -> Iterator[Concern]:
    """Kindle refuses negative margins: text slides over text, or out of the page."""
    for one in _declarations(epub):
        numbers = [
            token for token in one.tokens if isinstance(token, ast.DimensionToken | ast.PercentageToken)
        ]
        if one.name.startswith("margin") and any(number.value < 0 for number in numbers):
            yield _at(one)


@objection(
    KINDLE, remedy="centre the heading instead",
    source="asciidoctor-epub3#390, read November 2026 (KDP's support asks for it)",
)  # fmt: skip
def floating_heading(epub: Opened) -> Iterator[Concern]:
    """Kindle refuses headings that float."""
    for one in _declarations(epub):
        if one.name == "float" and one.value.lower() != "none" and any(map(_HEADING.match, one.selectors)):
            yield _at(one)


@objection(
    KINDLE, remedy="let the height follow from the text",
    source="Kindle Publishing Guidelines, section 9.3.3, read November 2026",
    in_files_of=(KINDLE,),
)  # fmt: skip
def fixed_height(epub: Opened) -> Iterator[Concern]:
    """A height that is fixed cuts off text, or lays it over other text, when somebody makes the letters larger."""
    for one in _declarations(epub):
        lengths = [token for token in one.tokens if isinstance(token, ast.DimensionToken) and token.value]
        if one.name == "height" and lengths and not _of_pictures(one):
            yield _at(one, f"{', '.join(one.selectors)} {{ {one.shown} }}")


def _of_pictures(one: Declaration) -> bool:
    return all(re.search(r"\b(?:img|svg|hr|figure)\b|^$", selector) for selector in one.selectors)


@objection(
    APPLE,
    KOBO,
    GOOGLE,
    remedy="take a darker colour, or none",
    source="WCAG 2.2, criterion 1.4.3 (level AA: 4.5 to 1), October 2023; Directive (EU) 2019/882, June 2025",
    in_files_of=(KOBO, KINDLE),
)
def poor_contrast(epub: Opened) -> Iterator[Concern]:
    """Pale letters cannot be read by many, and not at all on e-ink: the law of the European Union asks for 4.5 to 1."""
    for one, ratio in poor_contrasts(_declarations(epub)):
        yield Concern(f"‘{one.shown}’ has a contrast of {ratio:.1f} to 1", one.file, one.line)
