"""Pages of the manuscript that are no chapters: glossaries, lists of characters, what happened before."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bookbuild.draft import HEADINGS, LISTS, PAGES, Block, Draft, Group, GroupKind, Kind
from bookbuild.edits import DraftEdit, Retype, Sureness
from bookbuild.glossaries import read_entry
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.numbering import TITLE_LENGTH
from bookbuild.rules.rule import structure_rule
from bookbuild.words import count

_FEWEST = 2  # entries
_LONGEST_RECAP = 1_500  # words of a page of what happened before
_NAMES = {
    GroupKind.GLOSSARY: re.compile(
        r"(?:an? |the )?(?:short |brief )?glossary(?: of .+| and .+)?|glossaire|glossar|glosario|gloss[áa]rio|słowniczek",
    ),
    GroupKind.CAST: re.compile(
        r"dramatis person(?:ae|æ)|(?:the )?cast(?: list)?|(?:the )?(?:cast|list) of (?:the )?(?:main )?characters"
        r"|(?:the )?(?:main |principal )?characters|who(?:['’]s| is) who",
    ),
    GroupKind.PREVIOUSLY: re.compile(
        r"previously(?: (?:on|in) .+)?|(?:the )?story (?:so|thus) far|what (?:has )?(?:happened|gone|went) before"
    ),
}
_NEEDS_ENTRIES = frozenset({"cast", "the cast", "characters", "the characters", "main characters"})
"""Names that chapters have too."""


@structure_rule(
    before="Glossary\n\nStaithe: a landing place.\n\nWennet: a river.",
    after="[glossary: ## Glossary]\n\nStaithe: a landing place.\n\nWennet: a river.",
)
def page_beside_story(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """A glossary, a list of characters, a page of what happened before are no chapters: they belong before the story or after it."""
    live = [number for number, block in enumerate(draft.blocks) if not block.is_set_aside]
    if not live or any(block.group and block.group.kind in PAGES for block in draft.blocks):
        return
    inner = [number for number in live if draft.blocks[number].kind in HEADINGS]
    top = live[0]
    if not [number for number in inner if number != top]:
        yield from _whole_file(draft, live)
    for number, end in _ends_of_file(draft, live, inner):
        kind = _kind(draft.blocks, number, end)
        if kind:
            yield _heading(draft, number, kind)


def _whole_file(draft: Draft, live: Sequence[int]) -> Iterator[DraftEdit]:
    """Look at a file that has at most one heading, at its top: that, or else the file's name, says what it is."""
    top = live[0]
    kind = _kind(draft.blocks, top, len(draft.blocks))
    if kind:
        yield _heading(draft, top, kind)
        return
    stem = re.sub(r"^[\W\d_]+|[\W_]+$", "", draft.source.path.rpartition("/")[2].rpartition(".")[0])
    named = _named(re.sub(r"[\W_]+", " ", stem))
    has_entries = _has_entries(draft.blocks, range(top, len(draft.blocks)))
    recalls = named is GroupKind.PREVIOUSLY and _is_recap(draft.blocks[top:])
    if named and (recalls or has_entries):
        group = Group(named, draft.blocks[top].start)
        yield Retype(top, top, None, group, sureness=Sureness.LIKELY, why="the file's name says what it is")


def _ends_of_file(draft: Draft, live: Sequence[int], inner: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Give lines of a file of several chapters that may head such a page: before its first heading, or after its last."""
    blocks = draft.blocks
    chapters = [number for number in inner if not _named(blocks[number].text)]
    if len(inner) < 2 and not (chapters and chapters[0] != live[0]):
        return
    first, last = chapters[0] if chapters else 0, chapters[-1] if chapters else 0
    if live[0] < first:
        yield live[0], first
    below = [number for number in live if number > last]
    heads = [number for number in below if blocks[number].gap and _named(blocks[number].text)]
    for number, end in pairwise((*heads, len(blocks))):
        if _named(blocks[number].text) is not GroupKind.PREVIOUSLY:
            yield number, end


def _kind(blocks: Sequence[Block], number: int, end: int) -> GroupKind | None:
    """Say what page a line heads that ends before the block `end`; None when it heads none."""
    named = _named(blocks[number].text)
    if named is None:
        return None
    if named is GroupKind.PREVIOUSLY:
        return named if _is_recap(blocks[number + 1 : end]) else None
    has_entries = _has_entries(blocks, range(number + 1, end))
    is_sure = blocks[number].kind in HEADINGS and _plain(blocks[number].text) not in _NEEDS_ENTRIES
    return named if has_entries or (is_sure and end == len(blocks) and end > number + 1) else None


def _is_recap(blocks: Sequence[Block]) -> bool:
    """Whether a page is short and of one piece, as chapters that begin with what happened before are not."""
    words = sum(count(block.text) for block in blocks if not block.is_set_aside)
    return 0 < words <= _LONGEST_RECAP and not any(block.kind is Kind.BREAK for block in blocks)


def _heading(draft: Draft, number: int, kind: GroupKind) -> Retype:
    why = f"a {kind.value} begins here, and no chapter of the story"
    group = Group(kind, draft.blocks[number].start)
    title = None if draft.blocks[number].kind in HEADINGS else Kind.TITLE
    return Retype(number, number, title, group, sureness=Sureness.LIKELY, why=why)


def _has_entries(blocks: Sequence[Block], numbers: range) -> bool:
    """Whether most paragraphs are entries."""
    story = [number for number in numbers if blocks[number].kind in (Kind.PARAGRAPH, Kind.LINES)]
    entries = sum(bool(read_entry(blocks[number].text)) for number in story)
    return entries >= _FEWEST and 2 * entries >= len(story)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" \t#*_=~-–—.…:\xa0").lower()


def _named(text: str) -> GroupKind | None:
    name = _plain(text)
    if len(name) > TITLE_LENGTH:
        return None
    return next((kind for kind, names in _NAMES.items() if names.fullmatch(name)), None)


@structure_rule(
    before="Glossary\n\nStaithe: a landing place.\n\nWennet: a river.",
    after="[glossary: ## Glossary]\n\nentry: Staithe: a landing place.\n\nentry: Wennet: a river.",
)
def glossary_entry(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """A paragraph of a glossary that begins with a term and a colon or a dash is an entry, which readers and voices can look up."""
    blocks = draft.blocks
    heads = [number for number, block in enumerate(blocks) if block.group and block.group.kind in LISTS]
    for number in heads:
        first = number + (blocks[number].kind in HEADINGS)
        later = (at for at in range(first, len(blocks)) if at > number and blocks[at].kind in HEADINGS)
        page = range(first, next(later, len(blocks)))
        if _has_entries(blocks, page):
            for at in page:
                if blocks[at].kind is Kind.PARAGRAPH and read_entry(blocks[at].text):
                    yield Retype(at, at, Kind.ENTRY, sureness=Sureness.LIKELY)
