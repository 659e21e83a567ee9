"""Lines in other languages: where their words part, and where no line may end."""

from itertools import pairwise

import pytest

from bookbuild.typeset.breaks import BreakFinder
from bookbuild.typeset.hyphens import Hyphenator, Limits
from bookbuild.typeset.pieces import Run
from tests.test_typeset import ENGLISH, widths


def parted(word: str, hyphenator: Hyphenator) -> str:
    return "-".join(word[a:b] for a, b in pairwise([0, *hyphenator.points(word), len(word)]))


def places(*runs: Run) -> list[str]:
    """Give what may stand at the end of a line, hyphens with it."""
    text = "".join(run.text for run in runs)
    found = BreakFinder("-").find(runs, 0.0)
    assert found
    return [text[: place.stop] + place.hyphen for place in found[1:-1]]


# ---------------------------------------------------------------- where words part


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        ("ca", "l’ad-mi-nis-tra-ció"),
        ("cs", "nej-ne-bez-peč-nější"),
        ("da", "for-valt-ning"),
        ("de", "Schiff-fahrts-ge-sell-schaft"),
        ("de-AT", "Leucht-turm-wär-ter"),
        ("el", "διοι-κη-τι-κός"),
        ("en", "ad-min-is-tra-tion"),
        ("en-GB", "heli-copter"),
        ("es", "de-sa-rro-llo"),
        ("fr", "ex-tra-or-di-naire"),
        ("fr", "l’ad-mi-nis-tra-tion"),  # parted behind an apostrophe, and never at it
        ("fr", "au-jourd’hui"),
        ("fr", "d’Artagnan"),  # a name of the list
        ("fr", "L’ADMINISTRATION"),
        ("fr-CA", "qu’im-por-te-rait"),
        ("hu", "igaz-ga-tó-ság"),
        ("hu", "asszonnyal"),  # asz-szony-nyal: where parting changes the spelling, it stays whole
        ("it", "dell’am-mi-ni-stra-zione"),
        ("nl", "ver-ant-woor-de-lijk-heid"),
        ("nl", "omaatje"),  # oma-tje
        ("no", "ad-mi-ni-stra-sjon"),
        ("pl", "przed-się-bior-stwo"),
        ("pt", "ad-mi-nis-tra-ção"),
        ("ro", "ad-mi-nis-tra-ție"),
        ("ru", "дей-стви-тельно"),  # not -но: as the style sheets say, three letters go to the next line
        ("sv", "sjuk-vårds-för-valt-ning"),
        ("fi", "hallinnollinen"),  # no patterns for Finnish are known: whole
    ],
)
def test_words_part_by_the_patterns_of_their_language(language: str, parts: str) -> None:
    word = parts.replace("-", "")

    assert parted(word, Hyphenator(language, Limits(), ["Artagnan"])) == parts


def test_a_foreign_word_is_parted_by_its_own_letters_not_by_the_mark_before_it() -> None:
    german = Hyphenator("de", Limits())
    english_mark, word = Run("“", widths(), ENGLISH), Run("Straßenlaterne", widths(), german)

    assert places(english_mark, word, english_mark) == ["“Stra-", "“Straßen-", "“Straßenla-"]
    assert places(english_mark, Run("Straßenlaterne", widths(), None)) == []


def test_a_word_in_two_faces_is_parted_as_one() -> None:
    assert places(Run("con", widths(), ENGLISH), Run("siderable", widths("SourceSerifProIt"), ENGLISH)) == [
        "con-",
        "consid-",
        "consider-",
    ]


# ---------------------------------------------------------------- dashes and marks


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("„Warte—“", []),  # German closes with the mark that opens in English
        ("„Warte—“,", []),
        ("»Warte—«", []),
        ("«Attends—»", []),
        ("Wort—„Nein“", ["Wort—"]),
        ("mot—«non»", ["mot—"]),
        ("—¿Quién?", []),  # a dash that begins a speech
        ("—dijo—.", []),
        ("dijo—¿quién?", ["dijo—"]),
        ("said—“’Tis", ["said—"]),
        ("“Well,”—she", ["“Well,”—"]),
        ("„Gut“—sagte", ["„Gut“—"]),
    ],
)
def test_a_line_ends_after_a_dash_but_never_before_the_mark_that_closes(text: str, ends: list[str]) -> None:
    assert places(Run(text, widths())) == ends


@pytest.mark.parametrize("text", ["„Gut“ xx", "»Gut« xx", "«Gut» xx", "“Gut” xx", "‚Gut‘ xx", "›Gut‹ xx"])
def test_quotation_marks_hang_on_both_sides_in_every_language(text: str) -> None:
    found = BreakFinder("-").find([Run(f"xx {text}", widths())], 0.0)

    assert found
    assert found[1].hang_left > 0.0
    assert found[2].hang_right > 0.0
