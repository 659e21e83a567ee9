"""Flat blocks → nodes of the tree: groups become letters and notes, marks become nested inlines."""

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import assert_never
from urllib.parse import unquote

from bookbuild.draft import (
    PAGES,
    PICTURES,
    SET_ASIDE,
    Block,
    Draft,
    Group,
    GroupKind,
    Kind,
    Mark,
    MarkKind,
)
from bookbuild.footnotes import is_footnote, label_in_call, mark_of, pairs
from bookbuild.glossaries import read_entry
from bookbuild.tree import (
    AsideReason,
    AuthorNote,
    Definition,
    Definitions,
    Emphasis,
    Footnote,
    FootnoteCall,
    Foreign,
    Inline,
    Inlines,
    Letter,
    LetterPart,
    LetterRole,
    Line,
    Messages,
    NotePlacement,
    Paragraph,
    Picture,
    SetAside,
    SetLines,
    Stanza,
    Strong,
    Subheading,
    Text,
    ThematicBreak,
    Turn,
    Verse,
)
from bookbuild.tree import Block as TreeBlock

_ASIDES = {
    Kind.REPEATED_TITLE: AsideReason.REPEATED_TITLE,
    Kind.BOILERPLATE: AsideReason.BOILERPLATE,
    Kind.IDLE_BREAK: AsideReason.EMPTY_MARK,
}
_LETTER_ROLES = {
    Kind.DATELINE: LetterRole.DATELINE,
    Kind.SALUTATION: LetterRole.SALUTATION,
    Kind.VALEDICTION: LetterRole.VALEDICTION,
    Kind.SIGNATURE: LetterRole.SIGNATURE,
    Kind.POSTSCRIPT: LetterRole.POSTSCRIPT,
}
_NOTES = {
    GroupKind.TOP_NOTE: NotePlacement.TOP,
    GroupKind.INLINE_NOTE: NotePlacement.INLINE,
    GroupKind.END_NOTE: NotePlacement.END,
}
_INDENT_STEP = 2  # characters: what most authors indent a line of verse by
_DEEPEST = 4  # steps that styles know
_SPEAKER = re.compile(
    r"(?:<(?P<nick>[^>]{1,60})>:?|(?P<speaker>(?:[\[(]?[\d:. apm]{4,12}[\])]?\s)?[^:»›]{1,60}?)(?::|\s*[»›]))\s+(?=\S)"
)


# ---------------------------------------------------------------- blocks


def nodes_of(draft: Draft, blocks: Sequence[Block], division_id: str) -> Iterator[TreeBlock]:
    """Make nodes of the flat blocks of a division; those of one group become one node."""
    footnotes = _Footnotes(blocks, division_id)
    for group, members_ in groupby(footnotes.blocks, key=_group):
        members = list(members_)
        span = draft.span(members[0].start, members[-1].end)
        if group is None:
            yield from _ungrouped(draft, members)
        elif group.kind is GroupKind.LETTER:
            yield Letter(tuple(_letter_parts(draft, members)), span)
        elif group.kind is GroupKind.MESSAGES:
            yield Messages(tuple(_turn(draft, block) for block in members), span)
        elif group.kind is GroupKind.FOOTNOTE:
            yield from (footnotes.node(draft, block) for block in members)
        else:
            yield AuthorNote(tuple(_ungrouped(draft, members)), _NOTES[group.kind], span)


def _group(block: Block) -> Group | None:
    """Give the group that a block is in; what says what a page is, groups nothing."""
    return None if block.group and block.group.kind in PAGES else block.group


class _Footnotes:
    """The footnotes of a division: its blocks with the calls marked, and the id of each footnote.

    No other id has an underscore, so these are like none of them.
    """

    def __init__(self, blocks: Sequence[Block], division_id: str) -> None:
        found = filter(is_footnote, blocks)
        self._ids = {block.start: f"{division_id}_note-{number}" for number, block in enumerate(found, 1)}
        self._called: set[int] = set()
        self.blocks = list(blocks)
        for pair in pairs(blocks, is_footnote):
            start, caller = blocks[pair.footnote].start, self.blocks[pair.caller]
            self._called.add(start)
            call = Mark(*pair.call, MarkKind.CALL, self._ids[start])
            self.blocks[pair.caller] = replace(caller, marks=tuple(sorted((*caller.marks, call))))

    def node(self, draft: Draft, block: Block) -> Footnote:
        """Make the node of a footnote: its label stands apart from what it says."""
        mark = mark_of(block.text)
        label, start = (inlines_of(draft, block, *mark.label), mark.text) if mark else ((), 0)
        span = draft.span(block.start, block.end)
        said = inlines_of(draft, block, start)
        return Footnote(self._ids[block.start], label, said, block.start in self._called, span)


def _ungrouped(draft: Draft, blocks: Sequence[Block]) -> Iterator[TreeBlock]:
    for kind, members_ in groupby(blocks, key=_row_kind):
        members = list(members_)
        if kind is Kind.STANZA:
            yield _verse(draft, members)
        elif kind is Kind.ENTRY:
            span = draft.span(members[0].start, members[-1].end)
            yield Definitions(tuple(_definition(draft, block) for block in members), span)
        else:
            yield from (_single(draft, block) for block in members)


def _row_kind(block: Block) -> Kind | None:
    """Give the kind of blocks that stand together without being a group; None for any other."""
    if block.kind is Kind.STANZA or (block.kind is Kind.ENTRY and read_entry(block.text)):
        return block.kind
    return None


