"""Pictures of pages: photographs and scans as png, jpeg, tiff, bmp, gif, webp.

In: the bytes of a picture file.  Out: a Document recognised by the optional extra `ocr`, every value doubtful.
Refused, as a problem in an otherwise empty Document: pictures on a machine without the extra, damaged and enormous
pictures, pictures without text.
"""

from __future__ import annotations

from parsing.model import Document

FORMAT = "picture"
SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF87a", b"GIF89a")


def sniff(data: bytes) -> bool:
    # BMP and WebP have short signatures: the field behind them must fit too.
    is_bmp = data.startswith(b"BM") and data[6:10] == bytes(4)
    return data.startswith(SIGNATURES) or is_bmp or (data.startswith(b"RIFF") and data[8:12] == b"WEBP")


def read(data: bytes) -> Document:
    """Recognise the text of every page of a picture."""
    from parsing.readers.pictures.reading import read_pictures

    return read_pictures(data)


def render_page(data: bytes, page: int, scale: float = 1.5) -> tuple[bytes, float, float] | None:
    """A page (1-based) as PNG with its width and height in points; None where it cannot be drawn."""
    from parsing.readers.pictures.reading import draw_page

    return draw_page(data, page, scale)
