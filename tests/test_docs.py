"""README and docs/: what they show is what the program does, and what is made from it is as it would be made now."""

import re
import shlex
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from bookbuild.cli.commands import COMMANDS, command_first
from bookbuild.cli.fix_screen import show
from bookbuild.config.keys import Settings
from bookbuild.config.load import load_config
from bookbuild.doubts import doubts_of
from bookbuild.preflight import OBJECTIONS
from bookbuild.proof import PROOFS
from bookbuild.reading import read_book
from bookbuild.rules import RULES
from bookbuild.rules.refusals import check_names
from docs.make import PAGES
from tests.drafts import draft_to_text
from tests.normalising import normalised
from tests.program import MINIMAL, make_book, run

ROOT = Path(__file__).parent.parent
FILES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").glob("*.md")),
]
TEXTS = {file: file.read_text("utf-8") for file in FILES}
README = TEXTS[ROOT / "README.md"]
GUIDE_FILE = ROOT / "docs" / "guide.md"
KIB = 1024


def blocks(text: str, language: str) -> list[str]:
    """Give the fenced blocks of one language."""
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```$", text)


# ---------------------------------------------------------------- what is made


@pytest.mark.parametrize("name", PAGES)
def test_a_made_page_is_what_make_docs_would_make(name: str) -> None:
    assert (ROOT / "docs" / name).read_text("utf-8") == PAGES[name](), "run make docs"


def test_every_key_has_a_section_and_every_rule_and_check() -> None:
    keys = [field.alias or name for name, field in Settings.model_fields.items()]

    assert re.findall(r"(?m)^## (.+)$", PAGES["keys.md"]()) == [*keys, "editions"]
    assert sorted(re.findall(r"(?m)^### (.+)$", PAGES["rules.md"]())) == sorted(rule.name for rule in RULES)
    assert re.findall(r"(?m)^### (.+)$", PAGES["proof.md"]()) == [check.name for check in PROOFS]
    assert re.findall(r"(?m)^### (.+)$", PAGES["stores.md"]()) == [one.name for one in OBJECTIONS]


def test_the_rules_are_listed_in_the_order_in_which_they_run() -> None:
    listed = re.findall(r"(?m)^\d+\. \[(.+?)\]", PAGES["rules.md"]())

    assert listed == [rule.name for rule in RULES]


# ---------------------------------------------------------------- what authors copy

YAML = [(file.name, block) for file in FILES for block in blocks(TEXTS[file], "yaml")]


@pytest.mark.parametrize(("name", "block"), YAML)
def test_every_yaml_block_is_a_valid_build_file(name: str, block: str, tmp_path: Path) -> None:
    needed = [line for line in MINIMAL.splitlines() if not re.search(rf"(?m)^{line.split(':')[0]}:", block)]
    (tmp_path / "build.yaml").write_text("\n".join([*needed, block]), "utf-8")
    config = load_config(tmp_path / "build.yaml")

    check_names(config.settings.rules, config.place("rules"), RULES)
    check_names(config.settings.proof, config.place("proof"), PROOFS)


def commands() -> list[str]:
    """Give every command line of the program that the texts show, in blocks or in a sentence."""
    found = set()
    for text in TEXTS.values():
        lines = "".join([*blocks(text, "sh"), *blocks(text, "console")]).splitlines()
        found |= {line.split("#")[0].removeprefix("$ ").strip() for line in lines}
        found |= set(re.findall(r"`([^`\n]+)`", text))
    return sorted(command for command in found if re.match(r"bookbuild( |$)", command))


PROGRAM = {one.name: one.load() for one in COMMANDS}


@pytest.mark.parametrize("command", commands())
def test_every_command_that_is_shown_exists_with_its_options(command: str) -> None:
    arguments = shlex.split(command)[1:] or ["build"]
    name, *options = arguments if arguments[0] in PROGRAM else command_first(arguments)

    PROGRAM[name].make_context(name, options).close()


def test_everything_that_is_explained_exists() -> None:
    named = {command.split()[2] for command in commands() if command.startswith("bookbuild explain ")}
    known = {one.name for group in (RULES, PROOFS, OBJECTIONS) for one in group}

    assert named - known <= {"RULE", "CHECK", "NAME"}


def test_every_command_of_the_program_is_in_the_readme() -> None:
    assert [name for name in PROGRAM if f"`bookbuild {name}" not in README] == []


def test_every_option_of_build_is_in_the_readme() -> None:
    options = [option.opts for option in PROGRAM["build"].params]

    assert [names for names in options if not any(re.search(rf"{name}\b", README) for name in names)] == []


# ---------------------------------------------------------------- what authors see


def test_the_paragraph_of_the_readme_becomes_what_stands_below_it() -> None:
    before = blocks(README, "text")[0]
    quoted = re.findall(r"(?m)^>(?: (.*))?$", README)
    after = draft_to_text(normalised(before).draft)

    assert re.sub("</?em>", "*", after) == "\n".join(quoted)


@dataclass(frozen=True)
class Shown:
    """What the guide shows on a terminal, and the book that it comes from."""

    command: str
    chapter: str | bytes = "Chapter 1\n\nIt rained.\n"
    build_file: str = MINIMAL
    css: str = ""
    answers: str = ""


_WAITED = "Chapter 1\n\nShe waited....The ferry did not.\n\nShe asked--twice--and then she swam, too far to come back.\n"
_ANCHOR = "rules:\n  double-hyphen: {except-at: [She asked thrice]}\n"
_NOTE = "Chapter 1\n\nA/N: Thanks for the reviews!\n\nIt rained.\n\nIt stopped.\n"
_TWICE = "Chapter 1\n\nShe swam to the the ferry, which was grey.\n\n“Wait, she said. The sea was gray, and so was the sky.\n"
DOUBTS = (
    "Chapter 1\n\n“Well, she said. “I know.”\n\nIt rained all night on the harbour and the long house and the road.\n\n"
    "By noon it stopped.\n\n\n\nIlse slept until the evening, when the boats came in, all of them but one.\n\nNobody spoke.\n"
)
_ANSWERS = """\
manuscript/chapter-1.txt:
- at: she said I know
  rule: unbalanced-quotes
  answer: accept
- at: Ilse slept until the
  rule: larger-gap
  other: scene break
"""
SHOWN = [
    Shown("check -v", _WAITED),
    Shown("check", _WAITED, MINIMAL + _ANCHOR),
    Shown("check", "Chapter 1\n\n“Well, she said. “I know.”\n\nIt rained all night.\n"),
    Shown("check", DOUBTS, answers=_ANSWERS.replace("Ilse", "Ann")),
    Shown("fix --list", DOUBTS),
    Shown("proof", _TWICE),
    Shown("normalise --diff manuscript/chapter-1.txt", _WAITED),
    Shown("build -e pdf", _NOTE, MINIMAL + "css: own.css\n", css=".author-note { display: none }"),
    Shown("check", build_file="titel: The Salt Road\nauthors: Ann Onymous\ndate: soon\n"),
    Shown("check", b"Chapter 1\n\nIt rained. caf\xe9\n"),
]


@pytest.mark.parametrize("number", range(len(SHOWN)), ids=lambda number: SHOWN[number].command)
def test_the_program_says_what_the_guide_shows(
    number: int, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """With --update-golden the guide is written anew; read the difference before it is committed."""
    shown = SHOWN[number]
    make_book(tmp_path, {"chapter-1.txt": shown.chapter}, shown.build_file)
    (tmp_path / "own.css").write_text(shown.css)
    if shown.answers:
        (tmp_path / "answers.yaml").write_text(shown.answers, "utf-8")
    said = run(tmp_path, *shown.command.split())
    told = f"$ bookbuild {shown.command}\n{said.out}{said.err}"

    if request.config.getoption("--update-golden"):
        guide = GUIDE_FILE.read_text("utf-8")
        GUIDE_FILE.write_text(guide.replace(blocks(guide, "console")[number], told), "utf-8")

    assert blocks(GUIDE_FILE.read_text("utf-8"), "console")[number] == told


def test_the_walk_through_the_doubts_looks_as_the_guide_shows(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    make_book(tmp_path, {"chapter-1.txt": DOUBTS})
    config = load_config(tmp_path / "build.yaml")
    doubts = doubts_of(read_book(config, config.settings, lambda _doing: None))
    out = StringIO()
    show(Console(file=out, width=88, highlight=False), doubts[1], 2, len(doubts))
    told = [re.sub(r"(?m) +$", "", out.getvalue()), _ANSWERS]
    guide = GUIDE_FILE.read_text("utf-8")
    if request.config.getoption("--update-golden"):
        for old, new in zip(blocks(guide, "text"), told, strict=True):
            guide = guide.replace(f"```text\n{old}```", f"```text\n{new}```")
        GUIDE_FILE.write_text(guide, "utf-8")

    assert blocks(guide, "text") == told


def test_everything_that_the_guide_shows_is_tried() -> None:
    assert len(blocks(GUIDE_FILE.read_text("utf-8"), "console")) == len(SHOWN)


# ---------------------------------------------------------------- links and pictures


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_link_leads_to_a_file_and_a_heading(file: Path) -> None:
    said = re.sub(r"(?ms)^```.*?^```$|`[^`\n]*`", "", TEXTS[file])  # what stands in code is no link
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", said):
        path, _, anchor = target.partition("#")
        linked = (file.parent / path).resolve() if path else file
        assert linked.exists(), target
        if anchor:
            headings = re.findall(r"(?m)^#+ (.+)$", linked.read_text("utf-8"))
            assert anchor in {heading.lower().replace(" ", "-") for heading in headings}, target


def test_pictures_are_small_and_shown() -> None:
    for picture in (ROOT / "docs" / "pictures").iterdir():
        assert picture.stat().st_size < 200 * KIB, picture.name
        assert any(f"pictures/{picture.name}" in text for text in TEXTS.values()), picture.name


def test_the_readme_names_the_packages_that_make_installs() -> None:
    script = (ROOT / ".ci" / "system-packages").read_text("utf-8")
    pairs = re.findall(r"(?m)^has_libraries .*\|\| need (.+)$", script)
    packages = {package for pair in pairs for words in shlex.split(pair) for package in words.split()}

    assert packages
    assert {package for package in packages if package not in README} == set()


def test_the_readme_and_the_tour_are_short() -> None:
    assert len(README.splitlines()) < 150
    assert len(TEXTS[ROOT / "CONTRIBUTING.md"].splitlines()) < 80
