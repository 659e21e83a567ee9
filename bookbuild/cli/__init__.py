"""The command line: thin, and the only place that prints."""

from bookbuild.cli.app import main

__all__ = ["main"]
