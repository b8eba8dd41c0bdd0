"""Functions of pdfium that are called for every character and object, with plain addresses for arguments.

In: nothing.  Out: the functions as pdfium has them, handles and pointers as integers.  The library's own wrappers turn
each pointer into an object and back, which takes twice as long as what is asked; and they give up the interpreter's
lock, which is for calls that take longer than taking it back.  Nothing is refused.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium

ADDRESS, NUMBER = ctypes.c_void_p, ctypes.c_int


def plain(function: Any, result: Any, *arguments: Any) -> Callable[..., int]:
    """The same function of the library, called by address."""
    start = ctypes.cast(function, ADDRESS).value or 0
    return ctypes.PYFUNCTYPE(result, *arguments)(start)


def address(handle: Any) -> int:
    """A handle of the library as a number."""
    return ctypes.cast(handle, ADDRESS).value or 0


character_box = plain(pdfium.FPDFText_GetLooseCharBox, NUMBER, ADDRESS, NUMBER, ADDRESS)
has_no_meaning = plain(pdfium.FPDFText_HasUnicodeMapError, NUMBER, ADDRESS, NUMBER)

object_of_page = plain(pdfium.FPDFPage_GetObject, ADDRESS, ADDRESS, NUMBER)
object_of_form = plain(pdfium.FPDFFormObj_GetObject, ADDRESS, ADDRESS, ctypes.c_ulong)
type_of = plain(pdfium.FPDFPageObj_GetType, NUMBER, ADDRESS)
draw_mode = plain(pdfium.FPDFPath_GetDrawMode, NUMBER, ADDRESS, ADDRESS, ADDRESS)
bounds_of = plain(pdfium.FPDFPageObj_GetBounds, NUMBER, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS)
matrix_of = plain(pdfium.FPDFPageObj_GetMatrix, NUMBER, ADDRESS, ADDRESS)
colour_of_fill = plain(pdfium.FPDFPageObj_GetFillColor, NUMBER, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS)
colour_of_stroke = plain(pdfium.FPDFPageObj_GetStrokeColor, NUMBER, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS)
count_segments = plain(pdfium.FPDFPath_CountSegments, NUMBER, ADDRESS)
segment_of = plain(pdfium.FPDFPath_GetPathSegment, ADDRESS, ADDRESS, NUMBER)
point_of = plain(pdfium.FPDFPathSegment_GetPoint, NUMBER, ADDRESS, ADDRESS, ADDRESS)
type_of_segment = plain(pdfium.FPDFPathSegment_GetType, NUMBER, ADDRESS)
closes = plain(pdfium.FPDFPathSegment_GetClose, NUMBER, ADDRESS)
font_of = plain(pdfium.FPDFTextObj_GetFont, ADDRESS, ADDRESS)
is_embedded = plain(pdfium.FPDFFont_GetIsEmbedded, NUMBER, ADDRESS)
name_of_font = plain(pdfium.FPDFFont_GetBaseFontName, ctypes.c_size_t, ADDRESS, ADDRESS, ctypes.c_size_t)
render_mode = plain(pdfium.FPDFTextObj_GetTextRenderMode, NUMBER, ADDRESS)
