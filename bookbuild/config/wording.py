"""The words that a book has besides its author's, such as “Contents” and “Edited by”: in the book's language, or as build.yaml says them."""

from functools import cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import Field

from bookbuild.config.values import Keys

_IN_LANGUAGES = Path(__file__).with_name("wordings.yaml")
_OWN = "en"

Said = Annotated[str, Field(min_length=1)]


class Wording(Keys):
    """The words that bookbuild adds; here in English. `{authors}`, `{name}`, `{position}`, `{publisher}`, `{year}` stand for what is put there."""

    contents: Said = "Contents"
    """The heading of the contents."""
    cover: Said = "Cover"
    """What the contents of some readers call the cover."""
    authors_note: Said = "Author’s note"
    """The link to a gathered note; screen readers say it before each note."""
    authors_notes: Said = "Author’s notes"
    """The heading of the gathered notes."""
    foreword: Said = "Foreword"
    """The heading of this section, where its text has none; and so for those that follow."""
    preface: Said = "Preface"
    """A heading."""
    introduction: Said = "Introduction"
    """A heading."""
    acknowledgements: Said = "Acknowledgements"
    """A heading."""
    afterword: Said = "Afterword"
    """A heading."""
    about_the_author: Said = "About the Author"
    """A heading."""
    about_the_authors: Said = "About the Authors"
    """The heading where there are several authors."""
    also_by: Said = "Also by {authors}"
    """A heading."""
    glossary: Said = "Glossary"
    """A heading."""
    cast: Said = "Cast of Characters"
    """A heading."""
    previously: Said = "Previously"
    """A heading."""
    series_book: Said = "book {position}"
    """On the title page, behind the series' name."""
    published: Said = "Published by {publisher}"
    """On the copyright page, where no date is given."""
    published_in: Said = "Published {year} by {publisher}"
    """On the copyright page."""
    editor: Said = "Edited by {name}"
    """On the copyright page; a translator, an illustrator and an editor stand on the title page too."""
    translator: Said = "Translated by {name}"
    """On the copyright page."""
    illustrator: Said = "Illustrated by {name}"
    """On the copyright page."""
    cover_artist: Said = "Cover art by {name}"
    """On the copyright page."""
    cover_designer: Said = "Cover design by {name}"
    """On the copyright page."""
    foreword_by: Said = "Foreword by {name}"
    """On the copyright page."""
    introduction_by: Said = "Introduction by {name}"
    """On the copyright page."""
    afterword_by: Said = "Afterword by {name}"
    """On the copyright page."""
    narrator: Said = "Read by {name}"
    """On the copyright page."""
    photographer: Said = "Photographs by {name}"
    """On the copyright page."""
    designer: Said = "Designed by {name}"
    """On the copyright page."""
    joined_by: Said = "and"
    """Between the last two authors."""


@cache
def languages() -> dict[str, dict[str, str]]:
    """Give the words in other languages, as wordings.yaml has them: by language, and by key."""
    in_languages: dict[str, dict[str, str]] = yaml.safe_load(_IN_LANGUAGES.read_text("utf-8"))
    return in_languages


def is_known(language: str) -> bool:
    """Whether the words are known in a language (BCP 47)."""
    return _primary(language) in {_OWN, *languages()}


def wording_in(language: str, own: Wording) -> Wording:
    """Give the words in a language, English where they are not known, and the author's own over them.

    A region's words (`pt-BR`) lie over those of its language.
    """
    known = languages()
    of_region = next((words for tag, words in known.items() if tag.lower() == language.lower()), {})
    said = own.model_dump(exclude_unset=True, by_alias=True)
    return Wording.model_validate(known.get(_primary(language), {}) | of_region | said)


def _primary(language: str) -> str:
    return language.lower().split("-")[0]
