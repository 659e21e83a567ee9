"""Edits: what rules yield."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Generic, TypeVar

from bookbuild.draft import Group, Kind, MarkKind


class Sureness(Enum):
    """How sure a rule is of an edit."""

    CERTAIN = "certain"
    LIKELY = "likely"
    DOUBTFUL = "doubtful"  # told to the author


OtherEdit = TypeVar("OtherEdit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal(Generic[OtherEdit]):
    """What a rule says of each of its edits, whatever it does: how sure it is, why, and what might be done instead."""

    sureness: Sureness = Sureness.CERTAIN
    why: str = ""  # where the rule's own reason does not say it all
    others: tuple[OtherEdit, ...] = ()


@dataclass(frozen=True, slots=True)
class Edit(Proposal["BlockEdit"]):
    """Put `new` in place of the text from `start` up to `end`."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Unwrap(Proposal["BlockEdit"]):
    """Take `width` typed characters off both ends of a stretch, or `closing` off its end, and mark what stands between them."""

    start: int
    end: int
    width: int
    kind: MarkKind
    closing: int = 0  # 0: as many as `width`

    @property
    def inner(self) -> tuple[int, int]:
        """The stretch that is marked."""
        return self.start + self.width, self.end - (self.closing or self.width)


@dataclass(frozen=True, slots=True)
class Doubt(Proposal["BlockEdit"]):
    """Change nothing; say that the stretch should be looked at."""

    start: int
    end: int
    sureness: Sureness = field(default=Sureness.DOUBTFUL, kw_only=True)


BlockEdit = Edit | Unwrap | Doubt
"""What a prose rule yields, about one block."""


@dataclass(frozen=True, slots=True)
class Retype(Proposal["DraftEdit"]):
    """Say what the blocks from `first` to `last` are; None leaves kind or group as they were."""

    first: int
    last: int
    kind: Kind | None = None
    group: Group | None = None


@dataclass(frozen=True, slots=True)
class Split(Proposal["DraftEdit"]):
    """Part a block in two: the stretch from `start` up to `end`, which has no word, falls away between them."""

    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SetApart(Proposal["DraftEdit"]):
    """Make the stretch of a block from `start` up to `end` a block of its own, and say what it is; the space around it falls away."""

    block: int
    start: int
    end: int
    kind: Kind | None = None
    group: Group | None = None


@dataclass(frozen=True, slots=True)
class Join(Proposal["DraftEdit"]):
    """Make one block of those from `first` to `last`; `glues` stand between them, one a seam."""

    first: int
    last: int
    glues: tuple[str, ...]
    kind: Kind


@dataclass(frozen=True, slots=True)
class Rewrite(Proposal["DraftEdit"]):
    """Edit one block's text in several places at once, and say what it is."""

    block: int
    edits: tuple[Edit, ...]
    kind: Kind
    file: str = ""  # of a picture


@dataclass(frozen=True, slots=True)
class InsertBreak(Proposal["DraftEdit"]):
    """Put a scene break, which no mark shows, before a block."""

    block: int


@dataclass(frozen=True, slots=True)
class Blank(Proposal["DraftEdit"]):
    """Say that a block, which shows nothing, is an empty line: it becomes part of the gap before the next one."""

    block: int


@dataclass(frozen=True, slots=True)
class Question(Proposal["DraftEdit"]):
    """Change nothing; ask about the stretch of a block from `start` up to `end`."""

    block: int
    start: int
    end: int
    sureness: Sureness = field(default=Sureness.DOUBTFUL, kw_only=True)


DraftEdit = Blank | Retype | Split | SetApart | Join | Rewrite | InsertBreak | Question
"""What a structure rule yields, about a row of blocks."""


def name_of(edit: BlockEdit | DraftEdit) -> str:
    """Name what an edit does, in a few words, so that an author can choose it among others; an empty name changes nothing."""
    match edit:
        case Edit(new=new):
            return new
        case Unwrap(kind=mark):
            return mark.value
        case Retype(kind=kind, group=group) | SetApart(kind=kind, group=group):
            return kind.value if kind else group.kind.value if group else ""
        case Split():
            return "two paragraphs"
        case Rewrite(edits=(Edit(new=new),)):
            return new
        case Join(kind=kind) | Rewrite(kind=kind):
            return f"one {kind.value}"
        case InsertBreak():
            return Kind.BREAK.value
        case Doubt() | Blank() | Question():
            return ""
