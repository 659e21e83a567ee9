"""The fonts of an EPUB, where the author asks for them: each face cut down to the characters of the book, if its maker allows that."""

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from bookbuild.errors import BookError, Finding, Place, error, warning
from bookbuild.tree import Book
from bookbuild.writers.fonts import Face, Family
from bookbuild.writers.text_runs import book_runs
from bookbuild.writers.weasyprint_log import listening
from bookbuild.writers.written import BookFile

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

SHEET = "fonts.css"
_MEDIA_TYPE = "application/vnd.ms-opentype"
"""The one that EPUB 3.0 gave both kinds of outlines, and 3.3 still has: calibre's Check book (6.13) warns of `font/ttf` and
`font/otf`, and EPUBCheck 4.2.6 and 5.3.0 take it."""

# OS/2.fsType (OpenType 1.9, "OS/2", section fsType)
_RESTRICTED, _PREVIEW, _EDITABLE, _NO_SUBSETTING, _BITMAPS_ONLY = 0x0002, 0x0004, 0x0008, 0x0100, 0x0200
_FAMILY, _SUBFAMILY, _FULL_NAME = 1, 2, 4  # OpenType 1.9, "name", section Name IDs
_WINDOWS_ENGLISH = (3, 1, 0x409)  # platform, encoding (Unicode), language
_ALWAYS = "".join(map(chr, range(0x20, 0x7F))) + "\u00a0\u00ad‐‑–—‘’“”…•"
"""Characters that every face keeps, for what readers put beside the text themselves: notes, numbers, hyphens."""


def embed(book: Book, family: Family, asked_at: Place) -> list[BookFile]:
    """Cut the faces of a family down to a book's characters, and make the sheet that names them.

    Every face has all characters, for a style may set any of them in italics. The sheet asks for the family at the body alone, so
    that whoever chooses another font in their reader gets it (Kindle Publishing Guidelines, "Fonts"; kobolabs/epub-spec).

    Raises:
        BookError: a font cannot be cut down; `asked_at` is where it was asked for.

    """
    text = "".join(run.text for run in book_runs(book))
    characters = {*map(ord, {*text, *text.upper(), *_ALWAYS})}  # small capitals may be made of capitals
    name = family.plain_name
    files = [_embedded(face, name, characters, asked_at) for face in family.faces.values()]
    rules = [
        *(_font_face(name, face, file.name) for face, file in zip(family.faces.values(), files, strict=True)),
        f'body {{\n  font-family: "{name}", serif;\n}}\n',
    ]
    return [BookFile(SHEET, "text/css", "\n".join(rules).encode()), *files]


def _font_face(family: str, face: Face, file: str) -> str:
    weight = "bold" if face.weight > 400 else "normal"
    return (
        f'@font-face {{\n  font-family: "{family}";\n  font-weight: {weight};\n'
        f"  font-style: {face.slant};\n  src: url({file});\n}}\n"
    )


def _embedded(face: Face, family: str, characters: set[int], asked_at: Place) -> BookFile:
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415 (a tenth of a second; only this needs it)
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    options = Options()
    options.layout_features = [*options.layout_features, "smcp"]  # what styles ask for
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    output = BytesIO()
    try:
        with (
            listening(),  # it logs every table that it does not know, and leaves out: no letter needs one
            TTFont(BytesIO(face.path.read_bytes()), fontNumber=0, recalcTimestamp=False) as font,
        ):
            subsetter.subset(font)
            _name(font, family, face)
            font.flavor = None  # not all readers know WOFF
            font.save(output)
            kind = "otf" if font.sfntVersion == "OTTO" else "ttf"
    except Exception as fault:  # a damaged table fails anywhere in fontTools, and in many ways
        hint = "give another file of this font, or take out embed-fonts"
        message = f"the font '{face.path.name}' cannot be cut down to the book's characters: {fault}"
        raise BookError(error(message, asked_at, hint=hint)) from fault
    name = f"font-{face.style.value.replace(' ', '-')}.{kind}"
    return BookFile(name, _MEDIA_TYPE, output.getvalue())


def _name(font: "TTFont", family: str, face: Face) -> None:
    """Call a face in its file as the sheet does: some readers go by the one, some by the other (calibre's Check book)."""
    style = face.style.value.title()
    names = {_FAMILY: family, _SUBFAMILY: style, _FULL_NAME: f"{family} {style}"}
    table = font["name"]
    for record in [*table.names]:
        if record.nameID in names:
            table.removeNames(record.nameID, record.platformID, record.platEncID, record.langID)
    for number, called in names.items():
        table.setName(called, number, *_WINDOWS_ENGLISH)


def licences(family: Family, asked_at: Place) -> Iterator[Finding]:
    """Ask each font what its maker allows, and tell of what is allowed in part.

    Raises:
        BookError: it may not be embedded, or not be cut down; `asked_at` is where that was asked for.

    """
    for face in family.faces.values():
        allowed = face.allowed
        forbidden = _forbidden(allowed)
        if forbidden:
            message = f"the font '{face.path.name}' forbids {forbidden} (OS/2 fsType {allowed:#06x})"
            hint = "take out embed-fonts, or give a font that allows it, such as one under the OFL"
            raise BookError(error(message, asked_at, hint=hint))
        if allowed & _PREVIEW and not allowed & _EDITABLE:
            message = f"the font '{face.path.name}' may be embedded for viewing and printing only"
            yield warning(message, asked_at, hint="see in its licence whether that holds for books")


def _forbidden(allowed: int) -> str:
    if allowed & _RESTRICTED and not allowed & (_PREVIEW | _EDITABLE):  # of several, the widest holds
        return "that it is embedded"
    if allowed & _NO_SUBSETTING:
        return "that it is cut down to a book's characters"
    return "that its outlines are embedded" if allowed & _BITMAPS_ONLY else ""
