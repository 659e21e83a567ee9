"""Blocks: what is made of messy chapters and of real old transcriptions, by us and by the peers."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from accuracy import normalise
from peers import STRUCTURAL, Blocks, blocks_by
from scorers import GOLD, raw_of, scorer
from table import Row

OURS = "bookbuild"
HERE = Path(__file__).resolve().parent
_WITHOUT_EMPHASIS = frozenset({"serial"})
"""Profiles whose mess has no emphasis left to find."""


@dataclass(frozen=True, slots=True)
class Job:
    """One book in one kind of mess, or its old transcription (`profile` is "real")."""

    book: Path
    group: str  # of GROUPS in accuracy.py: mess, unseen or real
    profile: str
    seed: int
    peers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Scored:
    """What a reader made of a job: the scorer's result, and how many files it failed on."""

    profile: str
    reader: str
    result: Any
    failed: int


def score_all(jobs: Sequence[Job], workers: int) -> list[Scored]:
    """Score every reader on every job."""
    if workers == 1:
        return [scored for job in jobs for scored in _score(job)]
    with ProcessPoolExecutor(workers) as pool:
        return [scored for each in pool.map(_score, jobs) for scored in each]


def _score(job: Job) -> list[Scored]:
    with tempfile.TemporaryDirectory() as folder:
        if job.profile == "real":
            raw = raw_of(job.book)
            return _score_files(job, [raw], [_truth(job.book)], [[]], [raw.read_bytes().decode("utf-8-sig")])
        files = _make_mess(job, Path(folder))
        truths = [_truth(file.with_suffix(".truth.jsonl")) for file in files]
        folds = [json.loads(file.with_suffix(".events.json").read_text("utf-8"))["fold"] for file in files]
        return _score_files(job, files, truths, folds, [None] * len(files))


def _make_mess(job: Job, folder: Path) -> list[Path]:
    script = str(HERE / "unseen_mess.py" if job.group == "unseen" else GOLD / "score" / "mess.py")
    command = [script, str(job.book), str(folder), "--seed", str(job.seed), "--profile", job.profile]
    subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL)
    return sorted(folder.glob("ch*.txt"))


def _truth(path: Path) -> Blocks:
    return [block for block in scorer("score").load(path) if block["type"] != "image"]


def _score_files(
    job: Job,
    files: Sequence[Path],
    truths: Sequence[Blocks],
    folds: Sequence[list[str]],
    raws: Sequence[str | None],
) -> list[Scored]:
    readers: dict[str, Callable[[], Sequence[Blocks | None]]] = {
        OURS: lambda: [normalise(file.read_bytes()) for file in files],
        **{name: _reader(name, job.peers[name], files) for name in STRUCTURAL if name in job.peers},
    }
    score = scorer("score")
    found = []
    for name, read in readers.items():
        total, failed = score.Result(), 0
        for file, made, truth, fold, raw in zip(files, read(), truths, folds, raws, strict=True):
            failed += made is None
            result = score.score_chapter(truth, made or [], fold, raw=raw)
            for faults in result.bad.values():  # told with their place
                faults[:] = [(f"{job.book.stem[:12]} {file.stem}", *fault) for fault in faults]
            total += result
        found.append(Scored(job.profile, name, total, failed))
    return found


def _reader(name: str, program: str, files: Sequence[Path]) -> Callable[[], Sequence[Blocks | None]]:
    return lambda: blocks_by(name, program, files)


# ---------------------------------------------------------------- rows


@dataclass(frozen=True, slots=True)
class _Measure:
    what: str
    metric: str
    figure: str  # "P", "R", "F1", or "right" for a share of places
    least: float


MESS = (
    _Measure("paragraphs, F1", "para", "F1", 0.998),
    _Measure("headings by place, F1", "head_pos", "F1", 0.97),
    _Measure("scene breaks, F1", "break", "F1", 0.96),
    _Measure("author's notes, precision by word", "note", "P", 0.99),
    _Measure("author's notes, recall by word", "note", "R", 0.85),
    _Measure("verse lines, F1", "verse_line", "F1", 0.95),
    _Measure("verse words, F1", "verse_word", "F1", 0.85),
    _Measure("emphasis, F1", "emph", "F1", 0.97),
    _Measure("dashes", "dash", "right", 0.999),
    _Measure("dots", "ellipsis", "right", 0.999),
    _Measure("spaces", "space", "right", 0.9999),
)
"""What made mess is measured by, and what is to be reached."""
REAL = (
    _Measure("paragraphs, F1", "para", "F1", 0.998),
    _Measure("headings by place, F1", "head_pos", "F1", 0.97),
    _Measure("scene breaks, F1", "break", "F1", 0.90),
    _Measure("verse lines, F1", "verse_line", "F1", 0.95),
    _Measure("verse words, F1", "verse_word", "F1", 0.85),
)
"""What old transcriptions are measured by; their emphasis is not that of the edition, so it is left out."""


