"""`bookbuild booklet` and `bookbuild pages`: the print edition on sheets to fold and sew, and as a picture to look at."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bookbuild.cli.options import HERE, BuildFileOption
from bookbuild.cli.requests import Request, load_request
from bookbuild.errors import Place, RequestError, error

if TYPE_CHECKING:
    from bookbuild.cli.console import Voice
    from bookbuild.config.keys import Edition, Settings
    from bookbuild.config.load import Config
    from bookbuild.press.booklet import Flip, Paper
    from bookbuild.press.spreads import Grid

OneEdition = Annotated[
    str | None,
    typer.Option("-e", "--edition", metavar="EDITION", help="Which print edition; the first when not given."),
]
Out = Annotated[
    Path | None,
    typer.Option("-o", "--out", metavar="PATH", help="Where it goes; into `build` when not given."),
]


def _paper(value: str) -> "Paper":
    from bookbuild.press.booklet import Paper

    try:
        return Paper[value.upper()]
    except KeyError:
        raise typer.BadParameter(f"'{value}' is not a4 or letter") from None


def _flip(value: str) -> "Flip":
    from bookbuild.press.booklet import Flip

    try:
        return Flip(value)
    except ValueError:
        raise typer.BadParameter(f"'{value}' is not short or long") from None


def booklet(
    edition: OneEdition = None,
    paper: Annotated[
        str, typer.Option("--paper", metavar="a4|letter", help="The paper in your printer.")
    ] = "a4",
    sheets: Annotated[
        int, typer.Option("--sheets", metavar="N", min=1, max=16, help="Sheets in a signature, at most.")
    ] = 4,
    staple: Annotated[bool, typer.Option("--staple", help="All sheets in one signature, to staple.")] = False,
    flip: Annotated[
        str,
        typer.Option(
            "--flip", metavar="short|long", help="About which edge your printer turns the paper for the back."
        ),
    ] = "short",
    thickness: Annotated[
        float, typer.Option("--thickness", metavar="MM", min=0, max=0.5, help="Of the paper, in millimetres.")
    ] = 0.1,
    config: BuildFileOption = HERE,
    out: Out = None,
) -> None:
    """Make a booklet of the print edition: sheets to print at home, fold and sew."""
    from bookbuild.press.booklet import MM, Binding, make_booklet
    from bookbuild.press.guide import with_guide
    from bookbuild.replacing import replace_file

    binding = Binding(_paper(paper), _WHOLE if staple else sheets, thickness * MM, _flip(flip))
    printed = _build(config, edition)
    data = printed.path.read_bytes()
    made = make_booklet(data, binding)
    path = out or printed.path.with_name(f"{printed.path.stem}-booklet.pdf")
    replace_file(path, with_guide(made, binding, printed.pages, printed.edition.settings))
    number = len(made.signatures)
    shown = f", pages at {made.scale:.0%}" if made.scale < 1 else ""
    printed.voice.say(
        f"{path}: {made.sheets} sheet{'s' * (made.sheets != 1)} of {paper} in {number} signature{'s' * (number != 1)}{shown}; one more before them says how to print and sew"
    )


_WHOLE = 10_000  # sheets: more than any book has


def pages(
    edition: OneEdition = None,
    wanted: Annotated[
        str | None,
        typer.Option("--pages", metavar="1-16,40", help="Which pages, by their numbers; all when not given."),
    ] = None,
    columns: Annotated[
        int, typer.Option("--columns", metavar="N", min=1, max=40, help="Spreads in a row.")
    ] = 6,
    width: Annotated[
        int, typer.Option("--width", metavar="PIXELS", min=20, max=3000, help="Of a page.")
    ] = 240,
    grid: Annotated[
        bool, typer.Option("--grid", help="Draw the text block and the baselines over it.")
    ] = False,
    config: BuildFileOption = HERE,
    out: Out = None,
) -> None:
    """Show the pages of the print edition in one picture, spread beside spread."""
    from bookbuild.press.spreads import contact_sheet, spreads
    from bookbuild.readback import pdf_folios
    from bookbuild.replacing import replace_file

    printed = _build(config, edition)
    folios = pdf_folios(printed.path)
    numbers = chosen(wanted, folios) if wanted else range(len(folios))
    over = _grid(printed) if grid else None
    picture = contact_sheet(printed.path.read_bytes(), spreads(numbers), columns, width, over)
    path = out or printed.path.with_name(f"{printed.path.stem}-pages.png")
    replace_file(path, picture)
    printed.voice.say(f"{path}: {len(numbers)} of {len(folios)} pages")


# ---------------------------------------------------------------- which edition, which pages


@dataclass(frozen=True, slots=True)
class _Printed:
    """A print edition that has just been built."""

    config: "Config"
    edition: "Edition"
    path: Path
    pages: int
    voice: "Voice"


def _build(config: Path, name: str | None) -> _Printed:
    from bookbuild.cli.console import Voice
    from bookbuild.means import user_means
    from bookbuild.pipeline import build

    loaded, edition = printed_edition(Request(config, (name,) if name else (), None))
    voice = Voice()
    with voice.progress() as tell:
        report = build(loaded, [edition], loaded.folder / "build", tell, user_means())
    made = report.made[0]
    voice.findings(report.findings)
    return _Printed(loaded, made.edition, made.path, made.pages, voice)


def printed_edition(request: Request) -> "tuple[Config, Edition]":
    """Find the print edition that is asked for, the first where none is named.

    Raises:
        RequestError: there is none, or the build file has faults.

    """
    loaded, editions = load_request(request)
    printed = [edition for edition in editions if edition.format.is_print]
    if not printed:
        named = request.editions
        what = f"the edition '{named[0]}' is no PDF" if named else "the book has no print edition"
        hint = "give -e a PDF edition, or add one to `editions` in build.yaml: `print: {format: pdf}`"
        raise RequestError(error(what, Place(str(request.build_file)), hint=hint))
    return loaded, printed[0]


def chosen(wanted: str, folios: list[str]) -> list[int]:
    """Give the pages, from 0, that `1-16,40` or `i-iv` names by what is printed on them.

    Raises:
        RequestError: there is no such page.

    """
    places: dict[str, int] = {}
    for number, folio in enumerate(folios):
        places.setdefault(folio, number)
    found: dict[int, None] = {}
    for part in wanted.replace(" ", "").split(","):
        first, _, last = part.replace("–", "-").partition("-")
        ends = [places.get(folio) for folio in (first, last or first)]
        if None in ends:
            hint = f"they go from {folios[0]} to {folios[-1]}: --pages {folios[0]}-{folios[-1]}"
            raise RequestError(error(f"--pages: there is no page '{part}'", hint=hint))
        begin, end = (number for number in ends if number is not None)
        found |= dict.fromkeys(range(min(begin, end), max(begin, end) + 1))
    return sorted(found)


def _grid(printed: _Printed) -> "Grid":
    from PIL import ImageFont

    from bookbuild.press.spreads import Grid
    from bookbuild.readback import TextArea
    from bookbuild.writers.fonts import read_family
    from bookbuild.writers.page_geometry import page_geometry
    from bookbuild.writers.pdf_printer import with_bleed
    from bookbuild.writers.text_runs import FaceStyle

    settings: Settings = printed.edition.settings
    place = printed.config.place("page")
    page = page_geometry(settings.page, printed.pages, place, settings.printed)
    face = read_family(settings.page.font, printed.config.folder, place).face(FaceStyle.REGULAR)
    ascent, descent = ImageFont.truetype(str(face.path), 1000).getmetrics()
    baseline = (page.leading + (ascent - descent) * page.size / 1000) / 2
    area = with_bleed(TextArea(0, 0), settings.printed)  # what the page is larger than its trim at each side
    return Grid(
        page.top + area.outside, page.inside + area.inside, page.measure, page.lines, page.leading, baseline
    )
