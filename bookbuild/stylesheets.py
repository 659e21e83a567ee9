"""Style sheets as declarations: for which selector, what, and on which line."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import tinycss2
from tinycss2 import ast


@dataclass(frozen=True, slots=True, eq=False)
class Declaration:
    """One declaration: `margin: 0 1em` of `body`; the selector of an at-rule is its name, `@font-face`."""

    selectors: tuple[str, ...]
    name: str
    value: str
    tokens: tuple[Any, ...]  # of the value, those within functions and brackets too
    file: str
    line: int
    beside: Mapping[str, str]  # all declarations of the same rule: name → value

    @property
    def shown(self) -> str:
        """The declaration as a message quotes it."""
        return f"{self.name}: {self.value}"


@dataclass(frozen=True, slots=True)
class AtRule:
    """An at-rule without declarations of its own: `@import "other.css"`."""

    name: str
    prelude: tuple[Any, ...]
    is_empty: bool  # it has a block, with nothing in it
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A style sheet, a <style> element or a style attribute, read."""

    file: str
    declarations: tuple[Declaration, ...] = ()
    at_rules: tuple[AtRule, ...] = ()


def read_sheet(css: str, file: str, line: int = 1) -> Sheet:
    """Read a style sheet that begins in this line of a file; what is no CSS is passed over, as readers do."""
    try:
        rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
        found = list(_rules(rules, file, line - 1))
    except RecursionError:  # brackets in brackets, as no style has them
        return Sheet(file)
    declarations = tuple(one for one in found if isinstance(one, Declaration))
    return Sheet(file, declarations, tuple(one for one in found if isinstance(one, AtRule)))


def read_style_attribute(css: str, file: str, line: int) -> Sheet:
    """Read a style attribute."""
    try:
        return Sheet(file, tuple(_declarations(_content(css), (), file, line - 1)))
    except RecursionError:
        return Sheet(file)


def _rules(nodes: Iterable[ast.Node], file: str, above: int) -> Iterator[Declaration | AtRule]:
    for node in nodes:
        if isinstance(node, ast.QualifiedRule):
            yield from _declarations(_content(node.content), _selectors(node), file, above)
        elif isinstance(node, ast.AtRule):
            name = f"@{node.lower_at_keyword}"
            content = [] if node.content is None else _content(node.content)
            is_empty = node.content is not None and not content
            yield AtRule(name, tuple(_within(node.prelude)), is_empty, file, node.source_line + above)
            yield from _declarations(content, (name,), file, above)
            yield from _rules(content, file, above)


def _content(block: Any) -> list[ast.Node]:
    return list(tinycss2.parse_blocks_contents(block, skip_comments=True, skip_whitespace=True))


def _selectors(rule: ast.QualifiedRule) -> tuple[str, ...]:
    prelude = " ".join(tinycss2.serialize(rule.prelude).split())
    return tuple(selector.strip() for selector in prelude.split(","))


def _declarations(
    nodes: Iterable[ast.Node], selectors: tuple[str, ...], file: str, above: int
) -> Iterator[Declaration]:
    own = [node for node in nodes if isinstance(node, ast.Declaration)]
    values = [" ".join(tinycss2.serialize(node.value).split()) for node in own]
    beside = {node.lower_name: value for node, value in zip(own, values, strict=True)}
    for node, value in zip(own, values, strict=True):
        tokens = tuple(_within(node.value))
        yield Declaration(selectors, node.lower_name, value, tokens, file, node.source_line + above, beside)


def _within(tokens: Iterable[ast.Node]) -> Iterator[ast.Node]:
    """Give all tokens, those within functions and brackets too."""
    for token in tokens:
        yield token
        yield from _within(getattr(token, "arguments", None) or getattr(token, "content", None) or ())
