"""How an author writes a picture into a manuscript: a line of Markdown, or a line with just the picture's name."""

import re
from typing import NamedTuple

PICTURE_SUFFIXES = frozenset([".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"])
"""The kinds of picture that are read."""
_OTHERS = "tiff?|bmp|heic|heif|avif|psd|jp2|eps|xcf"  # known, so that their authors are told what to do
_NAMED = rf"\.(?:png|jpe?g|gif|webp|svg|{_OTHERS})"
_MARKDOWN = re.compile(
    rf"\s*!\[(?P<alt>[^\]]*)\]\(\s*(?:<(?P<angled>[^<>]+)>|(?P<file>[^\"“”<>]*?{_NAMED}|[^\s\"“”()<>]+))"
    r"(?:\s+[\"“'](?P<caption>.*?)[\"”'])?\s*\)\s*",
    re.IGNORECASE,
)
_BARE = re.compile(rf"\s*(?P<file>[^\s:\"“”<>|*?]+{_NAMED})(?:\s*:\s+(?P<caption>\S.*?))?\s*", re.IGNORECASE)
_LONGEST = 2000  # characters of such a line


class PictureLine(NamedTuple):
    """What such a line says: the file's name, and where in the line description and caption stand; empty where there is none."""

    file: str
    alt: tuple[int, int]
    caption: tuple[int, int]


def picture_line(text: str) -> PictureLine | None:
    """Read a line that has a picture and nothing else: `![a map](map.png "The harbour")`, `map.png`, `map.png: The harbour`."""
    if len(text) > _LONGEST or not ("." in text or "![" in text):
        return None
    match = _MARKDOWN.fullmatch(text)
    if match:
        file = match["angled"] or match["file"]
        if ":" in file:  # an address of the web, from which nothing is fetched
            return None
        return PictureLine(file, _inked(text, *match.span("alt")), _stretch(text, match))
    match = _BARE.fullmatch(text)
    return PictureLine(match["file"], (0, 0), _stretch(text, match)) if match else None


def _stretch(text: str, match: re.Match[str]) -> tuple[int, int]:
    return _inked(text, *match.span("caption")) if match["caption"] else (0, 0)


def _inked(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out the white space at both ends; nothing is left as (0, 0)."""
    inner = text[start:end]
    begin = start + len(inner) - len(inner.lstrip())
    return (begin, begin + len(inner.strip())) if inner.strip() else (0, 0)
