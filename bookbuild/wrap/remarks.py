"""What an author is told of a cover that is set in type."""

from collections.abc import Iterator

from bookbuild.config.keys import Settings
from bookbuild.errors import Finding, Place, warning
from bookbuild.wrap.folds import Folds
from bookbuild.wrap.front import LEAST_SPINE, faces, spine_size


def blank_spine(settings: Settings, folds: Folds, asked_at: Place) -> Iterator[Finding]:
    """Tell of a spine without text: the printer allows none yet, or the title would be too small."""
    least = folds.demands.spine_text_from
    if folds.pages < least:
        message = (
            f"the spine stays blank: {folds.pages} pages are too few for text on it, which takes {least}"
        )
        yield warning(message, asked_at, hint="nothing is to be done, unless the book grows")
    elif spine_size(settings, folds) < LEAST_SPINE:
        message = f"the spine stays blank: the title would be smaller than {LEAST_SPINE:g}pt on it"
        yield warning(
            message, asked_at, hint="make a picture of the whole cover: `wrap: {picture: cover.png}`"
        )


def lacking(settings: Settings, asked_at: Place) -> Iterator[Finding]:
    """Tell of characters that the cover's faces do not have."""
    face = faces()["small"]
    series = settings.series.name if settings.series else ""
    names = [author.name for author in settings.authors]
    said = [settings.title, settings.subtitle, series, settings.publisher, settings.description, *names]
    said += settings.wrap.back
    lost = sorted({one for text in said for one in text if not one.isspace() and not face.can_set(one)})
    if lost:
        shown = " ".join(lost[:10])
        hint = "give pictures of your own: `wrap: {front: front.png}`, or of the whole: `wrap: {picture: cover.png}`"
        yield warning(f"the cover's font lacks {shown}, which print as boxes", asked_at, hint=hint)
