"""The walk through the doubts on a terminal, one key each."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from rich.console import Console
from rich.text import Text

from bookbuild.cli.fix_screen import HELP, named, show
from bookbuild.cli.keyboard import Keys, keyboard
from bookbuild.config.answers import Choice
from bookbuild.doubts import Walk

_CHOICES = {"a": Choice.ACCEPT, "k": Choice.KEEP}
_FOR_ALL = "AOKS"
_SAID = {Choice.ACCEPT: "accepted", Choice.KEEP: "kept as it was"}


class End(Enum):
    """How a walk ended."""

    DONE = "no doubt is left that was not asked"
    QUIT = "the author went home"
    STOPPED = "Ctrl-C"


def walk_through(console: Console, walk: Walk, save: Callable[[Walk], None]) -> tuple[Walk, End]:
    """Show each doubt and wait for a key; what is answered is saved at once, so that nothing can be lost."""
    try:
        with keyboard() as keys:
            asker = _Asker(console, keys)
            while True:
                after = asker.step(walk)
                if isinstance(after, End):
                    return walk, after
                walk = after
                save(walk)
    except KeyboardInterrupt:
        save(walk)
        console.print()
        return walk, End.STOPPED


@dataclass(frozen=True, slots=True)
class _Asker:
    """Shows doubts and understands keys."""

    console: Console
    keys: Keys

    def step(self, walk: Walk) -> Walk | End:
        """Ask the next doubt; gives the walk as it is after that, or how it ended."""
        position = walk.position
        if position is None:
            return walk.undo() if walk.before and self._takes_back() else End.DONE
        show(self.console, walk.doubts[position], position + 1, len(walk.doubts))
        for pressed in self.keys:
            for_all = pressed in _FOR_ALL
            key = pressed.lower() if for_all else pressed
            if key == "l":
                self.console.print("all of this rule: a, o, k or s?", style="dim")
                key, for_all = next(self.keys, ""), True
            if key in {"q", "\x04"}:  # Ctrl-D too
                break
            after = self._after(walk, key, for_all=for_all)
            if after:
                return after
        return End.QUIT

    def _takes_back(self) -> bool:
        """Ask, after the last doubt, whether its answer shall be taken back."""
        self.console.print("that was the last one: u takes it back, any other key ends", style="dim")
        return next(self.keys, "") == "u"

    def _after(self, walk: Walk, key: str, *, for_all: bool) -> Walk | None:
        """Take the step that a key means; None when it means none here."""
        if key == "s":
            return walk.skip(all_like_it=for_all)
        if key == "u" and walk.before:
            self.console.print("taken back", style="dim")
            return walk.undo()
        if key in {"?", "h"}:
            self.console.print(HELP, highlight=False)
        if key in _CHOICES:
            return self._answered(walk, _CHOICES[key], "", for_all=for_all)
        other = self._other(walk, key) if key == "o" or key.isdecimal() else None
        return None if other is None else self._answered(walk, Choice.OTHER, other, for_all=for_all)

    def _answered(self, walk: Walk, choice: Choice, other: str, *, for_all: bool) -> Walk:
        after = walk.answer(choice, other, all_like_it=for_all)
        number = len(after.given) - len(walk.given)
        like_it = f", and {number - 1} like it" if number > 1 else ""
        told = f"instead: {named(other)}" if choice is Choice.OTHER else _SAID[choice]
        self.console.print(Text(f"→ {told}{like_it}", style="green"))
        return after

    def _other(self, walk: Walk, key: str) -> str | None:
        """Find the alternative that is meant; where there are several, a number says which."""
        others = walk.doubts[walk.position or 0].others
        if key == "o" and len(others) > 1:
            self.console.print(f"which one? 1 to {len(others)}", style="dim")
            key = next(self.keys, "")
        number = int(key) if key.isascii() and key.isdecimal() else 1 if key == "o" else 0
        return others[number - 1] if 0 < number <= len(others) else None
