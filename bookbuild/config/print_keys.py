"""Who prints the book, as build.yaml says it: `print: kdp`, or with the paper and the ink that were chosen there."""

from enum import Enum

from bookbuild.config.values import Keys
from bookbuild.printers import INGRAM, KDP, LULU, PRINTERS, Ink, Inks, PaperName, Printer


class PrintedBy(Enum):
    """Where a PDF is to be printed, or read."""

    KDP = KDP.key
    INGRAM = INGRAM.key
    LULU = LULU.key
    HOME = "home"  # on paper, by whoever has it
    SCREEN = "screen"  # nowhere


class PrintKeys(Keys):
    """Who prints the book, and on what."""

    by: PrintedBy = PrintedBy.HOME
    """Whose demands it meets."""
    paper: PaperName = PaperName.WHITE
    """The paper of its pages: not every printer has each."""
    ink: Ink = Ink.BLACK
    """What its pages are printed in."""
    bleed: bool | None = None
    """Whether pages are larger than the trim, so that pictures may run off them; as the printer has it when not given."""

    @property
    def printer(self) -> Printer | None:
        """The printer whose demands are to be met; none where it is printed at home or not at all."""
        return PRINTERS.get(self.by.value)

    @property
    def is_screen(self) -> bool:
        """Whether it is read on screens alone."""
        return self.by is PrintedBy.SCREEN

    @property
    def inks(self) -> Inks | None:
        """What colours are to be made of in the file; none where it does not matter."""
        if self.printer is None:
            return None
        return self.printer.black if self.ink is Ink.BLACK else self.printer.colour

    @property
    def bleed_width(self) -> float:
        """How much the pages are larger than the trim where they bleed, in inches."""
        printer = self.printer
        bleeds = printer is not None and (printer.always_bleeds if self.bleed is None else self.bleed)
        return printer.bleed if printer and bleeds else 0.0


def printed_by(value: object) -> object:
    """Take a printer's name for all that is asked of it."""
    return {"by": value} if isinstance(value, str) else value
