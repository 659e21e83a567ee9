"""What printers demand of a file: every figure once, with where it stands and when that was read. Correct it here, and nowhere else.

Printers change their figures. A source that begins "from memory" was not to be had in full when it was written down: what it
says is asked for as a warning and not as an error, and the author is told to look at the printer's own page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType


class Inks(Enum):
    """What colours are made of in a file."""

    GREY = "black ink alone"
    CMYK = "the four inks of a press"
    SRGB = "the colours of a screen"


class Ink(Enum):
    """What a book's pages are printed in."""

    BLACK = "black"
    STANDARD = "standard colour"
    PREMIUM = "premium colour"


class PaperName(Enum):
    """The paper of a book's pages."""

    WHITE = "white"
    CREAM = "cream"
    GROUNDWOOD = "groundwood"


Size = tuple[float, float]
"""Width and height in inches."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that a printer has for an ink, and how many pages of it make a book."""

    name: PaperName
    ink: Ink
    caliper: float  # inches that a page takes in the spine; a leaf has two
    least: int
    most: int
    most_of_large: int  # where the trim is wider than 8.3in


@dataclass(frozen=True, slots=True)
class CoverDemands:
    """What a printer demands of a cover in one piece: back, spine, front. Lengths are in inches."""

    inks: Inks
    bleed: float  # on all four sides
    safe: float  # from the trim, where no text may stand
    spine_text_from: int  # pages: a thinner spine stays blank
    spine_clear: float  # on either side of the spine's text
    spine_more: float  # what a spine is wider than its pages
    barcode: Size  # the white field that it stands in
    barcode_from: Size  # the field's distance from the spine and from the foot


@dataclass(frozen=True, slots=True, eq=False)
class Printer:
    """What a printer demands of a book. Lengths are in inches."""

    key: str  # as build.yaml has it
    name: str
    trims: tuple[Size, ...]
    custom_trims: tuple[Size, Size] | None  # the least and the largest, where others than these are printed
    papers: tuple[Paper, ...]
    inside: tuple[tuple[int, float], ...]  # up to so many pages → the least inside margin
    margin: float  # the least at the other three sides
    margin_with_bleed: float
    bleed: float
    bleeds_at_spine: bool
    always_bleeds: bool
    black: Inks  # of pages in black
    colour: Inks  # of pages in colour
    pdf_x: bool  # whether it asks for PDF/X-1a
    ends_blank: bool  # whether the last page must be blank, for a barcode of the printer's own
    plain: bool  # whether it refuses links, outline and metadata
    resolution: int  # dots to the inch, at least
    most_resolution: int
    ink_limit: int  # per cent of all four inks together
    megabytes: int
    cover: CoverDemands
    sources: Mapping[str, str]  # the field → where its figure stands, and when that was read

    def is_sure(self, field: str) -> bool:
        """Whether a figure was read at its source; one from memory is only asked for."""
        return not self.sources.get(field, "").startswith("from memory")

    def paper(self, name: PaperName, ink: Ink) -> Paper | None:
        """Give the paper of this name that is printed on in this ink."""
        return next((paper for paper in self.papers if (paper.name, paper.ink) == (name, ink)), None)

    def inside_of(self, pages: int) -> float:
        """Give the least inside margin of a book of so many pages, in inches."""
        enough = [inches for most, inches in self.inside if pages <= most]
        return enough[0] if enough else self.inside[-1][1]


_W, _C, _G = PaperName.WHITE, PaperName.CREAM, PaperName.GROUNDWOOD
_COMMON: tuple[Size, ...] = (
    (5, 8), (5.06, 7.81), (5.25, 8), (5.5, 8.5), (6, 9), (6.14, 9.21), (6.69, 9.61), (7, 10), (7.44, 9.69),
    (7.5, 9.25), (8, 10), (8.5, 8.5), (8.5, 11), (8.27, 11.69),
)  # fmt: skip
_INGRAM: tuple[Size, ...] = (
    (4, 6), (4, 7), (4.25, 7), (4.37, 7), (4.72, 7.48), (5, 7), (5.5, 8.25), (5.83, 8.27), (6.5, 6.5), (6.625, 10.25),
    (8, 8), (8.25, 10.75), (8.25, 11), (8.5, 9),
)  # fmt: skip
_ANY = 10_000  # pages: for all books

