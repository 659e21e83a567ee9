"""The files of an EPUB: their names, their sizes, their order in the zip."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

from bookbuild.preflight.markup import elements
from bookbuild.preflight.objection import (
    ADOBE,
    ALL,
    APPLE,
    GOOGLE,
    KINDLE,
    KOBO,
    SEND_TO_KINDLE,
    Concern,
    objection,
)
from bookbuild.preflight.opened import Opened

_PLAIN = re.compile(r"[A-Za-z0-9._/-]+")
_MIMETYPE = b"application/epub+zip"
_MB = 1_000_000

MAIL_LIMIT = 50 * _MB  # of a mail to Send to Kindle; in a mail a file is a third larger
WEB_LIMIT = 200 * _MB
KOBO_LIMIT = 1000 * _MB
KOBO_PAGE_LIMIT = 10 * _MB
OLD_PAGE_LIMIT = 300_000


@objection(
    ALL, KOBO, refuses=True, remedy="make the EPUB with a program that packs it as the standard says",
    source="EPUB 3.3 (EPUBCheck PKG-006 and PKG-007), May 2023; kobofix 1.0, June 2026: the commonest cause of “corrupted” on Kobo",
)  # fmt: skip
def mimetype_misplaced(epub: Opened) -> Iterator[Concern]:
    """The first file in the zip says what it is: `mimetype`, stored as it is, so that it can be read without unpacking."""
    first = epub.archive.members[0] if epub.archive.members else None
    if first is None or first.name != "mimetype":
        yield Concern("the zip does not begin with the file mimetype")
    elif not first.stored or first.extra:
        yield Concern(
            "the file mimetype is packed, or has extra fields; it must be stored as it is", "mimetype"
        )
    elif epub.archive.read("mimetype") != _MIMETYPE:
        yield Concern(f"the file mimetype does not say {_MIMETYPE.decode()}", "mimetype")


@objection(
    SEND_TO_KINDLE, KOBO, KINDLE, remedy="name files with letters a to z, digits, hyphens, dots and underscores",
    source="Kobo's EPUB guidelines (kobolabs/epub-spec), August 2025; leafbind.io on Send to Kindle's E999, read November 2026",
    in_files_of=(KOBO,),
)  # fmt: skip
def file_name(epub: Opened) -> Iterator[Concern]:
    """Spaces and letters beyond a to z in the names of the files inside make Send to Kindle fail, and Kobo lose the reader's place."""
    for member in epub.archive.members:
        if not _PLAIN.fullmatch(member.name):
            yield Concern(f"the file's name is {member.name!r}", member.name)


@objection(
    ALL, refuses=True, remedy="make the EPUB with another program",
    source="EPUB 3.3 (file paths), May 2023; “zip slip”, 2018",
    in_files_of=(KOBO, KINDLE),
)  # fmt: skip
def unsafe_path(epub: Opened) -> Iterator[Concern]:
    """A file whose path leads out of the book is how a zip does harm. Two files of one name, or of names that differ in capitals alone, replace each other when unpacked."""
    counted = Counter(member.name.casefold() for member in epub.archive.members)
    for member in epub.archive.members:
        parts = PurePosixPath(member.name).parts
        if ".." in parts or member.name.startswith("/") or "\\" in member.name or ":" in member.name:
            yield Concern(f"the path {member.name!r} leads out of the book", member.name)
        elif counted.pop(member.name.casefold(), 1) > 1:
            yield Concern(f"two files are called {member.name!r}", member.name)


@objection(
    ALL, refuses=True, remedy="put the file into the book, or take it out of the list",
    source="EPUB 3.3 (EPUBCheck RSC-001), May 2023",
    in_files_of=(KOBO, KINDLE),
)  # fmt: skip
def missing_file(epub: Opened) -> Iterator[Concern]:
    """The package document lists a file that is not in the book."""
    for item in epub.package.items:
        if item.path and not epub.archive.has(item.path):
            yield Concern(f"{item.path} is listed and not in the book", epub.package.path, item.line)


@objection(
    ALL, remedy="list it in the manifest, or take it out of the book",
    source="EPUB 3.3 (EPUBCheck OPF-003), May 2023",
)  # fmt: skip
def unlisted_file(epub: Opened) -> Iterator[Concern]:
    """A file is in the book that the package document does not list: stores' checkers warn of it, readers never find it."""
    listed = {item.path for item in epub.package.items} | {epub.package.path, "mimetype"}
    for member in epub.archive.members:
        if (
            not member.name.startswith("META-INF/")
            and not member.name.endswith("/")
            and member.name not in listed
        ):
            yield Concern("the package document does not list it", member.name)


@objection(
    APPLE, KOBO, KINDLE, ALL, refuses=True, remedy="mend the file; where bookbuild made it, please report it",
    source="Apple Books Asset Guide 5.3, September 2023; pandoc#5986, read November 2026: one doubled attribute, and no book of it opens",
    in_files_of=(KOBO, KINDLE),
)  # fmt: skip
def not_well_formed(epub: Opened) -> Iterator[Concern]:
    """A page that is no XML is not shown: Apple Books stops at the fault, others show an empty page."""
    yield from (Concern(message, place.path, place.line) for message, place in epub.faults)


