"""The last hand on a PDF: page labels, outline, an even number of pages, and bytes that are the same every time."""

import io
import re
from dataclasses import dataclass
from typing import Any

import pikepdf

_GREY = re.compile(rb"(\S+) \1 \1 (rg|RG)")
_GREY_OPERATOR = {b"rg": b"g", b"RG": b"G"}


@dataclass(frozen=True, slots=True)
class Mark:
    """An entry of the outline."""

    text: str
    page: int  # from 0
    depth: int  # 0, or 1 in a part


def greys(_document: Any, pdf: Any) -> None:
    """Say black as grey, in WeasyPrint's PDF before it is written.

    It writes black as `0 0 0 rg`, which a press separates into four inks (IngramSpark, Lulu: text in black alone).
    """
    for part in pdf.objects:
        commands = getattr(part, "stream", None)
        if isinstance(commands, list):
            part.stream = [_grey(command) for command in commands]


def _grey(command: Any) -> Any:
    if not isinstance(command, bytes) or not command.endswith((b"rg", b"RG")):
        return command
    same = _GREY.fullmatch(command)
    return same[1] + b" " + _GREY_OPERATOR[same[2]] if same else command


def finish(data: bytes, marks: list[Mark], body: int, *, is_bound: bool = True) -> bytes:
    """Add page labels, outline, and to what is bound the back of the last leaf; with the page `body` the story begins, and folio 1."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        _label_pages(pdf, body)
        _add_outline(pdf, marks)
        if is_bound:
            _make_even(pdf)
        out = io.BytesIO()
        pdf.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
    return out.getvalue()


def _label_pages(pdf: pikepdf.Pdf, body: int) -> None:
    """Let viewers call pages by their folios: roman before the story, arabic from it on."""
    labels: list[Any] = [0, pikepdf.Dictionary(S=pikepdf.Name.r)] if body else []
    labels += [body, pikepdf.Dictionary(S=pikepdf.Name.D, St=1)]
    pdf.Root.PageLabels = pdf.make_indirect(pikepdf.Dictionary(Nums=pikepdf.Array(labels)))


def _add_outline(pdf: pikepdf.Pdf, marks: list[Mark]) -> None:
    with pdf.open_outline() as outline:
        for mark in marks:
            row = outline.root[-1].children if mark.depth and outline.root else outline.root
            row.append(pikepdf.OutlineItem(mark.text, mark.page, "Fit"))


def _make_even(pdf: pikepdf.Pdf) -> None:
    """Add the back of the last leaf: printers add it otherwise, and count it."""
    if len(pdf.pages) % 2:
        last = pdf.pages[-1].obj
        boxes = {name: last[name] for name in ("/MediaBox", "/TrimBox", "/BleedBox") if name in last}
        blank = pikepdf.Dictionary({"/Type": pikepdf.Name.Page, "/Resources": pikepdf.Dictionary(), **boxes})
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(blank)))
