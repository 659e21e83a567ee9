"""A book made by hand that has every kind of node, for the tests of the writers.

test_tree_samples.py holds it to its word: every type and every value of every enumeration in tree/.
"""

from collections.abc import Iterable
from io import BytesIO

from PIL import Image

from bookbuild.config.keys import Edition, Settings
from bookbuild.config.values import Format
from bookbuild.tree import (
    AsideReason,
    AuthorNote,
    Block,
    Book,
    Chapter,
    ChapterKind,
    Definition,
    Definitions,
    Emphasis,
    Footnote,
    FootnoteCall,
    Foreign,
    GatheredNote,
    Heading,
    Inline,
    Inlines,
    Letter,
    LetterPart,
    LetterRole,
    Line,
    Link,
    Messages,
    NoteLink,
    NotePlacement,
    PageBreak,
    Paragraph,
    Part,
    Picture,
    Section,
    SectionKind,
    SetAside,
    SetLines,
    Stanza,
    Strong,
    Subheading,
    Text,
    ThematicBreak,
    TitleLine,
    TitleLineRole,
    Turn,
    Verse,
)
from bookbuild.writers.pictures import Pictures
from bookbuild.writers.written import BookFile

# ---------------------------------------------------------------- making nodes by hand


def inlines(*pieces: str | Inline) -> Inlines:
    """Make a row of inlines; plain strings become Text."""
    return tuple(Text(piece) if isinstance(piece, str) else piece for piece in pieces)


def paragraph(*pieces: str | Inline) -> Paragraph:
    return Paragraph(inlines(*pieces))


def emphasis(*pieces: str | Inline) -> Emphasis:
    return Emphasis(inlines(*pieces))


def chapter(
    number: int, title: str, blocks: Iterable[Block], kind: ChapterKind = ChapterKind.CHAPTER
) -> Chapter:
    heading = Heading(inlines(f"Chapter {number}"), inlines(title) if title else ())
    return Chapter(f"chapter-{number}", kind, heading, tuple(blocks))


def section(kind: SectionKind, heading: str, *content: Block | TitleLine | GatheredNote) -> Section:
    name = kind.name.lower().replace("_", "-")
    return Section(name, kind, inlines(heading) if heading else (), content)


def plain_book(*titles: str) -> Book:
    """Make the smallest of books: a chapter of two paragraphs for each title."""
    return Book(
        (),
        tuple(
            chapter(number, title, [paragraph("It rained."), paragraph("It went on raining.")])
            for number, title in enumerate(titles, 1)
        ),
    )


def sample_edition(format_: Format = Format.EPUB, /, **keys: object) -> Edition:
    """Make an edition whose settings name everything; `keys` replace or add to them."""
    settings: dict[str, object] = {
        "title": "The Lamplighter’s Ledger",
        "subtitle": "A Harbour Tale",
        "authors": [{"name": "Maren Oddny Vale", "sort": "Vale, Maren Oddny"}, "Ilse Quill"],
        "contributors": [
            {"name": "Tobias Wren", "role": "editor"},
            {"name": "Ada Fenn", "role": "cover artist"},
        ],
        "language": "en-GB",
        "isbn": "978-0-306-40615-7",
        "publisher": "Saltmarsh Press",
        "date": "2026-05-31",
        "edition": "Second edition",
        "description": "A lamplighter finds her own name in a ledger of the drowned.",
        "subjects": ["Fantasy", "Sea stories"],
        "rights": "© 2026 Maren Oddny Vale and Ilse Quill",
        "series": {"name": "The Harbour Books", "position": "2"},
    }
    return Edition(name="sample", format=format_, settings=Settings.model_validate(settings | keys))


# ---------------------------------------------------------------- the pieces of the book

SONG = Verse(
    (
        Stanza(
            (
                Line(inlines("Light the first for the ones at sea,")),
                Line(inlines("light the next for ", emphasis("me"), ","), indent=1),
                Line(inlines("and the third for whoever it was, whoever it was, that the tide let be.")),
            )
        ),
        Stanza(
            (
                Line(inlines("Trim the wick, and count to three,")),
                Line(inlines("home, home, home."), indent=2),
            )
        ),
    )
)

