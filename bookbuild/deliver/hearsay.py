"""What servers and devices say, before it is shown to an author: one line, and nothing that a terminal would obey."""

_LONGEST = 200  # characters


def one_line(said: bytes | str) -> str:
    """Make a line of it, without escape sequences, cut where it is long."""
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    plain = " ".join("".join(character if character.isprintable() else " " for character in text).split())
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"
