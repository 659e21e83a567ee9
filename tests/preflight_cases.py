"""What each objection is raised by: one change to a small book, and what is told of it."""

from dataclasses import dataclass, field

from tests.small_epub import Change, picture, put

OPF, NCX, NAV, ONE, TWO, CSS = (
    f"EPUB/{name}" for name in ("content.opf", "toc.ncx", "nav.xhtml", "one.xhtml", "two.xhtml", "style.css")
)
COVER = "EPUB/cover.jpg"
RAINED = "<p>It rained.</p>"
LISTED = '<item id="css" href="style.css" media-type="text/css"/>'


@dataclass(frozen=True, slots=True)
class Broken:
    """A small book with a fault: who objects, the place in the EPUB, what is told, and what was done to the book."""

    name: str
    place: str
    told: str
    changes: list[Change]
    also: set[str] = field(default_factory=set)  # other objections to the same change


def item(name: str, media_type: str) -> Change:
    """List one more file in the manifest."""
    return put(OPF, LISTED, f'{LISTED}\n<item id="more" href="{name}" media-type="{media_type}"/>')


def css(declarations: str, selector: str = ".a") -> Change:
    """Make the style sheet of one rule."""
    return Change(CSS, f"{selector} {{ {declarations} }}\n")


BROKEN = [
    Broken("two-titles", "EPUB/content.opf:6", "a second title: 'More'", [put(OPF, "</dc:title>", "</dc:title>\n<dc:title>More</dc:title>")]),
    Broken("empty-metadata", "EPUB/content.opf", "the book has no dc:language", [put(OPF, "<dc:language>en</dc:language>", "")]),
    Broken("empty-metadata", "EPUB/content.opf:5", "dc:title is empty", [put(OPF, "<dc:title>Lamps", "<dc:title> ")]),
    Broken("language", "EPUB/content.opf:6", "'English' is no language", [put(OPF, ">en<", ">English<")]),
    Broken("language", "EPUB/content.opf:6", "'C' is no language", [put(OPF, ">en<", ">C<")]),
    Broken("page-without-language", "EPUB/one.xhtml:3", "the page does not say its language", [put(ONE, ' lang="en" xml:lang="en"', "")]),
    Broken("unsaid-accessibility", "EPUB/content.opf", "it does not say schema:accessibilityHazard", [put(OPF, "schema:accessibilityHazard", "schema:accessibilitySummary")]),
    Broken("unsaid-fonts", "EPUB/content.opf", "it embeds fonts, and does not say ibooks:specified-fonts", [css("font-family: Lamp; src: url(lamp.otf)", "@font-face"), Change("EPUB/lamp.otf", b"OTTO"), item("lamp.otf", "font/otf")]),
    Broken("no-cover", "EPUB/content.opf", "the book names no cover", [put(OPF, ' properties="cover-image"', ""), put(OPF, '<meta name="cover" content="cover-image"/>\n', "")]),
    Broken("cover-too-small", "EPUB/cover.jpg", "the cover has 400 x 640 pixels; Kindle wants 625 x 1000 at least", [Change(COVER, picture((400, 640)))]),
    Broken("cover-too-small", "EPUB/cover.jpg", "the cover has 1000 x 1600 pixels; Apple Books wants 1400 on the shorter side at least", [Change(COVER, picture((1000, 1600)))]),
    Broken("cover-too-large", "EPUB/cover.jpg", "the cover has 1400 x 10001 pixels and 0 MB", [Change(COVER, picture((1400, 10001), mode="L"))], {"picture-too-large"}),
    Broken("cover-passed-over", "EPUB/content.opf:16", "the cover's page is linear=\"no\"", [put(OPF, 'idref="cover"', 'idref="cover" linear="no"')]),
    Broken("kind-of-picture", "EPUB/a.gif", "the picture is GIF", [Change("EPUB/a.gif", picture((9, 9), "GIF", "L")), item("a.gif", "image/gif")]),
    Broken("kind-of-picture", "EPUB/a.png", "the picture is JPEG, and the package calls it image/png", [Change("EPUB/a.png", picture((9, 9))), item("a.png", "image/png")]),
    Broken("kind-of-picture", "EPUB/a.png", "the picture is broken", [Change("EPUB/a.png", b"\x89PNG"), item("a.png", "image/png")]),
    Broken("colours-of-print", "EPUB/cover.jpg", "the picture is in CMYK", [Change(COVER, picture((1400, 2240), mode="CMYK"))]),
    Broken("transparent-picture", "EPUB/a.png", "the picture is transparent in places", [Change("EPUB/a.png", picture((9, 9), "PNG", "RGBA")), item("a.png", "image/png")]),
    Broken("picture-too-large", "EPUB/a.jpg", "the picture has 3000 x 2000 pixels", [Change("EPUB/a.jpg", picture((3000, 2000), mode="L")), item("a.jpg", "image/jpeg")]),
    Broken("picture-without-words", "EPUB/cover.xhtml:5", "'cover.jpg' has no alt", [put("EPUB/cover.xhtml", ' alt="Lamps"', "")]),
    Broken("picture-with-empty-words", "EPUB/cover.xhtml:5", "'cover.jpg' has an empty alt", [put("EPUB/cover.xhtml", 'alt="Lamps"', 'alt=""')]),
    Broken("picture-in-drawing", "EPUB/one.xhtml:6", "a picture inside <svg>", [put(ONE, RAINED, '<svg xmlns="http://www.w3.org/2000/svg"><image xmlns:x="http://www.w3.org/1999/xlink" x:href="cover.jpg"/></svg>')]),
    Broken("no-contents", "EPUB/content.opf", "the book has no table of contents (a <nav> of the type toc), or an empty one", [put(NAV, 'epub:type="toc"', 'epub:type="lot"')]),
    Broken("contents-lead-nowhere", "EPUB/nav.xhtml:7", "“One” leads to 'three.xhtml', which is no page of the book", [put(NAV, '"one.xhtml"', '"three.xhtml"')]),
    Broken("contents-lead-nowhere", "EPUB/toc.ncx:7", "“Two” leads to 'two.xhtml#three'; EPUB/two.xhtml has no such id", [put(NCX, "#two", "#three")]),
    Broken("contents-lead-to-hidden", "EPUB/nav.xhtml:8", "“Two” leads to hidden text", [put(TWO, '<h1 id="two"', '<h1 id="two" hidden="hidden"'), put(NCX, "#two", "")]),
    Broken("contents-lead-to-hidden", "EPUB/nav.xhtml:8", "“Two” leads to hidden text", [css("display: none", "h1#two"), put(NCX, "#two", "")]),
    Broken("contents-out-of-order", "EPUB/nav.xhtml:8", "“Two” comes after “One”, which stands behind it in the book", [put(NAV, "one.xhtml", "three.xhtml"), put(NAV, "two.xhtml#two", "one.xhtml"), put(NAV, "three.xhtml", "two.xhtml#two")]),
    Broken("empty-entry", "EPUB/nav.xhtml:7", "the entry that leads to 'one.xhtml' has no name", [put(NAV, ">One<", "> <")]),
    Broken("empty-entry", "EPUB/nav.xhtml:8", "a list without an entry", [put(NAV, "Two</a>", "Two</a><ol></ol>")]),
    Broken("contents-too-deep", "EPUB/nav.xhtml:8", "the contents have 4 levels", [put(NAV, '<li><a href="two.xhtml#two">Two</a></li>', '<li><a href="one.xhtml">a</a><ol><li><a href="one.xhtml">b</a><ol><li><a href="one.xhtml">c</a><ol><li><a href="two.xhtml">Two</a></li></ol></li></ol></li></ol></li>')]),
    Broken("identifiers-differ", "EPUB/toc.ncx:3", "dtb:uid is 'urn:example:lanterns'; the package says 'urn:example:lamps'", [put(NCX, "urn:example:lamps", "urn:example:lanterns")]),
    Broken("play-order", "EPUB/toc.ncx:7", "playOrder is '3', and should be 2", [put(NCX, 'playOrder="2"', 'playOrder="3"')]),
    Broken("play-order", "EPUB/toc.ncx:6", "the id 'a:1' is no id, or stands twice", [put(NCX, "point-1", "a:1")]),
    Broken("empty-heading", "EPUB/one.xhtml:5", "a heading without words", [put(ONE, ">One</h1>", "> </h1>")]),
    Broken("heading-level-skipped", "EPUB/one.xhtml:6", "<h3> follows <h1>", [put(ONE, RAINED, "<h3>Rain</h3>")]),
    Broken("empty-title", "EPUB/one.xhtml:4", "the page has no title, or an empty one", [put(ONE, "<title>One", "<title>")]),
    Broken("id-twice", "EPUB/one.xhtml:6", "the id 'one' stands on the same page too", [put(ONE, "<p>", '<p id="one">')]),
    Broken("id-twice", "EPUB/two.xhtml:6", "the id 'one' stands in EPUB/one.xhtml too", [put(TWO, "<p>", '<p id="one">')]),
    Broken("link-leads-nowhere", "EPUB/one.xhtml:6", "'two.xhtml#three': EPUB/two.xhtml has no such id", [put(ONE, RAINED, '<p><a href="two.xhtml#three">there</a></p>')]),
    Broken("link-leads-nowhere", "EPUB/one.xhtml:6", "'lamp.jpg' is not in the book", [put(ONE, RAINED, '<p><img src="lamp.jpg" alt="A lamp"/></p>')]),
    Broken("note-that-does-not-open", "EPUB/one.xhtml:6", "a note is too short to open where it is called: “1 Ibid” has 6 characters", [put(ONE, RAINED, '<p>It rained.<a epub:type="noteref" href="#note">1</a></p><aside epub:type="footnote" id="note"><p>1 Ibid</p></aside>')]),
    Broken("note-that-does-not-open", "EPUB/one.xhtml:6", "2 notes are too short to open where they are called: “1 Ibid” has 6 characters", [put(ONE, RAINED, '<p>It rained.<a epub:type="noteref" href="#note">1</a> <a epub:type="noteref" href="#more">2</a></p><aside epub:type="footnote" id="note"><p>1 Ibid</p></aside><aside epub:type="footnote" id="more"><p>2 See 1</p></aside>')]),
    Broken("note-that-does-not-open", "EPUB/two.xhtml:6", "a note is too long to open where it is called: “It rained. It rained. It raine…” has 5,499 characters", [put(ONE, RAINED, '<p>It rained.<a epub:type="noteref" href="two.xhtml#note">1</a></p>'), put(TWO, "<p>", f'<p id="note">{"It rained. " * 500}</p><p>')]),
    Broken("encoding-unsaid", "EPUB/one.xhtml:1", 'the first line does not say encoding="utf-8"', [put(ONE, '<?xml version="1.0" encoding="utf-8"?>', "")]),
    Broken("named-character", "EPUB/one.xhtml:6", "&nbsp;", [put(ONE, "<!DOCTYPE html>", '<!DOCTYPE html [<!ENTITY nbsp "&#160;">]>'), put(ONE, "It rained", "It&nbsp;rained")]),
    Broken("style-in-page", "EPUB/one.xhtml:4", "the page has a <style> of its own", [put(ONE, "</title>", "</title><style>p { margin: 0 }</style>"), put(ONE, "p {", ".a {")]),
    Broken("long-hidden-text", "EPUB/one.xhtml:6", "11,000 characters are hidden", [css("display: none", ".a"), put(ONE, RAINED, f'<p class="a">{"It rained. " * 1000}</p>')]),
    Broken("flex-or-grid", "EPUB/style.css:1", "‘display: flex’", [css("display: flex")]),
    Broken("sheet-is-dropped", "EPUB/style.css:1", "‘width: calc(1em + 2px)’", [css("width: calc(1em + 2px)")]),
    Broken("sheet-is-dropped", "EPUB/style.css:1", "‘color: var(--ink)’", [css("color: var(--ink)")]),
    Broken("sheet-is-dropped", "EPUB/one.xhtml:6", "‘max-width: min(9em, 50%)’", [put(ONE, "<p>", '<p style="max-width: min(9em, 50%)">')]),
    Broken("later-unit", "EPUB/style.css:1", "‘width: 30vw’", [css("width: 30vw")]),
    Broken("later-unit", "EPUB/style.css:1", "‘text-indent: 1rem’", [css("text-indent: 1rem")]),
    Broken("later-css", "EPUB/style.css:1", "‘position: absolute’", [css("position: absolute")]),
    Broken("later-css", "EPUB/style.css:1", "‘p:not(.a)’", [css("margin: 0", "p:not(.a)")]),
    Broken("later-css", "EPUB/style.css:2", "‘@media’", [Change(CSS, "p { margin: 0 }\n@media print {}\n")]),
    Broken("break-without-page-break", "EPUB/style.css:1", "‘break-before: page’", [css("break-before: page")]),
    Broken("style-asks-for-file", "EPUB/style.css:1", "it asks for 'lamp.png', which is not in the book", [css("background-image: url(lamp.png)")]),
    Broken("style-asks-for-file", "EPUB/style.css:1", "it asks for 'https://fonts.example.org/lamp', which is not in the book", [css("", '@import "https://fonts.example.org/lamp"; p')]),
    Broken("kind-of-font", "EPUB/lamp.woff2", "the font is WOFF 2", [Change("EPUB/lamp.woff2", b"wOF2"), item("lamp.woff2", "font/woff2")]),
    Broken("forced-body-text", "EPUB/style.css:1", "‘body { font-family: Garamond }’", [css("font-family: Garamond", "body")]),
    Broken("forced-body-text", "EPUB/style.css:1", "‘p { color: #000 }’", [css("color: #000", "p")]),
    Broken("forced-body-text", "EPUB/style.css:1", "‘p { font-size: 12pt }’", [css("font-size: 12pt", "p")]),
    Broken("side-margins", "EPUB/style.css:1", "‘body { margin: 5% }’", [css("margin: 5%", "body")]),
    Broken("side-margins", "EPUB/style.css:1", "‘p { padding-left: 1em }’", [css("padding-left: 1em", "p")]),
    Broken("negative-margin", "EPUB/style.css:1", "‘margin-top: -1em’", [css("margin-top: -1em")]),
    Broken("floating-heading", "EPUB/style.css:1", "‘float: left’", [css("float: left", "h1.a")]),
    Broken("fixed-height", "EPUB/style.css:1", "‘.a { height: 9em }’", [css("height: 9em")]),
    Broken("poor-contrast", "EPUB/style.css:1", "‘color: silver’ has a contrast of 1.8 to 1", [css("color: silver")]),
    Broken("poor-contrast", "EPUB/style.css:1", "‘color: #999’ has a contrast of 2.5 to 1", [css("color: #999; background: #eee")]),
    Broken("poor-contrast", "EPUB/style.css:1", "‘background: navy’ has a contrast of 1.3 to 1", [css("background: navy")]),
    Broken("mimetype-misplaced", "mimetype", "the file mimetype does not say application/epub+zip", [Change("mimetype", "application/zip")]),
    Broken("mimetype-misplaced", "", "the zip does not begin with the file mimetype", [Change("mimetype", None)]),
    Broken("file-name", "EPUB/a lamp.css", "the file's name is 'EPUB/a lamp.css'", [Change("EPUB/a lamp.css", ""), item("a%20lamp.css", "text/css")]),
    Broken("unsafe-path", "EPUB/../../lamp.css", "the path 'EPUB/../../lamp.css' leads out of the book", [Change("EPUB/../../lamp.css", ""), item("../../lamp.css", "text/css")], {"missing-file", "unlisted-file"}),
    Broken("unsafe-path", "EPUB/style.css", "two files are called 'EPUB/style.css'", [Change("EPUB/Style.css", ""), item("Style.css", "text/css")]),
    Broken("missing-file", "EPUB/content.opf:21", "EPUB/lamp.css is listed and not in the book", [item("lamp.css", "text/css")]),
    Broken("unlisted-file", "EPUB/lamp.txt", "the package document does not list it", [Change("EPUB/lamp.txt", "a lamp")]),
    Broken("not-well-formed", "EPUB/one.xhtml:7", "not well-formed: Opening and ending tag mismatch: p line 6 and body", [put(ONE, "</p>", "")], {"contents-lead-nowhere"}),
    Broken("script", "EPUB/one.xhtml:6", "<script>", [put(ONE, RAINED, "<script>rain()</script>")]),
    Broken("file-elsewhere", "EPUB/one.xhtml:6", "https://example.org/lamp.jpg lies elsewhere", [put(ONE, RAINED, '<p><img src="https://example.org/lamp.jpg" alt="A lamp"/></p>')]),
    Broken("locked", "META-INF/rights.xml", "it has META-INF/rights.xml", [Change("META-INF/rights.xml", "<rights/>")]),
    Broken("locked", "META-INF/encryption.xml", "files in it are encrypted", [Change("META-INF/encryption.xml", '<x Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>')]),
    Broken("page-too-large", "EPUB/one.xhtml", "the page has 350 kB; older readers fail above 300", [put(ONE, "It rained.", "It rained. " * 31_815)]),
]  # fmt: skip
