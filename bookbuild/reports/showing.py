"""How repairs are shown: characters that do not show made to, and long stretches cut in the middle."""

from bookbuild.rules.repairs import Repair

_SIGNS = str.maketrans(
    {
        " ": "·",
        "\t": "⇥",
        "\n": "↵",
        "\u00a0": "⍽",
        "\u00ad": "[soft hyphen]",
        "\u200b": "[zero-width space]",
        "\u200c": "[zero-width non-joiner]",
        "\u200d": "[zero-width joiner]",
        "\u2060": "[word joiner]",
        "\ufeff": "[byte order mark]",
        "\u202f": "[narrow no-break space]",
        "\u3000": "[wide space]",
        **{chr(code): f"[U+{code:04X}]" for code in (*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0))},
        **{chr(code): f"[U+{code:04X}]" for code in (*range(0x2028, 0x202F), *range(0x2066, 0x206A))},
    }
)
_CONTEXT = 12  # characters that are the same on both sides of a difference
_LONGEST_RUN = 12  # spaces that are shown one by one


def shown(text: str) -> str:
    """Show a change: the characters that would not be seen, and the white space that it begins or ends with."""
    middle = text.strip()
    at = text.index(middle) if middle else 0
    return _space(text[:at]) + safe(middle) + _space(text[at + len(middle) :])


def harmless(text: str) -> str:
    """Show the characters that would change how the text around them is read: control characters, and those that turn its direction."""
    return text.translate(_CONTROLS)


_CONTROLS = {code: sign for code, sign in _SIGNS.items() if sign.startswith("[U+")}


def _space(text: str) -> str:
    return f"[{len(text)} spaces]" if len(text) > _LONGEST_RUN else text.translate(_SIGNS)


def safe(text: str) -> str:
    """Show the characters that a terminal would act on, or that nobody sees; white space stays as it is."""
    return text.translate(_UNSEEN).replace("\n", " / ")


_UNSEEN = {code: sign for code, sign in _SIGNS.items() if chr(code) not in " \n"}


def shortened(text: str, longest: int) -> str:
    """Cut the middle out of a long text."""
    half = longest // 2
    return text if len(text) <= longest else f"{text[:half]}…{text[-half:]}"


def narrowed(left: str, before: str, after: str, right: str) -> tuple[str, str, str, str]:
    """Move what a long text begins and ends with before and after alike into the context, and keep a few characters of it."""
    if before == after or max(len(before), len(after)) <= 2 * _CONTEXT:
        return left, before, after, right
    same = _same(before, after)
    left, before, after = left + before[:same], before[same:], after[same:]
    same = _same(before[::-1], after[::-1])
    right = before[len(before) - same :] + right
    before, after = before[: len(before) - same], after[: len(after) - same]
    return left[-_CONTEXT:], before, after, right[:_CONTEXT]


def _same(one: str, other: str) -> int:
    """Say how many characters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (left, right) in pairs if left != right), min(len(one), len(other)))


def taken_for(repair: Repair) -> str:
    """Give what a repair says that its text is, such as `[scene break]`; nothing where it changed the text."""
    named = repair.after.removesuffix(repair.before).strip()
    return (
        named
        if repair.before and not repair.is_question and named.startswith("[") and named.endswith("]")
        else ""
    )
