"""`bookbuild send` by cable: which e-reader, which file, which folder, and what happens when something goes wrong."""

import errno
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from bookbuild.deliver import copying, usb
from bookbuild.deliver.copying import fat_name
from bookbuild.deliver.devices import DEVICES, Device, Kind, kind_of, recognise
from bookbuild.writers import kindle
from tests.e_readers import FILE_SYSTEMS, LABELS, NEVER_DRIVES, drive, e_reader, is_fusefat
from tests.program import MINIMAL, files_in, make_book, run

EPUB = "the-salt-road.epub"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Make a book whose finished EPUB is some bytes: nothing here looks into it."""
    folder = tmp_path / "novel"
    folder.mkdir()
    make_book(folder)
    (folder / "build").mkdir()
    (folder / "build" / EPUB).write_bytes(b"an EPUB" * 100)
    return folder


@pytest.fixture(autouse=True)
def no_drives(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[SimpleNamespace]:
    """Let nothing of this machine be plugged in; gives the list of what is."""
    disks: list[SimpleNamespace] = []
    monkeypatch.setattr(
        "psutil.disk_partitions",
        lambda all: [disk for disk in disks if all or not disk.fstype.startswith("fuse")],  # noqa: A006
    )
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "runtime"))
    monkeypatch.setattr(usb, "USB_DEVICES", tmp_path / "usb")
    return disks


def plug_in(disks: list[SimpleNamespace], root: Path, fstype: str = "vfat") -> Path:
    """Let a folder be a mounted drive."""
    disks.append(SimpleNamespace(mountpoint=str(root), device=f"/dev/{root.name}", fstype=fstype))
    return root


# ---------------------------------------------------------------- which one


@pytest.mark.parametrize(
    ("kind", "into"),
    [("Kobo", ""), ("Kindle", "documents"), ("PocketBook", "books"), ("Tolino", "Books"), ("KOReader", "")],
)
def test_an_e_reader_is_known_by_its_marks(tmp_path: Path, kind: str, into: str) -> None:
    root = e_reader(tmp_path, kind)
    device = recognise(root)

    assert device
    assert (device.kind.name, device.into) == (kind, root / into)


def test_every_kind_has_marks_a_format_and_a_folder() -> None:
    for kind in DEVICES:
        assert kind.takes
        assert kind.folders
        assert kind.marks or kind.labels or (kind.names and kind.name in NEVER_DRIVES)
    assert {kind.name for kind in DEVICES} == set(LABELS) | NEVER_DRIVES


def test_a_drive_with_documents_is_no_kindle(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "system").mkdir()

    assert recognise(tmp_path) is None


def test_the_one_that_is_plugged_in_gets_the_book(book: Path, no_drives: list[SimpleNamespace]) -> None:
    kobo = plug_in(no_drives, e_reader(book.parent, "Kobo"))
    said = run(book, "send")

    assert (said.code, said.err) == (0, "")
    assert said.out == (
        f"{EPUB}, 1 KB → {kobo}\n"
        f"Kobo at {kobo}: new\n"
        "eject it before you unplug it, or use --eject; the Kobo takes it in when it is ejected\n"
    )
    assert (kobo / EPUB).read_bytes() == (book / "build" / EPUB).read_bytes()
    assert not list(kobo.glob("*.part"))


def test_of_two_one_must_be_named(book: Path, no_drives: list[SimpleNamespace]) -> None:
    kobo = plug_in(no_drives, e_reader(book.parent, "Kobo"))
    pocketbook = plug_in(no_drives, e_reader(book.parent, "PocketBook"))
    said = run(book, "send")

    assert said.code == 2
    assert said.err == (
        f"error: 2 e-readers are plugged in: Kobo at {kobo}, PocketBook at {pocketbook}\n"
        "  hint: --device says which, by its name or its drive's: --device kobo\n"
    )
    assert run(book, "send", "--device", "pocketbook").code == 0
    assert (pocketbook / "books" / EPUB).exists()
    assert run(book, "send", "--device", "kindle").err.startswith("error: no e-reader is called 'kindle'")


def test_two_of_a_kind_are_told_by_their_drives(book: Path, no_drives: list[SimpleNamespace]) -> None:
    plug_in(no_drives, e_reader(book.parent / "a", "Kobo"))
    second = plug_in(no_drives, e_reader(book.parent / "b", "Kobo", "KOBOeReader1"))

    assert "--device KOBOeReader\n" in run(book, "send").err
    assert run(book, "send", "--device", "koboereader1").code == 0
    assert (second / EPUB).exists()


def test_without_one_it_says_the_ways(book: Path) -> None:
    said = run(book, "send")

    assert said.code == 1
    assert said.err == (
        "error: no e-reader is plugged in that can be written to\n"
        "  hint: plug one in and let it connect, name its folder with --to, or use --wireless or --mail\n"
    )


def test_a_drive_of_no_known_kind_is_named(book: Path, no_drives: list[SimpleNamespace]) -> None:
    no_drives.append(SimpleNamespace(mountpoint="/media/ann/STICK", device="/dev/sdz1", fstype="vfat"))

    assert "/media/ann/STICK: the marks of no e-reader that is known" in run(book, "send").err
    assert "/media/ann/STICK" in run(book, "send", "--list").out


def on_usb(folder: Path, ids: str, name: str = "", interface: str = "08 06 50") -> None:
    """Put a device on the USB, as Linux shows it; its interface by class, subclass and protocol, or by a name."""
    device = folder / "usb" / "1-4"
    maker, _, model = name.partition(" ")
    vendor, _, product = ids.partition(":")
    parts = {"bInterfaceClass": "ff", "interface": interface}
    if " " in interface:
        parts = dict(
            zip(
                ("bInterfaceClass", "bInterfaceSubClass", "bInterfaceProtocol"),
                interface.split(),
                strict=True,
            )
        )
    told = {"idVendor": vendor, "idProduct": product, "manufacturer": maker, "product": model}
    for place, files in ((device, told), (device.with_name("1-4:1.0"), parts)):
        place.mkdir(parents=True)
        for file, said in files.items():
            (place / file).write_text(f"{said}\n")


@pytest.mark.parametrize(
    ("ids", "name", "kind", "wakes_by"),
    [
        ("2237:4228", "Kobo eReader-4.38", "Kobo", "tap Connect on its screen"),
        ("fffe:0001", "", "PocketBook", "tap Connect to PC on its screen"),
        ("1d6b:0104", "PocketBook PB743K3", "PocketBook", "tap Connect to PC on its screen"),
        ("1949:0004", "Amazon Amazon Kindle", "Kindle", "unlock its screen"),
    ],
)
def test_one_that_is_no_drive_yet_is_told_how_to_become_one(
    book: Path, ids: str, name: str, kind: str, wakes_by: str
) -> None:
    on_usb(book.parent, ids, name)

    assert f"  hint: {kind}: on the cable, but no drive yet: {wakes_by}\n" in run(book, "send").err
    assert run(book, "send", "--list").out == f"{kind}: on the cable, but no drive yet: {wakes_by}\n"


@pytest.mark.parametrize(
    ("ids", "name", "interface", "told"),
    [
        ("1949:9981", "Amazon Kindle Scribe", "06 01 01",
         "Kindle|copy the AZW3 (`bookbuild build -e azw3`) into documents, or use --mail"),
        ("2207:000b", "Onyx Max2", "MTP",
         "Android e-reader|copy the EPUB into Books, or use --wireless where KOReader is on it"),
        ("4173:8000", "Rakuten tolino vision 6", "06 01 01",
         "Tolino|copy the EPUB into Books, or use the upload in your bookshop's Tolino web reader"),
    ],
)  # fmt: skip
def test_one_that_speaks_mtp_is_told_what_to_do(
    book: Path, ids: str, name: str, interface: str, told: str
) -> None:
    on_usb(book.parent, ids, name, interface)
    kind, _, way = told.partition("|")
    way = f"on the cable by MTP, which is no drive: open it in the file manager, {way}"

    assert run(book, "send", "--list").out == f"{kind}: {way}\n"
    assert f" {kind}: {way}\n" in run(book, "send").err


@pytest.mark.parametrize("ids", ["1d6b:0104", "046d:c52b", "0525:a4a5"])
def test_what_may_be_anything_on_the_usb_is_not_taken_for_an_e_reader(book: Path, ids: str) -> None:
    on_usb(book.parent, ids, "Linux Gadget")

    assert run(book, "send", "--list").out == "no e-reader is plugged in\n"


def test_a_tolino_with_the_software_of_kobo_is_a_tolino(book: Path) -> None:
    reader = e_reader(book.parent, "Kobo", "eReader")
    (reader / ".kobo" / "version").write_text("T106234567890,4.1.15,5.6.209315,4.1.15,4.1.15,00000000-0000")
    (book / "build" / "the-salt-road.kepub.epub").write_bytes(b"a KEPUB, which it does not take")

    assert run(book, "send", "--to", str(reader)).out.splitlines()[1] == f"Tolino at {reader}: new"
    assert (reader / "Books" / EPUB).exists()


@pytest.mark.parametrize("way", ["gvfs", "jmtpfs"])
def test_a_kindle_by_mtp_is_found_and_what_to_do_is_said(
    book: Path, no_drives: list[SimpleNamespace], way: str
) -> None:
    mount = (
        book.parent / "runtime" / "gvfs" / "mtp:host=Amazon_Kindle_G09"
        if way == "gvfs"
        else book.parent / "my-kindle"
    )
    documents = mount / "Internal Storage" / "documents"
    documents.mkdir(parents=True)
    if way == "jmtpfs":
        plug_in(no_drives, mount, "fuse.jmtpfs")
    said = run(book, "send")

    assert (
        f"the Kindle is mounted by MTP: copy the AZW3 (`bookbuild build -e azw3`) into {documents} with the file manager"
        in said.err
    )
    assert run(book, "send", "--list").out.startswith(f"Kindle by MTP at {documents}")
    assert list(documents.iterdir()) == []


def test_what_is_plugged_in_is_listed(book: Path, no_drives: list[SimpleNamespace]) -> None:
    kobo = plug_in(no_drives, e_reader(book.parent, "Kobo"))

    assert (
        run(book, "send", "--list").out == f"Kobo at {kobo}: reads KEPUB, EPUB, PDF; books go into {kobo}\n"
    )


def test_nothing_is_listed_where_nothing_is(tmp_path: Path) -> None:
    assert run(tmp_path, "send", "--list").out == "no e-reader is plugged in\n"


def test_a_folder_on_an_e_reader_may_be_named(book: Path) -> None:
    mine = e_reader(book.parent, "PocketBook") / "books" / "mine"
    mine.mkdir()

    assert (
        run(book, "send", "--to", str(mine)).out.splitlines()[1] == f"PocketBook at {mine.parent.parent}: new"
    )
    assert (mine / EPUB).exists()


def test_any_folder_may_be_named(book: Path) -> None:
    (book.parent / "stick").mkdir()

    said = run(book, "send", "--to", str(book.parent / "stick"))

    assert (said.code, said.out.splitlines()[1]) == (0, f"the folder {book.parent / 'stick'}: new")
    assert files_in(book.parent / "stick").keys() == {EPUB}


def test_a_folder_that_is_not_there_is_not_made(book: Path) -> None:
    said = run(book, "send", "--to", "../stick")

    assert (said.code, (book.parent / "stick").exists()) == (2, False)
    assert "there is no folder" in said.err


# ---------------------------------------------------------------- which file


def test_the_best_format_is_taken_and_the_place_in_the_book_is_kept(book: Path) -> None:
    kobo = e_reader(book.parent, "Kobo")
    (book / "build" / "the-salt-road.kepub.epub").write_bytes(b"a KEPUB")
    run(book, "send", "--to", str(kobo))
    assert (kobo / "the-salt-road.kepub.epub").exists()

    other = e_reader(book.parent, "Kobo", "other")
    (other / EPUB).write_bytes(b"an earlier EPUB, half read")
    said = run(book, "send", "--to", str(other))

    assert "replaces the one that was there" in said.out
    assert not (other / "the-salt-road.kepub.epub").exists()


def test_a_kindle_takes_no_epub_by_cable(book: Path) -> None:
    kindle = e_reader(book.parent, "Kindle")
    said = run(book, "send", "--to", str(kindle))

    assert said.code == 1
    assert said.err == (
        "error: a Kindle shows no EPUB that comes by cable\n"
        "  hint: `bookbuild send --mail` sends the EPUB through Send to Kindle;\n"
        "  `bookbuild send --build` makes an AZW3 and sends that, where calibre is installed\n"
    )
    assert list((kindle / "documents").iterdir()) == []


def test_a_kindle_takes_azw3(book: Path) -> None:
    kindle = e_reader(book.parent, "Kindle")
    azw3 = book / "build" / "the-salt-road.azw3"
    azw3.write_bytes(b"an AZW3")

    assert run(book, "send", "--to", str(kindle)).code == 0
    assert (kindle / "documents" / azw3.name).exists()


def made_at(path: Path, seconds: int) -> None:
    """Let a file have been made some seconds after all that `book` wrote, or before."""
    when = path.stat().st_mtime + seconds
    os.utime(path, (when, when))


@pytest.mark.parametrize(
    ("kind", "old"), [("Kobo", "the-salt-road.kepub.epub"), ("Kindle", "the-salt-road.azw3")]
)
def test_a_form_of_the_book_as_it_was_is_not_sent(book: Path, kind: str, old: str) -> None:
    device = e_reader(book.parent, kind)
    (book / "build" / old).write_bytes(b"of yesterday")
    made_at(book / "build" / old, -60)
    before = files_in(device)
    said = run(book, "send", "--to", str(device))

    assert (said.code, said.out) == (1, "")
    assert said.err == (
        f"error: {old} is older than {EPUB}, and was not sent\n"
        "  hint: `bookbuild send --build` makes it anew and sends it\n"
    )
    assert files_in(device) == before


def test_an_old_form_is_made_anew_when_asked(book: Path) -> None:
    kobo = e_reader(book.parent, "Kobo")
    kepub = book / "build" / "the-salt-road.kepub.epub"
    kepub.write_bytes(b"of yesterday")
    made_at(kepub, -60)

    assert run(book, "send", "--to", str(kobo), "--build").code == 0
    assert (kobo / kepub.name).read_bytes()[:2] == b"PK"


def test_of_what_one_build_made_in_any_order_nothing_is_old(book: Path) -> None:
    kobo = e_reader(book.parent, "Kobo")
    kepub = book / "build" / "the-salt-road.kepub.epub"
    kepub.write_bytes(b"of now")
    made_at(kepub, 60)
    made_at(book / "build" / EPUB, 90)

    assert run(book, "send", "--to", str(kobo)).err == ""
    assert (kobo / kepub.name).read_bytes() == b"of now"


@pytest.mark.parametrize(
    "changed", ["build.yaml", "manuscript/chapter-1.txt", "dedication.txt", "answers.yaml"]
)
def test_what_was_changed_since_the_book_was_built_is_told(book: Path, changed: str) -> None:
    kobo = e_reader(book.parent, "Kobo")
    (book / "dedication.txt").write_text("For Anna\n")
    (book / "build.yaml").write_text(MINIMAL + "frontmatter: [dedication: dedication.txt]\n")
    (book / changed).touch()
    made_at(book / "build" / EPUB, 30)
    made_at(book / changed, 60)
    said = run(book, "send", "--to", str(kobo))

    assert (said.code, (kobo / EPUB).exists()) == (0, True)
    assert said.err == (
        f"build/{EPUB}: warning: built before {changed} was changed\n"
        "  hint: `bookbuild send --build` builds the book first\n"
    )


def test_what_an_editor_or_bookbuild_keeps_beside_the_chapters_is_no_change(book: Path) -> None:
    for name in ("manuscript/.chapter-1.txt.swp", "manuscript/chapter-1.txt.orig", "readers-places.json"):
        (book / name).touch()
        made_at(book / name, 60)

    assert run(book, "send", "--to", str(e_reader(book.parent, "Kobo"))).err == ""


def test_a_kindle_with_koreader_takes_epub(book: Path) -> None:
    kindle = e_reader(book.parent, "Kindle")
    (kindle / "koreader").mkdir()

    assert run(book, "send", "--to", str(kindle)).code == 0
    assert (kindle / "documents" / EPUB).exists()


def test_a_pdf_is_sent_only_when_it_is_asked_for(book: Path) -> None:
    kobo = e_reader(book.parent, "Kobo")
    (book / "build" / EPUB).rename(book / "build" / "the-salt-road.pdf")

    assert run(book, "send", "--to", str(kobo)).err.startswith("error: no finished book is in build\n")
    assert run(book, "send", "--to", str(kobo), "-e", "pdf").code == 0
    assert (kobo / "the-salt-road.pdf").exists()


@pytest.mark.parametrize(
    ("asked", "sent"), [("epub", "the-salt-road.epub"), ("kepub", "the-salt-road.kepub.epub")]
)
def test_a_kind_that_is_named_is_sent_as_it_is(book: Path, asked: str, sent: str) -> None:
    kobo = e_reader(book.parent, "Kobo")
    (book / "build" / "the-salt-road.kepub.epub").write_bytes(b"PK, a KEPUB")
    made_at(book / "build" / "the-salt-road.kepub.epub", 60)

    assert run(book, "send", "--to", str(kobo), "-e", asked).code == 0
    assert [path.name for path in kobo.iterdir() if path.suffix == ".epub"] == [sent]


def test_the_edition_may_be_named(book: Path) -> None:
    kobo = e_reader(book.parent, "Kobo")
    (book / "build.yaml").write_text(MINIMAL + "editions:\n  epub: {}\n  large: {format: epub}\n")
    (book / "build" / "the-salt-road-large.epub").write_bytes(b"in large letters")
    run(book, "send", "--to", str(kobo), "-e", "large")

    assert sorted(path.name for path in kobo.glob("*.epub")) == ["the-salt-road-large.epub"]


def test_where_nothing_is_built_it_is_built_when_asked(book: Path) -> None:
    reader = e_reader(book.parent, "PocketBook")
    shutil.rmtree(book / "build")
    said = run(book, "send", "--to", str(reader))
    assert (
        said.err == "error: no finished book is in build\n  hint: `bookbuild send --build` builds it first\n"
    )

    assert run(book, "send", "--to", str(reader), "--build").code == 0
    assert sorted(path.name for path in (book / "build").iterdir()) == [EPUB]
    assert (reader / "books" / EPUB).read_bytes() == (book / "build" / EPUB).read_bytes()


KEPUB = "the-salt-road.kepub.epub"
AZW3 = "the-salt-road.azw3"


@pytest.fixture(params=["calibre", ""], ids=["with calibre", "without"])
def calibre(request: pytest.FixtureRequest, book: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Let calibre be here, as a program that copies, or not; gives its name, or nothing."""
    programs = book.parent / "bin"
    programs.mkdir()
    monkeypatch.setattr(kindle, "_WELL_KNOWN", ())
    monkeypatch.setenv("PATH", str(programs))
    if request.param:
        _script(programs / "ebook-convert", '/bin/cp "$1" "$2"\n')
    return str(request.param)


