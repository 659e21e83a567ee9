"""`bookbuild init`: the beginning of a book, a build file and a first chapter."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from bookbuild.errors import Place, RequestError, error
from bookbuild.folder import BUILD_FILE

_BUILD_FILE = """\
title: The Name of the Book
authors: Your Name
language: en

# All that follows is optional; take off the # to use it.
# subtitle: A Novel
# publisher: Your Imprint
# date: 2026
# series: {name: The Name of the Series, position: 1}
# description: What the book is about, for catalogues.
# cover: cover.jpg
# frontmatter:
#   - half title
#   - title page
#   - copyright
#   - dedication: For somebody.
#   - contents
# backmatter:
#   - about the author: about.txt
# notes: keep          # author's notes: keep, omit, or end (gathered at the end)
# page: {trim: 5.5x8.5in, size: 10pt, leading: 14pt}
# words: [Names, And, Spellings, Of, This, Book]
"""

_CHAPTER = """\
Chapter 1
The First Chapter

Put your chapters into this folder, one file each, just as they are:  pasted from a web page, from Word, from Google Docs.  "Straight quotes," double spaces -- and dashes like these -- are put right.

***

Then run bookbuild again...
"""


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the book begins.")] = Path(),
) -> None:
    """Begin a book: a build file and a first chapter."""
    for path in begin_book(folder):
        typer.echo(f"made {path}")
    where = "" if folder == Path() else f"cd {shlex.quote(str(folder))} && "
    typer.echo(
        f"\nPut your chapters into {folder / 'manuscript'}, the title into {folder / BUILD_FILE}, then:\n\n    {where}bookbuild"
    )


def begin_book(folder: Path) -> list[Path]:
    """Make a folder for a book, with a build file and a first chapter; gives the files that were made.

    Raises:
        RequestError: there is a book already, or the folder cannot be written to.

    """
    build_file, manuscript = folder / BUILD_FILE, folder / "manuscript"
    if build_file.exists():
        raise RequestError(
            error("there is a book here already", Place(str(build_file)), hint="`bookbuild` builds it")
        )
    try:
        manuscript.mkdir(parents=True, exist_ok=True)
        made = [_made(build_file, _BUILD_FILE)]
        if not any(manuscript.iterdir()):
            made.append(_made(manuscript / "chapter-1.txt", _CHAPTER))
    except OSError as fault:
        raise RequestError(error(f"cannot be made: {fault.strerror}", Place(str(folder)))) from fault
    return made


def _made(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path
