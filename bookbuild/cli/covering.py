"""`bookbuild cover`: the printed cover in one piece, back, spine and front, for a book of so many pages."""

from pathlib import Path
from typing import Annotated

import typer

from bookbuild.cli.console import Voice, exit_for
from bookbuild.cli.options import HERE, BuildFileOption, PrintOption, QuietOption, StrictOption
from bookbuild.cli.printing import OneEdition, Out, printed_edition
from bookbuild.cli.requests import Request, load_request
from bookbuild.errors import Finding, RequestError, error

PagesOption = Annotated[
    int | None,
    typer.Option(
        "--pages",
        metavar="N",
        min=2,
        max=3000,
        help="Of the book; it is built and counted when not given.",
    ),
]
GuidesOption = Annotated[
    bool,
    typer.Option("--guides", help="Make a picture of it too, with cut, folds and safe areas drawn over it."),
]
EbookOption = Annotated[
    bool,
    typer.Option(
        "--ebook", help="The e-book's cover instead, as a picture: stores ask for it beside the EPUB."
    ),
]


def cover(
    edition: OneEdition = None,
    config: BuildFileOption = HERE,
    printed_by: PrintOption = None,
    pages: PagesOption = None,
    guides: GuidesOption = False,
    ebook: EbookOption = False,
    out: Out = None,
    strict: StrictOption = False,
    quiet: QuietOption = False,
) -> None:
    """Make the printed cover in one piece: back, spine and front, at the printer's size."""
    from bookbuild.config.file_names import file_name
    from bookbuild.means import user_means
    from bookbuild.pipeline import build
    from bookbuild.replacing import replace_file
    from bookbuild.wrap.cover_pdf import make_cover
    from bookbuild.wrap.guides import LEGEND, with_guides

    voice = Voice(quiet=quiet)
    if ebook:
        exit_for(
            _ebook_cover(voice, Request(config, (edition,) if edition else (), None), out), strict=strict
        )
        return
    loaded, chosen = printed_edition(
        Request(config, (edition,) if edition else (), None, printed_by=printed_by)
    )
    with voice.progress() as tell:
        if pages is None:
            pages = build(loaded, [chosen], loaded.folder / "build", tell, user_means()).made[0].pages
        tell("setting the cover")
        path = out or loaded.folder / "build" / f"{Path(file_name(chosen)).stem}-cover.pdf"
        made = make_cover(loaded, chosen, pages, path.name)
        replace_file(path, made.data)
        if guides:
            replace_file(path.with_suffix(".png"), with_guides(made.data, made.folds))
    voice.findings(made.findings)
    folds = made.folds
    size = " x ".join(f"{(edge + 2 * folds.bleed) / 72:.3f}" for edge in (folds.width, folds.height))
    voice.say(f"{path}: {size}in with bleed, the spine {folds.spine / 72:.3f}in for {pages} pages")
    if guides:
        voice.say(f"{path.with_suffix('.png')}: {LEGEND}")
    exit_for(made.findings, strict=strict)


def _ebook_cover(voice: Voice, request: Request, out: Path | None) -> tuple[Finding, ...]:
    """Write the picture that the EPUB has, whether given or drawn."""
    from bookbuild.assets import gather_assets
    from bookbuild.config.file_names import file_name
    from bookbuild.replacing import replace_file

    loaded, editions = load_request(request)
    chosen = next((one for one in editions if not one.format.is_print), None)
    made = gather_assets(loaded.of(chosen), chosen).cover if chosen else None
    if not chosen or not made:
        raise RequestError(error("no edition is an e-book", hint="name one that is, or leave --ebook out"))
    stem = file_name(chosen).partition(".")[0]
    path = out or loaded.folder / "build" / f"{stem}-ebook-{made.name}"  # `-cover.png` is what --guides makes
    replace_file(path, made.data)
    voice.findings(made.findings)
    voice.say(f"{path}: {made.size[0]} x {made.size[1]} pixels")
    return made.findings
