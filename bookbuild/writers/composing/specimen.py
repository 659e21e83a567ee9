"""A specimen of the book → what its style sheets say of every paragraph, and of what stands between.

Each text of each paragraph is an `x` in it, so that a paragraph has one line, and pages are so high that no division fills one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure import boxes
from weasyprint.text.fonts import font_features

from bookbuild.typeset.hyphens import Limits
from bookbuild.typeset.measure import Type
from bookbuild.writers.composing.left import FLOATS, NOTES
from bookbuild.writers.composing.other_fonts import OtherFonts
from bookbuild.writers.composing.passages import Passage
from bookbuild.writers.composing.reprints import Reprint, reprinted
from bookbuild.writers.composing.slugs import SLUG
from bookbuild.writers.composing.stretches import fill
from bookbuild.writers.fonts import Family
from bookbuild.writers.text_runs import FaceStyle
from bookbuild.writers.weasyprint_layout import wanted_side

_LETTER = "x"
SCENE_BREAK = "hr"
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_AVOID = frozenset({"avoid", "avoid-page"})
_LEAST_TOGETHER = 2
_BOLD = 600
"""The weight from which on the bold face is painted."""


@dataclass(frozen=True, slots=True)
class Hand:
    """What a stretch of text is set in, and how its words are parted."""

    type: Type
    language: str
    limits: Limits | None  # None: its words stay whole


@dataclass(frozen=True, slots=True)
class Style:
    """What the style sheets say of a paragraph; lengths in pixels."""

    measure: float
    indent: float
    em: float
    is_ragged: bool
    hyphen: str
    hands: tuple[Hand, ...]  # of the stretches that have text
    room: tuple[float, ...] = ()  # that its first lines leave to a large letter

    @property
    def together(self) -> int:
        """Say how many lines at its beginning no page's end parts."""
        return max(_LEAST_TOGETHER, len(self.room))


@dataclass(slots=True)
class Block:
    """A paragraph or another thing in the flow of a division, with its place in the specimen."""

    element: Element
    top: float
    bottom: float
    style: Style | None  # of a paragraph that is composed
    open_lines: int = 0  # of what WeasyPrint could part at the end of a page, and we cannot
    keeps_next: bool = False
    paddings: tuple[float, float] = (0.0, 0.0)  # above and below
    picture: float = 0.0  # the height of one in it

    @property
    def is_heading(self) -> bool:
        """Whether it stands over what follows."""
        return self.element.tag in _HEADINGS


@dataclass(slots=True)
class Unit:
    """What begins a page and runs on: a division, as a rule."""

    side: str  # recto, verso, or page for either
    top: float
    blocks: list[Block] = field(default_factory=list)
    apart: str = ""  # what stands apart from its flow, so that its pages are not ours


class Read(NamedTuple):
    """What was read from a specimen."""

    units: list[Unit]
    styles: dict[Element, Style]  # by paragraph


def rebuilt(element: Element, instead: Mapping[Element, Element]) -> Element:
    """Copy a tree with other elements in place of some; what has none of these is not copied but shared."""
    if element in instead:
        made = instead[element]
        made.tail = element.tail
        return made
    children = [rebuilt(child, instead) for child in element]
    if all(new is old for new, old in zip(children, element, strict=True)):
        return element
    made = Element(element.tag, element.attrib)
    made.text, made.tail = element.text, element.tail
    made.extend(children)
    return made


def specimen_sheet(width: float) -> str:
    """Give the style sheet of a specimen, on paper so wide in points."""
    return f"@page {{ size: {width}pt 1000000pt }}\n{SLUG} {{ display: block; white-space: nowrap }}\n"


def specimen_of(passage: Passage) -> Element:
    """Make a paragraph's specimen."""
    made = Reprint(passage.element)
    if passage.room is not None:
        made.append(reprinted(passage.room))
    slug = Element(SLUG)
    fill(slug, [piece._replace(text=_LETTER if piece.text else "") for piece in passage.pieces], set())
    made.append(slug)
    return made


