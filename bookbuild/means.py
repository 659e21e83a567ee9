"""What a build may use to be done sooner: what is kept of earlier ones, and processors."""

import os
from dataclasses import dataclass

from bookbuild.cache import NO_CACHE, Cache, user_cache


@dataclass(frozen=True, slots=True)
class Means:
    """A cache, and how many processes may work at once."""

    cache: Cache = NO_CACHE
    workers: int = 1


ALONE = Means()


def user_means(*, fresh: bool = False) -> Means:
    """Give what there is on this machine; a fresh build uses nothing of earlier ones."""
    affinity = getattr(
        os, "sched_getaffinity", None
    )  # the processors that this process may use, where systems tell it
    workers = len(affinity(0)) if affinity else os.cpu_count() or 1
    return Means(NO_CACHE if fresh else user_cache(), workers)
