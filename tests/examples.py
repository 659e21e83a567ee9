"""Read before/after cases from Markdown. Strict: whatever it cannot place is an error, so that no case is passed over.

A file is `# rule-name`, a reason in prose, then cases: `## what happens`, prose if wanted, and either a block
```before and a block ```after, or one block ```unchanged. In the blocks `·` stands for a space that would not show
(at a line's end, or twice running), `⍽` for a no-break space, `⇥` for a tab. A case runs its rule alone; one whose prose says `After the rules above it.` runs those too.
"""

import re
from dataclasses import dataclass
from pathlib import Path

_AFTER_EARLIER = "After the rules above it."
_VISIBLE = str.maketrans({"·": " ", "⍽": "\u00a0", "⇥": "\t"})


@dataclass(frozen=True)
class Case:
    """One before/after case, and where it stands."""

    file: Path
    line: int
    title: str
    before: str
    after: str
    after_earlier: bool  # the rules above this one in the running order have run before it

    def __str__(self) -> str:
        return f"{self.file.name}:{self.line} {self.title}"


@dataclass(frozen=True)
class CaseFile:
    """All cases of one file."""

    name: str
    reason: str
    cases: tuple[Case, ...]


def read_cases(path: Path) -> CaseFile:
    """Read one file of cases."""
    lines = path.read_text("utf-8").split("\n")
    assert lines[0].startswith("# "), f"{path}:1: begin with '# rule-name'"
    name, number = lines[0][2:].strip(), 1
    reason: list[str] = []
    while number < len(lines) and not lines[number].startswith("## "):
        reason.append(lines[number])
        number += 1
    cases = []
    while number < len(lines):
        assert lines[number].startswith("## "), f"{path}:{number + 1}: expected '## a case'"
        case, number = _read_case(path, lines, number)
        cases.append(case)
    assert cases, f"{path}: no cases"
    return CaseFile(name, " ".join(" ".join(reason).split()), tuple(cases))


def _read_case(path: Path, lines: list[str], start: int) -> tuple[Case, int]:
    blocks: dict[str, str] = {}
    prose: list[str] = []
    number = start + 1
    while number < len(lines) and not lines[number].startswith("## "):
        fence = re.fullmatch(r"```(\w*)", lines[number])
        if fence:
            assert fence[1] in {"before", "after", "unchanged"}, f"{path}:{number + 1}: ```{fence[1]}"
            assert fence[1] not in blocks, f"{path}:{number + 1}: a second ```{fence[1]}"
            end = lines.index("```", number + 1)
            blocks[fence[1]] = "\n".join(lines[number + 1 : end]).translate(_VISIBLE)
            number = end
        else:
            prose.append(lines[number])
        number += 1
    title = lines[start][3:].strip()
    assert set(blocks) in ({"before", "after"}, {"unchanged"}), (
        f"{path}:{start + 1}: before and after, or unchanged"
    )
    before = blocks.get("before", blocks.get("unchanged", ""))
    after_earlier = _AFTER_EARLIER in " ".join(" ".join(prose).split())
    return Case(path, start + 1, title, before, blocks.get("after", before), after_earlier), number
