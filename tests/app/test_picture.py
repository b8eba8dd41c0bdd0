"""The picture of a page is cut to the place, and the place has a box around it."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from pages.ui.picture import AROUND, COLOUR, mark_box

WIDTH, HEIGHT = 200.0, 600.0


def page() -> bytes:
    """A white page, twice as many pixels as points, with a black word at 50–70 / 300–310 points."""
    picture = Image.new("RGB", (400, 1200), "white")
    ImageDraw.Draw(picture).rectangle((100, 600, 140, 620), fill="black")
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def test_the_box_is_drawn_around_the_place_and_the_margins_are_gone() -> None:
    drawn = Image.open(io.BytesIO(mark_box(page(), WIDTH, HEIGHT, [50, 300, 70, 310])))
    assert drawn.size == (49, 29)
    assert drawn.getpixel((0, 14)) == COLOUR
    assert drawn.getpixel((24, 14)) == (0, 0, 0)


def test_what_stands_far_above_and_below_is_cut_off() -> None:
    picture = Image.open(io.BytesIO(page()))
    ImageDraw.Draw(picture).rectangle((0, 0, 399, 5), fill="black")
    out = io.BytesIO()
    picture.save(out, "PNG")
    drawn = Image.open(io.BytesIO(mark_box(out.getvalue(), WIDTH, HEIGHT, [50, 300, 70, 310])))
    assert drawn.height < 2 * (10 + 2 * AROUND)