KDP = Printer(
    key="kdp",
    name="Amazon KDP",
    trims=(*_COMMON, (8.25, 6), (8.25, 8.25)),
    custom_trims=((4, 6), (8.5, 11.69)),
    papers=(
        Paper(_W, Ink.BLACK, 0.002252, 24, 828, 590),
        Paper(_C, Ink.BLACK, 0.0025, 24, 776, 550),
        Paper(_W, Ink.STANDARD, 0.002252, 72, 600, 600),
        Paper(_W, Ink.PREMIUM, 0.002347, 24, 828, 590),
    ),
    inside=((150, 0.375), (300, 0.5), (500, 0.625), (700, 0.75), (828, 0.875)),
    margin=0.25,
    margin_with_bleed=0.375,
    bleed=0.125,
    bleeds_at_spine=False,
    always_bleeds=False,
    black=Inks.GREY,
    colour=Inks.SRGB,
    pdf_x=False,
    ends_blank=False,
    plain=True,
    resolution=300,
    most_resolution=600,
    ink_limit=240,
    megabytes=650,
    cover=CoverDemands(
        inks=Inks.SRGB,
        bleed=0.125,
        safe=0.125,
        spine_text_from=79,
        spine_clear=0.0625,
        spine_more=0.0,
        barcode=(2.0, 1.2),
        barcode_from=(0.25, 0.25),
    ),
    sources=MappingProxyType(
        {
            "trims": "kdp.amazon.com/help/topic/G201834180 and GVBQ3CMEQW3W2VL6, 2026-11; sizes in part from 30daypivot.com, 2026",
            "custom_trims": "kdp.amazon.com/help/topic/GVBQ3CMEQW3W2VL6, as 30daypivot.com tells it, 2026-11",
            "papers": "pages: bookbolt.kb.help on KDP's print options, 2026-11; calipers: KDP's example of 200 white pages, 0.450in, by kidillus.com and print.ymirtool.com, 2026-05",
            "inside": "kdp.amazon.com/help/topic/GVBQ3CMEQW3W2VL6, as senswriter.com and minjeegan.com tell it alike, 2026-11",
            "margin": "kdp.amazon.com/help/topic/GVBQ3CMEQW3W2VL6, as senswriter.com tells it, 2026-11",
            "margin_with_bleed": "the same, as minjeegan.com tells it, 2026-11",
            "bleed": "kdp.amazon.com/help/topic/GVBQ3CMEQW3W2VL6: width + 0.125in, height + 0.25in, 2026-11",
            "black": "the rule of all printers: text in black ink alone",
            "colour": "kdp.amazon.com/help/topic/G201857950 takes both, 2026-11; its own conversion knows its presses",
            "plain": "kdp.amazon.com/help/topic/G201857950: no bookmarks, annotations, metadata, encryption, 2026-11",
            "resolution": "kdp.amazon.com/help/topic/G201857950, 2026-11",
            "most_resolution": "from memory: more is not seen",
            "ink_limit": "from memory: as IngramSpark",
            "megabytes": "kdp.amazon.com/help/topic/G201857950, 2026-11",
            "cover": "kdpeasy.com and minjeegan.com on KDP's cover calculator, 2026-11; the 0.06in some add to the spine contradict KDP's own example",
        }
    ),
)