@pytest.mark.parametrize(
    ("kind", "has", "built"),
    [
        ("Kobo", "", (KEPUB, KEPUB)),
        ("Kobo", EPUB, (EPUB, EPUB)),  # half read: it stays what it is
        ("Kindle", "koreader/settings.reader.lua", (AZW3, EPUB)),
        ("Tolino", "", (EPUB, EPUB)),
    ],
)
def test_what_is_built_to_be_sent_is_what_the_device_likes_best(
    book: Path, calibre: str, kind: str, has: str, built: tuple[str, str]
) -> None:
    device = e_reader(book.parent, kind)
    if has:
        (device / has).parent.mkdir(exist_ok=True)
        (device / has).touch()
    (book / "build" / EPUB).unlink()
    best = built[0] if calibre else built[1]

    assert f"\n{best}, " in run(book, "send", "--to", str(device), "--build").out
    assert [path.name for path in (book / "build").iterdir()] == [best]


def test_for_a_kindle_an_azw3_is_built_or_it_is_said_what_is_missing(book: Path, calibre: str) -> None:
    device = e_reader(book.parent, "Kindle")
    said = run(book, "send", "--to", str(device), "--build")

    assert [path.name for path in (device / "documents").iterdir()] == [AZW3] * bool(calibre)
    assert said.err.startswith("" if calibre else "error: an AZW3 needs calibre, and it is not here\n")


