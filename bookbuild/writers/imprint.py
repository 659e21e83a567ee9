"""What every format says of a book as a whole: which way it is read, and when it was made."""

import datetime as dt
import os

from bookbuild.config.keys import Settings

_NO_DATE = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_RTL_LANGUAGES = frozenset({"ar", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})


def direction(language: str) -> str:
    """Say which way a language is written."""
    return "rtl" if language.lower().split("-")[0] in _RTL_LANGUAGES else "ltr"


def modified(settings: Settings) -> dt.datetime:
    """Say when the book was last changed, so that the same input gives the same bytes: never by the clock.

    It is SOURCE_DATE_EPOCH (reproducible-builds.org), or the book's date, or a fixed one.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal() and int(epoch) < 2**32:
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC)
    if settings.date:
        year, month, day = (*map(int, settings.date.split("-")), 1, 1)[:3]
        return dt.datetime(year, month, day, tzinfo=dt.UTC)
    return _NO_DATE
