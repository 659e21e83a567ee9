"""Quotes and apostrophes: their direction in the novels' paragraphs, what we flag of our own errors, and the hard one-liners."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from accuracy import quotes, quotes_and_doubts
from peers import MODULES, PROGRAMS, quotes_by
from scorers import scorer
from table import Row

OURS = "bookbuild"
_MOST_WRONG = 40 / 45_282
"""The share of quotes that may be wrong: 40 in the eight novels on which the figure to reach was measured."""
_SHOWN = 60
"""A wrong quote is flagged when a doubt stands in its paragraph within this many characters: as much as the doubt shows of the text."""

Texts = Sequence[Sequence[str]]  # of several books or cases, the paragraphs of each
Directed = Callable[[Texts], Texts]
BRITISH, TYPED_DASHES = "in single quotes first", "beside typed dashes and dots"
"""Other habits of typing, which are measured as well."""


class Tally(NamedTuple):
    """Quotes of one reader: how many are wrong, and of the apostrophes that begin a word how many are right."""

    quotes: int
    wrong: int
    leading: int
    leading_right: int
    faults: tuple[tuple[str, str, str], ...]


def tally_of(books: Sequence[Path], direct: Directed, habit: str = "") -> Tally:
    """Let a reader direct the quotes of each book and compare."""
    score = scorer("quotes_score").score
    total = wrong = leading = leading_right = 0
    faults: list[tuple[str, str, str]] = []
    texts = [gold_paragraphs(book) for book in books]
    if habit == BRITISH:  # paragraphs without a quotation in another, as the scorer does
        marks = str.maketrans("“”", "‘’")
        texts = [[text.translate(marks) for text in book if "‘" not in text] for book in texts]
    straight = straight_quotes if habit == TYPED_DASHES else scorer("gaps").stupefy
    made = direct([list(map(straight, text)) for text in texts])
    for book, gold, ours in zip(books, texts, made, strict=True):
        right, asked, bad, lost = score(gold, ours)
        total += sum(asked.values())
        wrong += sum(asked.values()) - sum(right.values())
        leading += asked["apos_lead"]
        leading_right += right["apos_lead"]
        faults += bad
        if lost:
            faults.append(("paragraphs that gained or lost a quote", str(lost), book.stem))
    return Tally(total, wrong, leading, leading_right, tuple(faults))


def gold_paragraphs(book: Path) -> list[str]:
    """Give the paragraphs and verses of a book as they should be."""
    blocks = map(json.loads, book.read_text("utf-8").splitlines())
    return [block["text"] for block in blocks if block["type"] in {"para", "verse"} and block["text"]]


class Flags(NamedTuple):
    """What we flag: our wrong quotes, how many of them a doubt points at, all doubts, and the words they stand in."""

    wrong: int
    flagged: int
    doubts: int
    words: int
    unflagged: tuple[str, ...]


def flags_of(books: Sequence[Path]) -> Flags:
    """Ask of each wrong quote whether a doubt points at it, and count all doubts about quotes."""
    wrong = flagged = doubts = words = 0
    unflagged: list[str] = []
    for book in books:
        gold = gold_paragraphs(book)
        made, doubted = quotes_and_doubts(list(map(scorer("gaps").stupefy, gold)))
        doubts += sum(map(len, doubted))
        words += sum(len(text.split()) for text in gold)
        for right, ours, places in zip(gold, made, doubted, strict=True):
            for at in _wrong_places(right, ours):
                wrong += 1
                is_flagged = any(start - _SHOWN <= at <= end + _SHOWN for start, end in places)
                flagged += is_flagged
                if not is_flagged:
                    unflagged.append(ours[max(at - 30, 0) : at + 30])
    return Flags(wrong, flagged, doubts, words, tuple(unflagged))


def _wrong_places(right: str, ours: str) -> Iterator[int]:
    """Give where in our text a quote differs from the right one."""
    marks = scorer("quotes_score").quotes
    for (_, wanted), (at, given) in zip(marks(right), marks(ours), strict=False):
        if wanted != given:
            yield at


def quote_rows(books: Sequence[Path], peers: dict[str, str]) -> tuple[list[Row], list[str]]:
    """Give the rows about quotes, and our faults."""
    ours = tally_of(books, _ours)
    others = {
        name: tally_of(books, _directed(name, peers[name]))
        for name in (*MODULES, *PROGRAMS)
        if name in peers and name in scorer("quotes_score").TOOLS
    }
    flags = flags_of(books)
    wrong = {name: float(tally.wrong) for name, tally in others.items()}
    leading = {name: 100 * tally.leading_right / max(tally.leading, 1) for name, tally in others.items()}
    per = 10_000 * flags.doubts / max(flags.words, 1)
    share = 100 * flags.flagged / flags.wrong if flags.wrong else None
    rows = [
        Row(f"quotes wrong, of {ours.quotes:,}", ours.wrong, wrong, most=_MOST_WRONG * ours.quotes, form="{:.0f}"),
        Row(f"of these {flags.wrong} flagged, %", share, {}, least=85, form="{:.1f}"),
        Row("flags in 10,000 words", per, {}, most=5, form="{:.1f}"),
        Row(
            f"apostrophe that begins a word, % of {ours.leading} right",
            100 * ours.leading_right / ours.leading if ours.leading else None,
            leading, least=95, form="{:.1f}",
        ),
        *(_habit_row(books, peers, habit) for habit in (BRITISH, TYPED_DASHES)),
    ]  # fmt: skip
    return rows, [*map(str, ours.faults), *(f"not flagged: {fault}" for fault in flags.unflagged)]


def _habit_row(books: Sequence[Path], peers: dict[str, str], habit: str) -> Row:
    ours, others = tally_of(books, _ours, habit), {}
    if "pandoc" in peers:  # the best of them as a rule
        others["pandoc"] = float(tally_of(books, _directed("pandoc", peers["pandoc"]), habit).wrong)
    return Row(
        f"quotes wrong, of {ours.quotes:,} {habit}",
        ours.wrong,
        others,
        most=_MOST_WRONG * ours.quotes,
        form="{:.0f}",
    )


def _directed(name: str, program: str) -> Directed:
    return lambda texts: quotes_by(name, program, texts)


def _ours(texts: Texts) -> Texts:
    return [quotes(list(text)) for text in texts]


def case_rows(peers: dict[str, str]) -> tuple[list[Row], list[str]]:
    """Give the row of the hard one-liners, and those that we fail."""
    wanted = [case.split("|") for group in scorer("cases").G.values() for case in group]
    given = [[straight_quotes(paragraph) for paragraph in case] for case in wanted]
    made = {OURS: [_plain(case) for case in _ours(given)]} | {
        name: [_plain(case) for case in quotes_by(name, peers[name], given)]
        for name in (*MODULES, *PROGRAMS)
        if name in peers and name in scorer("quotes_score").TOOLS
    }
    right = {name: float(sum(map(list.__eq__, wanted, cases))) for name, cases in made.items()}
    ours = right.pop(OURS)
    row = Row(f"hard one-liners, of {len(wanted)}", ours, right, least=91, form="{:.0f}")
    failed = [(case, became) for case, became in zip(wanted, made[OURS], strict=True) if case != became]
    return [row], [f"{' | '.join(case)}  became  {' | '.join(became)}" for case, became in failed]


def straight_quotes(text: str) -> str:
    """Make quotes and primes straight; dashes and dots stay."""
    stupefy = scorer("gaps").stupefy
    primes = {"′": "'", "″": '"'}
    return "".join(mark if mark in "—–…" else primes.get(mark) or stupefy(mark) for mark in text)


def _plain(texts: Sequence[str]) -> list[str]:
    return [text.replace("\u2060", "").replace("\u200a", "").replace("\u00a0", " ") for text in texts]
