"""Single pages of pdf, drawn mark by mark for the tests.

In: a function that draws on a canvas with the origin at the top left.  Out: the bytes of a pdf.  Nothing is refused.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence

import pypdfium2
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
WIDTH, HEIGHT = 595.0, 842.0


class Page:
    """A canvas that counts from the top; text stands with its base line at `y`."""

    def __init__(self, canvas: Canvas, height: float) -> None:
        self.canvas, self.height = canvas, height

    def text(self, x: float, y: float, words: str, size: float = 10) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, self.height - y, words)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def area(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.rect(x0, self.height - y1, x1 - x0, y1 - y0, stroke=0, fill=1)

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for y in ys:
            self.line(xs[0], y, xs[-1], y)

    def rows(self, xs: Sequence[float], y: float, step: float, rows: Iterable[Sequence[str]]) -> None:
        """A text at each of `xs`, row under row; blank ones are left out."""
        for number, row in enumerate(rows):
            for x, words in zip(xs, row, strict=True):
                if words:
                    self.text(x, y + number * step, words)


Draw = Callable[[Page], None]


def draw_pdf(
    *pages: Draw,
    size: tuple[float, float] = (WIDTH, HEIGHT),
    turn: int = 0,
    encryption: StandardEncryption | None = None,
) -> bytes:
    """A pdf of the pages drawn; `turn` rotates each as it is displayed."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=1, encrypt=encryption)
    for draw in pages:
        draw(Page(canvas, size[1]))
        canvas.showPage()
    canvas.save()
    return turn_pages(buffer.getvalue(), turn) if turn else buffer.getvalue()


def turn_pages(data: bytes, turn: int) -> bytes:
    """The same pages displayed so many degrees clockwise; what is drawn on them stays."""
    document, buffer = pypdfium2.PdfDocument(data), io.BytesIO()
    for number in range(len(document)):
        page = document[number]
        page.set_rotation(turn)
        page.close()
    document.save(buffer)
    document.close()
    return buffer.getvalue()
