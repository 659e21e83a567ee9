"""Which files make the book, in which order, and each of them as a Draft."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bookbuild.config.keys import Matter, PartFiles, Settings
from bookbuild.config.load import Config
from bookbuild.draft import Draft
from bookbuild.errors import BookError, Finding, Place, error, warning
from bookbuild.folder import file_inside
from bookbuild.readers import READERS
from bookbuild.source import Source, read_source

_KINDS = f"save it as plain text; bookbuild reads {', '.join(READERS)}"


_OTHER_KINDS = frozenset(
    [
        ".docx",
        ".doc",
        ".odt",
        ".rtf",
        ".md",
        ".markdown",
        ".html",
        ".htm",
        ".xhtml",
        ".pages",
        ".epub",
        ".pdf",
        ".wpd",
        ".tex",
        ".fodt",
    ]
)
"""Kinds of file that hold chapters elsewhere."""


@dataclass(frozen=True, slots=True)
class ManuscriptPart:
    """Chapters that stand together; a book without parts is one with an empty title."""

    title: str
    drafts: tuple[Draft, ...]


def natural_key(name: str) -> tuple[tuple[bool, int, str], ...]:
    """Sort `chapter-2` before `chapter-10`: runs of digits by their number, the rest by letter."""
    pieces: list[str] = re.findall(r"\d+|\D+", name)
    return tuple(
        (False, int(piece), "") if piece.isdecimal() else (True, 0, piece.casefold()) for piece in pieces
    )


def read_manuscript(config: Config, settings: Settings) -> tuple[list[ManuscriptPart], list[Finding]]:
    """Read all chapters, in order.

    Raises:
        BookError: with every file that is missing, cannot be read, or is not text, and when there is no chapter at all.

    """
    findings: list[Finding] = []
    faults: list[Finding] = []
    parts: list[ManuscriptPart] = []
    loose: list[Draft] = []
    for number, item in enumerate(settings.manuscript):
        place = config.place("manuscript", number)
        names = item.chapters if isinstance(item, PartFiles) else [item]
        drafts = list(_drafts(config.folder, names, place, findings, faults))
        if isinstance(item, PartFiles):
            parts.extend(_loose(loose))
            loose = []
            parts.append(ManuscriptPart(item.part, tuple(drafts)))
        else:
            loose.extend(drafts)
    parts.extend(_loose(loose))
    if faults:
        raise BookError(*faults)
    if not any(part.drafts for part in parts):
        hint = f"put chapters into the folder '{_first_folder(settings)}': {', '.join(READERS)} files"
        raise BookError(error("the manuscript is empty", config.place("manuscript"), hint=hint))
    return parts, findings


def _loose(drafts: list[Draft]) -> list[ManuscriptPart]:
    return [ManuscriptPart("", tuple(drafts))] if drafts else []


def _first_folder(settings: Settings) -> str:
    first = settings.manuscript[0] if settings.manuscript else "manuscript"
    return first if isinstance(first, str) else "manuscript"


def _drafts(
    folder: Path, names: list[str], place: Place, findings: list[Finding], faults: list[Finding]
) -> Iterator[Draft]:
    for name in names:
        try:
            path = file_inside(folder, name, place)
            files = _files_in(folder / name, findings) if path.is_dir() else [name]
        except BookError as fault:
            faults.extend(fault.findings)
            continue
        for file in files:
            draft = _draft(folder, file, place, faults)
            if draft and not draft.blocks:
                findings.append(warning("this file is empty; no chapter was made of it", Place(file)))
            elif draft:
                yield draft


def _draft(folder: Path, name: str, place: Place, faults: list[Finding]) -> Draft | None:
    reader = READERS.get(Path(name).suffix.lower())
    if not reader:
        faults.append(error("this kind of file cannot be read", Place(name), hint=_KINDS))
        return None
    try:
        return reader(read_source(file_inside(folder, name, place), name))
    except BookError as fault:
        faults.extend(fault.findings)
        return None


def _files_in(folder: Path, findings: list[Finding]) -> list[str]:
    """List a folder's chapters in natural order; what no reader knows is passed over, with a warning."""
    files = []
    for path in sorted(folder.iterdir(), key=lambda path: natural_key(path.name)):
        name = f"{folder.name}/{path.name}"
        if path.name.startswith(".") or path.is_dir():
            continue
        if path.suffix.lower() in READERS:
            files.append(name)
        else:
            # a chapter that is silently not in the book would be the worst of losses
            is_chapter = path.suffix.lower() in _OTHER_KINDS
            found = error(
                "this kind of file cannot be read",
                Place(name),
                hint=f"{_KINDS}, or move it out of the folder",
            )
            findings.append(
                found if is_chapter else warning("not read: it is no kind of manuscript", Place(name))
            )
    return files


def names_file(text: str) -> bool:
    """Whether the text of a section in build.yaml is a file's name, and not the section itself."""
    return bool(re.fullmatch(r"\S[^\n]{0,200}\.(?:txt|text)", text))


def read_matter(config: Config, settings: Settings) -> dict[Matter, Draft]:
    """Read the sections of front and back matter that are not generated: their text, or the file that it names.

    Raises:
        BookError: with every file that is missing, or cannot be read.

    """
    drafts: dict[Matter, Draft] = {}
    faults: list[Finding] = []
    for key, listed in (("frontmatter", settings.frontmatter), ("backmatter", settings.backmatter)):
        for number, matter in enumerate(listed):
            if matter.text is None:
                continue
            place = config.place(key, number, matter.kind)
            try:
                drafts[matter] = _matter_draft(config, matter.kind, matter.text, place)
            except BookError as fault:
                faults.extend(fault.findings)
    if faults:
        raise BookError(*faults)
    return drafts


def _matter_draft(config: Config, kind: str, text: str, place: Place) -> Draft:
    read = READERS[".txt"]
    if names_file(text):
        return read(read_source(file_inside(config.folder, text, place), text))
    return read(Source(f"{config.build_file.name} ({kind})", text))
