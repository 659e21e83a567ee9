"""readers-places.json: what each chapter and paragraph was called in the last build, beside build.yaml.

It is the author's to keep, with the manuscript: from it alone a paragraph that was edited is known again. Without it, or
when it is damaged, ids are made anew of what chapters and paragraphs say.
"""

import json
import re
from pathlib import Path
from typing import Any

from bookbuild.errors import Finding, Place, warning
from bookbuild.folder import file_inside
from bookbuild.identities import Known, Memory

PLACES_FILE = "readers-places.json"
_FORM = 1
_ABOUT = (
    "bookbuild keeps here what each chapter and paragraph of the e-book is called, so that your readers keep their "
    "places, notes and highlights when you bring out a new version. Keep this file with your book."
)
_HINT = "bring back the one that you had; else it is made anew, and some readers may lose their place once"
_ALL_NEW = (
    "if you have replaced all chapters, nothing is to be done; if the file came from another book, "
    "bring back the one that you had, or some readers lose their place once"
)
_DIVISION = re.compile(r"[a-z][a-z0-9-]*")
_PARAGRAPH = re.compile(r"(p-[a-z2-7]{7}) ((?:[\w-]{3}){1,8})", re.ASCII)


def load_places(folder: Path) -> tuple[dict[str, tuple[Known, ...]], tuple[Finding, ...]]:
    """Read what the last build kept; nothing, and a warning, where the file is damaged.

    Raises:
        BookError: it is a link to a file outside the folder, or no file.

    """
    if not (folder / PLACES_FILE).is_symlink() and not (folder / PLACES_FILE).exists():
        return {}, ()
    path = file_inside(folder, PLACES_FILE, Place(PLACES_FILE))
    try:
        text = path.read_text("utf-8")
        return _memory(json.loads(text)), ()
    except json.JSONDecodeError as fault:
        place = Place(PLACES_FILE, fault.lineno, fault.colno)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        place = Place(PLACES_FILE, 1, 1)
    return {}, (warning("this file is damaged", place, hint=_HINT),)


def of_another_book() -> Finding:
    """Tell of a file that was copied from elsewhere, or made of a text that is all gone."""
    message = "none of the paragraphs that this file knows is in the book any more"
    return warning(message, Place(PLACES_FILE, 1, 1), hint=_ALL_NEW)


def _memory(kept: Any) -> dict[str, tuple[Known, ...]]:
    if kept["form"] != _FORM:
        raise ValueError(PLACES_FILE)
    memory = {}
    for division, listed in kept["chapters"].items():
        matches = [_PARAGRAPH.fullmatch(line) for line in listed]
        if not _DIVISION.fullmatch(division) or not all(matches):
            raise ValueError(division)
        memory[division] = tuple(Known(match[1], match[2]) for match in matches if match)
    return memory


def places_to_json(memory: Memory) -> str:
    """Give the text of readers-places.json: a line a paragraph, so that what changes little is seen to change little."""
    divisions = ",\n".join(
        f'"{division}": [\n' + ",\n".join(f'"{known.id} {known.sketch}"' for known in listed) + "\n]"
        for division, listed in memory.items()
    )
    return f'{{\n"about": {json.dumps(_ABOUT)},\n"form": {_FORM},\n"chapters": {{\n{divisions}\n}}\n}}\n'