def test_an_edition_of_the_kind_that_the_device_likes_is_built_as_it_is(book: Path) -> None:
    kobo = e_reader(book.parent, "Kobo")
    (book / "build.yaml").write_text(MINIMAL + "editions:\n  epub: {}\n  kobo: {format: kepub}\n")
    (book / "build" / EPUB).unlink()

    assert run(book, "send", "--to", str(kobo), "--build").code == 0
    assert [path.name for path in kobo.glob("*.epub")] == ["the-salt-road-kobo.kepub.epub"]


def test_an_edition_that_is_named_is_built_as_it_is(book: Path) -> None:
    kobo = e_reader(book.parent, "Kobo")

    assert run(book, "send", "--to", str(kobo), "--build", "-e", "epub").code == 0
    assert [path.name for path in kobo.glob("*.epub")] == [EPUB]


def test_a_kind_is_told_by_the_longest_ending() -> None:
    assert [kind_of(name) for name in ("a.kepub.epub", "a.EPUB", "a.txt")] == [Kind.KEPUB, Kind.EPUB, None]


# ---------------------------------------------------------------- onto it


def test_what_is_there_already_is_left_alone(book: Path) -> None:
    kobo = e_reader(book.parent, "Kobo")
    run(book, "send", "--to", str(kobo))
    os.utime(kobo / EPUB, (1, 1))
    said = run(book, "send", "--to", str(kobo))

    assert "is there already, the same to the byte" in said.out
    assert (kobo / EPUB).stat().st_mtime == 1


