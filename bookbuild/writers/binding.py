"""Quires → one PDF: pages, tags, links and fonts put together as if all had been written at once.

A quire is a PDF of its own, of some divisions of the book. Its pages keep their content; what is told of them is told anew: the
tags under one root (ISO 32000-1, section 14.7), the places that links lead to, and each font once, with the glyphs of all.
"""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
import uharfbuzz

ELSEWHERE = "bookbuild:"
"""How the address of a link begins that leads to another quire."""
_MAPPED = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]+)>")
_MAP_ROWS = 100
"""Rows of a block of a character map (Adobe Technical Note 5014)."""
_DROPPED = ("BASE", "DSIG", "EBDT", "EBLC", "EBSC", "GPOS", "GSUB", "JSTF", "LTSH", "PCLT", "SVG ")
"""Tables of a font that no PDF reader needs; WeasyPrint leaves out the same."""


@dataclass(frozen=True, slots=True)
class Quire:
    """Some divisions as they were printed."""

    data: bytes
    pages: int
    anchors: Mapping[str, int]  # id → page within the quire, from 0
    faces: Mapping[str, bytes]  # the name of a font in it → the whole font file it is a part of


def bind(quires: Sequence[Quire], blanks: Sequence[int]) -> bytes:
    """Bind quires; before each stand so many blank pages as `blanks` says."""
    if len(quires) == 1 and not any(blanks):
        return quires[0].data
    with pikepdf.new() as pdf:
        binder = _Binder(pdf)
        for quire, count in zip(quires, blanks, strict=True):
            with pikepdf.open(io.BytesIO(quire.data)) as source:
                for _ in range(count):
                    binder.add_blank(source)
                binder.add(source, quire)
        binder.close()
        out = io.BytesIO()
        pdf.save(out, min_version=binder.version, deterministic_id=True, compress_streams=False)
    return out.getvalue()


class _Binder:
    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._fonts: dict[tuple[str, bytes], _Font] = {}
        self.version = ""  # of the PDF standard
        self._root: Any = None  # of the tags
        self._elements: list[Any] = []
        self._parents: list[Any] = []  # by the numbers that pages and annotations go by in the tags
        self._places: dict[str, Any] = {}

    def add_blank(self, source: pikepdf.Pdf) -> None:
        """Add a page without anything, of the size of the next."""
        first = source.pages[0].obj
        boxes = {
            name: [float(edge) for edge in first[name]]
            for name in ("/MediaBox", "/TrimBox", "/BleedBox")
            if name in first
        }
        blank = pikepdf.Dictionary({"/Type": pikepdf.Name.Page, "/Resources": pikepdf.Dictionary(), **boxes})
        self._pdf.pages.append(pikepdf.Page(self._pdf.make_indirect(blank)))

    def add(self, source: pikepdf.Pdf, quire: Quire) -> None:
        """Add the pages of a quire, and all that is told of them."""
        before = len(self._pdf.pages)
        for page in (
            source.pages
        ):  # one by one: `extend` warns that it leaves named places behind, which are added below
            self._pdf.pages.append(page)
        pages = [page.obj for page in list(self._pdf.pages)[before:]]
        if not self.version:
            self._take_over(source)
        self._add_tags(source, pages)
        self._add_fonts(pages, quire.faces)
        names = source.Root.get("/Names", {}).get("/Dests", {}).get("/Names", [])
        for at in range(0, len(names), 2):
            self._places[str(names[at])] = self._copied(source, names[at + 1])

    def _copied(self, source: pikepdf.Pdf, value: Any) -> Any:
        return self._pdf.copy_foreign(value if value.is_indirect else source.make_indirect(value))

    def _take_over(self, source: pikepdf.Pdf) -> None:
        """Take what is said of the whole book from its first quire."""
        self.version = source.pdf_version
        for name in ("/Metadata", "/Lang", "/MarkInfo", "/ViewerPreferences", "/OutputIntents"):
            if name in source.Root:
                self._pdf.Root[name] = self._copied(source, source.Root[name])
        for name, value in source.docinfo.items():
            self._pdf.docinfo[name] = str(value)
        if "/StructTreeRoot" in source.Root:
            document = pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Document)
            self._root = self._pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
            self._document = self._pdf.make_indirect(document)
            self._document.P = self._root

    def _add_tags(self, source: pikepdf.Pdf, pages: Sequence[Any]) -> None:
        if self._root is None or "/StructTreeRoot" not in source.Root:
            return
        first = len(self._parents)
        tree = self._pdf.copy_foreign(source.Root.StructTreeRoot)
        for document in tree.K:
            for element in document.K:
                element.P = self._document
                self._elements.append(element)
        numbers = tree.ParentTree.Nums
        self._parents += [numbers[at + 1] for at in range(0, len(numbers), 2)]
        for page in pages:
            if "/StructParents" in page:
                page.StructParents = int(page.StructParents) + first
            for annotation in page.get("/Annots", ()):
                if "/StructParent" in annotation:
                    annotation.StructParent = int(annotation.StructParent) + first

    def _add_fonts(self, pages: Sequence[Any], faces: Mapping[str, bytes]) -> None:
        """Have the pages speak of the fonts of the whole book."""
        done: set[tuple[int, int]] = set()
        for page in pages:
            fonts = page.Resources.get("/Font")
            if fonts is None or fonts.objgen in done:
                continue
            done.add(fonts.objgen)
            for name in list(fonts.keys()):
                face = faces.get(name.removeprefix("/"))
                if face is not None:
                    known = self._fonts.setdefault((name, face), _Font(face, fonts[name]))
                    known.take(fonts[name])
                    fonts[name] = known.font

    def close(self) -> None:
        """Write what is said of all together."""
        for font in self._fonts.values():
            font.close(self._pdf)
        if self._root is not None:
            self._document.K = pikepdf.Array(self._elements)
            self._root.K = pikepdf.Array([self._document])
            numbers = [item for number, parent in enumerate(self._parents) for item in (number, parent)]
            self._root.ParentTree = self._pdf.make_indirect(pikepdf.Dictionary(Nums=pikepdf.Array(numbers)))
            self._root.ParentTreeNextKey = len(self._parents)
            self._pdf.Root.StructTreeRoot = self._root
        if self._places:
            names = [item for place in sorted(self._places.items()) for item in place]
            self._pdf.Root.Names = pikepdf.Dictionary(Dests=pikepdf.Dictionary(Names=pikepdf.Array(names)))
        for page in self._pdf.pages:
            for annotation in page.obj.get("/Annots", ()):
                _lead_home(annotation)


