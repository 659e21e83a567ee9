"""Makes docs/keys.md, rules.md, proof.md, stores.md and printers.md from what they tell of, so that none can drift.

`make docs` runs it; tests/test_docs.py fails when a page is not what it would make.
"""

import itertools
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from bookbuild.config.keys import EDITIONS, GENERATED, MATTER, Matter, Settings
from bookbuild.config.load import schema
from bookbuild.config.print_keys import PrintKeys
from bookbuild.config.values import RELATORS, TRIMS, Format, NotesByFormat
from bookbuild.errors import Place
from bookbuild.preflight import OBJECTIONS
from bookbuild.preflight.objection import KINDLE, KOBO, Objection
from bookbuild.proof import PROOFS
from bookbuild.proof.check import NEXT_FILE, Check
from bookbuild.rules import RULES
from bookbuild.rules.rule import Rule
from bookbuild.styles import page_of, style_names, style_sheets
from bookbuild.writers.fonts import SHIPPED
from docs.press import printers_page
from docs.shops import shops_section

DOCS = Path(__file__).parent
SAMPLE = DOCS.parent / "build.yaml"
NEEDED = "it is needed"
RULES_EXAMPLE = """\
rules:
  spaced-hyphen: off
  double-hyphen: {except-in: [chapter-3.txt]}
  dot-run: {except-at: [words that stand there]}"""
PROOF_EXAMPLE = """\
proof:
  sentence-without-end: off
  spelling-varies: {except-in: [chapter-3.txt]}
  repeated-word: {except-at: [some words that stand there]}"""
MADE = "<!-- Made by `make docs` from the program itself. What is changed here by hand is lost. -->\n"


# ---------------------------------------------------------------- keys


def keys_page() -> str:
    """Give docs/keys.md: every key, what it means, what holds without it, an example."""
    descriptions = {name: value["description"] for name, value in schema()["properties"].items()}
    table = [f"| [`{key}`](#{key}) | {meaning} | {_without(key)} |" for key, meaning in descriptions.items()]
    sections = [_key_section(key, meaning) for key, meaning in descriptions.items()]
    return "\n".join([_KEYS_TOP, *table, "", *sections])


_KEYS_TOP = f"""\
{MADE}
# Every key of build.yaml

Only `title` and `authors` are needed. The examples are those of the sample book, [`build.yaml`](../build.yaml).
A misspelt key is an error with its line, and the nearest right one is named.

| key | what it means | when not given |
|---|---|---|"""


def _key_section(key: str, meaning: str) -> str:
    inner = [_inner_table(model) for model in _models_of(key)]
    return "\n".join(
        [
            f"## {key}\n",
            f"{meaning}\n",
            f"{_said(_without(key))}\n",
            f"```yaml\n{_example(key)}\n```\n",
            *inner,
            *(f"{table()}\n" for table in _EXTRAS.get(key, ())),
        ]
    )


def _said(without: str) -> str:
    return "It is needed." if without == NEEDED else f"When not given: {without}."


def _without(key: str) -> str:
    """Say what holds when a key of the book is not given."""
    if key == "editions":
        return " and ".join(f"`{name}`" for name in EDITIONS)
    if key == "pages-of":
        return "the first PDF among the editions"
    return _default(Settings.model_fields[_field(key)])


def _field(key: str) -> str:
    return next((name for name, field in Settings.model_fields.items() if field.alias == key), key)


def _default(field: FieldInfo) -> str:
    """Say what holds when a key is not given, as an author would write it."""
    if field.is_required():
        return NEEDED
    match field.default:
        case None | "" | [] | {}:
            return "none"
        case bool() as on:
            return f"`{'on' if on else 'off'}`"
        case NotesByFormat(epub=choice) | PrintKeys(by=choice):
            return f"`{choice.value}`"
        case BaseModel():
            return "the values below"
        case Enum() as choice:
            return f"`{choice.value}`"
        case float() as points:
            return f"`{_length(points)}`"
        case (float() as width, float() as height):
            return f"`{width / 72:g}x{height / 72:g}in`"
        case [*items]:
            return ", ".join(f"`{item.kind if isinstance(item, Matter) else item}`" for item in items)
        case other:
            return f"`{other}`"


