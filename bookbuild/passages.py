"""Passages in another language, where build.yaml says which words they are: marked, so that voices and dictionaries follow."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bookbuild.draft import Block, Draft, Mark, MarkKind
from bookbuild.errors import Finding, Place, warning
from bookbuild.words import key, keys, words


class Passages:
    """The passages of a book, and which of them were found.

    Words are compared as everywhere: without case, marks and spaces. Of two passages that begin at the same word, the longer is taken.
    """

    def __init__(self, foreign: Mapping[str, Sequence[str]], asked_at: Mapping[str, Place]) -> None:
        self.asked_at = asked_at
        self.lost = {(language, text) for language, texts in foreign.items() for text in texts}
        self.by_first: dict[str, list[tuple[list[str], str, str]]] = {}
        for language, text in sorted(self.lost, key=lambda item: -len(item[1])):
            row = keys(text)
            self.by_first.setdefault(row[0] if row else "", []).append((row, language, text))

    def mark(self, draft: Draft) -> Draft:
        """Mark the passages of a draft."""
        if not self.by_first:
            return draft
        return replace(draft, blocks=tuple(map(self._marked, draft.blocks)))

    def _marked(self, block: Block) -> Block:
        found = () if block.is_set_aside else tuple(self._marks(block.text))
        return replace(block, marks=(*block.marks, *found)) if found else block

    def _marks(self, text: str) -> Iterator[Mark]:
        row = list(words(text))
        row_keys = [key(word) for _, word in row]
        at = 0
        while at < len(row):
            length = 1
            for wanted, language, typed in self.by_first.get(row_keys[at], ()):
                if row_keys[at : at + len(wanted)] == wanted:
                    length = len(wanted)
                    last, word = row[at + length - 1]
                    self.lost.discard((language, typed))
                    yield Mark(row[at][0], last + len(word), MarkKind.LANGUAGE, language=language)
                    break
            at += length

    def findings(self) -> Iterator[Finding]:
        """Tell of the passages that stand nowhere in the book."""
        for language, text in sorted(self.lost):
            hint = "write the words as they stand in the manuscript"
            yield warning(f"“{text}” stands nowhere in the book", self.asked_at[language], hint=hint)
