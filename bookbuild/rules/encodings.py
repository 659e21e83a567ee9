"""Text that was read in a wrong encoding on its way here: UTF-8 as Windows-1252, so that `é` became `Ã©`."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from ftfy import fix_encoding

from bookbuild.draft import Block, Draft
from bookbuild.edits import BlockEdit, DraftEdit, Edit, Retype, Sureness
from bookbuild.rules.evidence import Evidence
from bookbuild.rules.rule import prose_rule, structure_rule

_CODEC = (
    "sloppy-windows-1252"  # of ftfy: Windows-1252 that knows the five bytes to which it gives no character
)
_TAIL = re.escape("".join(bytes([byte]).decode(_CODEC) for byte in range(0x80, 0xC0)))
# the first byte of a character in UTF-8 and one that goes on with it; or a control character, which is Latin-1's reading
_SUSPECT = re.compile(f"[Â-ô][{_TAIL}]|[\x80-\x9f]|[ÃÂ](?= |$)|â€")
_RUN = re.compile(r"[^ \t\n]+")
_LOST_MARK = re.compile(f'(?<=[^\\W\\d_])â€[\ufffd\x90](?=[^\\W\\d_])|â€(?:[\ufffd?]|(?![{_TAIL}"]))')
_UNCURLED_DASH = 'â€"'  # of `â€”`, whose last character was taken for a quotation mark


@prose_rule(
    before="Ã‰lodie doesnâ€™t like this cafÃ© â€” not at all.",
    after="Élodie doesn’t like this café — not at all.",
    rewords=True,
)
def mojibake(block: Block, _evidence: Evidence) -> Iterator[BlockEdit]:
    """On the way from one program to another each accented letter and each curly mark became two or three odd characters."""
    if block.text.isascii() or not _SUSPECT.search(block.text):
        return
    runs = [(match.start(), match.end(), match.group()) for match in _RUN.finditer(block.text)]
    mended = [_mended(run) for _, _, run in runs]
    is_spoilt = any(new != run for (_, _, run), new in zip(runs, mended, strict=True))
    opened = 0
    for (start, end, run), new in zip(runs, mended, strict=True):
        is_last = block.text[end : end + 1] in ("", "\n")
        new = _odd_one(new, is_spoilt=is_spoilt, is_last=is_last, is_alone=len(runs) == 1)  # noqa: PLW2901
        opened += new.count("“") - new.count("”")
        if new == run:
            continue
        if _UNCURLED_DASH in run:
            why = "of this mark a part is lost: it was a dash, a long one or a short one"
            others = (Edit(start, end, new.replace("—", "–")),)
            yield Edit(start, end, new, sureness=Sureness.DOUBTFUL, why=why, others=others)
        elif _LOST_MARK.search(run) and (opened < 0 or "”" not in new):
            why = "of this mark a part is lost: it was probably a closing quotation mark"
            why = why if "”" in new else "of this mark a part is lost: it was probably a hyphen"
            yield Edit(start, end, new, sureness=Sureness.DOUBTFUL, why=why)
        else:
            yield Edit(start, end, new, sureness=Sureness.LIKELY)


def _mended(run: str) -> str:
    """Mend what is surely mojibake: a letter that no Western word has before such a sign, or one of the marks of speech."""
    if not _SUSPECT.search(run):
        return run
    run = run.replace(_UNCURLED_DASH, "â€”")
    run = _LOST_MARK.sub(lambda match: "-" if _is_between_letters(match) else "â€\x9d", run)
    return fix_encoding(run)


def _is_between_letters(match: re.Match[str]) -> bool:
    around = match.string[match.start() - 1 : match.start()] + match.string[match.end() : match.end() + 1]
    return len(match.group()) == 3 and len(around) == 2 and around.isalpha()


def _odd_one(run: str, *, is_spoilt: bool, is_last: bool, is_alone: bool) -> str:
    """Mend what is mojibake if its line is: an `à` or a no-break space whose second half became a space, and what looks like a word."""
    before = run[-2:-1]
    if run.endswith("Ã") and not is_last and (before.islower() or (is_spoilt and not before)):
        return run[:-1] + "à"
    if run.endswith("Â") and ((before and not before.isupper()) or is_spoilt or is_alone):
        return run[:-1]
    if is_spoilt and _SUSPECT.search(run):
        try:
            return run.encode(_CODEC).decode()
        except UnicodeError:
            return run
    return run


@structure_rule(before="He ordered a café au lait.", after="He ordered a café au lait.")
def guessed_encoding(draft: Draft, _evidence: Evidence) -> Iterator[DraftEdit]:
    """The file does not say how its letters are encoded, and is not UTF-8: look whether accents and quotation marks are right."""
    starts = [block.start for block in draft.blocks]
    for finding in draft.source.findings if starts else ():
        if finding.place:
            offset = draft.source.starts[finding.place.line - 1] + finding.place.column - 1
            number = max(bisect_right(starts, offset) - 1, 0)
            where = f"{finding.message} (in column {finding.place.column})"
            why = f"{where}; look whether its letters are right, else save it again as UTF-8"
            yield Retype(number, number, sureness=Sureness.DOUBTFUL, why=why)
