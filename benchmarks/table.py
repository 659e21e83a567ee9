"""The table: our figure, the best of the others in the same run, the figure to reach, and whether it is reached."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that is measured; either `least` or `most` is to be reached."""

    what: str
    ours: float | None  # None where there was nothing to measure
    peers: Mapping[str, float]
    least: float | None = None
    most: float | None = None
    form: str = "{:.4f}"

    @property
    def is_reached(self) -> bool | None:
        """Whether our figure is good enough; None where there is none."""
        if self.ours is None:
            return None
        return (self.least is None or self.ours >= self.least) and (
            self.most is None or self.ours <= self.most
        )

    def cells(self) -> tuple[str, str, str, str, str]:
        """Give the row as text."""
        ours = "not measured" if self.ours is None else self.form.format(self.ours)
        bound = self.least if self.least is not None else self.most
        wanted = (
            "" if bound is None else f"{'≥' if self.least is not None else '≤'} {self.form.format(bound)}"
        )
        reached = {True: "yes", False: "NO", None: ""}[self.is_reached]
        return self.what, ours, self._best(), wanted, reached

    def _best(self) -> str:
        if not self.peers:
            return ""
        choose = max if self.least is not None else min
        best = choose(self.peers.values())
        names = " ".join(name for name, figure in self.peers.items() if figure == best)
        return f"{self.form.format(best)} {names}"


_HEAD = ("", "bookbuild", "best of the others", "to reach", "reached")


def table(rows: Sequence[Row]) -> str:
    """Lay the rows out in Markdown."""
    return markdown([_HEAD, *(row.cells() for row in rows)])


def markdown(cells: Sequence[Sequence[str]]) -> str:
    """Lay cells out in Markdown, in columns; the first row is the head."""
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    lines = ["| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in cells]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])
