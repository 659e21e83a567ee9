"""A draft as text to compare: paragraphs parted by empty lines, groups and marks shown."""

from collections.abc import Iterator
from itertools import groupby

from bookbuild.draft import PICTURES, Block, Draft, Kind, MarkKind

_TAGS = {MarkKind.EMPHASIS: "em", MarkKind.STRONG: "strong"}


def draft_to_text(draft: Draft) -> str:
    """Show a draft: scene breaks as `***`, a heading's label and title as `#` and `##`, a part's as `part:`, groups as `[letter: one / two]`, what was set aside not at all."""
    kept = [block for block in draft.blocks if not block.is_set_aside]
    shown: list[str] = []
    for group, members in groupby(kept, key=lambda block: block.group):
        texts = [_block_to_text(block) for block in members]
        shown.extend([f"[{_name(group.kind.value)}: {' / '.join(texts)}]"] if group else texts)
    return "\n\n".join(shown)


def _name(group: str) -> str:
    return "author's note" if group.startswith("author's note") else group


_SIGNS = {
    Kind.LABEL: "# ",
    Kind.TITLE: "## ",
    Kind.SUBHEADING: "subheading: ",
    Kind.PART: "part: ",
    Kind.ENTRY: "entry: ",
}


def _block_to_text(block: Block) -> str:
    if block.kind in PICTURES:
        return (
            f"[{block.kind.value} {block.file}] {' / '.join(''.join(_marked(block)).split(chr(10)))}".rstrip()
        )
    return "***" if block.kind is Kind.BREAK else _SIGNS.get(block.kind, "") + "".join(_marked(block))


def _marked(block: Block) -> Iterator[str]:
    edges: dict[int, str] = {}
    for mark in sorted(block.marks, key=lambda mark: mark.end - mark.start):
        tag = _TAGS[mark.kind]
        edges[mark.start] = f"<{tag}>{edges.get(mark.start, '')}"
        edges[mark.end] = f"{edges.get(mark.end, '')}</{tag}>"
    for index, character in enumerate(block.text):
        yield edges.get(index, "") + character
    yield edges.get(len(block.text), "")
