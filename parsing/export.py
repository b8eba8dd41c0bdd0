"""Frames → files that a spreadsheet opens safely.

In: frames.  Out: CSV bytes (UTF-8 with byte order mark, so that Excel shows Chinese) and xlsx bytes.  Refused:
nothing; text that a spreadsheet would run as a formula is written so that it stays text.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import IO

import pandas as pd

from parsing.columns import FRAMES
from parsing.tables import Corpus

# What a spreadsheet takes for the beginning of a formula, or of a cell that it runs together with the next.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def plain(value: object) -> object:
    """A cell of an object column as text."""
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return value


def disarmed(value: object) -> object:
    """Text that would run as a formula with an apostrophe before it.

    >>> disarmed('=HYPERLINK("x")'), disarmed("-5"), disarmed("天目山镇")
    ('\\'=HYPERLINK("x")', "'-5", '天目山镇')
    """
    return "'" + value if isinstance(value, str) and value.startswith(RISKY) else value


def printable(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with every nested value as text; figures stay figures."""
    shown = frame.copy()
    for name in shown.columns:
        if shown[name].dtype == object:
            shown[name] = shown[name].map(plain)
    return shown


def to_csv_bytes(frame: pd.DataFrame) -> bytes:
    """The frame as CSV; headings are written as they are given, disarmed like the cells."""
    shown = printable(frame)
    for name in shown.columns:
        if not pd.api.types.is_numeric_dtype(shown[name].dtype):
            shown[name] = shown[name].map(disarmed, na_action="ignore")
    shown.columns = pd.Index([disarmed(str(name)) for name in shown.columns])
    return shown.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def write_csv(chunks: Iterable[pd.DataFrame], target: IO[bytes]) -> None:
    """Frames with the same columns, one after the other, as one CSV; only one of them is in memory."""
    for number, chunk in enumerate(chunks):
        written = to_csv_bytes(chunk)
        target.write(written if number == 0 else written.partition(b"\r\n")[2])


def to_xlsx_bytes(corpus: Corpus) -> bytes:
    """One workbook with a sheet a frame, headings in Chinese; strings are written as strings."""
    import xlsxwriter

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "constant_memory": False}
    with xlsxwriter.Workbook(target, options) as book:
        bold = book.add_format({"bold": True, "bg_color": "#E8EEF4"})
        for name, columns in FRAMES.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for index, column in enumerate(columns):
                sheet.write_string(0, index, column.label, bold)
            frame = printable(getattr(corpus, name))
            for row_index, row in enumerate(frame.itertuples(index=False, name=None), 1):
                for index, value in enumerate(row):
                    write_cell(sheet, row_index, index, value)
    return target.getvalue()


def write_cell(sheet: object, row: int, column: int, value: object) -> None:
    """Write one value by its own type; a missing value leaves the cell empty."""
    if value is None or value is pd.NA or (isinstance(value, float) and pd.isna(value)):
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)  # type: ignore[attr-defined]
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)  # type: ignore[attr-defined]
    else:
        # A sheet holds at most 32,767 characters in a cell; longer evidence is complete in the CSV.
        sheet.write_string(row, column, str(value)[:32767])  # type: ignore[attr-defined]


def write_csv_folder(corpus: Corpus, folder: Path) -> list[Path]:
    """One CSV a frame in `folder`, which is made where it is missing; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name in FRAMES:
        path = folder / f"{name}.csv"
        path.write_bytes(to_csv_bytes(getattr(corpus, name)))
        written.append(path)
    return written