LETTER = Letter(
    (
        LetterPart(LetterRole.DATELINE, inlines("Saltmarsh, the 3rd of March")),
        LetterPart(LetterRole.SALUTATION, inlines("Dear Miss Tallow,")),
        LetterPart(LetterRole.BODY, inlines("You will find the ledger where your father left it.")),
        LetterPart(LetterRole.BODY, inlines("Do not read the ", emphasis("last"), " page.")),
        LetterPart(LetterRole.VALEDICTION, inlines("Yours in haste,")),
        LetterPart(LetterRole.SIGNATURE, inlines("E. Crane")),
        LetterPart(LetterRole.POSTSCRIPT, inlines("P.S. You will read it. They always do.")),
    )
)

ADDRESS = SetLines((Line(inlines("Miss I. Tallow")), Line(inlines("Quay House")), Line(inlines("SALTMARSH"))))

CHAT = Messages(
    (
        Turn(inlines("wren_of_the_quay"), inlines("are you up?")),
        Turn(inlines("TALLOW"), inlines("it is ", Strong(inlines("four")), " in the morning")),
        Turn(inlines("wren_of_the_quay"), inlines("so yes")),
    )
)

PICTURE = Picture(
    "manuscript/quay.png", inlines("A quay & forty-one <lamps>"), inlines("The quay in ", emphasis("1908"))
)


def _png() -> bytes:
    """Make a picture that is five lines of print high, so that those below it stand on the grid."""
    output = BytesIO()
    Image.new("L", (500, 151), "grey").save(output, "PNG")
    return output.getvalue()


PICTURES = Pictures({"manuscript/quay.png": BookFile("picture-quay.png", "image/png", _png())})
"""The files of the pictures."""

NOTE_TOP = AuthorNote((paragraph("Sorry for the wait! Exams & a broken laptop."),), NotePlacement.TOP)
NOTE_INLINE = AuthorNote((paragraph("(Yes, this bird is real.)"),), NotePlacement.INLINE)
NOTE_END = AuthorNote(
    (paragraph("Thank you for reading."), paragraph("Next chapter on ", emphasis("Friday"), ".")),
    NotePlacement.END,
)

OPENING = (
    paragraph(
        "The lamps of Saltmarsh were lit in the same order every night, and had been for ninety years."
    ),
    paragraph("“You’re late,” said the harbourmaster. 5 < 6 & 7 > 6, he wrote in the margin — as always."),
    paragraph(
        emphasis("Late"),
        ", she thought, ",
        Foreign(inlines("et"), "fr"),
        " ",
        Strong(inlines("and")),
        " early. Both at once.",
    ),
)
STORY = (
    (
        "She climbed the ladder, trimmed the wick and waited for the flame to stand. Below her the quay was empty but for a "
        "cat, two coils of rope, and a boy who had been told to go home and had not gone. The tide was an hour from the turn. "
        "It made the small sounds it always made against the stones, like somebody turning over the pages of a wet book."
    ),
    "“Is it true,” said the boy, “that there’s one for each of them?”",
    "“One what?”",
    "“One lamp. For each of the drowned.”",
    (
        "She did not answer at once. There were forty-one lamps on the quay and she had lit them, in order, every evening since "
        "her father’s hands had begun to shake; and in all that time nobody had asked her what they were for. One did not ask. "
        "One was glad of the light."
    ),
    "“There are more drowned than lamps,” she said at last.",
    (
        "The boy thought about this. Then he sat down on the nearer coil of rope, with the air of somebody who means to stay, "
        "and began to count."
    ),
)
"""Paragraphs enough to fill a page, for those who look at how it comes out."""

BODY = (
    Chapter(
        "prologue",
        ChapterKind.PROLOGUE,
        Heading((), inlines("Prologue")),
        (*OPENING, ThematicBreak("***"), SONG, ADDRESS),
    ),
    Part(
        "part-1",
        inlines(PageBreak("1"), "Part One: ", emphasis("Wick")),
        (
            chapter(
                1,
                "The Trip & the <Ledger>",
                [
                    SetAside("Chapter 1: The Trip", AsideReason.REPEATED_TITLE),
                    NOTE_TOP,
                    paragraph("“Nobody,” said Tallow, ", PageBreak("2"), "“goes down to the quay at four.”"),
                    *(paragraph(text) for text in STORY),
                    ThematicBreak("* * *"),
                    paragraph("The letter was waiting on the mat."),
                    LETTER,
                    PICTURE,
                    paragraph(
                        "She read it twice, as one reads a bill. See ",
                        Link(inlines("the prologue"), "prologue"),
                        ".",
                    ),
                    CHAT,
                    NOTE_END,
                    SetAside("Follow me on the site!", AsideReason.BOILERPLATE),
                    SetAside("***", AsideReason.EMPTY_MARK),
                ],
            ),
            chapter(
                2,
                "",
                [
                    *OPENING[1:],
                    Subheading(inlines("The Second ", emphasis("Lamp"))),
                    paragraph("It would not light.", FootnoteCall(inlines("1"), "chapter-2_note-1")),
                    NOTE_INLINE,
                    paragraph("Nor would the third."),
                    Footnote(
                        "chapter-2_note-1",
                        inlines("1"),
                        inlines("It ", emphasis("never"), " did."),
                        is_called=True,
                    ),
                    NoteLink(inlines("Author’s notes"), "chapter-2"),
                ],
            ),
        ),
    ),
    Part(
        "part-2",
        inlines("Part Two: Tide"),
        (
            Chapter(
                "interlude",
                ChapterKind.INTERLUDE,
                Heading((), inlines("Interlude: What the Cat Saw")),
                OPENING,
            ),
            chapter(3, "Ninety Years", OPENING),
        ),
    ),
    Chapter("epilogue", ChapterKind.EPILOGUE, Heading(inlines("Epilogue"), inlines("Home")), OPENING),
)

