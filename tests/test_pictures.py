"""Pictures in the text: how they come in, what becomes of them, and what is refused."""

import random
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image, ImageCms, PngImagePlugin

from bookbuild.errors import BookError, Place
from bookbuild.readback import epub_words
from bookbuild.writers.safe_svg import safe_svg
from tests.epub_reading import xpath
from tests.program import MINIMAL, Said, make_book, run

AT = Place("chapter-1.txt", 3, 1)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">{}</svg>'


def encoded(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    output = BytesIO()
    image.save(output, kind, **options)
    return output.getvalue()


def photograph(width: int = 400, height: int = 300) -> Image.Image:
    shades = random.Random(1)  # noqa: S311 (a picture, not a secret)
    small = Image.frombytes("RGB", (40, 30), bytes(shades.randrange(256) for _ in range(3600)))
    return small.resize((width, height), Image.Resampling.BICUBIC)


def book(folder: Path, line: str, pictures: dict[str, bytes], keys: str = "") -> Path:
    chapter = f"Chapter 1\n\nIt rained on the quay.\n\n{line}\n\nIt went on raining.\n"
    return make_book(folder, {"chapter-1.txt": chapter, **pictures}, MINIMAL + keys)


def built(folder: Path, edition: str = "epub") -> tuple[Said, dict[str, bytes]]:
    """Build, and give what was said and the files of the EPUB."""
    said = run(folder, "build", "-e", edition)
    file = folder / "build" / "the-salt-road.epub"
    if not file.exists():
        return said, {}
    with zipfile.ZipFile(file) as epub:
        return said, {name.removeprefix("EPUB/"): epub.read(name) for name in epub.namelist()}


def shown(folder: Path, data: bytes, name: str = "map.png", keys: str = "") -> Image.Image:
    """Put one picture through a book, and open what comes out."""
    said, files = built(book(folder, f"![a map]({name})", {name: data}, keys))
    assert said.code == 0, said.err
    (out,) = [file for file in files if file.startswith("picture-")]
    return Image.open(BytesIO(files[out]))


# ---------------------------------------------------------------- into the book


def test_a_picture_stands_in_its_place_with_description_and_caption(tmp_path: Path) -> None:
    line = '![Ilse\'s "hat"](hat.png "The *Marianne* -- in 1908")'
    said, files = built(book(tmp_path, line, {"hat.png": encoded(photograph(20, 30))}))

    page = files["chapter-1.xhtml"]
    assert (said.code, said.err) == (0, "")
    assert xpath(page, "//h:figure/h:img/@src") == ["picture-hat.jpg"]
    assert xpath(page, "//h:figure/h:img/@alt") == ["Ilse’s “hat”"]
    assert "".join(xpath(page, "//h:figcaption//text()")) == "The Marianne—in 1908"
    assert xpath(page, "//h:figcaption/h:em/text()") == ["Marianne"]
    assert xpath(files["content.opf"], "//opf:item[@href='picture-hat.jpg']/@media-type") == ["image/jpeg"]
    words = [word.text for word in epub_words(tmp_path / "build" / "the-salt-road.epub")]
    assert words[words.index("quay") + 1 :][:4] == ["Ilse", "s", "hat", "The"]


def test_a_picture_without_a_description_is_a_doubt_and_the_book_claims_less(tmp_path: Path) -> None:
    said, files = built(book(tmp_path, "map.png: The quay", {"map.png": encoded(photograph(20, 30))}))

    assert said.code == 0
    assert said.err.startswith("manuscript/chapter-1.txt:5:1: doubt: this picture has no description")
    assert len(said.err.splitlines()) == 1  # what Kindle says of it is not told again
    assert xpath(files["chapter-1.xhtml"], "//h:img/@alt") == [""]
    assert b"alternativeText" not in files["content.opf"]
    assert b"conformsTo" not in files["content.opf"]


def test_a_rule_keeps_a_name_that_is_no_picture(tmp_path: Path) -> None:
    rules = "rules: {typed-picture: {except-at: [map.png]}}\n"
    said, files = built(book(tmp_path, "map.png", {}, rules))

    assert (said.code, said.err) == (0, "")
    assert ">map.png</p>" in files["chapter-1.xhtml"].decode()


def test_a_picture_in_another_folder_of_the_book_is_found_beside_the_chapter(tmp_path: Path) -> None:
    book(tmp_path, "![a map](../art/The%20Map.png)", {})
    (tmp_path / "art").mkdir()
    (tmp_path / "art" / "The Map.png").write_bytes(encoded(photograph()))

    assert "picture-the-map.jpg" in built(tmp_path)[1]


# ---------------------------------------------------------------- made fit


def test_a_picture_is_turned_upright_and_nothing_of_its_making_is_kept(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "SecretCam"
    sample = encoded(photograph(60, 40), "JPEG", exif=exif, comment=b"SecretCam")

    picture = shown(tmp_path, sample, "map.jpg")

    assert picture.size == (40, 60)
    assert not picture.getexif()
    assert "SecretCam" not in repr(picture.info)


def test_texts_in_a_png_are_left_out(tmp_path: Path) -> None:
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", "SecretCam")

    assert not shown(tmp_path, encoded(Image.new("L", (9, 9)), pnginfo=told)).info


@pytest.mark.parametrize(
    ("image", "kind", "name", "became"),
    [
        (photograph(), "JPEG", "a.jpg", ("JPEG", "RGB")),
        (photograph(), "PNG", "a.png", ("JPEG", "RGB")),
        (photograph(), "WEBP", "a.webp", ("JPEG", "RGB")),
        (photograph().convert("CMYK"), "JPEG", "a.jpeg", ("JPEG", "RGB")),
        (Image.new("RGB", (9, 9), "red"), "PNG", "a.png", ("PNG", "P")),
        (Image.new("RGBA", (9, 9), (0, 0, 0, 0)), "PNG", "a.png", ("PNG", "P")),
        (Image.new("L", (9, 9), 7), "PNG", "a.png", ("PNG", "L")),
        (Image.new("I;16", (9, 9), 65535), "PNG", "a.png", ("PNG", "L")),
        (Image.new("1", (9, 9)), "PNG", "a.png", ("PNG", "L")),
        (Image.new("P", (9, 9)), "GIF", "a.gif", ("PNG", "P")),
        (photograph().convert("L"), "JPEG", "a.jpg", ("JPEG", "L")),
    ],
)
def test_every_kind_becomes_one_that_all_readers_show(
    tmp_path: Path, image: Image.Image, kind: str, name: str, became: tuple[str, str]
) -> None:
    picture = shown(tmp_path, encoded(image, kind), name)

    assert (picture.format, picture.mode) == became
    assert picture.size == image.size
    assert "transparency" not in picture.info


def test_what_is_transparent_is_laid_on_white(tmp_path: Path) -> None:
    assert shown(tmp_path, encoded(Image.new("RGBA", (9, 9), (0, 0, 0, 0)))).convert("RGB").getpixel((4, 4)) == (
        255, 255, 255,
    )  # fmt: skip


def test_of_a_moving_picture_the_first_is_shown(tmp_path: Path) -> None:
    red, blue = Image.new("RGB", (9, 9), "red"), Image.new("RGB", (9, 9), "blue")
    moving = encoded(red, "GIF", save_all=True, append_images=[blue])

    assert shown(tmp_path, moving, "map.gif").convert("RGB").getpixel((4, 4)) == (255, 0, 0)


def test_colours_come_into_those_of_screens(tmp_path: Path) -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    assert "icc_profile" not in shown(tmp_path, encoded(photograph(), "JPEG", icc_profile=lab), "a.jpg").info


def test_a_broken_profile_of_colours_says_nothing(tmp_path: Path) -> None:
    assert shown(tmp_path, encoded(photograph(), "JPEG", icc_profile=b"nonsense"), "a.jpg").size == (400, 300)


def test_pictures_are_made_smaller_and_grey_where_it_is_asked_for(tmp_path: Path) -> None:
    keys = "pictures: {max-pixels: 30000, greyscale: on, quality: 60}\n"
    picture = shown(tmp_path, encoded(photograph(400, 300), "JPEG"), "map.jpg", keys)

    assert picture.mode == "L"
    assert picture.size == (200, 150)


def test_the_same_pictures_give_the_same_bytes(tmp_path: Path) -> None:
    book(tmp_path, "![a map](map.png)", {"map.png": encoded(photograph())})

    assert built(tmp_path)[1] == built(tmp_path)[1]


def test_in_print_a_picture_with_too_few_dots_is_told(tmp_path: Path) -> None:
    book(tmp_path, "![a map](map.png)", {"map.png": encoded(photograph(800, 100))})

    said = run(tmp_path, "check", "-e", "pdf")

    assert said.err == (
        "manuscript/chapter-1.txt:5:3: warning: the picture 'manuscript/map.png' is printed at 193 dots to the inch; "
        "printers ask for 300\n  hint: give it 1238 pixels in width\n"
    )


def test_a_picture_is_in_the_pdf_and_its_caption_is_counted(tmp_path: Path) -> None:
    book(tmp_path, '![a map](map.png "The quay, in 1908")', {"map.png": encoded(photograph(1250, 300))})

    said = run(tmp_path, "build", "-e", "pdf")

    assert (said.code, said.err) == (0, "")
    assert "manuscript = tree = PDF" in said.out


@pytest.mark.parametrize("to", ["txt", "md", "html"])
def test_a_picture_is_in_the_clean_text(tmp_path: Path, to: str) -> None:
    book(tmp_path, '![a map](map.png "The quay")', {})

    said = run(tmp_path, "normalise", "--to", to, "manuscript/chapter-1.txt")

    assert said.code == 0, said.err
    assert {
        "txt": "![a map](<map.png> “The quay”)",
        "md": '![a map](<map.png> "The quay")',
        "html": '<img src="manuscript/map.png" alt="a map"/>',
    }[to] in said.out


# ---------------------------------------------------------------- refused


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("![a map](map.png)", "there is no file 'manuscript/map.png'"),
        ("![a map](../../map.png)", "'../map.png' lies outside the book's folder"),
        ("![a map](/etc/hostname.png)", "'/etc/hostname.png' lies outside the book's folder"),
        ("![a map](map.tiff)", "'manuscript/map.tiff' is no kind of picture that readers show"),
        ("![a map](out.png)", "'manuscript/out.png' lies outside the book's folder"),
        (
            "![a map](broken.png)",
            "the picture 'manuscript/broken.png' is not a PNG, JPEG, GIF or WEBP, or is broken",
        ),
        (
            "![a map](cut.jpg)",
            "the picture 'manuscript/cut.jpg' is not a PNG, JPEG, GIF or WEBP, or is broken",
        ),
        (
            "![a map](eps.png)",
            "the picture 'manuscript/eps.png' is not a PNG, JPEG, GIF or WEBP, or is broken",
        ),
        ("![a map](bomb.png)", "the picture 'manuscript/bomb.png' has more than 10,000 x 10,000 pixels"),
        ("![a map](broken.svg)", "the picture 'manuscript/broken.svg' is no SVG, or is broken"),
        ("![a map](folder.png)", "the picture 'manuscript/folder.png' cannot be read"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_its_line(tmp_path: Path, line: str, told: str) -> None:
    photo = encoded(photograph(), "JPEG")
    pictures = {
        "broken.png": b"\x89PNG nonsense",
        "cut.jpg": photo[: len(photo) // 2],
        "eps.png": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        "bomb.png": encoded(Image.new("1", (12_000, 12_000))),
        "broken.svg": b"<svg",
        "map.tiff": b"II*\0",
    }
    folder = tmp_path / "book"
    folder.mkdir()
    book(folder, line, pictures)
    (tmp_path / "map.png").write_bytes(encoded(photograph()))
    (folder / "manuscript" / "out.png").symlink_to(tmp_path / "map.png")
    (folder / "manuscript" / "folder.png").mkdir()

    said = run(folder, "build", "-e", "epub")

    assert said.code == 1
    assert said.err.startswith(f"manuscript/chapter-1.txt:5:3: error: {told}")
    assert not (folder / "build").exists()


def test_a_picture_of_the_web_is_not_fetched_and_that_is_told(tmp_path: Path) -> None:
    said, files = built(book(tmp_path, "![a map](https://example.org/map.png)", {}))

    assert said.code == 0
    assert "doubt: a picture stood here, and it is not in the book" in said.err
    assert b"example.org" not in files["chapter-1.xhtml"]


def test_every_picture_that_cannot_be_shown_is_told_at_once(tmp_path: Path) -> None:
    said = run(book(tmp_path, "![a](a.png)\n\n![b](b.png)", {}), "check", "-e", "epub")

    assert said.err.count("error: there is no file") == 2


# ---------------------------------------------------------------- drawings


@pytest.mark.parametrize(
    ("inside", "lost"),
    [
        ("<script>alert(1)</script>", "script"),
        ('<rect onclick="alert(1)" width="9" height="9"/>', "onclick"),
        ('<image href="http://example.org/a.png" width="9" height="9"/>', "image"),
        ('<use xlink:href="other.svg#a"/>', "href"),
        ('<use href="file:///etc/passwd"/>', "href"),
        ("<style>@import url(http://example.org/a.css);</style>", "style"),
        ('<rect style="fill: url(http://example.org/a.svg#b)"/>', "style"),
        ('<rect fill="url( &quot;http://example.org/a.svg#b&quot;)"/>', "fill"),
        ('<rect style="fill: u\\72l(http://example.org)"/>', "style"),
        ('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>', "foreignObject"),
        ('<a href="javascript:alert(1)"><rect/></a>', "a"),
        ('<animate attributeName="href" to="javascript:alert(1)"/>', "animate"),
        ('<filter id="f"><feImage href="http://example.org/a.png"/></filter>', "filter"),
    ],
)
def test_a_drawing_keeps_nothing_that_runs_or_fetches(inside: str, lost: str) -> None:
    safe, found = safe_svg(SVG.format(f"<g>{inside}<path d='M0 0L9 9'/></g>").encode(), "the picture", AT)

    assert len(found) == 1
    assert lost in str(found[0])
    text = safe.decode()
    assert not any(
        word in text for word in ("example.org", "alert", "passwd", "script", "@import", "other.svg")
    )
    assert etree.fromstring(safe).xpath("count(//*[local-name() = 'path'])") == 1


def test_a_drawing_that_only_draws_is_left_as_it_is() -> None:
    inside = (
        '<defs><linearGradient id="g"><stop offset="0" stop-color="#000"/></linearGradient></defs>'
        '<rect fill="url(#g)" width="9" height="9"/><text x="1" y="2" font-size="3">Quay</text><use xlink:href="#g"/>'
    )
    safe, found = safe_svg(SVG.format(inside).encode(), "the picture", AT)

    assert not found
    assert inside in safe.decode()


@pytest.mark.parametrize(
    "data",
    [
        b"<html/>",
        b"",
        b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg"><text>&b;</text>',
    ],
)
def test_what_is_no_drawing_is_refused(data: bytes) -> None:
    with pytest.raises(BookError, match=r"chapter-1\.txt:3:1: error: the picture is no SVG"):
        safe_svg(data, "the picture", AT)


def test_entities_of_a_drawing_are_not_followed() -> None:
    data = b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg"><text>&a;</text></svg>'

    safe, _ = safe_svg(data, "the picture", AT)

    assert b"root" not in safe
    assert b"ENTITY" not in safe
    etree.fromstring(safe)
