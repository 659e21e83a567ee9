"""Remarks as the author sees them: a line each, or JSON for programs."""

import json
from collections.abc import Sequence

from rich.text import Text

from bookbuild.cli.console import Voice
from bookbuild.config.load import Config
from bookbuild.errors import Place
from bookbuild.proof.proofreading import Remark, counts, proofread
from bookbuild.proof.sheets import lay_out
from bookbuild.reading import Reading
from bookbuild.rules.refusals import lost_anchors
from bookbuild.source import Span

_PLACES = 4  # further places of one question that are told; JSON has them all


def remarks_on(config: Config, reading: Reading) -> tuple[Remark, ...]:
    """Read a book's proofs."""
    settings = config.settings
    sheets = lay_out(reading.drafts, language=settings.language, words=settings.words)
    return proofread(sheets, settings.proof)


def tell_remarks(voice: Voice, config: Config, reading: Reading, remarks: Sequence[Remark]) -> None:
    """Tell the remarks in the order of their places, then how many there are of each kind."""
    voice.reading(reading)
    for remark in remarks:
        voice.say_text(_line(remark))
    listed = ", ".join(f"{count} {check}" for check, count in counts(remarks).items())
    number = f"{len(remarks):,} remark{'s' * (len(remarks) != 1)}"
    more = "`bookbuild explain CHECK` says why, and how to refuse it"
    voice.say(f"{number}: {listed}; {more}" if remarks else "nothing to remark")
    voice.findings(lost_anchors(config.settings.proof, reading.drafts, config.place("proof")))


def remarks_to_json(remarks: Sequence[Remark]) -> str:
    """Give the remarks and their counts as JSON; places count from 1."""
    return json.dumps(
        {"remarks": [_as_json(remark) for remark in remarks], "counts": counts(remarks)},
        indent=2,
        ensure_ascii=False,
    )


def _line(remark: Remark) -> Text:
    perhaps = (
        f"; perhaps {' or '.join(f'“{other}”' for other in remark.alternatives)}"
        if remark.alternatives
        else ""
    )
    also = f"; also at {_places(remark.also)}" if remark.also else ""
    line = Text(f"{remark.span.place}: ")
    line.append(f"{remark.check}: ", "cyan")
    line.append(f"{remark.why}{perhaps}{also}: ")
    for piece, style in ((remark.before, "dim"), (remark.text, "bold"), (remark.after, "dim")):
        line.append(piece.replace("\n", " / "), style)
    return line


def _places(spans: Sequence[Span]) -> str:
    shown = ", ".join(str(span.place) for span in spans[:_PLACES])
    return f"{shown} and {len(spans) - _PLACES} more" if len(spans) > _PLACES else shown


def _as_json(remark: Remark) -> dict[str, object]:
    return {
        "check": remark.check,
        "why": remark.why,
        "alternatives": list(remark.alternatives),
        "at": _at(remark.span.place, remark.span),
        "before": remark.before,
        "text": remark.text,
        "after": remark.after,
        "also": [_at(span.place, span) for span in remark.also],
    }


def _at(place: Place, span: Span) -> dict[str, object]:
    end = span.source.place(span.end)
    return {"file": place.path, "line": place.line, "column": place.column, "end": [end.line, end.column]}