class SpecimenReader:
    """Reads the boxes of a specimen that was laid out."""

    def __init__(self, passages: Mapping[Element, Passage], family: Family, others: OtherFonts) -> None:
        self._passages = passages  # by specimen
        self._others = others
        self._family = family
        self._known: dict[Any, Hand | None] = {}

    def read(self, pages: Any) -> Read:
        """Read all pages; paragraphs whose style is not given cannot be composed."""
        read = Read([], {})
        for page in pages:
            body = next((box for box in page.children if box.element_tag == "html"), None)
            if body is not None:
                unit = Unit(wanted_side(body), page.content_box_y())
                self._walk(body, unit, read.styles, ())
                if any(isinstance(box, boxes.FootnoteAreaBox) and box.children for box in page.children):
                    unit.apart = NOTES
                if unit.blocks:
                    read.units.append(unit)
        return read

    def _walk(self, box: Any, unit: Unit, styles: dict[Element, Style], above: tuple[Element, ...]) -> None:
        if not box.is_in_normal_flow():
            unit.apart = FLOATS
            return
        if box.style["break_before"] in _AVOID or box.element in above:  # nothing to begin a page with
            _keep(unit)
        passage = self._passages.get(box.element)
        if passage is not None or _is_whole(box):
            style = self._style(box, passage) if passage else None
            element = passage.element if passage else box.element
            if passage and style:
                styles[element] = style
            unit.blocks.append(_block(box, element, style))
        else:
            for child in box.children:
                self._walk(child, unit, styles, (*above, box.element))
        if box.style["break_after"] in _AVOID or box.element_tag in _HEADINGS:
            _keep(unit)

    def _style(self, box: Any, passage: Passage) -> Style | None:
        """Read a paragraph's style; None where it is not to be composed."""
        *aside, slug = box.children if isinstance(box, boxes.BlockBox) and box.children else (None,)
        room = _room(aside, box.style)
        if (
            slug is None
            or slug.element_tag != SLUG
            or len(slug.children) != 1
            or room is None
            or bool(room) != (passage.room is not None)
            or box.first_letter_style
            or box.first_line_style
        ):
            return None
        texts = [inner for inner in slug.children[0].descendants() if isinstance(inner, boxes.TextBox)]
        css, pieces = box.style, [piece for piece in passage.pieces if piece.text]
        if len(texts) != len(pieces) or any(text.text != _LETTER for text in texts) or not _is_composed(css):
            return None
        hands = [self._hand(text.style) for text in texts]
        indent = css["text_indent"]
        found = tuple(hand for hand in hands if hand)
        if len(found) < len(hands):
            return None
        return Style(
            measure=box.width,
            indent=indent.value * (box.width / 100 if indent.unit == "%" else 1),
            em=css["font_size"],
            is_ragged=css["text_align_all"] != "justify",
            hyphen=css["hyphenate_character"],
            hands=found,
            room=room,
        )

    def _hand(self, css: Any) -> Hand | None:
        key = tuple(
            css[name] for name in (
                "font_family", "font_style", "font_weight", "font_stretch", "font_size", "letter_spacing", "word_spacing", "lang", "hyphens",
                "hyphenate_limit_chars", "text_transform", "font_kerning", "font_variant_ligatures", "font_variant_position",
                "font_variant_caps", "font_variant_numeric", "font_variant_alternates", "font_variant_east_asian",
                "font_feature_settings",
            )
        )  # fmt: skip
        if key not in self._known:
            self._known[key] = self._read_hand(css)
        return self._known[key]

    def _read_hand(self, css: Any) -> Hand | None:
        if (
            css["font_family"][0] != self._family.css_name
            or css["text_transform"] != "none"
            or css["word_spacing"] != 0
            or css["font_stretch"] != "normal"
        ):
            return None
        features = font_features(
            css["font_kerning"], css["font_variant_ligatures"], css["font_variant_position"], css["font_variant_caps"],
            css["font_variant_numeric"], css["font_variant_alternates"], css["font_variant_east_asian"], css["font_feature_settings"],
        )  # fmt: skip
        is_bold, is_slanted = css["font_weight"] >= _BOLD, css["font_style"] != "normal"
        style = (
            FaceStyle.BOLD_ITALIC if is_bold and is_slanted else FaceStyle.BOLD if is_bold else FaceStyle.ITALIC if is_slanted else FaceStyle.REGULAR
        )  # fmt: skip
        if style not in self._family.faces:
            return None
        spacing = 0.0 if css["letter_spacing"] == "normal" else css["letter_spacing"]
        language = css["lang"] or ""
        type_ = Type(
            self._family.faces[style].path, css["font_size"], tuple(features.items()), spacing, language
        )
        self._others.learn(type_, css)
        limits = Limits(*css["hyphenate_limit_chars"]) if css["hyphens"] == "auto" and language else None
        return Hand(type_, language, limits)


def _room(aside: Sequence[Any], css: Any) -> tuple[float, ...] | None:
    """Say what room is kept beside the first lines of a paragraph; None where something else stands before its text."""
    if not aside:
        return ()
    kept = [child for box in aside for child in (box, *box.children) if not child.is_in_normal_flow()]
    if len(kept) != 1 or kept[0].style["float"] != "left" or getattr(css["line_height"], "unit", "") != "px":
        return None
    lines: int = ceil(kept[0].margin_height() / css["line_height"].value)
    width: float = kept[0].margin_width()
    return (round(width, 1),) * lines


def _is_whole(box: Any) -> bool:
    """Tell whether a page may not end within a box; a break between scenes is one even where it is white alone."""
    if box.element_tag == SCENE_BREAK:
        return True
    if not isinstance(box, boxes.BlockBox) or box.style["break_inside"] in _AVOID:
        return bool(getattr(box, "children", True))
    return box.element_tag in _HEADINGS or any(isinstance(child, boxes.LineBox) for child in box.children)


def _is_composed(css: Any) -> bool:
    """Tell whether a paragraph is one that composition understands: justified or ragged right, its lines of one height."""
    return (
        css["text_align_all"] in {"justify", "left", "start"}
        and css["text_align_last"] in {"auto", "left", "start"}
        and css["direction"] == "ltr"
        and css["white_space"] == "normal"
        and css["word_spacing"] == 0
        and getattr(css["line_height"], "unit", "") == "px"  # a number would grow with the letters
    )


def _block(box: Any, element: Element, style: Style | None) -> Block:
    paddings = (box.padding_top, box.padding_bottom)
    if style:
        top = box.content_box_y()
        return Block(element, top, top + box.height, style, paddings=paddings)
    top = box.border_box_y()
    inside = box.descendants() if isinstance(box, boxes.ParentBox) else ()
    picture = next((one.height for one in inside if isinstance(one, boxes.ReplacedBox)), 0.0)
    bottom = top + box.border_height()
    return Block(element, top, bottom, None, _open_lines(box), paddings=paddings, picture=picture)


def _open_lines(box: Any) -> int:
    """Count the lines of a box that CSS lets be parted."""
    if box.style["break_inside"] in _AVOID or box.element_tag in _HEADINGS:
        return 0
    return sum(isinstance(child, boxes.LineBox) for child in getattr(box, "children", ()))


def _keep(unit: Unit) -> None:
    if unit.blocks:
        unit.blocks[-1].keeps_next = True
