"""A doubt as the author sees it: the paragraph around with the place marked, before and after, what may be done."""

import re
from collections.abc import Iterator

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from bookbuild.doubts import Doubt
from bookbuild.rules.repairs import Repair

_AROUND = 320  # characters of the paragraph on both sides of the place
_BEFORE = 160  # characters of the paragraph before, where the place begins one
_LONG = 240  # characters of the place itself, or of a repair; of longer ones the middle is left out
_FEW = 40  # characters of a place whose white space is shown
_PARAGRAPH_END = re.compile(r"\n(?:[ \t\r]*\n)+")
_UNSEEN = str.maketrans(
    {"\t": "⇥", "\u00a0": "⍽", "\r": "", "\u00ad": "[soft hyphen]", "\u200b": "[zero-width space]"}
)
_MARK, _KEY, _QUIET = "bold reverse", "bold cyan", "dim"

HELP = """\
a       accept: it is right as it is now
o       other: do something else there; 1, 2 … choose at once, where there are several
k       keep: it was right as it was typed
s       skip: ask me another day
A O K S the same for every doubt of this rule; l, then a key, does so too
u       undo the last answer
q       quit; all answers so far are kept
"""


def show(console: Console, doubt: Doubt, number: int, total: int) -> None:
    """Show one doubt."""
    repair = doubt.repair
    console.rule(style=_QUIET, characters="─")
    title = Text().append(f"{number} of {total}  ", "bold")
    title.append(str(repair.span.place), "cyan").append(f"  {repair.rule}", _QUIET)
    console.print(title)
    console.print(Text(" ".join(repair.why.split())))
    console.print(Padding(paragraph(repair, marked=console.color_system is None), (1, 0, 1, 2)))
    if not repair.is_question:
        for name, text in (("before", repair.was), ("after", repair.became)):
            line = Text().append(f"  {name:<7} ", _QUIET)
            console.print(line.append(_shown(text), "" if name == "before" else "green"))
        console.print()
    console.print(keys_for(doubt))


def paragraph(repair: Repair, *, marked: bool) -> Text:
    """Give the text around a repair as it was typed, its place in reverse, or between marks where there are no styles."""
    left, middle, right = surroundings(repair)
    text = Text(_seen(left))
    opening, closing = ("▸", "◂") if marked or not middle.strip() else ("", "")
    text.append(opening + _shown(middle) + closing, _MARK)
    return text.append(_seen(right))


def surroundings(repair: Repair) -> tuple[str, str, str]:
    """Give what stands before the place, at it, and after it: its paragraph, and the end of the one before where it begins one."""
    source, start, end = repair.span.source.text, repair.span.start, repair.span.end
    return _before(source, start), source[start:end], _after(source, end)


def _before(source: str, start: int) -> str:
    left = source[max(start - _AROUND, 0) : start]
    begins = [match.end() for match in _PARAGRAPH_END.finditer(left)]
    if begins and left[begins[-1] :].strip():
        return left[begins[-1] :]
    if begins:
        left = left[begins[-2] if len(begins) > 1 else 0 :][-_BEFORE:]
    at = start - len(left)
    is_cut = at > 0 and source[at - 1] != "\n"
    _, space, rest = left.partition(" ")
    return f"…{rest}" if is_cut and space else left


def _after(source: str, end: int) -> str:
    right = source[end : end + _AROUND]
    paragraph_end = _PARAGRAPH_END.search(right)
    if paragraph_end:
        return right[: paragraph_end.start()]
    return right if end + _AROUND >= len(source) else f"{right.rpartition(' ')[0]} …"


def keys_for(doubt: Doubt) -> Text:
    """List what may be pressed."""
    line = Text()
    for key, name in _choices(doubt):
        line.append("  " if line else "").append(key, _KEY).append(f" {name}")
    return line


def _choices(doubt: Doubt) -> Iterator[tuple[str, str]]:
    is_question = doubt.repair.is_question
    yield "a", "right as it is" if is_question else "accept"
    others = doubt.others
    if len(others) == 1:
        yield "o", f"instead: {named(others[0])}"
    elif others:
        yield (
            "o",
            "instead: " + ", ".join(f"{number} {named(other)}" for number, other in enumerate(others, 1)),
        )
    if not is_question:
        yield "k", "keep as it was"
    yield from (("s", "skip"), ("l", "all like this"), ("u", "undo"), ("q", "quit"), ("?", "help"))


def named(other: str) -> str:
    """Give the name of an alternative so that it can be seen."""
    return _shown(other) if other.strip() else "a space" if other else "nothing"


def _seen(text: str) -> str:
    return text.translate(_UNSEEN)


def _shown(text: str) -> str:
    """Show a few characters with their white space, for it may be what has changed; of a long text the middle is left out."""
    if len(text) > _LONG:
        text = f"{text[: _LONG // 2].rpartition(' ')[0]} … {text[-_LONG // 2 :].partition(' ')[2]}"
    if len(text) > _FEW:
        return _seen(text)
    text = re.sub(r"^ +| +$| {2,}", lambda spaces: "·" * len(spaces.group()), text)
    return _seen(text).replace("\n", "⏎")
