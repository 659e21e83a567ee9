"""Where links lead in a finished file, and which of them lead nowhere."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bookbuild.errors import Finding, warning


@dataclass(frozen=True, slots=True)
class Addresses:
    """Gives the address of an id, and remembers the ids that there are not."""

    known: Mapping[str, str]
    unknown: set[str] = field(default_factory=set)

    def href(self, id_: str) -> str:
        """Give an id's address; empty where there is none, for such a link is left as text."""
        if id_ not in self.known:
            self.unknown.add(id_)
        return self.known.get(id_, "")

    def lost(self) -> Iterator[Finding]:
        """Tell of the links that lead nowhere."""
        for id_ in sorted(self.unknown):
            yield warning(f"a link leads to '{id_}', which is not in this edition; it is left as plain text")
