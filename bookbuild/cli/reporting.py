"""`bookbuild report`: every repair and doubt, on the terminal, as a file for programs and editors, or as a page."""

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.text import Text

from bookbuild.cli.options import HERE, BuildFileOption
from bookbuild.cli.requests import Request, load_request

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bookbuild.reports.as_text import Line
    from bookbuild.reports.entries import Report


class Form(Enum):
    """The forms of a report."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    HTML = "html"


_STYLES = {
    "head": "bold",
    "place": "dim",
    "rule": "",
    "doubt": "cyan",
    "before": "red strike",
    "after": "green",
    "why": "dim",
    "": "",
}
_STANDARD_OUTPUT = "-"


def _form(value: str) -> Form:
    try:
        return Form(value)
    except ValueError:
        raise typer.BadParameter(f"'{value}' is not text, json, sarif or html") from None


def report(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILE", help="Files of the manuscript; all when not given."),
    ] = None,
    config: BuildFileOption = HERE,
    form: Annotated[
        Form, typer.Option("--as", parser=_form, metavar="text|json|sarif|html", help="In which form.")
    ] = Form.TEXT,
    out: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--out",
            metavar="PATH",
            help="Where it goes, `-` for standard output; HTML goes to build/report.html when not given.",
        ),
    ] = None,
    rule: Annotated[
        list[str] | None,
        typer.Option("--rule", metavar="RULE", help="Only what this rule did; may be given again."),
    ] = None,
    doubts: Annotated[bool, typer.Option("--doubts", help="Only doubts.")] = False,
) -> None:
    """Show every repair and doubt in its place, before and after, with the way to refuse it."""
    from bookbuild.reading import read_book
    from bookbuild.reports.entries import Wanted, gather_report
    from bookbuild.rules import RULES
    from bookbuild.rules.refusals import check_names

    check_names(rule or (), None, RULES)
    loaded, _ = load_request(Request(config, (), None))
    settings = loaded.settings
    reading = read_book(loaded, settings, lambda _doing: None)
    wanted = Wanted(tuple(files or ()), tuple(rule or ()), doubts)
    told = gather_report(reading, settings.title, settings.language, wanted)
    if out is None and form is Form.HTML:
        out = str(loaded.folder / "build" / "report.html")
    if form is Form.TEXT and out in {None, _STANDARD_OUTPUT}:
        _print_text(told)
    else:
        _put(_written(told, form), out)


def _written(told: "Report", form: Form) -> "Iterator[str]":
    from bookbuild.reports.as_html import report_to_html
    from bookbuild.reports.as_json import report_to_json
    from bookbuild.reports.as_sarif import report_to_sarif
    from bookbuild.reports.as_text import report_to_text

    writers = {
        Form.TEXT: report_to_text,
        Form.JSON: report_to_json,
        Form.SARIF: report_to_sarif,
        Form.HTML: report_to_html,
    }
    return writers[form](told)


def _put(pieces: "Iterable[str]", out: str | None) -> None:
    from bookbuild.replacing import replace_file

    if out in {None, _STANDARD_OUTPUT}:
        for piece in pieces:
            typer.echo(piece, nl=False)
    else:
        replace_file(Path(str(out)), (piece.encode() for piece in pieces))
        typer.echo(out)


def _print_text(told: "Report") -> None:
    from bookbuild.reports.as_text import report_to_lines

    console = Console(highlight=False, soft_wrap=True)
    for line in report_to_lines(told):
        console.print(_styled(line), soft_wrap=not console.is_terminal)


def _styled(line: "Line") -> Text:
    text = Text()
    for piece in line:
        text.append(piece.text, _STYLES[piece.role])
    return text