def _length(points: float) -> str:
    """Write a length in inches where it is a round number of them, else in points."""
    inches = round(points / 72, 2)
    return f"{inches:g}in" if abs(inches * 72 - points) < 1e-6 else f"{points:g}pt"


def _models_of(key: str) -> Iterator[type[BaseModel]]:
    """Give the types with keys of their own that stand in a key's value."""
    field = Settings.model_fields.get(_field(key))
    if field:
        found = [*_models_in(field.annotation), *_models_in(tuple(field.metadata))]
        yield from dict.fromkeys(model for model in found if model is not Matter)


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        for field in annotation.model_fields.values():
            yield from _models_in(field.annotation)
    for inner in getattr(annotation, "__args__", ()):
        yield from _models_in(inner)


def _inner_table(model: type[BaseModel]) -> str:
    """Give the keys that stand within a key's value."""
    told = (model.__doc__ or "").splitlines()[0]
    rows = [
        f"| `{field.alias or name}` | {_meaning(field)} | {_default(field)} |"
        for name, field in model.model_fields.items()
    ]
    return "\n".join([f"{told}\n", "| key | what it means | when not given |\n|---|---|---|", *rows, ""])


def _meaning(field: FieldInfo) -> str:
    """Give what a key means; where its values are a choice, which there are."""
    kind = field.annotation
    if isinstance(kind, type) and issubclass(kind, Enum):
        return " or ".join(f"`{choice.value}`" for choice in kind)
    return field.description or ""


def _example(key: str) -> str:
    """Find a key in the sample's build file, where every key stands, in use or behind a #."""
    if key in _OWN_EXAMPLES:
        return _OWN_EXAMPLES[key]
    lines = SAMPLE.read_text("utf-8").splitlines()
    first = next(number for number, line in enumerate(lines) if re.match(rf"#?{key}:", line))
    hidden = "#" if lines[first].startswith("#") else ""
    rest = itertools.takewhile(lambda line: line.startswith(f"{hidden}  "), lines[first + 1 :])
    uncommented = [line.removeprefix(hidden) for line in (lines[first], *rest)]
    return "\n".join(re.sub(r"\s+# .*|\s+$", "", line) for line in uncommented)


_OWN_EXAMPLES = {"rules": RULES_EXAMPLE, "proof": PROOF_EXAMPLE}


def _sections_table() -> str:
    rows = [
        f"| `{name}` | {meaning} | {'bookbuild, from the other keys' if name in GENERATED else 'you: a text or a file'} |"
        for name, meaning in MATTER.items()
    ]
    return "\n".join(["| section | what it is | who writes it |\n|---|---|---|", *rows])


def _styles_table() -> str:
    """List the styles, each in the words that its style sheet begins with."""
    rows = []
    for style in style_names():
        sheet = style_sheets(style, "print.css", Place(""))[-1].read_text("utf-8")
        says = re.match(rf"/\* {style}: (.*?)\. ", " ".join(sheet.split()))
        measures = ", ".join(f"{key} {value}" for key, value in page_of(style).items() if key != "margins")
        rows.append(f"| `{style}` | {says[1] if says else ''} | {measures or 'the values below `page`'} |")
    return "\n".join(["| style | what it is like | its page |\n|---|---|---|", *rows, "", _STYLES_SHOWN])


_STYLES_SHOWN = """[All of them in pictures](styles.md). What you write below `page` comes before the style's own measures."""


def _fonts_table() -> str:
    return f"The fonts that have names: {', '.join(f'`{name}`' for name in SHIPPED)}."


def _trims_table() -> str:
    rows = [f"| `{name}` | {width:.4g} × {height:.4g} in | {width * 25.4:.0f} × {height * 25.4:.0f} mm |"
            for name, (width, height) in TRIMS.items()]  # fmt: skip
    return "\n".join(
        ["The trim sizes that have names:\n\n| name | in inches | in millimetres |\n|---|---|---|", *rows]
    )