INGRAM = Printer(
    key="ingram",
    name="IngramSpark",
    trims=_COMMON + _INGRAM,
    custom_trims=None,
    papers=(
        Paper(_W, Ink.BLACK, 1 / 472, 18, 1200, 1200),
        Paper(_C, Ink.BLACK, 1 / 472, 18, 1200, 1200),
        Paper(_G, Ink.BLACK, 1 / 550, 18, 1200, 1200),
        Paper(_W, Ink.STANDARD, 1 / 472, 18, 1200, 1200),
        Paper(_W, Ink.PREMIUM, 1 / 340, 18, 1200, 1200),
    ),
    inside=((_ANY, 0.5),),
    margin=0.5,
    margin_with_bleed=0.5,
    bleed=0.125,
    bleeds_at_spine=False,
    always_bleeds=False,
    black=Inks.GREY,
    colour=Inks.CMYK,
    pdf_x=True,
    ends_blank=True,
    plain=True,
    resolution=300,
    most_resolution=600,
    ink_limit=240,
    megabytes=2000,
    cover=CoverDemands(
        inks=Inks.CMYK,
        bleed=0.125,
        safe=0.25,
        spine_text_from=48,
        spine_clear=0.0625,
        spine_more=0.002,
        barcode=(1.75, 1.0),
        barcode_from=(0.25, 0.25),
    ),
    sources=MappingProxyType(
        {
            "trims": "from memory: File Creation Guide, trim sizes",
            "custom_trims": "from memory: File Creation Guide",
            "papers": "from memory of others, who read it off Lightning Source's calculator (notes of 2024 on GitHub): near; the Cover Template Generator alone is right",
            "inside": "ingramspark.com/blog/file-requirements-for-print-books, 2017-01-31: 0.5in on all sides",
            "margin": "ingramspark.com/blog/file-requirements-for-print-books, 2017-01-31",
            "margin_with_bleed": "help.ingramspark.com 5338636202637, 2026-11",
            "bleed": "from memory: File Creation Guide, 0.125in on three sides",
            "black": "help.ingramspark.com 6443532453901, 2026-11: no profiles, black in black ink alone",
            "colour": "help.ingramspark.com 5338619119245, 2026-11: CMYK",
            "pdf_x": "help.ingramspark.com 6443532453901, 2026-11: PDF/X-1a:2001",
            "ends_blank": "ingramspark.com/blog/file-requirements-for-print-books, 2017-01-31; they add a leaf otherwise",
            "plain": "PDF/X-1a (ISO 15930-1) leaves no links in the page",
            "resolution": "from memory: File Creation Guide, 300 ppi",
            "most_resolution": "from memory: more is not seen",
            "ink_limit": "from memory: File Creation Guide, 240 %",
            "megabytes": "from memory: 2 GB",
            "cover": "help.ingramspark.com 5338636202637, 2026-11 (0.25in, 0.0625in of variance); 48 pages and the barcode from memory of the File Creation Guide",
        }
    ),
)

LULU = Printer(
    key="lulu",
    name="Lulu",
    trims=(*_COMMON, (4.25, 6.875), (5.83, 8.27), (6.63, 10.25), (7.5, 7.5), (9, 7), (11, 8.5)),
    custom_trims=None,
    papers=(
        Paper(_W, Ink.BLACK, 1 / 444, 32, 800, 800),
        Paper(_C, Ink.BLACK, 1 / 444, 32, 800, 800),
        Paper(_W, Ink.STANDARD, 1 / 444, 32, 800, 800),
        Paper(_W, Ink.PREMIUM, 1 / 444, 32, 800, 800),
    ),
    inside=((60, 0.5), (400, 0.7), (_ANY, 0.8)),
    margin=0.5,
    margin_with_bleed=0.5,
    bleed=0.125,
    bleeds_at_spine=True,
    always_bleeds=True,
    black=Inks.GREY,
    colour=Inks.SRGB,
    pdf_x=False,
    ends_blank=False,
    plain=True,
    resolution=300,
    most_resolution=600,
    ink_limit=400,
    megabytes=1000,
    cover=CoverDemands(
        inks=Inks.SRGB,
        bleed=0.125,
        safe=0.25,
        spine_text_from=80,
        spine_clear=0.0625,
        spine_more=0.06,
        barcode=(1.75, 1.0),
        barcode_from=(0.375, 0.375),
    ),
    sources=MappingProxyType(
        {
            "trims": "from memory: Book Creation Guide",
            "custom_trims": "from memory: Book Creation Guide",
            "papers": "scribd.com/document/513281500, Lulu's spine width calculator: 32 pages; caliper 1/444in and 800 pages from memory",
            "inside": "help.lulu.com 64000255583, 2026-11: 0.5in, and a gutter of 0.2 to 0.3in for most books",
            "margin": "help.lulu.com 64000255583, 2026-11",
            "margin_with_bleed": "help.lulu.com 64000255583, 2026-11",
            "bleed": "help.lulu.com 64000255584, 2026-11: trim + 0.25in both ways",
            "black": "help.lulu.com 64000255590, 2026-11: grey",
            "colour": "help.lulu.com 64000255590, 2026-11: sRGB",
            "plain": "the rule of all printers: links do not print",
            "resolution": "help.lulu.com 64000255590, 2026-11: 300 ppi",
            "most_resolution": "help.lulu.com 64000255590, 2026-11: 600 ppi",
            "ink_limit": "colours are sRGB, which Lulu turns into ink",
            "megabytes": "from memory: 1 GB",
            "cover": "connect.lulu.com 343028 (80 pages) and 33632 (0.375in with bleed); lulu.com/help/space_for_isbn (0.375in), 2008-12; spine + 0.06in from memory",
        }
    ),
)

PRINTERS: Mapping[str, Printer] = MappingProxyType({one.key: one for one in (KDP, INGRAM, LULU)})
"""Every printer, by the name that build.yaml and `--print` call it by."""
