"""The rules, in the order in which they run."""

from bookbuild.rules.apostrophes import split_apostrophe, straight_apostrophe
from bookbuild.rules.archives import archive_frame, missing_picture
from bookbuild.rules.balance import unbalanced_quotes, unclosed_quotation
from bookbuild.rules.breaks import (
    idle_scene_break,
    labelled_scene_break,
    larger_gap,
    typed_scene_break,
)
from bookbuild.rules.characters import (
    blank_line,
    character_reference,
    decomposed_letter,
    invisible_character,
    typed_ligature,
)
from bookbuild.rules.contents import contents_list, page_number
from bookbuild.rules.dashes import (
    double_hyphen,
    hyphen_in_range,
    hyphen_run,
    spaced_hyphen,
    speech_ends_in_hyphen,
)
from bookbuild.rules.divisions import heading_inside
from bookbuild.rules.dots import dot_run, sentence_glued_to_dots, spaced_dots
from bookbuild.rules.emphasis import (
    emphasis_inside_word,
    slashed_emphasis,
    slipped_emphasis_mark,
    tagged_emphasis,
    typed_emphasis,
    unclosed_emphasis,
)
from bookbuild.rules.encodings import guessed_encoding, mojibake
from bookbuild.rules.footnotes import typed_footnote
from bookbuild.rules.furniture import site_furniture
from bookbuild.rules.glue import (
    glued_paragraphs,
    glued_sentences,
    glued_words,
)
from bookbuild.rules.glued_breaks import glued_scene_break, run_in_scene_break
from bookbuild.rules.headings import (
    colon_after_label,
    hash_before_heading,
    label_and_title_in_one_line,
    label_on_two_lines,
    ornaments_around_heading,
    plain_heading,
    repeated_title,
    shouted_label,
)
from bookbuild.rules.headless import missing_heading
from bookbuild.rules.letters import dated_entry, letter_as_paragraphs
from bookbuild.rules.lost_spaces import missing_space, missing_space_after_speech, missing_space_before_speech
from bookbuild.rules.matter import glossary_entry, page_beside_story
from bookbuild.rules.matter_names import matter_as_chapter
from bookbuild.rules.messages import messages_as_paragraphs
from bookbuild.rules.notes import marked_note, note_in_paragraph, note_under_its_word
from bookbuild.rules.numbered import number_inside
from bookbuild.rules.pictures import typed_picture
from bookbuild.rules.primes import typed_prime
from bookbuild.rules.quotes import straight_quote
from bookbuild.rules.rule import Rule
from bookbuild.rules.run_in import run_in_verse
from bookbuild.rules.signs import lines_as_paragraphs
from bookbuild.rules.site_headers import by_line, site_header
from bookbuild.rules.spaces import (
    double_space,
    leading_space,
    odd_space,
    space_before_mark,
    space_inside_marks,
    spaced_letters,
    trailing_space,
)
from bookbuild.rules.substitutes import look_alike_mark, lost_apostrophe, lost_mark
from bookbuild.rules.titled import title_inside
from bookbuild.rules.unmarked import unmarked_note
from bookbuild.rules.verse import lost_line_break, spaced_out_verse, verse_lines
from bookbuild.rules.web_pages import paragraphs_by_tags, web_page_tag
from bookbuild.rules.wrapping import broken_paragraph, hard_wrapped_lines, parted_word

CHARACTER_RULES: tuple[Rule, ...] = (
    guessed_encoding,
    mojibake,  # before control characters go, which may be half of a letter
    paragraphs_by_tags,
    web_page_tag,  # before names of characters become characters, which may look like tags
    character_reference,
    invisible_character,
    decomposed_letter,
    typed_ligature,
    tagged_emphasis,  # before anything looks at a line's first or last character
    blank_line,  # after all that may leave nothing of a line
)
"""Those that make a file legible: they run over the whole book before it is asked what it says."""

