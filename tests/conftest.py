"""What all tests share."""

import os
import tempfile

import pytest
from hypothesis import settings

# shuffled examples are the same in every run, so that a red suite is red for everybody
settings.register_profile("book", derandomize=True, deadline=None, max_examples=150)
settings.load_profile("book")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the switch that writes expected files anew."""
    parser.addoption("--update-golden", action="store_true", help="write expected files anew")


# no test may find what another run, or whoever runs it, has kept
os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="bookbuild-tests-")
