"""How a chapter is told, and what at its edge is told otherwise: the evidence for notes in which no word of the trade stands.

A story is told by `he` and `she` or by an `I`, in the past or in the present, of people with names. The author beside it says
`I` and `you`, now, to many, of `this`, and as people talk. What differs from the story in person and tense, and talks, is a note;
what differs in one of them is asked about. A story told by an `I` may do all this itself, so that more is wanted there.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bookbuild.draft import Block
from bookbuild.rules.layout import LINE_LENGTH, ends_sentence
from bookbuild.rules.note_speech import weight_of

_SAMPLE = 40  # paragraphs that are read
_FEWEST = 5  # paragraphs from which a way of telling can be read
_SAYS_I = 0.15  # share of a story's paragraphs from which on its teller speaks of himself; letters and thoughts may stand in any
_IN_PAST = 0.6  # share of paragraphs
_LONGEST = 600  # characters; what is longer tells a story of its own
_SPEECH = re.compile(r"[\"“„«][^\"“”„«»]*(?:[\"”»“]|$)")
_I_OR_YOU = re.compile(
    r"\b(?:I|I[’'](?:m|ve|ll|d)|me|my|mine|myself|we|we[’'](?:re|ve|ll|d)|us|our|you|your|yours|you[’'](?:re|ve|ll|d)|y[’']all)\b"
)
_YOU = re.compile(r"\b(?:you|your|yours|you[’'](?:re|ve|ll|d)|y[’']all)\b", re.IGNORECASE)
_NAME = re.compile(r"(?<=[a-z,;] )[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]{2,}")
_TOLD = re.compile(
    r"\b(?:was|were|had|did|said|told|asked|looked|went|came|took|stood|sat|ran|knew|felt|thought|began|left|saw|heard|turned|walked|gave|kept|stayed|wrote|threw|made|got|lay|fell|rose|spoke|broke|drove|rode|drew|grew|held|led|lost|met|paid|sent|slept|spent|swam|taught|tore|woke"
    r"|won|wore|caught|brought|bought|built|found|forgot|hid|hung|lit|shook|shut|sang|rang|sank|meant|felt|dealt"
    r"|wasn[’']t|weren[’']t|hadn[’']t|didn[’']t|(?:would|could)(?:n[’']t)? have|[a-z]{3,}ed)\b"
)
_NOW = re.compile(
    r"\b(?:is|are|am|has|have|will|can|may|do|does|isn[’']t|aren[’']t|don[’']t|doesn[’']t|haven[’']t|can[’']t|won[’']t|[a-z]+[’'](?:m|re|ll|ve))\b"
    r"|\b(?:it|that|there|here|what|who)[’']s\b|\b(?:I|we|you|they) (?:\w+ly )?(?:hope|think|know|want|need|love|mean|guess|wish|get|find|see|like|look|say)\b"
    r"|(?:^|[.!?:] |[,—–] (?:so|and|but) )(?:please|don[’']t|enjoy|let|see|look|here|welcome|bring|stay|hope|thanks?(?! to )|sorry|grab|tell|be)\b",
    re.IGNORECASE,
)
_TALK = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"!|[:;]-?[)DPp(](?:\s|$)|<3|(?P<one>[a-z])(?P=one)(?P=one)",
        r"^\W*(?:hi|hello|hey|hiya|okay|ok|so|phew|yay|wow|ugh|oh|alright|all right|whew|anyways?|as (?:always|usual|promised)|yes|yep|sorry|welcome|honestly|quick|just|not quite)\b(?! (?:said|he|she)\b)",
        r"\b(?:you (?:guys|all|lot|folks)|(?:all|some|many|most|none|those|any|one|both|each) of you|everyone|everybody|y[’']all|guys|lovelies|folks|friends|dears|peeps)\b",
        r"\bthis (?:is|was|one|took|has|hurts|out|before|over|while|because|and|on|up|in one|for|chapter|story|fic|scene|part|update)\b|\b(?:of|wrote|like|into|about|with|to|in|on|all) this\b(?=[.,!?:;]|$)|\bin here\b|\bthese\b(?= (?:left|are|will|two|three))",
        r"\b(?:honestly|actually|obviously|basically|definitely|hopefully|kinda|gonna|wanna|heads-?up|i swear|i promise|i mean it|i guess|btw|lol|haha|right\?|fingers crossed|no idea|can[’']t believe|better late)\b|…right\?",
        r"\b(?:christmas|easter|new year|exams?|uni|college|finals|laptop|keyboard|work|flu|moved house|next (?:week|time|month|friday|monday|sunday|saturday)|see you|(?:a|two|three) (?:week|weeks)|before work|(?:until|till|on|by) (?:friday|monday|sunday|saturday|tuesday|wednesday|thursday|the \w+th)|off to bed|in the morning)\b",
    )
)


@dataclass(frozen=True, slots=True)
class Narration:
    """How a chapter is told."""

    says_i: bool  # or `you`, or too little is told to say
    in_past: bool
    names: frozenset[str]  # of its people and places


def narration_of(blocks: Sequence[Block], of_book: Narration | None = None) -> Narration:
    """Read how a chapter is told from some of its paragraphs, speech left out; what stands at its edges may be a note.

    In a book whose teller says `I`, a chapter that says it less is his as well.
    """
    step = max(len(blocks) // _SAMPLE, 1)
    texts = (_SPEECH.sub(" ", block.text[:_LONGEST]) for block in blocks[::step] if block.is_plain)
    told = [text for text in texts if len(text) >= LINE_LENGTH]
    count = len(told)
    says_i = sum(bool(_I_OR_YOU.search(text)) for text in told)
    past = sum(_is_told(text) for text in told)
    names = Counter(name for text in told for name in _NAME.findall(text))
    return Narration(
        count < _FEWEST or says_i >= max(_SAYS_I * count, 2) or (of_book is not None and of_book.says_i),
        past >= _IN_PAST * count,
        frozenset(name for name, often in names.items() if often > 1),
    )


def _is_told(text: str) -> bool:
    return len(_TOLD.findall(text)) > len(_NOW.findall(text))


def _talk(text: str) -> int:
    """Count in how many ways a paragraph talks to many, now."""
    return sum(bool(pattern.search(text)) for pattern in _TALK)


def differs(text: str, story: Narration) -> int:
    """Say how much a paragraph differs from the story it stands beside: 0 not, 1 so that one may ask, 2 to 4 so that it is a note."""
    if (
        len(text) > _LONGEST
        or _SPEECH.search(text)
        or not (ends_sentence(text) or text.rstrip().endswith(")"))
    ):
        return 0
    speaks, is_told = bool(_I_OR_YOU.search(text)), _is_told(text)
    talk = _talk(text)
    has_names = _has_names(text, story)
    if not story.says_i:
        if speaks and story.in_past and (not is_told or talk > 1):
            return max(2 + bool(talk or _YOU.search(text)) + (talk > 1) - 2 * has_names, 1)
        return int((speaks and talk > 0) or ((speaks or talk > 0) and not is_told))
    if is_told or has_names or not (speaks or talk > 1):
        return 0
    enough = 2 if story.in_past else 3
    return 2 if talk >= enough else int(talk > 0 or (story.in_past and bool(_NOW.search(text))))


def _has_names(text: str, story: Narration) -> bool:
    return any(name in story.names for name in _NAME.findall(text))


def weight_beside(text: str, story: Narration) -> int:
    """Say how much a paragraph beside a story speaks as an author: 1 so that one may ask, 2 so that it is a note if it stands apart, 4 in any case.

    A teller who says `I` speaks of chapters and readers too: he is believed to be the author only when the way of telling differs.
    """
    weight, difference = weight_of(text), differs(text, story)
    if not story.says_i or difference > 1:
        return max(weight, difference, weight + difference - 1)
    if weight > _PLAIN and (not _is_told(text) or _talk(text)):
        return weight
    if weight > _SPEAKS and _talk(text) and not _has_names(text, story):
        return _SPEAKS
    believed = max(weight, difference)
    return believed if difference and story.in_past else min(believed, 1)


_SPEAKS = 2  # the weight above which the words say so when they talk as well, and of nobody in the story
_PLAIN = 4  # the weight above which the words alone say that an author speaks