def _definition(draft: Draft, block: Block) -> Definition:
    entry = read_entry(block.text)
    assert entry  # noqa: S101 (the caller looked)
    term, meaning = inlines_of(draft, block, 0, entry.end), inlines_of(draft, block, entry.meaning)
    return Definition(term, meaning, entry.seam(block.text), draft.span(block.start, block.end))


def _verse(draft: Draft, blocks: Sequence[Block]) -> Verse:
    stanzas = tuple(
        Stanza(tuple(_lines(draft, block)), draft.span(block.start, block.end)) for block in blocks
    )
    return Verse(stanzas, draft.span(blocks[0].start, blocks[-1].end))


def _single(draft: Draft, block: Block) -> TreeBlock:
    span = draft.span(block.start, block.end)
    if block.kind in SET_ASIDE:
        return SetAside(block.text.strip(), _ASIDES[block.kind], span)
    if block.kind is Kind.BREAK:
        return ThematicBreak(block.text.strip(), span)
    if block.kind is Kind.SUBHEADING:
        return Subheading(inlines_of(draft, block), span)
    if block.kind in PICTURES:
        return _picture(draft, block)
    if block.kind is Kind.LINES:
        return SetLines(tuple(_lines(draft, block)), span)
    return Paragraph(inlines_of(draft, block), span)


def _picture(draft: Draft, block: Block) -> Picture:
    """Make a picture, whose file lies beside the file that names it."""
    cut = 0 if block.kind is Kind.BARE_PICTURE else (block.text.find("\n") + 1 or len(block.text) + 1)
    alt = inlines_of(draft, block, 0, max(cut - 1, 0))
    caption = inlines_of(draft, block, min(cut, len(block.text)))
    path = posixpath.normpath(posixpath.join(posixpath.dirname(draft.source.path), unquote(block.file)))
    return Picture(path, alt, caption, draft.span(block.start, block.end))


def _lines(draft: Draft, block: Block) -> Iterator[Line]:
    """Give the lines of a block, each with the steps by which it was set in further than the leftmost."""
    places, start = [], 0
    for line in block.text.split("\n"):
        if line:
            places.append((start, start + len(line), _column(draft, block.offset(start))))
        start += len(line) + 1
    leftmost = min((column for *_, column in places), default=0)
    for begin, end, column in places:
        steps = round((column - leftmost) / _INDENT_STEP)
        yield Line(inlines_of(draft, block, begin, end), min(steps, _DEEPEST))


def _column(draft: Draft, offset: int) -> int:
    """Say how far a character stands from the left, where only white space is before it; 0 elsewhere."""
    before = draft.source.text[offset - draft.source.place(offset).column + 1 : offset]
    return len(before.expandtabs(4)) if before.isspace() else 0


def _letter_parts(draft: Draft, blocks: Sequence[Block]) -> Iterator[LetterPart | Verse | SetLines | Picture]:
    for kind, members in groupby(blocks, key=lambda block: block.kind):
        if kind is Kind.STANZA:
            yield _verse(draft, list(members))
            continue
        for block in members:
            span = draft.span(block.start, block.end)
            if kind in PICTURES:
                yield _picture(draft, block)
            elif kind is Kind.LINES:
                yield SetLines(tuple(_lines(draft, block)), span)
            else:
                yield LetterPart(_LETTER_ROLES.get(kind, LetterRole.BODY), inlines_of(draft, block), span)


def _turn(draft: Draft, block: Block) -> Turn:
    match = _SPEAKER.match(block.text)
    if not match:
        return Turn((), inlines_of(draft, block), draft.span(block.start, block.end))
    speaker = inlines_of(draft, block, *match.span("nick" if match["nick"] else "speaker"))
    return Turn(speaker, inlines_of(draft, block, match.end()), draft.span(block.start, block.end))


# ---------------------------------------------------------------- inlines


def inlines_of(draft: Draft, block: Block, start: int = 0, end: int | None = None) -> Inlines:
    """Nest a block's marks over a stretch of its text; marks that cross are parted at the crossing."""
    return tuple(_nested(draft, block, start, len(block.text) if end is None else end, block.marks))


def _nested(draft: Draft, block: Block, start: int, end: int, marks: Sequence[Mark]) -> Iterator[Inline]:
    inside = sorted(
        (mark._replace(start=max(mark.start, start), end=min(mark.end, end)) for mark in marks),
        key=lambda mark: (mark.start, -mark.end),
    )
    inside = [mark for mark in inside if mark.start < mark.end]
    while inside:
        outer, *rest = inside
        if start < outer.start:
            yield _text(draft, block, start, outer.start)
        yield _marked(draft, block, outer, rest)
        start = outer.end
        inside = [mark._replace(start=max(mark.start, start)) for mark in rest if mark.end > start]
    if start < end:
        yield _text(draft, block, start, end)


def _marked(draft: Draft, block: Block, mark: Mark, others: Sequence[Mark]) -> Inline:
    match mark.kind:
        case MarkKind.EMPHASIS:
            return Emphasis(tuple(_nested(draft, block, mark.start, mark.end, others)))
        case MarkKind.STRONG:
            return Strong(tuple(_nested(draft, block, mark.start, mark.end, others)))
        case MarkKind.LANGUAGE:
            return Foreign(tuple(_nested(draft, block, mark.start, mark.end, others)), mark.language)
        case MarkKind.CALL:
            return FootnoteCall((_text(draft, block, *label_in_call(block.text, mark)),), mark.target)
        case _:
            assert_never(mark.kind)


def _text(draft: Draft, block: Block, start: int, end: int) -> Text:
    return Text(block.text[start:end], draft.span(block.offset(start), block.offset(end)))
