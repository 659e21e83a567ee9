"""`bookbuild serve`: the book for the devices around: a page, a catalogue, and who fetched what."""

import datetime as dt
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from bookbuild.cli.console import Voice

if TYPE_CHECKING:
    from bookbuild.deliver.serving import Opening
    from bookbuild.deliver.shelf import ShelvedBook
    from bookbuild.deliver.visitors import Visit

_QR_WIDTH = 80  # columns that every terminal has


def serve(
    folders: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FOLDER", help="Folders of books; this one when not given."),
    ] = None,
    lan: Annotated[
        bool,
        typer.Option("--lan", help="For all devices in your network, by an address with a secret in it."),
    ] = False,
    port: Annotated[
        int | None,
        typer.Option(
            "--port", min=1, max=65535, help="The port; the first free one from 8017 on when not given."
        ),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("-q", "--quiet", help="Say nothing but the address and errors.")
    ] = False,
) -> None:
    """Serve the finished book to browsers and reading programs, until Ctrl-C."""
    from bookbuild.deliver.door import make_token
    from bookbuild.deliver.serving import machine_names, open_port
    from bookbuild.deliver.serving import serve as serve_site
    from bookbuild.deliver.shelf import Shelf, find_build_files
    from bookbuild.deliver.site import make_site

    voice = Voice(quiet=quiet)
    shelf = Shelf(find_build_files(folders or [Path()]))
    token = make_token() if lan else ""
    opening = open_port(port, token, lan=lan)

    def tell(visit: "Visit") -> None:
        voice.say(f"{dt.datetime.now().astimezone():%H:%M}  {visit}", "" if visit.is_fetch else "dim")

    _introduce(voice, shelf.books(), opening)
    with suppress(KeyboardInterrupt):  # under load the server may end without it
        serve_site(make_site(shelf, token, machine_names(), tell), opening)
    voice.say("\nstopped")


def _introduce(voice: Voice, books: "tuple[ShelvedBook, ...]", opening: "Opening") -> None:
    for book in books:
        kinds = ", ".join(file.kind.name for file in book.files)
        voice.say(f"{book.settings.title}: {kinds or 'not built yet; `bookbuild` builds it'}")
        for name in book.superseded:
            kind = name.removesuffix(".epub").rpartition(".")[2]
            voice.say(
                f"  {name} is older than the EPUB and is not offered; `bookbuild build -e {kind}` makes it anew"
            )
    address = opening.network or opening.here
    if opening.network:
        _show_code(voice, address)
    typer.echo(address)
    voice.say(f"for KOReader and other reading programs, the catalogue: {address}opds")
    voice.say("Ctrl-C ends it")


def _show_code(voice: Voice, address: str) -> None:
    """Show the address to a phone's camera, dark on light whatever the terminal's colours."""
    from io import StringIO

    import segno

    code = segno.make(address, error="l", micro=False)
    if voice.quiet or not voice.out.is_terminal or code.symbol_size()[0] > min(_QR_WIDTH, voice.out.width):
        return
    drawn = StringIO()
    code.terminal(drawn, compact=True)
    voice.say_text(Text(drawn.getvalue().rstrip("\n"), style="bright_white on black"))
