"""The faces of the printed text: their files, and what they lack that the book needs."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from io import BytesIO
from pathlib import Path

from bookbuild.config.keys import FontFiles
from bookbuild.errors import BookError, Finding, Place, RequestError, error, warning
from bookbuild.folder import file_inside
from bookbuild.tree import Book
from bookbuild.words import INVISIBLE
from bookbuild.writers.text_runs import FaceStyle, Run, book_runs, hyphens_kept

_FACES = ("Regular", "Italic", "Bold", "BoldItalic")
SHIPPED = {
    "Source Serif Pro": ("font_source_serif_pro", "SourceSerifPro-{}", ("Regular", "It", "Bold", "BoldIt")),
    "Spectral": ("fontpkg_spectral", "Spectral-{}", _FACES),
    "Crimson Text": ("fontpkg_crimson_text", "CrimsonText-{}", _FACES),
    "PT Serif": ("fontpkg_pt_serif", "PT_Serif-Web-{}", _FACES),
    "Atkinson Hyperlegible": ("fontpkg_atkinson_hyperlegible", "AtkinsonHyperlegible-{}", _FACES),
    "IBM Plex Mono": ("fontpkg_ibm_plex_mono", "IBMPlexMono-{}", _FACES),
}
"""The families that come with bookbuild → the package that carries them, and its files' names by face. All are under the OFL.

Of the files we take the TrueType outlines: PDF/X-1a and PDF/A-1 cannot hold the others.
"""
MOST_CHARACTERS = 20
"""Characters that a face lacks are named up to so many; a chapter in another script would fill the screen."""

_INSTEAD = {
    FaceStyle.REGULAR: (FaceStyle.REGULAR,),
    FaceStyle.ITALIC: (FaceStyle.ITALIC, FaceStyle.REGULAR),
    FaceStyle.BOLD: (FaceStyle.BOLD, FaceStyle.REGULAR),
    FaceStyle.BOLD_ITALIC: (FaceStyle.BOLD_ITALIC, FaceStyle.ITALIC, FaceStyle.BOLD, FaceStyle.REGULAR),
}
"""Which face is taken where one is missing: the slant counts for more than the weight (CSS Fonts 4, section 5.2)."""


@dataclass(frozen=True, slots=True)
class Face:
    """One face: its file, the characters it has, what may be done with it."""

    style: FaceStyle
    path: Path
    characters: frozenset[int]
    allowed: int  # what its maker allows (OS/2 fsType)

    @property
    def weight(self) -> int:
        """The weight in CSS's figures."""
        return 700 if self.style in {FaceStyle.BOLD, FaceStyle.BOLD_ITALIC} else 400

    @property
    def slant(self) -> str:
        """The slant in CSS's words."""
        return "italic" if self.style in {FaceStyle.ITALIC, FaceStyle.BOLD_ITALIC} else "normal"


@dataclass(frozen=True, slots=True)
class Family:
    """A family of faces; the regular one is always there."""

    name: str
    faces: Mapping[FaceStyle, Face]

    @property
    def plain_name(self) -> str:
        """The name without what style sheets would have to escape."""
        return re.sub(r"[^A-Za-z0-9 ]", "", self.name).strip() or "Body"

    @property
    def css_name(self) -> str:
        """The name that the sheets of print use: no font of the machine has it, for fontconfig would mix the two."""
        return f"{self.plain_name} bookbuild"

    def face(self, style: FaceStyle) -> Face:
        """Give the face that text of this style is set in."""
        return next(self.faces[instead] for instead in _INSTEAD[style] if instead in self.faces)


def read_family(font: str | FontFiles, folder: Path, asked_at: Place) -> Family:
    """Find and read a family: one that comes with bookbuild, by name, or the author's, by its files.

    Raises:
        RequestError: there is no family of this name; `asked_at` is where it was asked for.
        BookError: a file is missing, lies outside the book's folder, or is not a font.

    """
    if isinstance(font, str):
        return Family(font, {style: _face(style, path, asked_at) for style, path in _shipped(font, asked_at)})
    names = {
        FaceStyle.REGULAR: font.regular,
        FaceStyle.ITALIC: font.italic,
        FaceStyle.BOLD: font.bold,
        FaceStyle.BOLD_ITALIC: font.bold_italic,
    }
    faces = {
        style: _face(style, file_inside(folder, name, asked_at), asked_at)
        for style, name in names.items()
        if name
    }
    return Family(font.family, faces)


