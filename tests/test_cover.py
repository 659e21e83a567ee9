"""The cover: what is read is what readers can show, what is drawn is the same everywhere and never fails."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from font_source_serif_pro import font_files_ttf
from PIL import Image, ImageChops

from bookbuild.errors import BookError, Place
from bookbuild.writers.cover import Cover, read_cover
from bookbuild.writers.cover_drawing import FACES, SIZE, draw_cover
from bookbuild.writers.cover_lettering import Face, balanced, fitted
from tests.tree_samples import sample_edition

ASKED_AT = Place("build.yaml", 7, 8)
GOOD = (1600, 2560)


def saved(folder: Path, picture: Image.Image, name: str = "cover.jpg", **options: Any) -> Path:
    path = folder / name
    picture.save(path, **options)
    return path


def opened(cover: Cover) -> Image.Image:
    return Image.open(BytesIO(cover.data))


def drawn(**keys: object) -> Cover:
    return draw_cover(sample_edition(**keys).settings, font_files_ttf)


# ---------------------------------------------------------------- reading


@pytest.mark.parametrize(("name", "media_type"), [("cover.jpg", "image/jpeg"), ("cover.png", "image/png")])
def test_a_good_picture_goes_into_the_book_byte_for_byte(tmp_path: Path, name: str, media_type: str) -> None:
    path = saved(tmp_path, Image.new("RGB", GOOD, "navy"), name)

    assert read_cover(path, ASKED_AT) == Cover(path.read_bytes(), media_type, GOOD)


def test_the_kind_is_told_by_the_bytes_not_by_the_name(tmp_path: Path) -> None:
    path = saved(tmp_path, Image.new("RGB", GOOD), "cover.jpg", format="PNG")

    assert read_cover(path, ASKED_AT).name == "cover.png"


def test_cmyk_becomes_rgb_and_is_told(tmp_path: Path) -> None:
    cover = read_cover(saved(tmp_path, Image.new("CMYK", GOOD)), ASKED_AT)

    assert opened(cover).mode == "RGB"
    assert [found.message for found in cover.findings] == [
        "the cover is in CMYK; its colours on a screen are a guess"
    ]


def test_a_transparent_picture_is_laid_on_white_and_is_told(tmp_path: Path) -> None:
    cover = read_cover(saved(tmp_path, Image.new("RGBA", GOOD, (0, 0, 0, 0)), "cover.png"), ASKED_AT)

    assert (opened(cover).mode, opened(cover).getpixel((9, 9))) == ("RGB", (255, 255, 255))
    assert "transparent" in cover.findings[0].message


def test_an_alpha_channel_that_hides_nothing_goes_without_a_word(tmp_path: Path) -> None:
    cover = read_cover(saved(tmp_path, Image.new("RGBA", GOOD, "red"), "cover.png"), ASKED_AT)

    assert (opened(cover).mode, cover.findings) == ("RGB", ())


def test_grey_in_sixteen_bits_keeps_its_shades(tmp_path: Path) -> None:
    cover = read_cover(saved(tmp_path, Image.new("I;16", GOOD, 0x8080), "cover.png"), ASKED_AT)

    assert opened(cover).convert("L").getpixel((9, 9)) == 0x80


def test_a_picture_that_a_camera_turned_is_turned_back(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    cover = read_cover(saved(tmp_path, Image.new("RGB", (2560, 1600)), exif=exif), ASKED_AT)

    assert opened(cover).size == GOOD


def test_a_picture_larger_than_apple_takes_is_made_smaller_and_is_told(tmp_path: Path) -> None:
    cover = read_cover(saved(tmp_path, Image.new("RGB", (3000, 4800))), ASKED_AT)

    assert cover.size[0] * cover.size[1] <= 5_600_000
    assert "3000 x 4800" in cover.findings[0].message


@pytest.mark.parametrize("data", [b"", b"no picture", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"])
def test_what_is_no_picture_is_an_error_with_place_and_way_out(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "cover.jpg").write_bytes(data)

    with pytest.raises(BookError) as caught:
        read_cover(tmp_path / "cover.jpg", ASKED_AT)

    assert str(caught.value) == (
        "build.yaml:7:8: error: the cover 'cover.jpg' is not a JPEG or PNG, or is broken\n"
        "  hint: save it anew as JPEG or PNG, a cover with about 1600 x 2560 pixels"
    )


@pytest.mark.parametrize("name", ["cover.jpg", "cover.png"])
def test_a_picture_that_is_cut_off_is_an_error(tmp_path: Path, name: str) -> None:
    path = saved(tmp_path, Image.effect_noise(GOOD, 60), name)
    path.write_bytes(path.read_bytes()[:-5000])

    with pytest.raises(BookError, match="broken"):
        read_cover(path, ASKED_AT)


def test_a_gif_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="not a JPEG or PNG"):
        read_cover(saved(tmp_path, Image.new("P", GOOD), "cover.gif"), ASKED_AT)


@pytest.mark.parametrize("side", [10_500, 20_000])
def test_a_picture_that_would_fill_the_memory_is_an_error_and_is_never_decoded(
    tmp_path: Path, side: int
) -> None:
    path = saved(tmp_path, Image.new("1", (side, side)), "cover.png")

    with pytest.raises(BookError, match="more than 10,000 x 10,000 pixels"):
        read_cover(path, ASKED_AT)


def test_a_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="cannot be read"):
        read_cover(tmp_path, ASKED_AT)


# ---------------------------------------------------------------- drawing


def test_a_drawn_cover_is_of_the_best_size_and_the_same_every_time() -> None:
    cover = drawn()

    assert (opened(cover).size, opened(cover).mode, cover.findings) == (SIZE, "RGB", ())
    assert drawn().data == cover.data


def test_another_title_has_another_cover_and_an_edition_of_the_same_title_the_same_colours() -> None:
    def ground(**keys: object) -> object:
        return opened(drawn(**keys)).getpixel((5, 5))

    assert ground(subtitle="Second, Revised Tale") == ground()
    assert len({ground(title=title) for title in ("Wick", "Tide")}) > 1


def test_lettering_stays_inside_the_frame() -> None:
    long = "The Unbearable Lightness of a Hundred Thousand Konstantinopolitan Lanterns"
    names = ["Aleksandra Konstantinopolskaya-Wittgenstein", *"BCDE"]
    picture = opened(drawn(title=long, subtitle=long, authors=names, series={"name": long}))
    ground = Image.new("RGB", SIZE, picture.getpixel((5, 5)))
    between = (104, 104, 160, SIZE[1] - 104)  # from the inner line of the frame to where lettering may begin

    shown = (
        ImageChops.difference(picture, ground)
        .crop(between)
        .convert("L")
        .point(lambda level: 255 * (level > 24))
    )

    assert shown.getbbox() is None


@pytest.mark.parametrize(
    "title", ["紅樓夢", "Rocket 🚀 Girls", "x" * 300, "a " * 3000, "\x00\x0b\u202e", "ﷺ"]
)
def test_a_title_that_is_hard_to_draw_is_drawn_as_far_as_it_goes(title: str) -> None:
    cover = drawn(title=title, authors=[title])

    assert opened(cover).size == SIZE
    assert all("'cover: cover.jpg'" in found.hint for found in cover.findings)


def test_a_title_that_the_font_lacks_is_told() -> None:
    cover = drawn(title="紅樓夢")

    assert [found.message for found in cover.findings] == [
        "the drawn cover cannot show all of '紅樓夢': too long, or with characters that its font lacks"
    ]


def test_a_long_name_of_an_author_is_broken_into_lines_that_can_be_read() -> None:
    name = "Maximiliana Wilhelmina von Hohenlohe and the Estate of Sir Peregrine Featherstonehaugh"
    picture = opened(drawn(authors=[name])).convert("L")
    ground = picture.getpixel((5, 5))
    below_the_rosette = picture.crop((160, 2060, SIZE[0] - 160, SIZE[1] - 110))

    shown = below_the_rosette.point(lambda level: 255 * (abs(level - ground) > 60)).getbbox()

    assert shown is not None
    assert shown[3] - shown[1] > 120


def test_letters_are_kerned_as_the_font_says() -> None:
    face = Face(Path(font_files_ttf[FACES["title"]]))

    assert face.width("AV") < face.width("A") + face.width("V")
    assert face.width("HH") == pytest.approx(2 * face.width("H"))


def test_lines_are_balanced_and_do_not_end_in_small_words() -> None:
    title = "The Wind in the Willows and the House of a Hundred Rooms"

    assert balanced(title.split(), 3, len)[2] == [
        "The Wind in the Willows",
        "and the House",
        "of a Hundred Rooms",
    ]


def test_a_short_title_is_set_no_larger_than_the_largest_size() -> None:
    face = Face(Path(font_files_ttf[FACES["title"]]))

    assert fitted("Dune", face, (1200, 700), 290, 1.1) == (["Dune"], 290)
