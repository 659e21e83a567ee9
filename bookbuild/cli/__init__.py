"""The command line: thin, and the only place that prints."""

import sys


def main() -> None:
    """Run the program; stopped by hand, even while it is being loaded, it says so and leaves every file as it was."""
    try:
        from bookbuild.cli.app import run  # noqa: PLC0415 (loading takes a while, in which Ctrl-C may come)

        run()
    except KeyboardInterrupt:
        sys.stderr.write("\nstopped; no file was replaced after that\n")
        sys.exit(130)