RULES: tuple[Rule, ...] = (
    *CHARACTER_RULES,
    # what is no part of the book, told by lines as they were typed; before any of them is taken for a break or a heading
    archive_frame,
    typed_picture,
    missing_picture,  # after those that are there
    site_header,
    site_furniture,
    by_line,  # after the site's lines, between which it may stand
    contents_list,  # after the frame, which may stand around it
    page_number,
    # structure: lines as they were typed, so that white space is still evidence
    glued_scene_break,
    run_in_scene_break,
    typed_scene_break,
    spaced_out_verse,  # before any space is touched: the runs are the line breaks
    label_on_two_lines,
    ornaments_around_heading,  # before headings are compared and parted
    dated_entry,  # before headings, which a day of a diary is not
    repeated_title,
    label_and_title_in_one_line,
    plain_heading,  # after repeats are folded: what follows the label may be the title
    heading_inside,  # after the heading at the top, whose number the others follow
    number_inside,  # after headings with words, which tell chapters from scenes
    title_inside,  # after those with numbers
    page_beside_story,  # after all headings; before notes, messages and verse, which its lines may look like
    matter_as_chapter,  # after the pages of entries, which it may stand next to
    hard_wrapped_lines,  # after headings and breaks, whose lines are their own; before all that looks at paragraphs
    glossary_entry,  # after wrapped lines are joined
    typed_footnote,  # after wrapped lines are joined; before notes and verse, whose lines may look like it
    marked_note,  # after headings and breaks, which bound a note
    unmarked_note,
    note_under_its_word,
    messages_as_paragraphs,
    letter_as_paragraphs,
    verse_lines,  # after messages and letters, whose lines are short too
    run_in_verse,
    lines_as_paragraphs,  # after verse: what is left of short lines is none
    lost_line_break,
    labelled_scene_break,  # after headings and notes, which may stand in such lines
    larger_gap,  # after all that explains a gap otherwise; before paragraphs are split, which have none
    broken_paragraph,  # after verse and all lines that are meant to be short
    glued_paragraphs,
    glued_sentences,  # what stands beside speeches has told whether breaks were lost
    glued_words,
    idle_scene_break,  # after notes: a break beside one parts nothing
    missing_heading,  # after all that may find one
    # prose: the text of each block
    parted_word,  # before all that looks at words
    hash_before_heading,
    colon_after_label,
    shouted_label,
    odd_space,
    trailing_space,
    leading_space,
    double_space,  # before dashes and quotes, which look at the space beside them
    look_alike_mark,  # before all that looks at quotation marks and apostrophes
    lost_apostrophe,
    lost_mark,
    split_apostrophe,
    spaced_dots,  # before double spaces and quotes: dots are one mark for both
    dot_run,
    sentence_glued_to_dots,
    double_hyphen,
    hyphen_run,
    spaced_hyphen,
    speech_ends_in_hyphen,
    hyphen_in_range,
    slipped_emphasis_mark,
    emphasis_inside_word,
    typed_emphasis,  # before quotes, which look through it
    slashed_emphasis,
    unclosed_emphasis,  # after all pairs are found
    typed_prime,  # before apostrophes and quotes, which would turn it
    space_before_mark,  # after dots and dashes, which are marks of their own
    space_inside_marks,
    spaced_letters,
    missing_space,
    straight_apostrophe,
    straight_quote,
    missing_space_after_speech,  # after quotes: only a mark that closes is followed by a space
    missing_space_before_speech,
    note_in_paragraph,
    unbalanced_quotes,
    unclosed_quotation,  # last: it looks from one paragraph to the next, when all marks are turned
)
"""Every rule there is. A rule sees what those above it have made."""


MATTER_RULES: tuple[Rule, ...] = tuple(
    rule
    for rule in RULES
    if rule
    not in (
        marked_note,
        unmarked_note,
        missing_heading,
        heading_inside,
        number_inside,
        title_inside,
        page_beside_story,
        matter_as_chapter,
        site_header,
        by_line,
    )
)
"""Those for front and back matter, where the author speaks, no note is beside the story and no heading is missed."""

LINE_RULES: tuple[Rule, ...] = tuple(rule for rule in RULES if rule.prose or rule is glossary_entry)
"""Those for a few lines in build.yaml, which are what their key says they are."""


def rule_named(name: str) -> Rule | None:
    """Find a rule by its name."""
    return next((rule for rule in RULES if rule.name == name), None)
