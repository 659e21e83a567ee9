"""How well messy manuscripts are understood, beside every peer that is installed: one table.

    python benchmarks/accuracy.py [--seed 7 --seed 8] [--books alice] [--profiles serial,paste] [--only mess,quotes] [--fast] [--show 10]

What is measured, and how, is told in benchmarks/README.md. The scorers of ../shared/gold call the two functions below.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Any

from bookbuild.draft import HEADINGS, Block, Draft, GroupKind, Kind, MarkKind, block_from
from bookbuild.readers.plain_text import read_plain_text
from bookbuild.rules import LINE_RULES, RULES
from bookbuild.rules.normalise import Normalised
from bookbuild.rules.understand import About, Copy, understand
from bookbuild.source import Source, source_from

_NOTES = {GroupKind.TOP_NOTE, GroupKind.INLINE_NOTE, GroupKind.END_NOTE}
_HEADINGS = HEADINGS | {Kind.SUBHEADING}
_TYPES = {Kind.BREAK: "scene_break", Kind.STANZA: "verse", **dict.fromkeys(_HEADINGS, "heading")}
_ROLES = {Kind.LABEL: "ordinal", Kind.TITLE: "title", Kind.SUBHEADING: "subtitle"}
_MARKS = {MarkKind.EMPHASIS: "em", MarkKind.STRONG: "strong"}


def normalise(data: bytes) -> list[dict[str, Any]]:
    """Normalise one messy file; gives blocks as ../shared/gold/README.md says."""
    draft = read_plain_text(source_from(data, "chapter.txt"))
    found = understand([Copy(draft, RULES)], About())[0].draft
    kept = [block for block in found.blocks if not block.is_set_aside]
    rows = [[block] for block in kept[:1]]
    for before, block in pairwise(kept):
        if _is_one_heading(found, before, block):
            rows[-1].append(block)
        else:
            rows.append([block])
    return [_scored_row(row) for row in rows]


def _is_one_heading(draft: Draft, before: Block, after: Block) -> bool:
    """Whether label and title stood on one line: the answer has them as one heading, as our tree has."""
    between = draft.source.text[before.end : after.start]
    return (before.kind, after.kind) == (Kind.LABEL, Kind.TITLE) and not set(between) & set("\r\n")


def _scored_row(row: Sequence[Block]) -> dict[str, Any]:
    first = _scored(row[0])
    return {**first, "text": " ".join(block.text for block in row)} if len(row) > 1 else first


def _scored(block: Block) -> dict[str, Any]:
    is_note = block.group is not None and block.group.kind in _NOTES
    type_ = "note" if is_note else _TYPES.get(block.kind, "para")
    spans = [[mark.start, mark.end, _MARKS[mark.kind]] for mark in block.marks if mark.kind in _MARKS]
    scored = {"type": type_, "text": block.text, "role": _ROLES.get(block.kind, ""), "spans": spans}
    if type_ == "verse":
        scored["lines"] = [{"text": line, "indent": 0, "spans": []} for line in block.text.split("\n")]
    return scored


def quotes(paragraphs: list[str]) -> list[str]:
    """Direct the quotes of paragraphs that are clean otherwise."""
    return [block.text for block in _directed(paragraphs).draft.blocks]


def quotes_and_doubts(paragraphs: Sequence[str]) -> tuple[list[str], list[list[tuple[int, int]]]]:
    """Direct the quotes of paragraphs; gives also, for each, the stretches of it that we say we doubt."""
    found = _directed(paragraphs)
    numbers = {start: number for number, start in enumerate(_starts(paragraphs))}
    doubts: list[list[tuple[int, int]]] = [[] for _ in paragraphs]
    for repair in found.repairs:
        if repair.is_doubtful:
            start = max(start for start in numbers if start <= repair.span.start)
            doubts[numbers[start]].append((repair.span.start - start, repair.span.end - start))
    return [block.text for block in found.draft.blocks], doubts


def _directed(paragraphs: Sequence[str]) -> Normalised:
    starts = _starts(paragraphs)
    blocks = tuple(block_from(start, text) for start, text in zip(starts, paragraphs, strict=True))
    draft = Draft(Source("paragraphs", "\n".join(paragraphs)), blocks)
    return understand([Copy(draft, LINE_RULES)], About())[0]


def _starts(paragraphs: Sequence[str]) -> list[int]:
    """Give where each paragraph begins when a line end parts them."""
    return list(accumulate((len(text) + 1 for text in paragraphs[:-1]), initial=0))


# ---------------------------------------------------------------- the table

GROUPS = ("mess", "unseen", "real", "notes", "quotes", "cases", "speed", "growth")
"""What may be measured; `--only` picks."""
_BEFORE = {"mess": "", "unseen": "unseen notes and marks: "}


def main() -> None:
    """Measure what is asked, and print the table."""
    from peers import find_peers, missing
    from scorers import GOLD
    from table import table

    asked = _asked()
    if not GOLD.is_dir():
        sys.exit(f"{GOLD} is missing: the scorers and the novels stand there")
    peers = {} if asked.no_peers else find_peers()
    rows = []
    for group in asked.only:
        found, lines = _measure(group, asked, peers)
        rows += found
        if lines:
            print(*lines, sep="\n", flush=True)
    print(table(rows))
    if gone := missing(peers):
        print(f"\nPeers that are not installed, or were not asked: {', '.join(gone)}.")
    sys.exit(asked.strict and any(row.is_reached is False for row in rows))


def _measure(group: str, asked: argparse.Namespace, peers: dict[str, str]) -> tuple[list[Any], list[str]]:
    from direction import case_rows, quote_rows
    from hard_notes import note_rows
    from speed import growth_rows, speed_rows

    if group in {"mess", "unseen", "real"}:
        return _measure_structure(group, asked, peers)
    rows, faults = {
        "notes": note_rows,
        "quotes": lambda: quote_rows(asked.books, peers),
        "cases": lambda: case_rows(peers),
        "speed": lambda: speed_rows(peers),
        "growth": lambda: growth_rows(asked.jobs),
    }[group]()
    step = max(len(faults) // asked.show, 1) if asked.show else 1
    shown = faults if group == "speed" else faults[::step][: asked.show]
    return rows, [f"-- {group}", *(f"     {fault}" for fault in shown)] if shown else []


def _measure_structure(
    group: str, asked: argparse.Namespace, peers: dict[str, str]
) -> tuple[list[Any], list[str]]:
    from scorers import raw_of
    from structure import Job, by_profile, failures, faults, mess_rows, real_rows, score_all

    if group == "real":
        jobs = [Job(book, group, "real", 0, peers) for book in asked.books if raw_of(book)]
    else:
        jobs = [
            Job(book, group, profile, seed, peers)
            for seed in asked.seed
            for profile in asked.profiles
            for book in asked.books
        ]
    if not jobs:
        return [], []
    scored = score_all(jobs, asked.jobs)
    lines = [*by_profile(scored), *failures(scored), *(faults(scored, asked.show) if asked.show else [])]
    return real_rows(scored) if group == "real" else mess_rows(scored, _BEFORE[group]), lines


def _asked() -> argparse.Namespace:
    from scorers import BOOKS, PROFILES

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, action="append", help="of the mess; may be given again (7)")
    parser.add_argument("--books", default="", help="those whose file names have this in them (all)")
    parser.add_argument("--profiles", default=",".join(PROFILES), help="kinds of mess (%(default)s)")
    parser.add_argument("--only", default=",".join(GROUPS), help="what to measure (%(default)s)")
    parser.add_argument("--fast", action="store_true", help="one book, no peers, no speed: some seconds")
    parser.add_argument("--no-peers", action="store_true", help="measure us alone")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="show N faults of each kind")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes (%(default)s)")
    parser.add_argument("--strict", action="store_true", help="fail when a figure is not reached")
    asked = parser.parse_args()
    wanted = asked.books or ("alice" if asked.fast else "")
    asked.books = [book for book in BOOKS if wanted in book.stem]
    asked.profiles, asked.only = asked.profiles.split(","), asked.only.split(",")
    if unknown := [*(set(asked.only) - set(GROUPS)), *(set(asked.profiles) - set(PROFILES))]:
        parser.error(f"there is no {' or '.join(unknown)}")
    asked.seed = asked.seed or [7]
    asked.no_peers |= asked.fast
    if asked.fast:
        asked.only = [group for group in asked.only if group not in {"speed", "growth"}]
    return asked


if __name__ == "__main__":
    main()