def mess_rows(scored: Sequence[Scored], before: str) -> list[Row]:
    """Give the rows of made mess; `before` stands before their names."""
    totals = _totals(scored)
    words = {name: _changed_words(total) for name, total in totals.items()}
    peers = {name: figure for name, figure in words.items() if name != OURS}
    about = f"words lost, added or changed, of {totals[OURS].words['truth']:,}" if OURS in totals else "words"
    first = Row(before + about, words.get(OURS), peers, most=0, form="{:,.0f}")
    return [first, *(_row(measure, scored, before) for measure in MESS)]


def real_rows(scored: Sequence[Scored]) -> list[Row]:
    """Give the rows of old transcriptions."""
    return [_row(measure, scored, "real transcriptions: ") for measure in REAL]


def _changed_words(total: Any) -> float:
    return float(sum(total.words[kind] for kind in ("lost", "added", "changed")))


def _row(measure: _Measure, scored: Sequence[Scored], before: str) -> Row:
    if measure.metric == "emph":
        scored = [one for one in scored if one.profile not in _WITHOUT_EMPHASIS]
    figures = {
        name: figure_of(total, measure.metric, measure.figure) for name, total in _totals(scored).items()
    }
    peers = {name: figure for name, figure in figures.items() if name != OURS and figure is not None}
    form = "{:.5f}" if measure.metric == "space" else "{:.4f}"
    return Row(before + measure.what, figures.get(OURS), peers, least=measure.least, form=form)


def figure_of(total: Any, metric: str, figure: str) -> float | None:
    """Give one figure of a scorer's result; None where there was nothing to find."""
    if figure == "right":
        asked = total.acc[metric]
        return sum(asked.ok.values()) / sum(asked.n.values()) if asked.n else None
    counts = total.prf[metric]
    if figure == "P":
        return _share(counts.tp, counts.fp)
    if figure == "R":
        return _share(counts.tp, counts.fn)
    return _share(2 * counts.tp, counts.fp + counts.fn)


def _share(right: float, wrong: float) -> float | None:
    return right / (right + wrong) if right + wrong else None


def _totals(scored: Sequence[Scored]) -> dict[str, Any]:
    totals: dict[str, Any] = {}
    for one in scored:
        total = totals.setdefault(one.reader, scorer("score").Result())
        total += one.result
    return totals


# ---------------------------------------------------------------- by profile, and the faults themselves


def by_profile(scored: Sequence[Scored]) -> list[str]:
    """Give our figures for each kind of mess, one line each."""
    lines = []
    for profile in dict.fromkeys(one.profile for one in scored):
        total = _totals([one for one in scored if one.profile == profile and one.reader == OURS])[OURS]
        measures = REAL if profile == "real" else MESS
        figures = [(measure, figure_of(total, measure.metric, measure.figure)) for measure in measures]
        said = " · ".join(
            f"{measure.what} {figure:.4f}"
            for measure, figure in figures
            if figure is not None and not (measure.metric == "emph" and profile in _WITHOUT_EMPHASIS)
        )
        lines.append(f"{profile}: words {_changed_words(total):.0f} · {said}")
    return lines


def failures(scored: Sequence[Scored]) -> list[str]:
    """Tell which peers failed on how many files."""
    counts: dict[str, int] = {}
    for one in scored:
        counts[one.reader] = counts.get(one.reader, 0) + one.failed
    return [f"{name} failed on {count} files" for name, count in counts.items() if count]


def faults(scored: Sequence[Scored], count: int) -> list[str]:
    """Show our faults, up to `count` of each kind and profile, taken evenly."""
    lines = []
    for profile in dict.fromkeys(one.profile for one in scored):
        total = _totals([one for one in scored if one.profile == profile and one.reader == OURS])[OURS]
        for kind, found in total.bad.items():
            lines.append(f"-- {profile}, {kind}: {len(found)}")
            lines.extend(f"     {fault}" for fault in found[:: max(len(found) // count, 1)][:count])
    return lines