FRONTMATTER = (
    section(SectionKind.HALF_TITLE, "", TitleLine(TitleLineRole.TITLE, "The Lamplighter’s Ledger")),
    section(
        SectionKind.TITLE_PAGE,
        "",
        TitleLine(TitleLineRole.TITLE, "The Lamplighter’s Ledger"),
        TitleLine(TitleLineRole.SUBTITLE, "A Harbour Tale"),
        TitleLine(TitleLineRole.SERIES, "The Harbour Books, Book 2"),
        TitleLine(TitleLineRole.AUTHOR, "Maren Oddny Vale"),
        TitleLine(TitleLineRole.AUTHOR, "Ilse Quill"),
        TitleLine(TitleLineRole.PUBLISHER, "Saltmarsh Press"),
    ),
    section(
        SectionKind.COPYRIGHT,
        "",
        TitleLine(TitleLineRole.RIGHTS, "© 2026 Maren Oddny Vale and Ilse Quill"),
        TitleLine(TitleLineRole.CONTRIBUTOR, "Edited by Tobias Wren"),
        TitleLine(TitleLineRole.EDITION, "Second edition"),
        TitleLine(TitleLineRole.IDENTIFIER, "ISBN 9780306406157"),
        paragraph("Everybody in this book is made up, the cat least of all."),
    ),
    section(SectionKind.DEDICATION, "", paragraph("For the ones at sea")),
    section(
        SectionKind.EPIGRAPH,
        "",
        paragraph("A lamp is a promise, and a ledger is the proof of it."),
        paragraph("— Saltmarsh saying"),
    ),
    section(SectionKind.CONTENTS, "Contents"),
    section(
        SectionKind.FOREWORD, "Foreword", paragraph("I knew a lamplighter once."), paragraph("She was late.")
    ),
    section(
        SectionKind.CAST,
        "Dramatis Personae",
        Definitions((Definition(inlines("E. Crane"), inlines("keeps the ledger")),)),
    ),
    section(SectionKind.PREVIOUSLY, "Previously", paragraph("The lamps were lit.")),
    section(SectionKind.PREFACE, "Preface", paragraph("This book began as a list.")),
    section(SectionKind.INTRODUCTION, "Introduction", paragraph("Ledgers are older than novels.")),
)

BACKMATTER = (
    section(
        SectionKind.NOTES,
        "Author’s Notes",
        GatheredNote("chapter-2", inlines("Chapter 2"), (NOTE_TOP, NOTE_END)),
    ),
    section(SectionKind.ACKNOWLEDGEMENTS, "Acknowledgements", paragraph("To the readers who found the cat.")),
    section(
        SectionKind.GLOSSARY,
        "Glossary",
        paragraph("The words of the quay."),
        Definitions(
            (
                Definition(inlines("Wick"), inlines("what ", emphasis("burns"), ".")),
                Definition(inlines("Wennet, the"), inlines("a river."), " — "),
            )
        ),
    ),
    section(SectionKind.AFTERWORD, "Afterword", paragraph("The quay is still there.")),
    section(SectionKind.ABOUT, "About the Author", paragraph("Maren Oddny Vale lives by the sea.")),
    section(SectionKind.ALSO_BY, "Also by Maren Oddny Vale", paragraph(emphasis("The Chandler’s Daughter"))),
)

WHOLE_BOOK = Book(FRONTMATTER, BODY, BACKMATTER)
