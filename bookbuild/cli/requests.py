"""What was asked on the command line, laid over what build.yaml says."""

import difflib
from dataclasses import dataclass
from pathlib import Path

from bookbuild.config.keys import Edition
from bookbuild.config.load import Config, load_config
from bookbuild.config.print_keys import PrintedBy
from bookbuild.config.values import Composition, Notes, NotesByFormat
from bookbuild.errors import Place, RequestError, error


@dataclass(frozen=True, slots=True)
class Request:
    """Which build file, which of its editions (none named: all), and what is to be otherwise than it says."""

    build_file: Path
    editions: tuple[str, ...]
    notes: Notes | None
    composition: Composition | None = None
    printed_by: PrintedBy | None = None


def load_request(request: Request) -> tuple[Config, list[Edition]]:
    """Read the build file and choose the editions.

    Raises:
        RequestError: there is no such file or edition, or the build file has faults.

    """
    path = request.build_file / "build.yaml" if request.build_file.is_dir() else request.build_file
    if not path.is_file():
        hint = "`bookbuild init` begins a book in this folder; -c names another build file"
        raise RequestError(error("there is no such build file", Place(str(path)), hint=hint))
    config = load_config(path)
    known = [edition.name for edition in (*config.editions, *config.on_request)]
    for name in request.editions:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean '{near[0]}'?" if near else f"the editions are {', '.join(known)}"
            raise RequestError(error(f"there is no edition '{name}'", Place(str(path)), hint=hint))
    chosen = [
        *(edition for edition in config.editions if not request.editions or edition.name in request.editions),
        *(edition for edition in config.on_request if edition.name in request.editions),
    ]
    return config, [_with_wishes(edition, request) for edition in chosen]


def _with_wishes(edition: Edition, request: Request) -> Edition:
    wishes: dict[str, object] = {}
    if request.notes is not None:
        wishes["notes"] = NotesByFormat(epub=request.notes, pdf=request.notes)
    if request.composition is not None:
        wishes["composition"] = request.composition
    if request.printed_by is not None and edition.format.is_print:
        wishes["printed"] = edition.settings.printed.model_copy(update={"by": request.printed_by})
    if not wishes:
        return edition
    return edition.model_copy(update={"settings": edition.settings.model_copy(update=wishes)})
