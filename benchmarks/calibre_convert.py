"""Runs inside calibre (`calibre-debug -e`): converts text files to HTML as `ebook-convert --enable-heuristics` does.

Reads lines `FILE<tab>FOLDER` from its input. A file that calibre cannot convert leaves no folder behind.
"""

import shutil
import sys

from calibre.ebooks.conversion.plumber import Plumber
from calibre.utils.logging import Log

HIGH = 3  # an option that the user set, to calibre

for line in sys.stdin:
    file, folder = line.rstrip("\n").split("\t")
    try:
        plumber = Plumber(file, folder, Log(level=Log.ERROR))
        wanted = [("enable_heuristics", True, HIGH), ("smarten_punctuation", True, HIGH)]
        plumber.merge_ui_recommendations(wanted)
        plumber.run()
    except Exception as fault:  # noqa: BLE001 (a fault of any kind is its result)
        print(f"{file}: {fault!r}", file=sys.stderr)
        shutil.rmtree(folder, ignore_errors=True)