def test_a_dry_run_does_nothing(book: Path) -> None:
    kobo = e_reader(book.parent, "Kobo")
    before = files_in(kobo)
    said = run(book, "send", "--to", str(kobo), "--dry-run")

    assert said.out.endswith(f"Kobo at {kobo}: new; nothing was done\n")
    assert files_in(kobo) == before


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("the-salt-road.epub", "the-salt-road.epub"),
        ("What? Never!.kepub.epub", "What- Never-.kepub.epub"),
        ("con.epub", "book-con.epub"),
        ("../../etc.epub", "-..-etc.epub"),
        ("größe.epub", "größe.epub"),
        (" .", "book"),
    ],
)
def test_a_name_is_one_that_fat_takes(name: str, safe: str) -> None:
    assert fat_name(name) == safe


ON_FAT = [
    "the-salt-road.epub",
    'Who? "Me": <a> | b * c\\d.kepub.epub',
    "Never!.epub",
    "so it ends....epub",
    "CON.azw3",
    "x" * 400 + ".epub",
    "ends in a dot.",
]


@pytest.fixture
def fat(tmp_path: Path) -> Iterator[Path]:
    """Mount a drive with FAT, of the kernel or of a program."""
    with drive(tmp_path, "vfat") as root:
        yield root


@pytest.mark.parametrize("name", ON_FAT)
def test_fat_takes_every_name_and_gives_it_back(fat: Path, name: str) -> None:
    safe = fat_name(name)
    (fat / f"{safe}.part").write_bytes(b"new")
    (fat / safe).write_bytes(b"old")
    (fat / f"{safe}.part").replace(fat / safe)

    assert {path.name for path in fat.iterdir()} == {".kobo", safe}
    assert (fat / safe).read_bytes() == b"new"


