"""How the files of a book begin and end: what they have in common there is a habit of headings, or a site's."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bookbuild.draft import Block, Draft
from bookbuild.rules.numbering import TITLE_LENGTH, canonical, read_label

_TOP = 3  # blocks from the top in which a file's own heading stands
_EDGE = 4  # blocks from the top, and from the end, in which a site leaves its lines


@dataclass(frozen=True, slots=True)
class Tops:
    """What stands at the edges of all files."""

    labels: Mapping[tuple[str, int], int]  # word and number of the label at a file's top → how many files
    heads: Mapping[
        tuple[str, ...], int
    ]  # short lines at a file's top, in their canonical form → how many files
    edges: Mapping[str, int]  # lines at a file's edges, in small letters → how many files
    files: int


def gather_tops(drafts: Iterable[Draft]) -> Tops:
    """Read the edges of all files."""
    labels, heads, edges = Counter[tuple[str, int]](), Counter[tuple[str, ...]](), Counter[str]()
    files = 0
    for draft in drafts:
        files += 1
        label = label_at_top(draft)
        labels.update([label] if label else [])
        top = draft.blocks[:_TOP]
        heads.update({canonical(block.text) for block in top if len(block.text) <= TITLE_LENGTH})
        edges.update({edge_line(block) for block in (*draft.blocks[:_EDGE], *draft.blocks[-_EDGE:])})
    return Tops(labels, heads, edges, files)


def edge_line(block: Block) -> str:
    """Give a line as it is compared from file to file."""
    return " ".join(block.text.lower().split())


def label_at_top(draft: Draft) -> tuple[str, int] | None:
    """Give the word and the number of the first label among a file's first lines."""
    labels = filter(None, (read_label(block.text) for block in draft.blocks[:_TOP]))
    return next(((label.word, label.number) for label in labels), None)
