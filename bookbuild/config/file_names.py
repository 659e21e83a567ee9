"""What finished files are called."""

import hashlib
import re
import unicodedata

from bookbuild.config.keys import Edition

_LONGEST_NAME = 80  # characters of the title in a file's name; devices' lists cut what is longer
_LATIN = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
_CYRILLIC = dict(
    zip(
        "абвгдезиклмнопрстуфыэґіё",
        (*"abvgdeziklmnoprstufyegie",),
        strict=True,
    )
) | {
    "ж": "zh",
    "й": "y",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ъ": "",
    "ь": "",
    "ю": "yu",
    "я": "ya",
}
_UKRAINIAN = {"є": "ye", "ї": "yi"}
_GREEK = dict(zip("αβγδεζηικλμνξοπρσςτυφω", (*"avgdeziiklmnxoprsstyfo",), strict=True)) | {
    "θ": "th",
    "χ": "ch",
    "ψ": "ps",
}
_SPELT = str.maketrans(_LATIN | _CYRILLIC | _UKRAINIAN | _GREEK)


def file_name(edition: Edition) -> str:
    """Name an edition's file after the book, in plain ASCII, which every device and shop takes."""
    name = "" if edition.name == edition.format.value else f"-{edition.name}"
    return f"{_title(edition.settings.title)}{name}.{edition.format.suffix}"


def _title(title: str) -> str:
    """Spell a title in ASCII; one that cannot be spelt so gets a number of its own, so that no book takes another's place."""
    spelt = unicodedata.normalize("NFC", title.lower()).translate(_SPELT)
    parted = [char for char in unicodedata.normalize("NFKD", spelt) if not unicodedata.combining(char)]
    plain = "".join(parted).translate(_SPELT)  # what had an accent is spelt now
    name = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode())[:_LONGEST_NAME].strip("-")
    if all(char.isascii() for char in plain if char.isalnum()) and name:
        return name
    number = hashlib.sha256(title.encode()).hexdigest()[:8]
    return f"{name or 'book'}-{number}"