def test_fat_refuses_what_fat_name_takes_out(fat: Path) -> None:
    for sign in '?:"*<>|':
        with pytest.raises(OSError, match=r"\[Errno"):
            (fat / f"a{sign}b.epub").touch()


def test_a_book_that_stands_there_in_other_letters_is_the_same_book(book: Path, fat: Path) -> None:
    (fat / "The-Salt-Road.EPUB").write_bytes(OLD)
    said = run(book, "send", "--to", str(fat))

    assert "replaces the one that was there" in said.out
    assert len([path for path in fat.iterdir() if path.name.lower() == EPUB]) == 1
    assert (fat / EPUB).read_bytes() == (book / "build" / EPUB).read_bytes()


def test_a_long_name_is_cut_before_its_ending() -> None:
    name = fat_name("ß" * 300 + ".kepub.epub")

    assert name.endswith("ß.kepub.epub")
    assert len(f"{name}.part".encode()) <= 255


# ---------------------------------------------------------------- what goes wrong

OLD = b"the book as it was"


@pytest.fixture(params=FILE_SYSTEMS)
def kobo(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """Mount a Kobo that has an old copy of the book."""
    with drive(tmp_path, request.param) as root:
        (root / EPUB).write_bytes(OLD)
        yield root


def test_a_full_one_is_told_before(book: Path, kobo: Path) -> None:
    (book / "build" / EPUB).write_bytes(bytes(3 << 20))
    said = run(book, "send", "--to", str(kobo))

    assert said.code == 1
    assert f"error: Kobo at {kobo} is full: 1." in said.err
    assert (
        " MB too little\n  hint: delete something on it and send again; the books on it are as they were"
        in said.err
    )
    assert (kobo / EPUB).read_bytes() == OLD


def test_what_is_missing_is_never_nothing(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _root: SimpleNamespace(free=(1 << 17) + 100))

    assert "is full: 0.1 MB too little" in run(book, "send", "--to", str(e_reader(book.parent, "Kobo"))).err


def test_one_that_fills_up_in_the_middle(book: Path, kobo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (book / "build" / EPUB).write_bytes(bytes(3 << 20))
    monkeypatch.setattr("shutil.disk_usage", lambda _root: SimpleNamespace(free=1 << 40))
    said = run(book, "send", "--to", str(kobo))

    # fusefat says of a full drive that it may not be written to; a kernel, that it is full
    told = "does not let you write to it" if is_fusefat(kobo) else "is full"
    assert said.err.startswith(f"error: Kobo at {kobo} {told}\n")
    assert (kobo / EPUB).read_bytes() == OLD
    assert not list(kobo.glob("*.part"))


def test_a_read_only_one(book: Path, kobo: Path) -> None:
    subprocess.run(["mount", "-i", "-o", "remount,ro", str(kobo)], check=True)
    said = run(book, "send", "--to", str(kobo))

    assert said.err.startswith(f"error: Kobo at {kobo} is read-only\n  hint: it was perhaps pulled out")
    assert (kobo / EPUB).read_bytes() == OLD


def test_one_that_is_unmounted_in_the_middle(book: Path, kobo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (book / "build" / EPUB).write_bytes(bytes(1 << 20))
    _after_a_chunk(monkeypatch, lambda: subprocess.run(["umount", "-l", str(kobo)], check=True))
    said = run(book, "send", "--to", str(kobo))

    assert said.err == (
        f"error: Kobo at {kobo} was pulled out\n"
        "  hint: plug it in and send again; the books on it are as they were\n"
    )
    assert list(kobo.iterdir()) == []  # nothing went to where the drive had been


def test_one_that_is_unmounted_before_the_first_byte(
    book: Path, kobo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = copying.plan_copy

    def pulled_out(source: Path, device: Device) -> copying.Plan:
        planned = plan(source, device)
        subprocess.run(["umount", "-l", str(kobo)], check=True)
        return planned

    monkeypatch.setattr(copying, "plan_copy", pulled_out)

    assert run(book, "send", "--to", str(kobo)).err.startswith(f"error: Kobo at {kobo} was pulled out\n")
    assert list(kobo.iterdir()) == []


@pytest.mark.parametrize("build", [(), ("--build",)])
def test_one_that_does_not_answer_any_more_when_it_is_looked_at(
    book: Path, monkeypatch: pytest.MonkeyPatch, build: tuple[str, ...]
) -> None:
    kobo = e_reader(book.parent, "Kobo")
    (kobo / EPUB).write_bytes(OLD)
    monkeypatch.setattr(Path, "is_file", _no_answer_below(kobo, Path.is_file))
    said = run(book, "send", "--to", str(kobo), *build)

    assert (said.code, said.err.splitlines()[0]) == (1, f"error: Kobo at {kobo} was pulled out")
    assert (kobo / EPUB).read_bytes() == OLD


def test_a_folder_on_a_drive_that_does_not_answer(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kobo = e_reader(book.parent, "Kobo")
    monkeypatch.setattr(Path, "is_dir", _no_answer_below(kobo, Path.is_dir))

    assert run(book, "send", "--to", str(kobo)).err == (
        f"error: {kobo} does not answer: {os.strerror(errno.ENOTCONN)}\n"
        "  hint: it was perhaps pulled out: plug it in, and send again\n"
    )


def _no_answer_below(root: Path, asks: Callable[[Path], bool]) -> Callable[[Path], bool]:
    """Let a question about a drive end as it does when the drive is gone and still mounted."""

    def asked(path: Path) -> bool:
        if path.is_relative_to(root):
            raise OSError(errno.ENOTCONN, os.strerror(errno.ENOTCONN), str(path))
        return asks(path)

    return asked


def test_one_whose_folder_is_gone_in_the_middle(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kobo = e_reader(book.parent, "Kobo")
    (book / "build" / EPUB).write_bytes(bytes(1 << 20))
    _after_a_chunk(monkeypatch, lambda: kobo.rename(book.parent / "gone"))
    (kobo / EPUB).write_bytes(OLD)
    said = run(book, "send", "--to", str(kobo))

    assert (said.code, said.err.splitlines()[0]) == (1, f"error: Kobo at {kobo} was pulled out")
    assert (book.parent / "gone" / EPUB).read_bytes() == OLD


def _after_a_chunk(monkeypatch: pytest.MonkeyPatch, happens: object) -> None:
    """Let something happen between the first chunk of a copy and the second."""
    done: list[int] = []
    write = copying._write

    def interrupted(source: Path, beside: Path, _tell: object) -> None:
        def tell(_doing: str) -> None:
            if not done:
                done.append(1)
                happens()  # type: ignore[operator]

        write(source, beside, tell)

    monkeypatch.setattr(copying, "_write", interrupted)


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.EIO, "was pulled out"),
        (errno.EACCES, "does not let you write to it"),
        (errno.EBUSY, "cannot be written to: Device or resource busy"),
    ],
)
def test_other_faults_of_the_drive(
    book: Path, monkeypatch: pytest.MonkeyPatch, number: int, told: str
) -> None:
    kobo = e_reader(book.parent, "Kobo")

    def fails(*_arguments: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(copying, "_write", fails)

    assert run(book, "send", "--to", str(kobo)).err.startswith(f"error: Kobo at {kobo} {told}\n  hint: ")


def test_to_and_device_are_not_both_followed(book: Path) -> None:
    assert run(book, "send", "--to", ".", "--device", "kobo").code == 2


# ---------------------------------------------------------------- ejecting


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the system have no programs but those in this folder."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr("sys.platform", "linux")
    return folder


def _script(path: Path, body: str) -> None:
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)


def test_it_is_ejected_when_asked(book: Path, no_drives: list[SimpleNamespace], programs: Path) -> None:
    plug_in(no_drives, e_reader(book.parent, "Kobo"))
    _script(programs / "udisksctl", f'echo "$@" >> {programs}/log')
    said = run(book, "send", "--eject")

    assert said.out.endswith("ejected; you can unplug it\n")
    assert (programs / "log").read_text().splitlines() == [
        "unmount --no-user-interaction --block-device /dev/KOBOeReader",
        "power-off --no-user-interaction --block-device /dev/KOBOeReader",
    ]


def test_a_mac_ejects_by_diskutil(
    book: Path, no_drives: list[SimpleNamespace], programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kobo = plug_in(no_drives, e_reader(book.parent, "Kobo"))
    monkeypatch.setattr("sys.platform", "darwin")
    _script(programs / "diskutil", f'echo "$@" >> {programs}/log')
    run(book, "send", "--eject")

    assert (programs / "log").read_text() == f"eject {kobo}\n"


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("", "cannot be ejected: udisksctl is not installed"),
        (
            "echo 'Error unmounting: target is busy' >&2; exit 1",
            "is not let go: Error unmounting: target is busy",
        ),
    ],
)
def test_one_that_cannot_be_ejected_has_the_book(
    book: Path, no_drives: list[SimpleNamespace], programs: Path, script: str, told: str
) -> None:
    kobo = plug_in(no_drives, e_reader(book.parent, "Kobo"))
    if script:
        _script(programs / "udisksctl", script)
    said = run(book, "send", "--eject")

    assert said.code == 1
    assert said.err.startswith(f"error: Kobo at {kobo} {told}\n  hint: the book is on it")
    assert (kobo / EPUB).exists()


def test_a_folder_is_no_drive_to_eject(book: Path) -> None:
    kobo = e_reader(book.parent, "Kobo")

    assert "is no drive, and cannot be ejected" in run(book, "send", "--to", str(kobo), "--eject").err
