"""A small EPUB that no store objects to, and changes to it: each breaks one thing."""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from PIL import Image

_OPF = """\
<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="en">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:example:lamps</dc:identifier>
<dc:title>Lamps</dc:title>
<dc:language>en</dc:language>
<meta property="dcterms:modified">2026-01-01T00:00:00Z</meta>
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessibilityFeature">tableOfContents</meta>
<meta property="schema:accessibilityHazard">none</meta>
<meta name="cover" content="cover-image"/>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
<item id="cover" href="cover.xhtml" media-type="application/xhtml+xml"/>
<item id="cover-image" href="cover.jpg" media-type="image/jpeg" properties="cover-image"/>
<item id="one" href="one.xhtml" media-type="application/xhtml+xml"/>
<item id="two" href="two.xhtml" media-type="application/xhtml+xml"/>
<item id="css" href="style.css" media-type="text/css"/>
</manifest>
<spine toc="ncx">
<itemref idref="cover"/>
<itemref idref="one"/>
<itemref idref="two"/>
</spine>
</package>
"""
_CONTAINER = """\
<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/content.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_NCX = """\
<?xml version="1.0" encoding="utf-8"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1">
<head><meta name="dtb:uid" content="urn:example:lamps"/></head>
<docTitle><text>Lamps</text></docTitle>
<navMap>
<navPoint id="point-1" playOrder="1"><navLabel><text>One</text></navLabel><content src="one.xhtml"/></navPoint>
<navPoint id="point-2" playOrder="2"><navLabel><text>Two</text></navLabel><content src="two.xhtml#two"/></navPoint>
</navMap>
</ncx>
"""
_NAV = """\
<nav epub:type="toc"><h1>Contents</h1>
<ol>
<li><a href="one.xhtml">One</a></li>
<li><a href="two.xhtml#two">Two</a></li>
</ol></nav>"""


def page(title: str, body: str) -> str:
    """Make a page; its body begins in line 5."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en" xml:lang="en">\n'
        f'<head><title>{title}</title><link rel="stylesheet" href="style.css"/></head><body>\n{body}\n</body></html>\n'
    )


def picture(size: tuple[int, int], kind: str = "JPEG", mode: str = "RGB") -> bytes:
    """Make a picture of one colour."""
    output = BytesIO()
    Image.new(mode, size).save(output, kind)
    return output.getvalue()


@lru_cache(maxsize=1)
def base() -> Mapping[str, bytes]:
    """Give the files of the small book, in the order of the zip."""
    texts = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": _CONTAINER,
        "EPUB/content.opf": _OPF,
        "EPUB/toc.ncx": _NCX,
        "EPUB/nav.xhtml": page("Contents", _NAV),
        "EPUB/cover.xhtml": page("Lamps", '<img src="cover.jpg" alt="Lamps"/>'),
        "EPUB/one.xhtml": page("One", '<h1 id="one">One</h1>\n<p>It rained.</p>'),
        "EPUB/two.xhtml": page("Two", '<h1 id="two">Two</h1>\n<p>It stopped.</p>'),
        "EPUB/style.css": "p { margin: 0; text-indent: 1.2em }\n",
    }
    return {name: text.encode() for name, text in texts.items()} | {"EPUB/cover.jpg": picture((1400, 2240))}


@dataclass(frozen=True, slots=True)
class Change:
    """One change: in `file`, `old` becomes `new`; without `old` the whole file does; without `new` it is left out."""

    file: str
    new: str | bytes | None
    old: str = ""


def put(file: str, old: str, new: str) -> Change:
    """Replace a text that stands in a file."""
    return Change(file, new, old)


def epub(*changes: Change, compression: int = zipfile.ZIP_STORED) -> bytes:
    """Make the small book, changed."""
    files = dict(base())
    for change in changes:
        if change.new is None:
            del files[change.file]
            continue
        new = change.new.encode() if isinstance(change.new, str) else change.new
        if change.old:
            assert change.old.encode() in files[change.file], change
            new = files[change.file].replace(change.old.encode(), new)
        files[change.file] = new
    output = BytesIO()
    with zipfile.ZipFile(output, "w") as packed:
        for name, data in files.items():
            packed.writestr(name, data, compression if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return output.getvalue()
