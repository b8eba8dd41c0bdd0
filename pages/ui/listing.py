"""Long tables: what a query of the store gives, page by page on the screen and whole in a file.

In: a question to the store whose rows have a fixed order.  Out: a drawn page of them, the pager where one page does not
hold all, and the button that saves all.  Only the rows of the page reach memory; a file is written by and by.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from pages.ui.chosen import Selection
from pages.ui.tables import ROWS_SHOWN, draw_table, offer_file, say_nothing
from pages.ui.wording import say
from parsing.export import write_csv

# Rows of a page, where one page of `ROWS_SHOWN` does not hold all.
ROWS_A_PAGE = 200
Change = Callable[[pd.DataFrame], pd.DataFrame]


@dataclass(frozen=True, slots=True)
class Listing:
    """The rows of `query`, which ends with its ORDER BY, and the query that counts them, if that is a quicker one.

    `{chosen}` stands in both, once, for the condition of the selection; `parameters` come after those of that.
    """

    selection: Selection
    query: str
    parameters: tuple[object, ...] = ()
    counting: str = ""

    def count(self) -> int:
        counting = self.counting or f"SELECT count(*) FROM ({self.query})"
        return int(self.selection.ask(counting, self.parameters).iat[0, 0])

    def cut(self, first: int, rows: int) -> pd.DataFrame:
        """So many rows from a place on; the first of all has the place 0."""
        return self.selection.ask(f"{self.query} LIMIT ? OFFSET ?", (*self.parameters, rows, first))

    def chunks(self) -> Iterator[pd.DataFrame]:
        """All rows, some thousand at a time."""
        return self.selection.stream(self.query, self.parameters)

    @property
    def key(self) -> str:
        """Another one whenever the list may be another."""
        parts = (self.query, *self.selection.parameters, self.selection.condition, *self.parameters)
        return hashlib.sha256(repr((self.selection.shelf.version, *parts)).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Page:
    """What is on the screen: the rows as the store gives them, and what was selected among them."""

    rows: pd.DataFrame
    selection: Any

    def chosen(self) -> Any:
        """The one selected row of a list in which there always is one; None in a list without rows."""
        return self.rows.iloc[self.selection.rows[0] if self.selection.rows else 0] if len(self.rows) else None


def show_rows(
    listing: Listing,
    name: str,
    labels: Mapping[str, str],
    *,
    spell: Change | None = None,
    shade: Change | None = None,
    saved: Mapping[str, str] | None = None,
    offer: Callable[[], None] | None = None,
    at: int | None = None,
    wide: Iterable[str] = (),
    figures: Iterable[str] = (),
    height: int | str = "auto",
    nothing: str | None = None,
    **selection: Any,
) -> Page:
    """Draw a page of a list with the columns of `labels`, the pager, and the button that saves all rows.

    `spell` makes of rows of the store what is shown and saved, `shade` of the same rows the styles, cell by cell;
    `saved` are the columns of the file where those are more, `offer` draws the button where the file has other rows.
    With `at`, the place of a row in the whole list, the page that has it is opened, and one row is always selected,
    that one at first.
    """
    total = listing.count()
    if not total:
        say_nothing(nothing)
        return Page(listing.cut(0, 0), None)
    size = total if total <= ROWS_SHOWN else ROWS_A_PAGE
    table = st.container() if size < total else st
    first = choose_page(total, size, at or 0, f"{name}-{listing.key}") if size < total else 0
    rows = listing.cut(first, size)
    if at is not None:
        selection |= choice_of(at - first, len(rows))
    if selection:
        selection["key"] = f"{name}-rows-{listing.key}-{first}"
    shown, styles = spell(rows) if spell else rows, shade(rows) if shade else None
    state = draw_table(table, shown[list(labels)], name, labels, styles, figures, wide, height, **selection)
    (offer or partial(offer_rows, listing.chunks, name, saved or labels, spell))()
    return Page(rows, state.selection if selection else None)


def choice_of(at: int, rows: int) -> dict[str, Any]:
    """What makes a table one in which a row is always selected: that at a place of the page, or else the first."""
    start = at if 0 <= at < rows else 0
    default = {"selection": {"rows": [start]}}
    return {"on_select": "rerun", "selection_mode": "single-row-required", "selection_default": default}


def choose_page(total: int, size: int, at: int, key: str) -> int:
    """The place of the first row of the page that is chosen; unless one is, of that with the row `at`."""
    with st.container(horizontal=True, vertical_alignment="center"):
        remark = st.empty()
        number = st.pagination(-(-total // size), default=at // size + 1, key=f"page-{key}")
    first = (number - 1) * size
    last = min(first + size, total)
    places = {"first": f"{first + 1:,}", "last": f"{last:,}", "total": f"{total:,}"}
    remark.caption(say("第 {first}–{last} 行，共 {total} 行；下载的文件是全部。", **places), width="content")
    return first


def offer_rows(
    chunks: Callable[[], Iterator[pd.DataFrame]], name: str, heads: Mapping[str, str], spell: Change | None = None
) -> None:
    """The button that saves all rows with the columns of `heads`; the file is written when it is pressed."""

    def write() -> bytes:
        spelled = (spell(chunk) if spell else chunk for chunk in chunks())
        with tempfile.TemporaryFile() as target:
            write_csv((chunk[list(heads)].rename(columns=dict(heads)) for chunk in spelled), target)
            target.seek(0)
            return target.read()

    offer_file(say("下载 CSV"), write, f"{name}.csv", "text/csv")