@objection(
    KOBO, ADOBE, remedy="split the chapter",
    source="Kobo's EPUB guidelines, August 2025 (10 MB); MobileRead wiki, “EPUB” (300 kB in Adobe's engine), read November 2026",
    in_files_of=(KOBO,),
)  # fmt: skip
def page_too_large(epub: Opened) -> Iterator[Concern]:
    """Older readers fail at a page above 300 kB, and Kobo takes none above 10 MB."""
    for page in epub.pages:
        size = len(page.data)
        if size > KOBO_PAGE_LIMIT:
            yield Concern(f"the page has {size / _MB:.0f} MB; Kobo takes 10", page.path, by=(KOBO,))
        elif size > OLD_PAGE_LIMIT:
            told = f"the page has {size // 1000} kB; older readers fail above {OLD_PAGE_LIMIT // 1000}"
            yield Concern(told, page.path, by=(ADOBE,))


@objection(
    SEND_TO_KINDLE, KOBO, GOOGLE, remedy="make the pictures smaller",
    source="Amazon's help on Send to Kindle (201974220), read November 2026; input-output-hk/mastering-cardano#47, August 2025; Kobo's EPUB guidelines, August 2025",
    in_files_of=(KOBO,),
)  # fmt: skip
def book_too_large(epub: Opened) -> Iterator[Concern]:
    """Send to Kindle takes 50 MB by mail, in which a file grows by a third, and 200 MB by its page; Kobo takes 1 GB."""
    size = epub.archive.size
    told = f"the book has {size / _MB:.0f} MB"
    if size > KOBO_LIMIT:
        yield Concern(f"{told}; Kobo takes 1,000", by=(KOBO,))
    if size > WEB_LIMIT:
        yield Concern(f"{told}; Send to Kindle takes 200 by its page", by=(SEND_TO_KINDLE,))
    elif size * 4 / 3 > MAIL_LIMIT:
        yield Concern(
            f"{told}, and a third more in a mail; Send to Kindle takes 50 by mail", by=(SEND_TO_KINDLE,)
        )


@objection(
    KOBO, SEND_TO_KINDLE, remedy="rename it: letters a to z, digits and hyphens",
    source="pgaskin/kepubify#50 (an exclamation mark, and Kobo does not open it) and leafbind.io on E999, read November 2026",
    in_files_of=(KOBO,),
)  # fmt: skip
def name_of_the_book(epub: Opened) -> Iterator[Concern]:
    """A Kobo does not open a book with `!` in its file's name, and mail and devices garble letters beyond a to z."""
    name = PurePosixPath(epub.archive.name.replace("\\", "/")).name
    if not _PLAIN.fullmatch(name):
        yield Concern(f"the book's own file is called {name!r}")


@objection(
    KINDLE, KOBO, GOOGLE, remedy="take out the script or the form: a novel needs none",
    source="Kindle Publishing Guidelines, read November 2026; Kobo's EPUB guidelines, August 2025",
    in_files_of=(KOBO, KINDLE),
)  # fmt: skip
def script(epub: Opened) -> Iterator[Concern]:
    """Kindle and e-ink readers run no script, and show no form and no frame."""
    for page in epub.pages:
        for element in elements(page.top, "script", "form", "input", "iframe", "embed", "object"):
            name = str(element.tag).rpartition("}")[2]
            yield Concern(f"<{name}>", page.path, element.sourceline or 0)


@objection(
    KINDLE, KOBO, APPLE, remedy="put the file into the book",
    source="EPUB 3.3 (only sound, film and fonts may lie elsewhere; EPUBCheck RSC-006), May 2023",
    in_files_of=(KOBO, KINDLE),
)  # fmt: skip
def file_elsewhere(epub: Opened) -> Iterator[Concern]:
    """What a page fetches from the network is not shown, and tells others who reads the book when it is."""
    for page in epub.pages:
        for attribute in ("src", "data", "poster"):
            for element in page.top.xpath(f"//*[@{attribute}]"):
                address = str(element.get(attribute))
                if re.match(r"(?i)\s*(?:[a-z][a-z0-9+.-]*:)?//", address):
                    yield Concern(f"{address} lies elsewhere", page.path, element.sourceline or 0)


@objection(
    KINDLE, KOBO, APPLE, GOOGLE, SEND_TO_KINDLE, refuses=True, remedy="give stores the book without a lock: they put on their own",
    source="Amazon's help on Send to Kindle (201974220), read November 2026",
)  # fmt: skip
def locked(epub: Opened) -> Iterator[Concern]:
    """A book that is locked (DRM) is refused. Fonts that are obfuscated are no lock."""
    if epub.archive.has("META-INF/rights.xml"):
        yield Concern("it has META-INF/rights.xml", "META-INF/rights.xml")
    if epub.archive.has("META-INF/encryption.xml"):
        text = epub.archive.read("META-INF/encryption.xml")
        methods = re.findall(rb'Algorithm\s*=\s*["\']([^"\']+)', text)
        if any(not method.endswith((b"#RC", b"embedding")) for method in methods):
            yield Concern("files in it are encrypted", "META-INF/encryption.xml")
