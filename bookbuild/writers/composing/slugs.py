"""Lines as they were composed → elements that WeasyPrint paints just so: one *slug* for each."""

from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element

from bookbuild.typeset.lines import SPACING, TIGHTEST, Line, Setting
from bookbuild.typeset.pieces import JOINER
from bookbuild.writers.composing.passages import Passage
from bookbuild.writers.composing.reprints import Reprint, reprinted
from bookbuild.writers.composing.stretches import Stretch, cut, fill

SLUG = "slug"
"""The element of a line. HTML has none of this name, so that no style sheet speaks of it."""
_LEAST_SPACING = TIGHTEST * SPACING - 0.005
"""Ems by which spaces begin narrower than they are: WeasyPrint widens them, and never makes them narrower; the rest is for roundings."""
SHEET = f"""
slug {{ display: block; white-space: nowrap; hyphens: manual; margin: 0; padding: 0; break-inside: avoid }}
slug.next {{ text-indent: 0 }}
slug.full {{ text-align: justify; text-align-last: justify; word-spacing: {_LEAST_SPACING:.4f}em }}
slug.last {{ text-align: start; text-align-last: start }}
.new-page {{ break-before: page !important }}
.same-page {{ break-before: avoid !important }}
"""
"""What all slugs have."""
_EXPANSION_STEPS = 1000
_HANG_STEPS = 10
"""Letters widen by tenths of a hundredth; what hangs is told in tenths of a pixel."""


class SlugCaster:
    """Casts the slugs of a book; keeps account of the classes they need."""

    def __init__(self) -> None:
        self._classes: dict[str, str] = {}

    def sheet(self) -> str:
        """Give the style sheet of all that was cast."""
        return SHEET + "".join(f"slug.{name} {{ {rule} }}\n" for name, rule in sorted(self._classes.items()))

    def cast(self, passage: Passage, setting: Setting, page_starts: Iterable[int]) -> Element:
        """Make a paragraph anew, of slugs; lines in `page_starts` begin a page (0: the paragraph itself)."""
        paragraph = passage.element
        made = Reprint(paragraph)
        starts = frozenset(page_starts)
        if 0 in starts:
            add_class(made, "new-page")
        known: set[Element] = set()
        for number, line in enumerate(setting.lines):
            slug = Element(
                SLUG, {"class": " ".join(self._classes_of(line, number, begins_page=number in starts))}
            )
            if passage.capital is not None and not number:
                slug.append(reprinted(passage.capital))
            fill(slug, _pieces_of(line, passage.pieces), known)
            made.append(slug)
        return made

    def _classes_of(self, line: Line, number: int, *, begins_page: bool) -> list[str]:
        found = ["full" if line.is_full else "last"]
        if number:
            found.append("next")
            if begins_page:
                found.append("new-page")
        expansion = round(line.expansion * _EXPANSION_STEPS)
        left = round((line.hang_left - line.room) * _HANG_STEPS)
        right = round(line.hang_right * _HANG_STEPS)
        if expansion:
            found.append(self._class(f"e{expansion}", f"font-size: {1 + expansion / _EXPANSION_STEPS:.3f}em"))
        if left:
            found.append(self._class(f"l{left}", f"margin-left: {-left / _HANG_STEPS}px"))
        if right:
            found.append(self._class(f"r{right}", f"margin-right: {-right / _HANG_STEPS}px"))
        return found

    def _class(self, name: str, rule: str) -> str:
        name = name.replace("-", "m")
        self._classes[name] = rule
        return name


def _pieces_of(line: Line, pieces: Sequence[Stretch]) -> list[Stretch]:
    """Give what stands in a line, its hyphen with it."""
    found = [
        piece._replace(text=piece.text.replace(JOINER, "")) for piece in cut(pieces, line.begin, line.stop)
    ]
    if line.hyphen:
        last = max(at for at in range(len(found)) if found[at].text)
        found[last] = found[last]._replace(text=found[last].text + line.hyphen)
    return found


def line_text(line: Line, text: str) -> str:
    """Give what a line says when it is painted."""
    return text[line.begin : line.stop].replace(JOINER, "") + line.hyphen


def keep_together(paragraph: Element, first: int) -> None:
    """Leave the pages of a paragraph to WeasyPrint, but for so many lines at its beginning, and its last two."""
    for slug in {*paragraph[1:first], *paragraph[-1:]} - {*paragraph[:1]}:
        add_class(slug, "same-page")


def add_class(element: Element, name: str) -> None:
    """Give an element a class more."""
    element.set("class", f"{element.get('class', '')} {name}".strip())
