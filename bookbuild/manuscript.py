"""Which files make the book, in which order, and each of them as a Draft."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from bookbuild.config.keys import Matter, PartFiles, Settings
from bookbuild.config.load import Config
from bookbuild.draft import Draft, Group, GroupKind
from bookbuild.errors import BookError, Finding, Place, Severity, error, warning
from bookbuild.folder import file_inside
from bookbuild.picture_lines import PICTURE_SUFFIXES
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
    told: list[Finding] = []
    parts: list[ManuscriptPart] = []
    loose: list[Draft] = []
    matter = (*settings.frontmatter, *settings.backmatter)
    kept_out = frozenset(section.text for section in matter if section.text and names_file(section.text))
    for number, item in enumerate(settings.manuscript):
        place = config.place("manuscript", number)
        names = item.chapters if isinstance(item, PartFiles) else [item]
        drafts = list(_drafts(config.folder, names, place, kept_out, told))
        if isinstance(item, PartFiles):
            parts.extend(_loose(loose))
            loose = []
            parts.append(ManuscriptPart(item.part, tuple(drafts)))
        else:
            loose.extend(drafts)
    parts.extend(_loose(loose))
    faults = [finding for finding in told if finding.severity is Severity.ERROR]
    if faults:
        raise BookError(*faults)
    if not any(part.drafts for part in parts):
        hint = f"put chapters into the folder '{_first_folder(settings)}': {', '.join(READERS)} files"
        raise BookError(error("the manuscript is empty", config.place("manuscript"), hint=hint))
    return parts, told


def _loose(drafts: list[Draft]) -> list[ManuscriptPart]:
    return [ManuscriptPart("", tuple(drafts))] if drafts else []


def _first_folder(settings: Settings) -> str:
    first = settings.manuscript[0] if settings.manuscript else "manuscript"
    return first if isinstance(first, str) else "manuscript"


def _drafts(
    folder: Path, names: list[str], place: Place, kept_out: frozenset[str], told: list[Finding]
) -> Iterator[Draft]:
    for name in names:
        try:
            path = file_inside(folder, name, place)
            files = _files_in(path, name, kept_out, told) if path.is_dir() else [name]
        except BookError as fault:
            told.extend(fault.findings)
            continue
        for file in files:
            draft = _draft(folder, file, place, told)
            if draft and not draft.blocks:
                told.append(empty_file(file))
            elif draft:
                yield draft


def empty_file(file: str) -> Finding:
    """Tell of a file that has nothing but white space."""
    return warning("this file is empty; no chapter was made of it", Place(file))


def _draft(folder: Path, name: str, place: Place, told: list[Finding]) -> Draft | None:
    reader = READERS.get(Path(name).suffix.lower())
    if not reader:
        told.append(error("this kind of file cannot be read", Place(name), hint=_KINDS))
        return None
    try:
        return reader(read_source(file_inside(folder, name, place), name))
    except BookError as fault:
        told.extend(fault.findings)
        return None


def _files_in(folder: Path, name: str, kept_out: frozenset[str], told: list[Finding]) -> list[str]:
    """List a folder's chapters in natural order; what is not read is told, but for what the book has another use for."""
    try:
        paths = sorted(folder.iterdir(), key=lambda path: _reading_order(path.name))
    except OSError as fault:
        raise BookError(error(f"cannot be read: {fault.strerror}", Place(name))) from fault
    files = []
    for path in paths:
        file = PurePosixPath(name, path.name).as_posix()
        if path.name.startswith(".") or _KEPT_BESIDE.search(path.name):
            continue
        if path.is_dir():
            told.extend(_left_out(path, file, kept_out))
        elif path.suffix.lower() in PICTURE_SUFFIXES:
            continue  # chapters show it by its name
        elif path.suffix.lower() in READERS:
            files.extend([file] if file not in kept_out else [])
        else:
            # a chapter that is silently not in the book would be the worst of losses
            is_chapter = path.suffix.lower() in _OTHER_KINDS
            hint = f"{_KINDS}, or move it out of the folder"
            found = error("this kind of file cannot be read", Place(file), hint=hint)
            told.append(
                found if is_chapter else warning("not read: it is no kind of manuscript", Place(file))
            )
    return files


_KEPT_BESIDE = re.compile(r"\.orig(?:\.\d+)?$")  # by `bookbuild normalise --write`


def _left_out(folder: Path, name: str, kept_out: frozenset[str]) -> Iterator[Finding]:
    """Tell of a folder in the manuscript's that has chapters in it, for only what is listed is read."""
    inside = {
        PurePosixPath(name, path.name).as_posix()
        for path in folder.glob("*")
        if path.suffix.lower() in READERS
    }
    if inside - kept_out:
        hint = f"to read it too, list it in build.yaml: manuscript: [{PurePosixPath(name).parent}, {name}]"
        yield warning("the files in this folder are not read", Place(name), hint=hint)


def _reading_order(name: str) -> tuple[int, tuple[tuple[bool, int, str], ...]]:
    """Order files as a book has them: by nature, but a prologue first and an epilogue last."""
    stem = name.casefold()
    return (-1 if stem.startswith("prologue") else stem.startswith("epilogue"), natural_key(name))


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
    if re.fullmatch(r"\S{1,200}", text) and Path(text).suffix.lower() in _OTHER_KINDS:
        raise BookError(error(f"the file '{text}' cannot be read", place, hint=_KINDS))
    if names_file(text):
        return _page(kind, read(read_source(file_inside(config.folder, text, place), text)))
    return _page(kind, read(Source(f"{config.build_file.name} ({kind})", text)))


_PAGES = {"glossary": GroupKind.GLOSSARY, "cast": GroupKind.CAST}


def _page(kind: str, draft: Draft) -> Draft:
    """Say at a text's first block what build.yaml says of it, where rules need to know."""
    first, *rest = draft.blocks or (None,)
    if kind not in _PAGES or first is None:
        return draft
    return replace(draft, blocks=(replace(first, group=Group(_PAGES[kind], first.start)), *rest))
