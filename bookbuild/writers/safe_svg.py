"""Drawings made safe: of an SVG only what draws is kept, by a closed list; nothing runs, and nothing is fetched."""

import re

from lxml import etree

from bookbuild.errors import BookError, Finding, Place, error, warning

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_LIMIT = 5_000_000  # bytes; a drawing that has more is slow on every reader
_DRAWS = frozenset(
    ["svg", "g", "defs", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan",
     "textPath", "use", "symbol", "marker", "clipPath", "mask", "pattern", "linearGradient", "radialGradient", "stop"]
)  # fmt: skip
_SAYS = frozenset(
    ["id", "class", "d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "fr", "dx", "dy", "width", "height",
     "points", "viewBox", "preserveAspectRatio", "transform", "version", "offset", "rotate", "textLength", "lengthAdjust",
     "pathLength", "startOffset", "method", "spacing", "markerWidth", "markerHeight", "markerUnits", "refX", "refY", "orient",
     "clipPathUnits", "maskUnits", "maskContentUnits", "patternUnits", "patternContentUnits", "patternTransform",
     "gradientUnits", "gradientTransform", "spreadMethod",
     "fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity", "stroke-linecap", "stroke-linejoin",
     "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "opacity", "color", "display", "visibility", "overflow",
     "clip-path", "clip-rule", "mask", "marker-start", "marker-mid", "marker-end", "stop-color", "stop-opacity", "vector-effect",
     "font-family", "font-size", "font-style", "font-weight", "font-variant", "letter-spacing", "word-spacing", "text-anchor",
     "text-decoration", "dominant-baseline", "baseline-shift", "alignment-baseline", "direction", "writing-mode", "style"]
)  # fmt: skip
_FETCHES = re.compile(r"url\s*\(\s*(?![\"']?#)|@import|expression\s*\(|javascript:|\\", re.IGNORECASE)


def safe_svg(data: bytes, what: str, asked_at: Place) -> tuple[bytes, list[Finding]]:
    """Keep of a drawing what draws; what was left out is told.

    Raises:
        BookError: it is no SVG, broken, or too large; `what` is what messages call it.

    """
    if len(data) > _LIMIT:
        raise BookError(
            error(
                f"{what} is larger than {_LIMIT // 1_000_000} MB", asked_at, hint="save it simpler, or as PNG"
            )
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        hint = "save it anew, or as PNG"
        raise BookError(error(f"{what} is no SVG, or is broken: {fault}", asked_at, hint=hint)) from fault
    if root.tag != f"{{{_SVG}}}svg":
        raise BookError(error(f"{what} is no SVG", asked_at, hint="save it anew, or as PNG"))
    lost = _cleaned(root)
    etree.cleanup_namespaces(root)
    safe = bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))
    if not lost:
        return safe, []
    told = f"{what} had what a book may not have, and was left without it: {', '.join(sorted(lost))}"
    return safe, [warning(told, asked_at, hint="look at it, or save it as PNG")]


def _cleaned(root: etree._Element) -> set[str]:
    """Take out all that is not on the lists; gives the names of what was taken out, but for what editors write for themselves."""
    lost: set[str] = set()
    for element in list(root.iter()):
        name = etree.QName(element) if isinstance(element.tag, str) else None
        if not name or name.namespace != _SVG or name.localname not in _DRAWS:
            lost |= (
                {name.localname}
                if name and name.namespace == _SVG and name.localname != "metadata"
                else set()
            )
            _take_out(element)
            continue
        for key, value in element.items():
            if not _is_safe(key, value):
                lost |= (
                    set()
                    if key.startswith("{") and not key.startswith(f"{{{_XLINK}}}")
                    else {etree.QName(key).localname}
                )
                del element.attrib[key]
    return lost


def _is_safe(key: str, value: str) -> bool:
    if key in {"href", f"{{{_XLINK}}}href"}:
        return value.startswith("#")
    return key in _SAYS and not _FETCHES.search(value)


def _take_out(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        element.tail = None
        parent.remove(element)