def _roles() -> str:
    return f"The roles are {', '.join(f'`{role}`' for role in RELATORS)}."


def _formats() -> str:
    formats = " or ".join(f"`{format_.value}`" for format_ in Format)
    names = " and ".join(f"`{name}`" for name in EDITIONS)
    return f"Each needs `format`: {formats}; those named {names} have it by their name."


_EXTRAS: Mapping[str, tuple[Callable[[], str], ...]] = MappingProxyType(
    {
        "contributors": (_roles,),
        "frontmatter": (_sections_table,),
        "style": (_styles_table,),
        "page": (_trims_table, _fonts_table),
        "editions": (_formats,),
    }
)


# ---------------------------------------------------------------- rules


def rules_page() -> str:
    """Give docs/rules.md: every rule with its reason and its example, by family, and the order in which they run."""
    order = [f"{number}. [{rule.name}](#{rule.name})" for number, rule in enumerate(RULES, 1)]
    sections = [_family(module, list(rules)) for module, rules in _families()]
    return "\n".join([_RULES_TOP, *sections, "## The order in which they run\n", _ORDER, *order, ""])


_RULES_TOP = f"""\
{MADE}
# Every repair

Each rule names a fault of manuscripts. Nothing else is repaired, and no rule changes a word.

Every repair can be refused in `build.yaml`: everywhere, in some files, or at some places, which you name by a few
words that stand there.

```yaml
{RULES_EXAMPLE}
```

In the examples `·` is a space at a line's end, `⇥` a tab and `⍽` a no-break space.
"""
_ORDER = "A rule sees what those before it have made.\n"


def _families() -> Iterator[tuple[str, Iterable[Rule]]]:
    """Give the rules by the module they stand in: modules as the first of theirs runs, rules as they run."""
    modules = list(dict.fromkeys(map(_module, RULES)))
    by_module = sorted(RULES, key=lambda rule: modules.index(_module(rule)))
    yield from itertools.groupby(by_module, key=_module)


def _module(rule: Rule) -> str:
    function: Any = rule.structure or rule.prose
    return str(function.__module__)


def _family(module: str, rules: list[Rule]) -> str:
    told = (sys.modules[module].__doc__ or "").split("\n")[0]
    return "\n".join([f"## {told.rstrip('.')}\n", *(_rule_section(rule) for rule in rules)])


def _rule_section(rule: Rule) -> str:
    return "\n".join(
        [
            f"### {rule.name}\n",
            f"{rule.why}\n",
            *(["Off by itself where `language` is not English.\n"] if rule.english_only else []),
            *_example_blocks(rule),
            f"To refuse it: `rules: {{{rule.name}: off}}`\n",
        ]
    )


def _example_blocks(rule: Rule) -> Iterator[str]:
    before, after = (_visible(text) for text in (rule.example.before, rule.example.after))
    if before == after:
        yield f"```text\n{before}\n```\n"
        yield "The text stays as it is; bookbuild notes what it is, or tells you of a doubt.\n"
    else:
        yield f"Before:\n\n```text\n{before}\n```\n"
        yield f"After:\n\n```text\n{after}\n```\n"


def _visible(text: str) -> str:
    """Show the characters that do not show."""
    text = re.sub(r" +(?=\n|$)", lambda spaces: "·" * len(spaces.group()), text)
    for character, sign in _SIGNS.items():
        text = text.replace(character, sign)
    return text


_SIGNS = {"\t": "⇥", "\u00a0": "⍽", "\u00ad": "[soft hyphen]", "\u200b": "[zero-width space]"}


# ---------------------------------------------------------------- proof


def proof_page() -> str:
    """Give docs/proof.md: every check of `bookbuild proof` with its reason and its example, by family."""
    families = itertools.groupby(PROOFS, key=lambda check: check.ask.__module__)
    sections = [_check_family(module, list(checks)) for module, checks in families]
    return "\n".join([_PROOF_TOP, *sections])


