"""Lines in other languages: where their words part."""

from itertools import pairwise

import pytest

from bookbuild.typeset.hyphens import Hyphenator, Limits


def parted(word: str, hyphenator: Hyphenator) -> str:
    return "-".join(word[a:b] for a, b in pairwise([0, *hyphenator.points(word), len(word)]))


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
