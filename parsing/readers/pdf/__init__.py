"""Pdf files: text with its places, tables by their lines or by alignment.

In: the bytes of a pdf file.  Out: a Document, each piece with page and box; `render_page` draws a page for people.
Refused, as a problem in an otherwise empty Document: damaged and encrypted files, more pages than a report has, pages
that are pictures, text without a table of characters.
"""

from __future__ import annotations

from parsing.model import Document

FORMAT = "pdf"
SIGNATURE = b"%PDF-"
# Readers of pdf find the signature within the first kilobyte; mail gateways put lines before it.
HEAD = 1024


def sniff(data: bytes) -> bool:
    return SIGNATURE in data[:HEAD]


def read(data: bytes) -> Document:
    """Read all pages."""
    from parsing.readers.pdf.reading import read_pdf

    return read_pdf(data)


def render_page(data: bytes, page: int, scale: float = 1.5) -> tuple[bytes, float, float] | None:
    """A page (1-based) as PNG with its width and height in points; None where it cannot be drawn.

    `scale` is in pixels a point; a page too large for it is drawn smaller.
    """
    from parsing.readers.pdf.rendering import draw_page

    return draw_page(data, page, scale)