def _shipped(name: str, asked_at: Place) -> Iterator[tuple[FaceStyle, Path]]:
    if name not in SHIPPED:
        hint = f"the fonts that come with bookbuild: {', '.join(SHIPPED)}; for another, name its files: font: {{family, regular, italic, bold, bold-italic}}"
        raise RequestError(error(f"there is no font '{name}'", asked_at, hint=hint))
    package, file, faces = SHIPPED[name]
    folder = resources.files(package) / "files"
    for style, face in zip(FaceStyle, faces, strict=True):
        yield style, Path(str(folder / f"{file.format(face)}.ttf"))


def _face(style: FaceStyle, path: Path, asked_at: Place) -> Face:
    from fontTools.ttLib import TTFont, TTLibError  # noqa: PLC0415 (a tenth of a second; only print needs it)

    try:
        # from memory: where a file is no font, TTFont leaves it open
        with TTFont(BytesIO(path.read_bytes()), lazy=True, fontNumber=0) as font:
            characters = frozenset(font.getBestCmap() or ())
            allowed = font["OS/2"].fsType if "OS/2" in font else 0
    except (TTLibError, OSError, KeyError, AssertionError, ImportError) as fault:
        hint = "a TrueType (.ttf) or OpenType (.otf) file is needed"
        raise BookError(
            error(f"'{path.name}' cannot be read as a font: {fault}", asked_at, hint=hint)
        ) from fault
    if not characters:
        raise BookError(error(f"the font '{path.name}' has no characters of Unicode", asked_at))
    return Face(style, path, characters, allowed)


# ---------------------------------------------------------------- what is missing


def missing(book: Book, family: Family, asked_at: Place) -> Iterator[Finding]:
    """Tell what the book needs and the family lacks: faces, then characters, each where it is needed first."""
    runs = list(book_runs(book))
    yield from _missing_faces(runs, family, asked_at)
    yield from _missing_characters(runs, family)


def _missing_faces(runs: list[Run], family: Family, asked_at: Place) -> Iterator[Finding]:
    for style in FaceStyle:
        needed = next((run for run in runs if run.style is style and run.text.strip()), None)
        if needed and style not in family.faces:
            instead = family.face(style).style.value
            where = f", which {needed.span.place} needs" if needed.span else ", which the book needs"
            hint = f"give it under page: font: as '{style.value.replace(' ', '-')}'"
            yield warning(
                f"{family.name} has no {style.value} face{where}; the {instead} one is taken",
                asked_at,
                hint=hint,
            )


def _missing_characters(runs: list[Run], family: Family) -> Iterator[Finding]:
    lacking: dict[tuple[str, FaceStyle], Run] = {}
    for run in runs:
        face = family.face(run.style)
        for character in _drawn(run.text):
            if ord(character) not in face.characters:
                lacking.setdefault((character, face.style), run)
    for (character, style), run in list(lacking.items())[:MOST_CHARACTERS]:
        name = unicodedata.name(character, "a character without a name")
        yield warning(
            f"{family.name} {style.value} has no {character} (U+{ord(character):04X}, {name}); another font's is taken, or a box",
            run.span.place if run.span else None,
            hint="write something else, or give a font that has it, under page: font:",
        )
    if len(lacking) > MOST_CHARACTERS:
        more = len(lacking) - MOST_CHARACTERS
        yield warning(
            f"{family.name} lacks {more} more characters that the book has",
            hint="give a font that has them, under page: font:",
        )


def _drawn(text: str) -> list[str]:
    """Give the characters that a font must have, each once: those that show, as the shaper puts them together."""
    return [
        character
        for character in dict.fromkeys(hyphens_kept(unicodedata.normalize("NFC", text)))
        if not character.isspace() and character not in INVISIBLE and unicodedata.category(character) != "Cf"
    ]
