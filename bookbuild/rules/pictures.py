"""Pictures that stand in a manuscript by their names."""

from collections.abc import Iterator

from bookbuild.draft import Draft, Kind
from bookbuild.edits import DraftEdit, Edit, Rewrite, Sureness
from bookbuild.picture_lines import picture_line
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.ornaments import Look, look_of
from bookbuild.rules.rule import structure_rule

_UNDESCRIBED = (
    "this picture has no description, for those who cannot see it (and Send to Kindle has refused books for it):"
    " write ![what it shows]({file})"
)


@structure_rule(
    before='Rain fell.\n\n![the harbour from above](harbour.png "Wennet, 1908")\n\nIt stopped.',
    after="Rain fell.\n\n[picture harbour.png] the harbour from above / Wennet, 1908\n\nIt stopped.",
    rewords=True,
)
def typed_picture(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """A line that names a picture stands for it; the name of its file is no word of the book, description and caption are."""
    for number, block in enumerate(draft.blocks):
        is_line = block.is_plain and look_of(block.text) is Look.NOT  # a picture of a scene break is one
        line = picture_line(block.text) if is_line else None
        if not line:
            continue
        text = block.text
        kept = [part for part in (line.alt, line.caption) if part != (0, 0)]
        edges = [0, *(edge for part in kept for edge in part), len(text)]
        gaps = list(zip(edges[::2], edges[1::2], strict=True))
        edits = tuple(
            Edit(start, end, "\n" if 0 < place < len(gaps) - 1 else "")
            for place, (start, end) in enumerate(gaps)
        )
        if line.alt == (0, 0):
            why = _UNDESCRIBED.format(file=line.file)
            yield Rewrite(number, edits, Kind.BARE_PICTURE, line.file, sureness=Sureness.DOUBTFUL, why=why)
        else:
            yield Rewrite(number, edits, Kind.PICTURE, line.file)
