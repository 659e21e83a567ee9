"""Lines in other languages: where their words part, and where no line may end."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from bookbuild.config.values import Format
from bookbuild.tree import Book, Emphasis, Foreign, Inline, Inlines, Paragraph, Text, chapters, flat_text
from bookbuild.typeset.breaks import BreakFinder
from bookbuild.typeset.hyphens import Hyphenator, Limits
from bookbuild.typeset.lines import set_paragraph
from bookbuild.typeset.measure import Ruler
from bookbuild.typeset.pieces import JOINER, Run
from bookbuild.writers.bound_spaces import PAPER, SCREEN, Spaces, with_bound_spaces
from tests import epub_reading
from tests.examples import Case, CaseFile, read_cases
from tests.pdf_reading import body_lines, write
from tests.test_typeset import EM, ENGLISH, best, shape, shown, widths
from tests.tree_samples import chapter, sample_edition


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


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("今日は海", ["今", "今日", "今日は"]),
        ("「本当ですか？」", ["「本", "「本当", "「本当で", "「本当です"]),
        ("待って、", ["待っ"]),  # small kana and marks begin no line
        ("ラーメン", ["ラー", "ラーメ"]),
        ("harbour", []),
    ],
)
def test_chinese_and_japanese_part_between_their_characters(text: str, ends: list[str]) -> None:
    ruler = Ruler(lambda type_, text: len(text) * type_.size)

    assert places(Run(text, ruler.widths(widths().type))) == ends


# ---------------------------------------------------------------- spaces at which no line ends


def printed(text: str, language: str, spaces: Spaces = PAPER) -> str:
    """Give a paragraph as it is written, without the joiners that hold it together."""
    return flat_text(bound(Text(text), language=language, spaces=spaces)).replace(JOINER, "")


def bound(*inlines: Inline, language: str, spaces: Spaces = PAPER) -> Inlines:
    book = Book((), (chapter(1, "Tides", [Paragraph(inlines)]),))
    [made] = [block for it in chapters(with_bound_spaces(book, language, spaces)) for block in it.blocks]
    assert isinstance(made, Paragraph)
    return made.children


SHOWN = str.maketrans({"\xa0": "⍽", "\u202f": "ˈ", "\u2005": "␣"})


@pytest.mark.parametrize(
    ("language", "bound"),
    [
        ("fr", "Vraimentˈ? «⍽Ouiˈ!⍽» dit-il⍽: «⍽nonˈ; 50⍽%⍽»."),
        ("fr", "—␣Qui va làˈ?! À 10:30⍽: http://a.fr/?b"),
        ("fr", "Le phare —⍽le nôtre⍽— veillait."),  # dashes hold what they enclose
        ("fr", "Le phare —⍽le nôtre⍽—, qui veillait —⍽seul."),
        ("fr", "Quoi! Rien: «rien»"),  # what was written without a space stays so
        ("de", "»Ja«, sagte sie⍽– so spät⍽– »und du?«⍽– »Nein⍽–«"),
        ("ru", "—␣Да,⍽— сказал он.⍽— Москва⍽— столица."),
        ("ru", "«Кто там?»⍽— крикнул он."),
        ("pl", "—␣I⍽w⍽domu z⍽psem, i⍽o⍽świcie⍽— rzekł. „W⍽lesie”"),
        ("cs", "Šel k⍽lesu i⍽v⍽noci s⍽bratrem."),
        ("es", "—¿Qué? —dijo—. Nada —nada—, nada."),
        ("it", "—␣Sì⍽— disse. «⍽Ma⍽!⍽»"),
        ("en", "—␣Well⍽– yes⍽– a co-operative⍽! 50⍽%"),
    ],
)
def test_spaces_are_bound_by_the_habits_of_each_language(language: str, bound: str) -> None:
    typed = bound.translate(str.maketrans("⍽ˈ␣", "   "))

    assert printed(typed, language).translate(SHOWN) == bound


def test_screens_get_no_space_that_their_fonts_may_lack() -> None:
    assert (
        printed("— Vraiment ? Oui : « oui ! »", "fr", SCREEN).translate(SHOWN)
        == "—⍽Vraiment⍽? Oui⍽: «⍽oui⍽!⍽»"
    )


def test_a_passage_in_another_language_has_its_own_habits() -> None:
    made = bound(Text("she wrote "), Foreign((Text("Quoi ! Rien : a"),), "fr"), Text(" b ; c"), language="en")

    assert flat_text(made).translate(SHOWN) == "she wrote Quoiˈ! Rien⍽: a b⍽; c"


def test_a_space_is_bound_to_a_mark_behind_an_emphasis() -> None:
    made = bound(Text("Est-ce "), Emphasis((Text("vrai"),)), Text(" ?"), language="fr")

    assert made == (Text("Est-ce "), Emphasis((Text("vrai"),)), Text("\u202f?"))


def test_a_compound_whose_hyphen_would_be_repeated_is_parted_nowhere() -> None:
    assert printed("biało-czerwony", "pl") == "biało-czerwony"
    assert places(Run(flat_text(bound(Text("biało-czerwony"), language="pl")), widths())) == []
    assert places(Run(flat_text(bound(Text("Nord-Ostsee"), language="de")), widths())) == ["Nord-"]


@pytest.mark.parametrize("space", ["\u202f", "\u2005"])
def test_spaces_that_a_face_lacks_are_made_of_its_own(space: str) -> None:
    assert not widths().lacks(space)
    assert 0.0 < widths()[f"a{space}b"] - widths()["a"] - widths()["b"] <= widths()[" "] * 1.1


# ---------------------------------------------------------------- whole paragraphs

FILES = [read_cases(path) for path in sorted((Path(__file__).parent / "lines").glob("*.md"))]


@pytest.mark.parametrize(
    ("file", "case"), [pytest.param(file, case, id=str(case)) for file in FILES for case in file.cases]
)
def test_paragraphs_are_set_in_lines(file: CaseFile, case: Case) -> None:
    """The title of a case ends with its measure in ems; bound spaces of any width are shown as one."""
    ems = float(case.title.rpartition(" in ")[2].removesuffix(" ems"))

    assert "\n".join(lines_of(case.before, file.name, ems)) == case.after


AMISS = {
    "fr": r"^[;:!?»%]|«$|^—$",
    "de": r"^[“«–]|[„»]$",
    "ru": r"^—",
    "pl": r"^—|(?i:\b[aiouwz])$|^biało-$",
    "cs": r"(?i:\b[aikosuvz])$",
    "es": r"^[?!»]|[¿¡«]$|[ ^]—$",
    "it": r"’$",
}
"""What no line but the first may begin with, and none may end with."""


@pytest.mark.parametrize("ems", range(11, 30))
@pytest.mark.parametrize("file", FILES, ids=[file.name for file in FILES])
def test_at_no_measure_does_a_line_begin_or_end_with_what_it_may_not(file: CaseFile, ems: int) -> None:
    for case in file.cases:
        lines = lines_of(case.before, file.name, ems)
        amiss = [
            line
            for number, line in enumerate(lines)
            if (found := re.search(AMISS[file.name], line)) and (number or found.start())
        ]
        assert not amiss


def lines_of(text: str, language: str, ems: float) -> list[str]:
    """Set a paragraph to a measure; nothing where no line fits."""
    found = flat_text(bound(Text(text), language=language))
    breaks = BreakFinder("-").find([Run(found, widths(), Hyphenator(language, Limits()))], EM)
    assert breaks
    settings = set_paragraph(breaks, shape(ems * EM))
    return [line.translate(UNIFORM) for line in shown(found, best(settings))] if settings else []


UNIFORM = str.maketrans({"\u202f": "\xa0", "\u2005": "\xa0", JOINER: None})


# ---------------------------------------------------------------- whole books

FRENCH = [Paragraph((Text(case.before),)) for file in FILES if file.name == "fr" for case in file.cases]


@pytest.mark.parametrize("composition", ["fine", "plain"])
def test_pages_of_both_compositions_keep_to_the_habits_of_the_language(composition: str) -> None:
    edition = sample_edition(Format.PDF, language="fr", composition=composition)
    written = write(Book((), (chapter(1, "Tides", FRENCH * 8),)), edition)
    lines = [line.text.strip() for page in range(written.pages) for line in body_lines(written, page)]

    assert len(lines) > 30
    assert not [line for line in lines if re.search(AMISS["fr"], line)]
    assert not [finding for finding in written.findings if "composed" in finding.message]


def test_an_epub_has_the_spaces_of_the_language_too() -> None:
    made = epub_reading.write(Book((), (chapter(1, "Tides", FRENCH),)), sample_edition(language="fr"))
    pages = "".join(
        data.decode() for name, data in epub_reading.files(made).items() if name.endswith(".xhtml")
    )

    assert "«\xa0Quelle imprudence\xa0!" in pages
