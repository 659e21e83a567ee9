"""A report for the terminal: a line a repair, its place first, so that terminals and editors make it a link."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from bookbuild.reports.entries import Entry, Leaf, Report
from bookbuild.reports.showing import narrowed, safe, shortened, shown, taken_for
from bookbuild.rules.repairs import Repair

_LONGEST = 60  # characters of what stood there, and of what stands there now


class Piece(NamedTuple):
    """Some text, and what it is: `place`, `rule`, `doubt`, `before`, `after`, `why`, `head`, or nothing."""

    text: str
    role: str = ""


Line = tuple[Piece, ...]


def report_to_lines(report: Report) -> Iterator[Line]:
    """Give the lines of a report; who prints them chooses the colours."""
    for leaf in report.leaves:
        if leaf.entries:
            yield (Piece(f"{leaf.path}: {_counted(leaf)}", "head"),)
            for entry in leaf.entries:
                yield _line(entry)
                if entry.repair.is_doubtful:
                    yield _doubt(entry)
            yield ()
    for finding in report.findings:
        yield (Piece(str(finding), "doubt"),)
    yield (Piece(_summary(report), "head"),)


def report_to_text(report: Report) -> Iterator[str]:
    """Give a report as plain text, in pieces."""
    return ("".join(piece.text for piece in line) + "\n" for line in report_to_lines(report))


def _line(entry: Entry) -> Line:
    repair = entry.repair
    role = "doubt" if repair.is_doubtful else "rule"
    return (
        Piece(f"{repair.span.place}: ", "place"),
        Piece(f"{repair.rule} ({repair.sureness.value}): ", role),
        *_change(repair),
    )


def _change(repair: Repair) -> Line:
    if repair.is_question:
        before = shortened(shown(repair.before), _LONGEST)
        return (
            Piece(safe(repair.left)),
            Piece("["),
            Piece(before, "before"),
            Piece("?]"),
            Piece(safe(repair.right)),
        )
    if named := taken_for(repair):
        return Piece(f"{named} ", "after"), Piece(shortened(safe(repair.before), _LONGEST))
    left, before, after, right = narrowed(repair.left, repair.before, repair.after, repair.right)
    return (
        Piece(safe(left)),
        Piece("["),
        Piece(shortened(shown(before), _LONGEST), "before"),
        Piece(" → "),
        Piece(shortened(shown(after), _LONGEST), "after"),
        Piece("]"),
        Piece(safe(right)),
    )


def _doubt(entry: Entry) -> Line:
    others = [other for other in entry.repair.others if other]
    instead = f" (or: {', '.join(shown(other) for other in others)})" if others else ""
    return (Piece(f"    {entry.repair.why}{instead}", "why"),)


def _counted(leaf: Leaf) -> str:
    doubts = sum(entry.repair.is_doubtful for entry in leaf.entries)
    done = sum(not entry.repair.is_question for entry in leaf.entries)
    return ", ".join(_number(count, name) for count, name in ((done, "repair"), (doubts, "doubt")) if count)


def _summary(report: Report) -> str:
    entries = report.entries
    if not entries:
        return "nothing to tell"
    rules = Counter(entry.repair.rule for entry in entries)
    surenesses = Counter(entry.repair.sureness.value for entry in entries)
    sure = ", ".join(f"{count:,} {name}" for name, count in sorted(surenesses.items()))
    return f"{_number(len(entries), 'place')} ({sure}): " + ", ".join(
        f"{count:,} {rule}" for rule, count in rules.most_common()
    )


def _number(count: int, name: str) -> str:
    return f"{count:,} {name}{'s' * (count != 1)}"
