"""The first half of docs/stores.md: for each store what to build, what to upload, what to fill in, and what is refused."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bookbuild.preflight import OBJECTIONS
from bookbuild.preflight.objection import ALL, APPLE, DRAFT2DIGITAL, GOOGLE, KINDLE, KOBO, SEND_TO_KINDLE


@dataclass(frozen=True, slots=True)
class Shop:
    """A store, as an author meets it."""

    name: str
    called: str  # what the objections call it
    steps: tuple[str, ...]
    also: str  # what no program sees in the file
    source: str  # with when it was read


SHOPS = (
    Shop(
        "Amazon KDP",
        KINDLE,
        (
            "`bookbuild build -e epub` and `bookbuild cover --ebook`.",
            "On kdp.amazon.com: Create, Kindle eBook. *Details:* title, subtitle, series, authors and description as in build.yaml, word for word; the title must be the one on the cover.",
            "*Content:* upload the `.epub` as the manuscript, the cover as “a cover you already have”; say whether anything was made by AI. An ISBN is not needed.",
            "Open the previewer, turn every page of the contents, then *Pricing*, and publish.",
        ),
        "A Kindle book that is in KDP Select must be sold nowhere else.",
        "KDP's help, “Cover image guidelines” (G6GTK3T3NUHKLEFX); the steps by blog.bookautoai.com, “Everything About Amazon KDP”; read November 2026",
    ),
    Shop(
        "Kobo Writing Life",
        KOBO,
        (
            "`bookbuild build -e epub` and `bookbuild cover --ebook`. The EPUB, not the KEPUB: the store makes its own.",
            "On kobowritinglife.com: *Describe your eBook* (title, series, authors, publisher, ISBN if you have one, up to three categories, synopsis, the cover).",
            "*Add content:* the `.epub`; it is checked at once, by an older EPUBCheck, which bookbuild's EPUBs pass too.",
            "*Rights and distribution*, *price*, publish. It takes one to three working days; uploading again puts it back to the end of the queue.",
        ),
        "An ISBN must be the one in the file (key `isbn`), or none.",
        "kobowritinglife.zendesk.com, 360058975952, and Kobo's EPUB guidelines, August 2025; read November 2026",
    ),
    Shop(
        "Apple Books",
        APPLE,
        (
            "`bookbuild build -e epub` and `bookbuild cover --ebook`; then `bookbuild check --epubcheck`, for Apple takes nothing that EPUBCheck complains of.",
            "On authors.apple.com/epub-upload, with an Apple account for books: add the `.epub` and the cover. The sample is made by Apple.",
            "Title, subtitle, series, description, categories; then price and countries. The first book may take two weeks.",
        ),
        "Apple advises 4 million pixels at most for pictures in the book (`pictures: {max-pixels: 4000000}`), and 1400 on the shorter side of the cover at least.",
        "itunespartner.apple.com, “Prepare your book”, scribecount.com (the two weeks), and Apple Books Asset Guide 5.3; read November 2026",
    ),
    Shop(
        "Google Play Books",
        GOOGLE,
        (
            "`bookbuild build -e epub` and `bookbuild cover --ebook`.",
            "On play.google.com/books/publish: Book Catalog, Add book, eBook to sell. With an ISBN, or a GGKEY that Google gives.",
            "Description, categories, contributors; then the tab *Content*: the `.epub` and the cover. Uploaded there, the names of the files do not matter; in bulk, each must begin with the ISBN.",
            "Price, then *Ready to publish*.",
        ),
        "The whole book must be in the file: how much may be looked into is set in the catalogue.",
        "Google Play Books' partner help, 3424254 and 3297415; read November 2026",
    ),
    Shop(
        "Draft2Digital",
        DRAFT2DIGITAL,
        (
            "`bookbuild build -e epub` and `bookbuild cover --ebook`.",
            "On draft2digital.com: Add new book. Upload the `.epub`, and say that it is to be used as it is: Draft2Digital then changes nothing in it.",
            "Upload the cover too: the one in the book is for the reader, this one for the shop.",
            "Title, series, contributors, description, subjects; choose the stores; set the price.",
        ),
        "Each store behind Draft2Digital looks for itself; what Apple and Kobo refuse is refused here too.",
        "draft2digital.freshdesk.com, 4000204121, and its knowledge base; read November 2026",
    ),
    Shop(
        "Send to Kindle",
        SEND_TO_KINDLE,
        (
            "`bookbuild send --mail ann_123@kindle.com --build`, or upload the `.epub` at amazon.com/sendtokindle. It is for reading, not for selling.",
            "First approve your own address: Manage Your Content and Devices, Preferences, Personal Document Settings. See [your e-reader](devices.md#by-mail).",
            "It arrives in some minutes. A mail from Amazon that asks to verify must be answered within 48 hours.",
        ),
        "By mail 50 MB, by upload 200 MB. “E999” gives no reason: `bookbuild check` gives it.",
        "Amazon's help 201974220, and leafbind.io (200 MB, E999); read November 2026",
    ),
)
"""The stores, in the order in which authors meet them."""


def shops_section() -> str:
    """Give a section for each store, and one of what they all refuse."""
    everywhere = f"## What all of them refuse\n\n{_links(_refused_by(ALL))}.\n"
    return "\n".join([*(_section(shop) for shop in SHOPS), everywhere])


def _section(shop: Shop) -> str:
    steps = [f"{number}. {step}" for number, step in enumerate(shop.steps, 1)]
    return "\n".join(
        [
            f"## {shop.name}\n",
            *steps,
            "",
            f"{shop.also}\n",
            *_own_refusals(shop),
            f"Source: {shop.source}.\n",
        ]
    )


def _own_refusals(shop: Shop) -> Iterator[str]:
    names = [name for name in _refused_by(shop.called) if name not in _refused_by(ALL)]
    if names:
        yield f"Besides what all refuse, it refuses {_links(names)}.\n"


def _refused_by(who: str) -> list[str]:
    return [one.name for one in OBJECTIONS if one.refuses and who in one.by]


def _links(names: Iterable[str]) -> str:
    return ", ".join(f"[{name}](#{name})" for name in names)
