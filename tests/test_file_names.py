"""Files are called after the book, in letters that every device and shop takes, and no two books alike."""

import pytest

from bookbuild.config.file_names import file_name
from bookbuild.config.keys import Edition, Settings
from bookbuild.config.values import Format


def named(title: str) -> str:
    settings = Settings.model_validate({"title": title, "authors": "A"})
    return file_name(Edition(name="epub", format=Format.EPUB, settings=settings))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("The Salt Road", "the-salt-road"),
        ("Don’t Look", "dont-look"),
        ("Café Über", "cafe-uber"),
        ("Łódź, Straße & Øre", "lodz-strasse-ore"),
        ("Война и мир", "voyna-i-mir"),
        ("Ёлка и йод", "elka-i-yod"),
        ("Її їжа", "yiyi-yizha"),
        ("Ἡ Ὀδύσσεια", "i-odysseia"),
        ("Οδύσσεια", "odysseia"),
    ],
)
def test_a_title_is_spelt_in_latin_letters(title: str, name: str) -> None:
    assert named(title) == f"{name}.epub"


def test_titles_that_cannot_be_spelt_so_are_told_apart() -> None:
    names = [named(title) for title in ("海辺の二人", "雪の町", "雪の町 2", "!!!", "???")]

    assert len(set(names)) == 5
    assert all(name.isascii() for name in names)
    assert names == [named(title) for title in ("海辺の二人", "雪の町", "雪の町 2", "!!!", "???")]
