"""The page of a pdf with the place of a value drawn on it.

In: a report and a WHERE object with page and box.  Out: a drawn picture, cut to what stands around the place.  Nothing
is drawn where the file is gone or the page cannot be rendered: the place in words and the text remain.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import streamlit as st
from PIL import Image, ImageChops, ImageDraw

from pages.ui.data import page_picture
from pages.ui.wording import say
from parsing.tables import Corpus

# How much of the page is shown above and below the place, in points.
AROUND = 110
# The place stands out in orange, as in the source text.
COLOUR = (201, 138, 0)


def mark_box(picture: bytes, width: float, height: float, box: list[float]) -> bytes:
    """The part of a page around a box, the box drawn on it; box in points, origin top left."""
    page = Image.open(io.BytesIO(picture)).convert("RGB")
    scale_x, scale_y = page.width / width, page.height / height
    left, top, right, bottom = box[0] * scale_x, box[1] * scale_y, box[2] * scale_x, box[3] * scale_y
    ImageDraw.Draw(page).rectangle((left - 4, top - 4, right + 4, bottom + 4), outline=COLOUR, width=3)
    upper = max(0, int(top - AROUND * scale_y))
    lower = min(page.height, max(upper + 1, int(bottom + AROUND * scale_y)))
    part = page.crop((0, upper, page.width, lower))
    # Without the white margins the words are as large as the column allows.
    inked = ImageChops.difference(part, Image.new("RGB", part.size, "white")).getbbox()
    out = io.BytesIO()
    (part.crop(inked) if inked else part).save(out, "PNG")
    return out.getvalue()


def show_picture(corpus: Corpus, report_id: str, where: Mapping[str, Any] | None) -> None:
    """The part of the original page where something stands, for files that have pages."""
    if not where or not where.get("page") or not where.get("box"):
        return
    rows = corpus.reports[corpus.reports["report_id"] == report_id]
    drawn = page_picture(rows["source_file"].iloc[0], rows["sha256"].iloc[0], int(where["page"])) if len(rows) else None
    if drawn is not None:
        st.image(mark_box(*drawn, list(where["box"])), width="stretch")
        st.caption(say("原件第 {page} 页，框内是所指之处", page=where["page"]))
