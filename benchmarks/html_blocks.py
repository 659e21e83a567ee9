"""HTML that a peer wrote, as blocks that the scorers take."""

import re
from html.parser import HTMLParser
from typing import Any

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS | {
    "p",
    "div",
    "li",
    "blockquote",
    "pre",
    "td",
    "th",
    "ul",
    "ol",
    "dd",
    "dt",
    "body",
    "html",
}
_MARKS = {"em": "em", "i": "em", "strong": "strong", "b": "strong"}
_UNSEEN = frozenset({"head", "script", "style", "title"})
_SPACE = re.compile(r"[ \t\r\n]+")


def blocks_of(html: str) -> list[dict[str, Any]]:
    """Read the blocks of a page; in favour of the peer, preformatted lines count as verse and ornaments as a scene break."""
    reader = _Reader()
    reader.feed(html)
    reader.end_block()
    return reader.blocks


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[dict[str, Any]] = []
        self.tags: list[str] = []
        self.text = ""
        self.spans: list[list[int | str]] = []
        self.open: list[tuple[str, int]] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 (HTMLParser's shape)
        if tag in _UNSEEN:
            self.unseen += 1
        elif tag == "br":
            self.text = self.text.rstrip(" ") + "\n"
        elif tag == "hr":
            self.end_block()
            self.blocks.append(_block("scene_break", "", []))
        elif tag in _MARKS:
            self.open.append((tag, len(self.text)))
        elif tag in _BLOCKS:
            self.end_block()
            self.tags.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        if tag in {"br", "hr"}:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self.unseen = max(self.unseen - 1, 0)
        elif tag in _MARKS and any(name == tag for name, _ in self.open):
            at = max(number for number, (name, _) in enumerate(self.open) if name == tag)
            _, start = self.open.pop(at)
            if start < len(self.text):
                self.spans.append([start, len(self.text), _MARKS[tag]])
        elif tag in _BLOCKS:
            self.end_block()
            if tag in self.tags:
                del self.tags[len(self.tags) - 1 - self.tags[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if self.unseen:
            return
        if "pre" not in self.tags:
            data = _SPACE.sub(" ", data)
            if not self.text or self.text[-1] in " \n":
                data = data.removeprefix(" ")
        self.text += data

    def end_block(self) -> None:
        """Put down what was read since the last block began."""
        text = self.text.rstrip()
        tag = self.tags[-1] if self.tags else ""
        if text and not any(character.isalnum() for character in text):
            self.blocks.append(_block("scene_break", "", []))
        elif text:
            kind = "heading" if tag in _HEADINGS else "verse" if "pre" in self.tags else "para"
            spans = [
                [start, min(end, len(text)), mark] for start, end, mark in self.spans if start < len(text)
            ]
            self.blocks.append(_block(kind, text, spans))
        self.text, self.spans = "", []
        self.open = [(tag, 0) for tag, _ in self.open]


def _block(kind: str, text: str, spans: list[list[Any]]) -> dict[str, Any]:
    block = {"type": kind, "text": text, "role": "", "spans": spans}
    if kind == "verse":
        block["lines"] = [{"text": line, "indent": 0, "spans": []} for line in text.split("\n")]
    return block