def _lead_home(annotation: Any) -> None:
    """Turn a link to another quire into one within the book."""
    address = str(annotation.get("/A", {}).get("/URI", ""))
    if address.startswith(ELSEWHERE):
        del annotation["/A"]
        annotation.Dest = pikepdf.String(address.removeprefix(ELSEWHERE))
        annotation.Contents = pikepdf.String(address.removeprefix(ELSEWHERE))


class _Font:
    """A font of the book, of which quires have parts."""

    def __init__(self, face: bytes, font: Any) -> None:
        self.font = font  # the first that was met; the others' glyphs are added to it
        self._face = face
        self._widths: dict[int, Any] = {}
        self._characters: dict[bytes, bytes] = {}

    def take(self, font: Any) -> None:
        """Take the glyphs that a part has."""
        row = list(font.DescendantFonts[0].W)
        for first, widths in zip(row[::2], row[1::2], strict=True):
            self._widths |= {int(first) + number: width for number, width in enumerate(widths)}
        self._characters |= dict(_MAPPED.findall(font.ToUnicode.read_bytes()))

    def close(self, pdf: pikepdf.Pdf) -> None:
        """Write the font with the glyphs of all."""
        row: list[Any] = []
        for glyph in sorted(self._widths):
            if glyph - 1 not in self._widths:
                row += [glyph, []]
            row[-1].append(self._widths[glyph])
        descendant = self.font.DescendantFonts[0]
        descendant.W = pikepdf.Array(
            [pikepdf.Array(part) if isinstance(part, list) else part for part in row]
        )
        self.font.ToUnicode = pdf.make_stream(_character_map(self._characters))
        descriptor = descendant.FontDescriptor
        box = [float(edge) for edge in descriptor.FontBBox]
        descriptor.FontBBox = pikepdf.Array([*box[:2], max(map(float, self._widths.values())), box[3]])
        name = "/FontFile3" if "/FontFile3" in descriptor else "/FontFile2"
        program = _subset(self._face, self._widths)
        extra = {"Subtype": pikepdf.Name.OpenType} if name == "/FontFile3" else {"Length1": len(program)}
        descriptor[name] = pdf.make_stream(program, **extra)


def _character_map(characters: Mapping[bytes, bytes]) -> bytes:
    rows = [b"<%s> <%s>" % pair for pair in sorted(characters.items())]
    blocks = [rows[at : at + _MAP_ROWS] for at in range(0, len(rows), _MAP_ROWS)]
    return b"\n".join(
        [
            b"/CIDInit /ProcSet findresource begin", b"12 dict begin", b"begincmap",
            b"/CIDSystemInfo", b"<< /Registry (Adobe)", b"/Ordering (UCS)", b"/Supplement 0", b">> def",
            b"/CMapName /Adobe-Identity-UCS def", b"/CMapType 2 def",
            b"1 begincodespacerange", b"<0000> <ffff>", b"endcodespacerange",
            *(line for block in blocks for line in (b"%d beginbfchar" % len(block), *block, b"endbfchar")),
            b"endcmap", b"CMapName currentdict /CMap defineresource pop", b"end", b"end",
        ]
    )  # fmt: skip


def _subset(face: bytes, glyphs: Mapping[int, Any]) -> bytes:
    """Cut a font down to some glyphs, which keep their numbers."""
    asked = uharfbuzz.SubsetInput()
    asked.glyph_set.update(glyphs)
    asked.drop_table_tag_set.update(map(_tag, _DROPPED))
    asked.flags = (
        uharfbuzz.SubsetFlags.RETAIN_GIDS
        | uharfbuzz.SubsetFlags.PASSTHROUGH_UNRECOGNIZED
        | uharfbuzz.SubsetFlags.DESUBROUTINIZE
        | uharfbuzz.SubsetFlags.NO_HINTING
    )
    data: bytes = uharfbuzz.subset(uharfbuzz.Face(face), asked).blob.data
    return data


def _tag(name: str) -> int:
    return int.from_bytes(name.encode("ascii"), "big")
