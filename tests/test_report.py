"""`bookbuild report`: every repair told, in its place, in every form.

`pytest tests/test_report.py --update-golden` writes what is expected anew; read the difference before it is committed.
"""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from bookbuild.config.load import load_config
from bookbuild.reading import Reading, read_book
from bookbuild.reports.as_sarif import report_to_sarif
from bookbuild.reports.entries import Report, Wanted, gather_report
from bookbuild.reports.spots import Spots
from bookbuild.rules import RULES, rule_named
from tests.json_schema import faults
from tests.normalising import normalised
from tests.program import MINIMAL, make_book, run
from tests.test_rules import TEXTS

BOOK = Path(__file__).parent / "reports"
SAMPLE = Path(__file__).parent.parent / "build.yaml"
STEADY_RULES = ("repeated-title", "double-hyphen", "unbalanced-quotes")
SARIF = json.loads((Path(__file__).parent / "sarif-2.1.0-part.json").read_text("utf-8"))


def read(build_file: Path) -> Reading:
    config = load_config(build_file)
    return read_book(config, config.settings, lambda _doing: None)


def report_on(build_file: Path, wanted: Wanted | None = None) -> Report:
    return gather_report(read(build_file), "The Salt Road", "en", wanted or Wanted())


@pytest.fixture(scope="module")
def sample() -> Report:
    return report_on(SAMPLE)


