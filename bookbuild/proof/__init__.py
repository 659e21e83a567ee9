"""The checks of `bookbuild proof`, in the order in which the documentation tells them."""

from bookbuild.proof.chapters import chapter_number
from bookbuild.proof.characters import leftover_markup, odd_character
from bookbuild.proof.check import Check
from bookbuild.proof.hyphens import hyphen_varies
from bookbuild.proof.marks import unanswered_bracket, unanswered_quote
from bookbuild.proof.names import name_spelt_two_ways
from bookbuild.proof.repeats import repeated_word, repeated_words
from bookbuild.proof.scanned import letter_for_digit, misread_letters
from bookbuild.proof.sentences import sentence_without_end, small_letter_after_full_stop
from bookbuild.proof.speech import speech_marked_two_ways
from bookbuild.proof.spelling import british_and_american, spelling_varies

PROOFS: tuple[Check, ...] = (
    chapter_number,
    repeated_word,
    repeated_words,
    unanswered_quote,
    unanswered_bracket,
    speech_marked_two_ways,
    sentence_without_end,
    small_letter_after_full_stop,
    name_spelt_two_ways,
    spelling_varies,
    british_and_american,
    hyphen_varies,
    odd_character,
    leftover_markup,
    letter_for_digit,
    misread_letters,
)
"""Every check there is. None of them changes a word, and none needs another."""


def check_named(name: str) -> Check | None:
    """Find a check by its name."""
    return next((check for check in PROOFS if check.name == name), None)