_PROOF_TOP = f"""\
{MADE}
# What an editor would ask

`bookbuild proof` reads the whole book and asks. It changes nothing and writes nothing: the answer is yours.

Every check can be switched off in `build.yaml`: everywhere, in some files, or at some places, which you name by a few
words that stand there.

```yaml
{PROOF_EXAMPLE}
```

The names and spellings that you list under [`words`](keys.md#words) are right as they are.
"""


def _check_family(module: str, checks: list[Check]) -> str:
    told = (sys.modules[module].__doc__ or "").split("\n")[0]
    return "\n".join([f"## {told.rstrip('.')}\n", *(_check_section(check) for check in checks)])


def _check_section(check: Check) -> str:
    text = check.example.text.replace(NEXT_FILE, "\n\n[the next file:]\n\n")
    return "\n".join(
        [
            f"### {check.name}\n",
            f"{check.why}\n",
            *(["Off by itself where `language` is not English.\n"] if check.english_only else []),
            f"```text\n{text}\n```\n",
            f"It says: {check.example.asked}.\n",
            f"To switch it off: `proof: {{{check.name}: off}}`\n",
        ]
    )


# ---------------------------------------------------------------- stores


def stores_page() -> str:
    """Give docs/stores.md: every objection with who has it, its reason, the way out and its source, by family."""
    families = itertools.groupby(OBJECTIONS, key=lambda objection: objection.find.__module__)
    sections = [_objection_family(module, list(objections)) for module, objections in families]
    return "\n".join([_STORES_TOP, shops_section(), _OBJECTIONS_TOP, *sections])


_STORES_TOP = f"""\
{MADE}
# Into the stores

All of them take the same file: the EPUB. Build it, look at what `bookbuild` says of it, upload it with its cover, and give the same
title, authors and series as in build.yaml. What only some stores refuse, and why, stands [below](#what-stores-and-readers-object-to).
Stores change their pages; each section says when it was read. None of it was tried with an account of a store.
"""
_OBJECTIONS_TOP = """\
# What stores and readers object to

Every EPUB that is built is looked at as stores and readers would: `bookbuild` and `bookbuild check` tell what they
would refuse or spoil, with the place that you can mend. Nothing is sent anywhere, and nothing else is needed.

`bookbuild check --file other.epub` looks into any EPUB, by whichever program it was made.
`bookbuild check --epubcheck` runs EPUBCheck too, the W3C's own checker, which stores run first; where it is not
installed, it says how to get it.

A KEPUB and an AZW3 go by cable and meet no store: in them it looks for what a Kobo or a Kindle itself shows amiss.

What somebody refuses is an error; what somebody spoils is a warning.
"""


def _objection_family(module: str, objections: list[Objection]) -> str:
    told = (sys.modules[module].__doc__ or "").split("\n")[0]
    return "\n".join([f"## {told.rstrip('.')}\n", *(_objection_section(one) for one in objections)])


def _objection_section(one: Objection) -> str:
    return "\n".join(
        [
            f"### {one.name}\n",
            f"{_code(one.why)}\n",
            f"- {'Refused' if one.refuses else 'Spoilt'} by: {', '.join(one.by)}{_in_own_files(one)}.",
            f"- The way out: {_code(one.remedy)}.",
            f"- Source: {_code(one.source)}.\n",
        ]
    )


_OWN_FILES = {KOBO: "KEPUBs", KINDLE: "AZW3s"}


def _in_own_files(one: Objection) -> str:
    named = " and ".join(_OWN_FILES[device] for device in one.in_files_of)
    return f"; in {named} too" if named else ""


def _code(text: str) -> str:
    """Set tags and names of characters as code, which Markdown would take for its own."""
    return re.sub(r"<[^<>]+>|&#?\w+;", lambda tag: f"`{tag.group()}`", text)


# ---------------------------------------------------------------- all

PAGES: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "keys.md": keys_page,
        "rules.md": rules_page,
        "proof.md": proof_page,
        "stores.md": stores_page,
        "printers.md": lambda: printers_page(MADE),
    }
)
"""The pages that are made, each by its function."""


def main() -> None:
    """Make all pages."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
