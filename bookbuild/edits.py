"""Edits: what rules yield."""

from dataclasses import dataclass
from enum import Enum

from bookbuild.draft import Group, Kind, MarkKind


class Sureness(Enum):
    """How sure a rule is of an edit."""

    CERTAIN = "certain"
    LIKELY = "likely"
    DOUBTFUL = "doubtful"  # told to the author


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `new` in place of the text from `start` up to `end`."""

    start: int
    end: int
    new: str
    sureness: Sureness = Sureness.CERTAIN
    why: str = ""  # where the rule's own reason does not say it all
    others: tuple["BlockEdit", ...] = ()  # what might be done here instead


@dataclass(frozen=True, slots=True)
class Unwrap:
    """Take `width` typed characters off both ends of a stretch and mark what stands between them."""

    start: int
    end: int
    width: int
    kind: MarkKind
    sureness: Sureness = Sureness.CERTAIN
    why: str = ""
    others: tuple["BlockEdit", ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """Change nothing; say that the stretch should be looked at."""

    start: int
    end: int
    why: str
    sureness: Sureness = Sureness.DOUBTFUL
    others: tuple["BlockEdit", ...] = ()  # what might be done here


BlockEdit = Edit | Unwrap | Doubt
"""What a prose rule yields, about one block."""


@dataclass(frozen=True, slots=True)
class Retype:
    """Say what the blocks from `first` to `last` are; None leaves kind or group as they were."""

    first: int
    last: int
    kind: Kind | None = None
    group: Group | None = None
    sureness: Sureness = Sureness.CERTAIN
    why: str = ""
    others: tuple["DraftEdit", ...] = ()


@dataclass(frozen=True, slots=True)
class Split:
    """Part a block in two: the stretch from `start` up to `end`, which has no word, falls away between them."""

    block: int
    start: int
    end: int
    sureness: Sureness = Sureness.CERTAIN
    why: str = ""
    others: tuple["DraftEdit", ...] = ()


@dataclass(frozen=True, slots=True)
class Join:
    """Make one block of those from `first` to `last`; `glues` stand between them, one a seam."""

    first: int
    last: int
    glues: tuple[str, ...]
    kind: Kind
    sureness: Sureness = Sureness.CERTAIN
    why: str = ""
    others: tuple["DraftEdit", ...] = ()


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Edit one block's text in several places at once, and say what it is."""

    block: int
    edits: tuple[Edit, ...]
    kind: Kind
    sureness: Sureness = Sureness.CERTAIN
    why: str = ""
    others: tuple["DraftEdit", ...] = ()


@dataclass(frozen=True, slots=True)
class InsertBreak:
    """Put a scene break, which no mark shows, before a block."""

    block: int
    sureness: Sureness = Sureness.CERTAIN
    why: str = ""
    others: tuple["DraftEdit", ...] = ()


@dataclass(frozen=True, slots=True)
class Blank:
    """Say that a block, which shows nothing, is an empty line: it becomes part of the gap before the next one."""

    block: int
    sureness: Sureness = Sureness.CERTAIN
    why: str = ""
    others: tuple["DraftEdit", ...] = ()


DraftEdit = Blank | Retype | Split | Join | Rewrite | InsertBreak
"""What a structure rule yields, about a row of blocks."""


def name_of(edit: BlockEdit | DraftEdit) -> str:
    """Name what an edit does, in a few words, so that an author can choose it among others; an empty name changes nothing."""
    match edit:
        case Edit(new=new):
            return new
        case Unwrap(kind=mark):
            return mark.value
        case Retype(kind=kind, group=group):
            return kind.value if kind else group.kind.value if group else ""
        case Split():
            return "two paragraphs"
        case Join(kind=kind) | Rewrite(kind=kind):
            return f"one {kind.value}"
        case InsertBreak():
            return Kind.BREAK.value
        case Doubt() | Blank():
            return ""
