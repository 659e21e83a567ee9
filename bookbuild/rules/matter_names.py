"""Rules for pages of front and back matter that stand in the manuscript as chapters do: dedications, acknowledgements."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from bookbuild.draft import HEADINGS, PAGES, Block, Draft, Group, GroupKind, Kind
from bookbuild.edits import DraftEdit, Retype, Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.numbering import TITLE_LENGTH
from bookbuild.rules.rule import structure_rule
from bookbuild.words import count

_LONGEST = 5_000  # words; a chapter of the story may be called "Introduction" too
_NAMES = {
    GroupKind.DEDICATION: re.compile(
        "dedication|widmung|dédicace|dedicatoria|dedica|dedykacja|посвящение|dedicatória|opdracht|dedikation"
    ),
    GroupKind.FOREWORD: re.compile("foreword|(?:a )?foreword by .+|geleitwort|słowo wstępne|ten geleide"),
    GroupKind.PREFACE: re.compile(
        "preface|vorwort|préface|avant-propos|prefacio|prefazione|przedmowa|предисловие|prefácio|voorwoord|förord"
    ),
    GroupKind.INTRODUCTION: re.compile(
        "introduction|einleitung|introducción|introduzione|wstęp|введение|introdução|inleiding|inledning"
    ),
    GroupKind.ACKNOWLEDGEMENTS: re.compile(
        "acknowledge?ments?|danksagung(?:en)?|remerciements|agradecimientos|ringraziamenti|podziękowania|благодарности"
        "|agradecimentos|dankwoord"
    ),
    GroupKind.AFTERWORD: re.compile(
        "afterword|nachwort|postface|postfazione|posłowie|послесловие|posfácio|nawoord|efterord"
    ),
    GroupKind.ABOUT: re.compile(
        r"about (?:the )?authors?|über (?:den autor|die autorin)|zur person|à propos de l['’]aut(?:eur|rice)"
        r"|(?:sobre|acerca de) (?:el autor|la autora)|acerca del autor|o (?:autorze|autorce)|об авторе|over de auteur"
        r"|om författaren|sobre [oa] autora?"
    ),
    GroupKind.ALSO_BY: re.compile("also by .+|(?:other|more) books by .+"),
}


class _Run(NamedTuple):
    """What stands under one head, up to the next; `heads` are the lines of the head."""

    heads: tuple[int, ...]
    end: int


@structure_rule(
    before="Dedication\n\nFor whoever keeps the lamps.",
    after="[dedication: ## Dedication]\n\nFor whoever keeps the lamps.",
)
def matter_as_chapter(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """A dedication, a preface, acknowledgements and their like are no chapters: page 1 and the place where reading begins come after them."""
    blocks = draft.blocks
    live = [number for number, block in enumerate(blocks) if not block.is_set_aside]
    runs = list(_runs(blocks, live))
    if live and not runs:
        yield from _by_its_file(draft, live)
    is_from_top = bool(runs) and runs[0].heads[0] == live[0]
    first = list(takewhile(lambda run: _is_page(blocks, run), runs)) if is_from_top else []
    last = list(takewhile(lambda run: _is_page(blocks, run), reversed(runs)))
    for head in sorted({run.heads[0] for run in (*first, *last)}):
        block = blocks[head]
        named = _named(block.text)
        if named and not block.group:
            title = None if block.kind in HEADINGS else Kind.TITLE
            why = f"a page of the book begins here ({named.value}), and no chapter of the story"
            yield Retype(head, head, title, Group(named, block.start), sureness=Sureness.LIKELY, why=why)


def _by_its_file(draft: Draft, live: Sequence[int]) -> Iterator[DraftEdit]:
    """Look at a file that has no heading: its name may say what it is."""
    stem = re.sub(r"^[\W\d_]+|[\W_]+$", "", draft.source.path.rpartition("/")[2].rpartition(".")[0])
    named = _named(re.sub(r"[\W_]+", " ", stem))
    top = draft.blocks[live[0]]
    if named and not top.group and _words(draft.blocks) <= _LONGEST:
        group = Group(named, top.start)
        why = "the file's name says what it is"
        yield Retype(live[0], live[0], None, group, sureness=Sureness.LIKELY, why=why)


def _runs(blocks: Sequence[Block], live: Sequence[int]) -> Iterator[_Run]:
    """Part a file at its heads: headings, and lines of their own that say what such a page is called."""
    heads: list[list[int]] = []
    before = -1
    for number in live:
        block = blocks[number]
        is_alone = block.kind is Kind.PARAGRAPH and (block.gap or number == live[0])
        if block.kind in HEADINGS or (is_alone and _named(block.text)):
            if heads and heads[-1][-1] == before:
                heads[-1].append(number)
            else:
                heads.append([number])
        before = number
    for head, following in pairwise((*heads, [len(blocks)])):
        yield _Run(tuple(head), following[0])


def _is_page(blocks: Sequence[Block], run: _Run) -> bool:
    group = blocks[run.heads[0]].group
    if group and group.kind in PAGES:
        return True
    is_named = len(run.heads) == 1 and _named(blocks[run.heads[0]].text)
    return bool(is_named) and 0 < _words(blocks[run.heads[0] + 1 : run.end]) <= _LONGEST


def _words(blocks: Sequence[Block]) -> int:
    return sum(count(block.text) for block in blocks if not block.is_set_aside)


def _named(text: str) -> GroupKind | None:
    name = re.sub(r"\s+", " ", text).strip(" \t#*_=~-–—.…:\xa0").lower()
    if len(name) > TITLE_LENGTH:
        return None
    return next((kind for kind, names in _NAMES.items() if names.fullmatch(name)), None)
