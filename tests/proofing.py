r"""Proofread texts, and read cases of it from Markdown. Strict: whatever it cannot place is an error.

A file is `# check-name`, a reason in prose, then cases: `## what is asked`, prose if wanted, one block ```text for each
chapter, and a block ```asked with a line for each remark, or the sentence `Nothing is asked.` The sentence
`In the language XX.` says what build.yaml would. `\uXXXX` in a text stands for that character.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bookbuild.proof import PROOFS
from bookbuild.proof.check import Check
from bookbuild.proof.proofreading import Remark, proofread
from bookbuild.proof.sheets import lay_out
from bookbuild.readers.plain_text import read_plain_text
from bookbuild.rules import RULES
from bookbuild.rules.understand import About, Copy, understand
from bookbuild.source import Source

_NOTHING = "Nothing is asked."


def remarks(
    *texts: str, proofs: Sequence[Check] = PROOFS, language: str = "en", words: Sequence[str] = ()
) -> list[Remark]:
    """Proofread some chapters as one book."""
    copies = [
        Copy(read_plain_text(Source(f"chapter-{number}.txt", text)), RULES)
        for number, text in enumerate(texts, 1)
    ]
    drafts = [done.draft for done in understand(copies, About(language, "The Salt Road"))]
    return list(proofread(lay_out(drafts, language=language, words=words), {}, proofs))


def told(remark: Remark, chapters: int = 1) -> str:
    """Give a remark in a line: its place (without the file where there is one), what stands there, the question."""
    place = str(remark.span.place)
    place = place.partition(":")[2] if chapters == 1 else place
    perhaps = f" → {' / '.join(remark.alternatives)}" if remark.alternatives else ""
    also = f" (+{len(remark.also)})" if remark.also else ""
    return f"{place} {remark.text}{perhaps}: {remark.why}{also}"


@dataclass(frozen=True)
class ProofCase:
    """One case, and where it stands."""

    file: Path
    line: int
    title: str
    language: str
    texts: tuple[str, ...]
    asked: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.file.name}:{self.line} {self.title}"


def read_proof_cases(path: Path) -> tuple[str, str, list[ProofCase]]:
    """Read one file of cases: the check's name, its reason, the cases."""
    top, *sections = re.split(r"(?m)^## ", path.read_text("utf-8"))
    heading, _, reason = top.partition("\n")
    assert heading.startswith("# "), f"{path}:1: begin with '# check-name'"
    cases = []
    line = top.count("\n") + 1
    for section in sections:
        cases.append(_case(path, line, section))
        line += section.count("\n")
    assert cases, f"{path}: no cases"
    return heading[2:], " ".join(reason.split()), cases


def _case(path: Path, line: int, section: str) -> ProofCase:
    title, _, body = section.partition("\n")
    fenced = re.findall(r"(?ms)^```(\w*)\n(.*?)\n?^```$", body)
    prose = " ".join(re.sub(r"(?ms)^```.*?^```$", "", body).split())
    assert {kind for kind, _ in fenced} <= {"text", "asked"}, f"{path}:{line}: only ```text and ```asked"
    texts = tuple(_characters(text) for kind, text in fenced if kind == "text")
    asked = [text for kind, text in fenced if kind == "asked"]
    assert texts, f"{path}:{line}: no ```text"
    assert len(asked) == (0 if _NOTHING in prose else 1), f"{path}:{line}: one ```asked, or '{_NOTHING}'"
    language = re.search(r"In the language ([\w-]+)\.", prose)
    lines = tuple(_characters("\n".join(asked)).splitlines())
    return ProofCase(path, line, title, language[1] if language else "en", texts, lines)


def _characters(text: str) -> str:
    return re.sub(r"\\u([0-9A-F]{4})", lambda code: chr(int(code[1], 16)), text)