@pytest.mark.parametrize("form", ["text", "json", "sarif"])
def test_the_report_of_a_tiny_book(form: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    shutil.copytree(BOOK, tmp_path / "book", ignore=shutil.ignore_patterns("expected"))
    rules = [] if form == "text" else [f"--rule={name}" for name in STEADY_RULES]
    said = run(tmp_path / "book", "report", "--as", form, *rules)
    expected = BOOK / "expected" / f"report.{form}"
    if request.config.getoption("--update-golden"):
        expected.parent.mkdir(exist_ok=True)
        expected.write_text(said.out, "utf-8")

    assert (said.code, said.err) == (0, "")
    assert expected.read_text("utf-8") == said.out


# ---------------------------------------------------------------- what is told


def test_every_repair_is_told_once_in_reading_order(sample: Report) -> None:
    told = [entry.repair for entry in sample.entries]

    assert sorted(map(id, told)) == sorted(map(id, set(told)))
    assert len(told) == len(read(SAMPLE).repairs)
    assert [entry.number for entry in sample.entries] == list(range(1, len(told) + 1))


def test_files_rules_and_doubts_can_be_asked_for() -> None:
    book = BOOK / "build.yaml"
    whole = report_on(book)
    dashes = report_on(book, Wanted(rules=["double-hyphen"]))
    doubts = report_on(book, Wanted(doubts_only=True))
    one = report_on(book, Wanted(files=["chapter-3.txt"]))

    assert {entry.repair.rule for entry in dashes.entries} == {"double-hyphen"}
    assert [entry.id for entry in dashes.entries] == [
        entry.id for entry in whole.entries if entry.repair.rule == "double-hyphen"
    ]
    assert doubts.entries
    assert all(entry.repair.is_doubtful for entry in doubts.entries)
    assert [leaf.path for leaf in one.leaves] == ["manuscript/chapter-3.txt"]


def test_a_rule_or_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    make_book(tmp_path)

    assert "did you mean 'double-hyphen'" in run(tmp_path, "report", "--rule", "double-hyphens").err
    assert run(tmp_path, "report", "none.txt").code == 1
    assert run(tmp_path, "report", "--as", "word").code == 2


def test_a_repair_keeps_its_id_when_lines_move(tmp_path: Path) -> None:
    def ids(text: str) -> set[str]:
        make_book(tmp_path, {"chapter-1.txt": text})
        return {
            entry.id for entry in report_on(tmp_path / "build.yaml").entries if entry.is_structure is False
        }

    dash = "She waited for an hour at the quay--and then the ferry came in with all its lamps lit.\n"
    before, after = ids(f"Chapter 1\n\n{dash}"), ids(f"Chapter 1\n\nIt rained.\n\nIt rained on.\n\n{dash}")

    assert len(before) == 1
    assert before == after


def test_ids_tell_repairs_apart(sample: Report) -> None:
    assert len({entry.id for entry in sample.entries}) == len(sample.entries)


def test_what_is_copied_refuses_the_repair(tmp_path: Path) -> None:
    """Of every repair of the tiny book in its turn: the lines that refuse it, put into build.yaml, take it away."""
    shutil.copytree(BOOK, tmp_path / "book")
    build_file = tmp_path / "book" / "build.yaml"
    for entry in report_on(build_file).entries:
        build_file.write_text(MINIMAL + entry.refusal + "\n")
        left = {(other.repair.rule, other.repair.span.start) for other in report_on(build_file).entries}
        assert (entry.repair.rule, entry.repair.span.start) not in left
        build_file.write_text(MINIMAL)


# ---------------------------------------------------------------- where it is


@given(TEXTS)
def test_a_repair_is_found_in_the_text_as_it_is_now(text: str) -> None:
    """Where one repair alone was made, what it put there stands at its spot."""
    for rule in (rule for rule in RULES if rule.prose and rule.name != "typed-emphasis"):
        result = normalised(text, (rule,))
        spots = Spots(result.draft)
        for repair in result.repairs:
            if sum(other.span == repair.span for other in result.repairs) > 1:
                continue
            spot = spots.of(repair, is_structure=False)
            assert spot
            assert result.draft.blocks[spot.block].text[spot.start : spot.end] == repair.after


@given(TEXTS)
def test_every_repair_has_a_spot_in_the_finished_text(text: str) -> None:
    result = normalised(text)
    spots = Spots(result.draft)
    for repair in result.repairs:
        rule = rule_named(repair.rule)
        spot = spots.of(repair, is_structure=bool(rule and rule.structure))
        assert spot
        assert 0 <= spot.start <= spot.end <= len(result.draft.blocks[spot.block].text)


# ---------------------------------------------------------------- SARIF


def sarif(report: Report) -> Any:
    return json.loads("".join(report_to_sarif(report)))


def test_sarif_keeps_to_its_schema(sample: Report) -> None:
    assert list(faults(SARIF, sarif(sample))) == []
    assert list(faults(SARIF, sarif(report_on(BOOK / "build.yaml")))) == []


def test_a_fault_against_the_schema_is_found() -> None:
    log = sarif(report_on(BOOK / "build.yaml"))
    log["runs"][0]["results"][0]["level"] = "grave"
    log["runs"][0]["results"][1]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    del log["runs"][0]["tool"]

    assert len(list(faults(SARIF, log))) == 3


def test_sarif_weighs_doubts_above_what_is_likely(sample: Report) -> None:
    levels = {
        (result["properties"]["sureness"], result["level"])
        for report in (sample, report_on(BOOK / "build.yaml"))
        for result in sarif(report)["runs"][0]["results"]
        if "ruleId" in result
    }

    assert levels == {("certain", "none"), ("likely", "note"), ("doubtful", "warning")}


def test_each_result_names_its_rule_and_the_text_at_its_place(sample: Report) -> None:
    (one,) = sarif(sample)["runs"]
    texts = {leaf.path: leaf.draft.source.text for leaf in sample.leaves}
    for result in one["results"]:
        assert one["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert (
            SAMPLE.parent / result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        ).exists()
        for fix in result.get("fixes", ()):
            (change,) = fix["artifactChanges"]
            region = change["replacements"][0]["deletedRegion"]
            text = texts[change["artifactLocation"]["uri"]]
            start = region["charOffset"]
            assert text[start : start + region["charLength"]] == result["properties"]["before"]


def test_what_the_manuscript_says_is_no_link_and_no_placeholder(tmp_path: Path) -> None:
    make_book(tmp_path, {"chapter-1.txt": "Chapter 1\n\nA/N: [Look](http://example.org) {0}\n\nIt rained.\n"})
    messages = [
        result["message"]["text"]
        for result in sarif(report_on(tmp_path / "build.yaml"))["runs"][0]["results"]
    ]

    assert any(r"\[Look\]" in message and "{{0}}" in message for message in messages)
