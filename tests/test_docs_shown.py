"""What the pages of docs/ beside the guide show of the program: each block is what it says in such a case."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from bookbuild.deliver import usb
from bookbuild.deliver.mail_account import load_account
from tests.e_readers import e_reader
from tests.program import MINIMAL, make_book, run
from tests.test_docs import TEXTS, blocks
from tests.test_serve import built, find_slug, served

ROOT = Path(__file__).parent.parent
DEVICES, REPORT, SERVE = (TEXTS[ROOT / "docs" / f"{name}.md"] for name in ("devices", "report", "serve"))
SIZE = 502_000  # bytes of the EPUB that is shown
_ON_THE_DESK = "/media/ann/KOBOeReader"


def finished(folder: Path) -> Path:
    """Make a book whose finished EPUB is of the size that is shown; nothing here looks into it."""
    make_book(folder)
    (folder / "build").mkdir()
    (folder / "build" / "the-salt-road.epub").write_bytes(b"x" * SIZE)
    return folder


def test_the_page_of_e_readers_shows_what_a_kobo_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kobo = e_reader(tmp_path, "Kobo")
    disk = SimpleNamespace(mountpoint=str(kobo), device="/dev/sdz", fstype="vfat")
    monkeypatch.setattr("psutil.disk_partitions", lambda **_: [disk])
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "runtime"))
    monkeypatch.setattr(usb, "USB_DEVICES", tmp_path / "usb")
    said = run(finished(tmp_path), "send")

    assert said.err == ""
    assert blocks(DEVICES, "console")[0] == f"$ bookbuild send\n{said.out.replace(str(kobo), _ON_THE_DESK)}"


def test_the_page_of_e_readers_shows_a_mail_account_that_works_and_what_would_be_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = tmp_path / "config" / "bookbuild" / "mail.yaml"
    account.parent.mkdir(parents=True)
    account.write_text(blocks(DEVICES, "text")[0])
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    said = run(finished(tmp_path), "send", "--mail", "--dry-run")

    assert load_account(account).to == "ann_123@kindle.com"
    assert said.err == ""
    told = f"$ bookbuild send --mail --dry-run\n{said.out}$ bookbuild send --mail\n"
    assert blocks(DEVICES, "console")[1] == told


def test_the_page_of_the_report_shows_what_it_says_on_a_terminal(tmp_path: Path) -> None:
    chapter = "Chapter 3: The Ferry\n\nIt rained.\n\nIt went on raining.\n\nShe waited--the ferry did not come.\n\nIt rained.\n\n"
    chapter += "“Well, she said. “I know.”\n"
    make_book(tmp_path, {"chapter-3.txt": chapter})
    said = run(tmp_path, "report")

    assert blocks(REPORT, "text")[0] in said.out


def test_the_page_of_serving_shows_what_is_told_of_visitors(tmp_path: Path) -> None:
    one = served(built(tmp_path))
    one.get("/", user_agent="Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)")
    one.get(epub_of(tmp_path), user_agent="Mozilla/5.0 (Linux; Kobo Touch 0377)")
    shown = re.sub(r"(?m)^\d\d:\d\d  | at 192\S+", "", blocks(SERVE, "text")[0])

    assert shown.splitlines() == [str(visit).replace(" at testclient", "") for visit in one.told]


def epub_of(folder: Path) -> str:
    return f"/books/{find_slug(folder)}/files/the-salt-road.epub"


def test_the_page_of_serving_shows_what_is_new_for_a_reader(tmp_path: Path) -> None:
    old = {"03.txt": "Chapter 3\n\n" + "rain " * 2294, "20.txt": "Chapter 20\n\nIt rained.\n"}
    one = served(built(tmp_path, MINIMAL, dict(old)))
    assert one.get(epub_of(tmp_path))[0] == 200
    new = {
        **old,
        "03.txt": "Chapter 3\n\n" + "rain " * 2308,
        "21.txt": "Chapter 21: The Trip\n\n" + "rain " * 3200,
    }
    built(tmp_path, MINIMAL, dict(new))
    page = one.get("/")[1]
    found = re.search(r"<h2>(New since.*?)</h2>\s*<ul.*?>(.*?)</ul>", page, re.DOTALL)

    assert found
    lines = [
        re.sub(r"\s*<.*?>\s*", "", line) for line in (found[1], *re.findall(r"<li>(.*?)</li>", found[2]))
    ]
    head, *rest = blocks(SERVE, "text")[1].splitlines()
    assert (re.sub(r"\d+ \w+ \d+", "", lines[0]), sorted(lines[1:])) == (
        re.sub(r"\d+ \w+ \d+", "", head),
        sorted(rest),
    )


def test_every_block_of_these_pages_is_tried() -> None:
    tried = {"devices.md": 3, "report.md": 1, "serve.md": 2}
    shown = {file.name: len(blocks(text, "console") + blocks(text, "text")) for file, text in TEXTS.items()}
    made = {
        "README.md",
        "CONTRIBUTING.md",
        "guide.md",
        "proof.md",
        "rules.md",
        "keys.md",
        "stores.md",
    }  # by other tests, or by `make docs`

    assert {name: number for name, number in shown.items() if number and name not in made} == tried
