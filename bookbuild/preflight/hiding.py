"""What is hidden in an EPUB, by a style sheet or by the element itself."""

import re
from collections.abc import Iterable

from bookbuild.preflight.markup import Element
from bookbuild.stylesheets import Sheet

_SIMPLE = re.compile(r"(?P<tag>[a-z][a-z0-9]*|\*)?(?P<marks>(?:[.#][\w-]+)*)")


def hiding_selectors(sheets: Iterable[Sheet]) -> tuple[str, ...]:
    """Give the selectors for which `display: none` is declared."""
    return tuple(
        selector
        for sheet in sheets
        for declaration in sheet.declarations
        if declaration.name == "display" and declaration.value.lower() == "none"
        for selector in declaration.selectors
    )


def is_hidden(element: Element, selectors: Iterable[str]) -> bool:
    """Whether an element itself is hidden; of selectors only simple ones are understood: `nav`, `.note`, `p#one.two`."""
    inline = re.search(r"display\s*:\s*none", element.get("style", ""), re.IGNORECASE)
    return bool(inline) or element.get("hidden") is not None or any(_fits(element, one) for one in selectors)


def _fits(element: Element, selector: str) -> bool:
    match = _SIMPLE.fullmatch(selector)
    if not match or not selector:
        return False
    name = str(element.tag).rpartition("}")[2]
    classes = str(element.get("class", "")).split()
    marks = re.findall(r"([.#])([\w-]+)", match["marks"])
    return match["tag"] in {None, "*", name} and all(
        mark in classes if sign == "." else mark == element.get("id") for sign, mark in marks
    )
