"""Texts within a story, each as it may stand in a file: wrapped, indented, spaced out, or pasted without empty lines."""

import textwrap

STORY = (
    (
        "Rain fell on the harbour, and on the road to Marrow, and on the long house, and nobody who was indoors went out, and"
        " nobody who was out came in. It had been falling since the Monday."
    ),
    (
        "Ilse put the lamp on the table and turned it low. She had not slept, and it showed, and the boy with the ropes looked"
        " at her and then looked at his boots, for he was not a boy who asked."
    ),
    '"Read it," she said. "Go on. Read it out."',
    (
        "He held the paper to the light, and turned it over, and turned it back again, and then he read it out in a voice that"
        " was not his own, slowly, as one reads a thing in church."
    ),
)
END = (
    (
        "When he had done, nobody spoke. The rain went on, and the lamp went on, and the clock that had stopped on the Monday"
        " went on being wrong, and Ilse put out her hand for the paper."
    ),
    '"Is that all?"',
    '"That is all," he said, and he gave it to her, and went out into the rain without his hat.',
    (
        "She kept it in the drawer with the others, and it was there when they came to clear the house, forty years after, and"
        " threw it away."
    ),
)

POEMS = {
    "ballad": "The keeper lit the lamp at dusk\nAnd watched it burn till day,\nAnd never saw the small white sail\n"
    "That slipped across the bay.",
    "haiku": "frost on the window\nsomebody has drawn a boat\nthere and let it melt",
    "hymn with a chorus": "O Thou who set the stars to burn\nAnd bade the waters stay,\nKeep those who go, and their return,\n"
    "Upon the perilous way.\nChorus:\nKeep them, keep them,\nKeep them on the way.",
    "song": "Baby, don't you go\nBaby, don't you go\nI left the porch light on for you\nAnd now you'll never know",
    "free verse": "I have kept\nyour coat on the hook\nby the door, where\nthe rain comes in",
    "song in quotation marks": '"Come down to the harbour, my own Mary Ann,\nCome down to the harbour, as quick as you can,\n'
    "For the ferry is waiting, the tide's on the turn,\nAnd there's no one can tell me when I shall return.\"",
    "song in italics": "*Hush, little one, the boats are in,*\n*The nets are on the wall,*\n*And nobody shall know tonight*\n"
    "*That you were here at all.*",
    "proverb": "Seven for a secret,\nSix for a sail,\nFive for a fever,\nAnd four for a gale.",
    "German": "Die Lampe brennt im Hafenhaus, der Wind geht um das Haus,\nUnd keiner von den Fischern fährt in dieser Nacht hinaus,\n"
    "Denn wer in solcher Nacht noch fährt,\nist keine Kerze wert.",
}
SHORT_POEMS = {  # too short, or too calm, to be told from paragraphs where nothing but their sound tells
    "limerick": 'There was an old man of the quay\nWho kept seven eels in his tea.\nWhen they asked, "Do they bite?"\n'
    'He said, "Only at night,\nAnd never, so far, bitten me."',
    "couplet": "Red sky at night, the harbour's delight,\nRed sky at morning, the harbour's warning.",
    "spell": "By ash and bone, by salt and stone,\nwhat was mine is now my own.",
}
LINES = {
    "ship's log": "0400. Wind SW, force 6.\n0615. Lost the topmast.\n0730. Man overboard; not found.",
    "telegram": "FERRY LOST STOP\nALL SAFE BUT TOM STOP\nCOME AT ONCE STOP\nMOTHER",
    "gravestone": "HERE LIES\nThomas Harker\nFerryman of this Parish\n1801-1854\nHe Went Over",
    "shop sign": "MARROW & SONS\nRope, Tar, Lamp Oil\nClosed Sundays",
    "poster": "For One Night Only!\nThe World-Famous Brothers Marrow\nand\nTheir Educated Eels!!!\nAdmission Two Pence",
    "recipe": "2 cups of flour\n1 cup of sugar\n3 eggs\na pinch of salt",
    "list": "- a lamp\n- rope, ten fathoms\n- two coats",
    "e-mail": "From: Mara Quill <mara@quay.example>\nTo: Harbour Office\nSubject: the ferry (again)\nDate: 3 May",
    "stat block": "[Level Up!]\nName: Ilse Tallow\nClass: Lamplighter\nLevel: 12\nStrength: 9",
    "address": "Miss I. Tallow\nQuay House\nSaltmarsh",
    "end of a letter": "I remain, Sir,\nyour obedient servant",
}
PROSE = {
    "dialogue": '"Where is it?"\n"Gone."\n"Gone where?"\n"Out," he said.\n"When?"\n"At four--"',
    "broken speech": '"Is he"\n"No," she said.\n"But you said--"\n"I know what I said,"\nhe told her.',
    "short paragraphs": "He waited.\nNothing happened.\nHe waited some more.\nThen the lamp went out.",
}


def tight(lines: str) -> str:
    """Empty lines part the paragraphs, and none the lines."""
    return "\n\n".join((*STORY, lines, *END))


def spaced_out(lines: str) -> str:
    """An empty line stands after every line."""
    return "\n\n".join((*STORY, *lines.split("\n"), *END))


def close(lines: str) -> str:
    """There is no empty line at all."""
    return "\n".join((*STORY, lines, *END))


def wrapped(lines: str) -> str:
    """The paragraphs are broken into lines of 68 characters; the lines stand at their margin."""
    return "\n\n".join((*map(_wrap, STORY), lines, *map(_wrap, END)))


def wrapped_and_set_in(lines: str) -> str:
    """The paragraphs are broken into lines; the lines are set in."""
    return wrapped(textwrap.indent(lines, "    "))


def indented(lines: str) -> str:
    """The paragraphs are broken into lines and begin with an indent; the lines have it too."""
    story, end = ("\n".join(_wrap(one, "   ") for one in part) for part in (STORY, END))
    return "\n\n".join((story, textwrap.indent(lines, "   "), end))


def _wrap(text: str, indent: str = "") -> str:
    return textwrap.fill(text, 68, initial_indent=indent)


SHOWN = (tight, wrapped, wrapped_and_set_in, indented)
"""Layouts that show which lines belong together."""
UNSHOWN = (spaced_out, close)
"""Those that do not."""
