"""How verse sounds and looks: what tells a row of its lines from short paragraphs, and from an address or a list."""

import re
from collections.abc import Iterator, Sequence

from bookbuild.rules.layout import LINE_LENGTH, begins_small, ends_sentence

_CLOSING = "\"'”’*_)]»“‘«›‹"
_LAST_WORD = re.compile(r"([^\W\d_][^\W\d_'’]*)[^\w]*$")
_RHYME = re.compile(r"[aeiouyäöüéèáàóíú]+[^\Waeiouy]*e?s?$")
_INFLECTIONS = frozenset({"ed", "es", "er", "y", "e", "ing", "ion"})  # half of all words end in one of these
_LEAST_PLAIN, _LEAST_PLAIN_LONG = 0.5, 0.25  # in long lines fewer do, for German writes nouns with capitals
_NEAR = 3  # lines further on: ballads rhyme at two, In Memoriam at three
_INNER = re.compile(r"(?<=[\w,;’'-] )[\"“‘'(*_/]*([^\W\d_])")
_INNER_LONG = re.compile(_INNER.pattern + r"[^\W\d_]{3}")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_LISTED = re.compile(
    r"\s*(?:[-*•+–·]\s|\(?\d{1,4}[.):]\s|[\d¼½¾⅓⅔]+(?:/\d)?\s|[#\[{<>|]|[A-Z][\w ’'-]{0,24}:\s+\S|[A-Z][A-Z .]{1,24}\. )"
)
_FORMULA = re.compile(
    r"[\W_]*(?:(?:My )?Dear(?:est)? .{0,40}[,:—-]$|To whom|Yours\b.{0,40}|Sincerely|[Yy]our (?:\w+ ){0,3}(?:servant|friend)\b|I (?:am|remain|have the honour)\b.{0,30},$)"
)
_LEADERS = re.compile(r"\.{4,}|(?:\. ){4,}|\bSTOP\b|\t")
_DOUBLE = re.compile(r"[\"“”„«»]")
_TAGGED = re.compile(r",[\"”'’]\s*$")
_SINGLE_SPEECH = re.compile(r"\s*['‘](?:.*[^\w\s])?['’](?!\w)")
_ENJAMBED, _OPEN, _CLOSED = 1.5, 1.0, -0.75
_RHYMED = 1.25
_SPOKEN = -2.0
_DROP = 3.0
_COUPLET = 2  # lines
_INNER_END = re.compile(
    r"[^\W_][.!?][\"”’]? +[\"“‘]?[A-ZÀ-ÖØ-Þ]"
)  # a sentence ends within the line, and another begins
ENOUGH = 2.75
"""What a row of lines must weigh to be verse, where paragraphs stand no further apart than they."""
LONGEST_LINE = 90
"""No line of verse is longer than this, in characters; a fourteener has seventy."""


def rhymes(one: str, other: str) -> bool:
    """Whether two lines end alike, as far as spelling tells; a word rhymes with itself where a refrain comes back."""
    sounds = [_sound(line) for line in (one, other)]
    return bool(sounds[0]) and sounds[0] == sounds[1]


def _sound(line: str) -> str:
    """Give the letters of a line's end from the last vowel on; nothing where half the language ends so."""
    word = _LAST_WORD.search(line[-40:])
    if not word or not word.start():
        return ""
    match = _RHYME.search(word[1].lower())
    sound = match.group() if match else ""
    return word[1].lower()[-4:] if sound in _INFLECTIONS else sound


def plain_share(lines: Sequence[str]) -> float:
    """Give the share of words within lines that begin small: verse is language, an address or a poster is names.

    Longer words tell, for `of` and `the` stand in names too; where there are none, as in a refrain, all do.
    """
    initials: list[str] = [letter for line in lines for letter in _INNER_LONG.findall(line)]
    if 2 * len(initials) < len(lines):
        initials = [letter for line in lines for letter in _INNER.findall(line)]
    small = sum(letter.islower() for letter in initials)
    return small / len(initials) if initials else 0.5


def is_language(lines: Sequence[str]) -> bool:
    """Whether lines are sentences broken into lines, and no list, address, telegram, sign or letter's formula."""
    words = sum(len(_WORD.findall(line)) for line in lines)
    odd = sum(map(_is_odd, lines))
    digits = sum(any(character.isdigit() for character in line) for line in lines)
    few = words < 2 * len(lines) and not any(begins_small(line) for line in lines)
    names = plain_share(lines) < (_LEAST_PLAIN_LONG if words > 6 * len(lines) else _LEAST_PLAIN)
    titled = sum(_is_titled(line) for line in lines)
    return 8 * odd <= len(lines) and 3 * max(digits, titled) <= len(lines) and not few and not names


def _is_titled(line: str) -> bool:
    """Whether all longer words within a line begin with capitals, as on a poster."""
    initials = _INNER_LONG.findall(line)
    return bool(initials) and all(letter.isupper() for letter in initials)


def are_set_lines(lines: Sequence[str]) -> bool:
    """Whether short lines that stand closer than paragraphs do are meant to be lines, and no speeches or sentences."""
    found = weights(lines)
    is_short = 5 * sum(len(line) < LINE_LENGTH for line in lines) >= 4 * len(lines)
    are_odd = 2 * sum(map(_is_odd, lines)) >= len(lines)
    return is_short and not _is_talk(found) and (max(found) > 0 or are_odd)


