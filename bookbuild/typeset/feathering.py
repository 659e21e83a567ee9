"""Pages whose paragraphs are parted by less than a line → the white that fills them, spread over these partings.

Typesetters call it feathering. Pages that are parted by whole lines alone are left as they are.
"""

from collections.abc import Sequence

from bookbuild.typeset.pages import Item, Placed


def feathered(items: Sequence[Item], placed: Sequence[Placed], line: int) -> list[float]:
    """Say by how many steps the gap above each item grows; a chapter's last page ends where it does."""
    grown = [0.0] * len(items)
    used, partings = 0, list[int]()
    for number, (item, place) in enumerate(zip(items, placed, strict=True)):
        if place.page_starts[:1] != (0,) and (used or not number):
            used += item.gap
            partings += [number] if item.gap % line else []
        done = 0
        for start, filled in zip(place.page_starts, place.filled, strict=True):
            used += (start - done) * line
            for parting in partings:
                grown[parting] = (filled - used) / len(partings)
            used, done, partings = 0, start, []
        used += (item.choices[place.choice].lines - done) * line if item.choices else item.height
    return grown