def _is_talk(found: Sequence[float]) -> bool:
    """Whether lines of these weights are mostly speeches and sentences."""
    spoken = sum(weight <= _SPOKEN for weight in found)
    return 2 * spoken >= len(found) or (spoken > 0 and 2 * sum(found) < -len(found))


def _is_odd(line: str) -> bool:
    return bool(_LISTED.match(line) or _LEADERS.search(line) or _FORMULA.match(line)) or _is_shouted(line)


def _is_shouted(line: str) -> bool:
    letters = [character for character in line if character.isalpha()]
    return len(letters) > 3 and all(character.isupper() for character in letters)


def weights(lines: Sequence[str]) -> list[float]:
    """Weigh each line of a row: above zero for verse, below for a paragraph.

    A line of verse runs on into the next, or rhymes with one near it; a short paragraph is a whole sentence, mostly a
    whole speech. The figures were found on ballads, hymns, limericks and free verse against dialogue, all our own.
    """
    sounds = ["" if _is_speech(line) else _sound(line) for line in lines]  # `she said` is no rhyme
    found: list[float] = []
    for number, line in enumerate(lines):
        near = [*sounds[max(0, number - _NEAR) : number], *sounds[number + 1 : number + 1 + _NEAR]]
        weight = _RHYMED if sounds[number] and sounds[number] in near else 0.0
        after = lines[number + 1] if number + 1 < len(lines) else ""
        if announces(line):
            weight -= 1
        elif _TAGGED.search(line[-10:]) and begins_small(after):
            weight += _CLOSED  # a speech, and who said it
        elif _is_closed(line):
            weight += _CLOSED
        else:
            weight += _ENJAMBED if after and begins_small(after) else _OPEN
        if _is_speech(line):
            weight -= 1.5
        found.append(weight)
    return found


def announces(line: str) -> bool:
    """Whether a line says that something follows: `She sang:`, `He read:—`."""
    return line.rstrip(" \t\xa0-–—").endswith(":")


def _is_closed(line: str) -> bool:
    """Whether a line ends its sentence; a dash leads on, unless a speech breaks off with it."""
    return ends_sentence(line) and not line.rstrip().endswith(("—", "-"))


def _is_speech(line: str) -> bool:
    """Whether a line is a whole speech, or has one that is closed again: `"Yes," he said.`."""
    doubles = len(_DOUBLE.findall(line))
    if not ends_sentence(line):
        return False
    return (doubles > 1 and doubles % 2 == 0) if doubles else bool(_SINGLE_SPEECH.match(line))


def stretches(found: Sequence[float]) -> Iterator[tuple[int, int, float]]:
    """Find the stretches of a row that weigh most, each by its first and last, and its weight; a drop by `_DROP` ends one."""
    start = peak_at = 0
    total = peak = 0.0
    for number, weight in enumerate((*found, -float("inf"))):
        if total <= 0:
            start, total, peak = number, 0.0, 0.0
        total += weight
        if total > peak:
            peak, peak_at = total, number
        elif total <= 0 or peak - total > _DROP:
            if peak > 0:
                yield start, _rounded_off(found, peak_at), peak
            total = 0.0


def _rounded_off(found: Sequence[float], last: int) -> int:
    """Take in the line that ends the sentence, when the last of a stretch runs on into it."""
    return last + 1 if found[last] >= _OPEN and last + 1 < len(found) and found[last + 1] > _SPOKEN else last


def sign_weights(lines: Sequence[str]) -> list[float]:
    """Weigh each line for what is no sentence: above zero for a line of an address or a poster, below for a paragraph."""
    return [_sign_weight(line) for line in lines]


def _sign_weight(line: str) -> float:
    if _LEADERS.search(line):
        return _SET
    is_short = len(_WORD.findall(line)) <= _FEW_WORDS
    if announces(line) or not _is_closed(line):
        return _SET if is_short or begins_small(line) or _is_titled(line) or _is_odd(line) else _SET / 4
    if _is_speech(line) or not line.rstrip(_CLOSING + " ").endswith("!"):
        return _SPOKEN
    return _SET / 2 if _is_titled(line) else -_SET / 2  # a poster cries


_SET = 1.0  # what a line weighs that is set as one


def stanza_starts(lines: Sequence[str]) -> range:
    """Tell by the rhymes where stanzas begin whose gaps are lost: four lines each, a sentence long; a title may stand above them."""
    for title in (0, 1):
        whole = range(title, len(lines) - _QUATRAIN + 1, _QUATRAIN)
        rhymed = sum(rhymes(lines[at + 1], lines[at + 3]) for at in whole)
        if len(whole) > 1 and 2 * rhymed >= len(whole) and all(_is_closed(lines[at + 3]) for at in whole):
            return range(title, len(lines), _QUATRAIN)
    return range(0)


_QUATRAIN = 4  # lines
_FEW_WORDS = 3  # of a line that is a sign by its shortness


def is_tight_verse(lines: Sequence[str]) -> bool:
    """Whether lines that stand closer than paragraphs do are verse: language, with some line that runs on or rhymes."""
    found = weights(lines)
    is_short = max(map(len, lines)) < LINE_LENGTH
    if not is_short and len(lines) == _COUPLET and begins_small(lines[1]) and _INNER_END.search(lines[1]):
        return False  # a paragraph that was broken once
    enough = 0.0 if is_short else 0.4 * len(lines)
    weight = sum(max(weight, 0.0) for weight in found)
    return max(found) > 0 and weight >= enough and not _is_talk(found) and is_language(lines)
