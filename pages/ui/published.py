"""What was disclosed: totals and growth by agency, categories as the prose lists them, table 2 item by item.

In: the chosen reports.  Out: lists and tables for the page on proactive disclosure.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd

from pages.ui.charts import PALETTE
from pages.ui.chosen import Selection
from pages.ui.data import call_agencies
from pages.ui.figures import shade_measures, write_measure
from pages.ui.filters import choose_view
from pages.ui.form import label_of
from pages.ui.frame import show_nothing
from pages.ui.listing import Listing, offer_rows, show_rows
from pages.ui.measures import Figures
from pages.ui.ranked import rank_rows
from pages.ui.tables import format_number, pad_figures, shade_states
from pages.ui.wording import name_code, name_codes, say
from parsing.templates import TableTemplate, load_templates

# A cell's status in the words of the states that measures have.
STATES = {"number": "number", "zero_word": "number", "unreadable": "unread"}
DRAWN = "FROM disclosures WHERE {chosen} AND disclosed IS NOT NULL AND year IS NOT NULL"


def count_lines(chosen: Selection) -> int:
    """How many agencies have a total in any year."""
    return int(str(chosen.value(f"SELECT count(DISTINCT number) {DRAWN}")))


def list_lines(chosen: Selection) -> pd.DataFrame:
    """The totals by year of the agencies that are drawn: as many as there are colours, those with the largest totals.

    Of several reports of one agency and year the last one stands for it.
    """
    largest = chosen.ask(
        f"SELECT any_value(called) AS called {DRAWN} GROUP BY number"
        f" ORDER BY max(disclosed) DESC, number LIMIT {len(PALETTE)}"
    )
    rows = chosen.ask(
        f"SELECT any_value(name) AS name, called, year, arg_max(disclosed, position) AS value {DRAWN}"
        f" AND list_contains(?, called) GROUP BY called, year ORDER BY called, year",
        (tuple(largest["called"]),),
    )
    return rows.assign(agency=call_agencies(rows))


def span_years(chosen: Selection) -> range:
    """The years from the first to the last for which any report has a total."""
    first, last = chosen.ask(f"SELECT min(year) AS first, max(year) AS last {DRAWN}").iloc[0]
    return range(int(first), int(last) + 1)


def show_growth(totals: Figures) -> None:
    """Total, change against the year before as computed, and the change that the report claims."""
    listing = rank_rows(totals.chosen, totals.table, totals.columns)
    labels, name = growth_labels(), say("总数与增减")
    compare = partial(compare_years, totals.chosen)

    def spell(rows: pd.DataFrame) -> pd.DataFrame:
        return compare(rows).assign(value=pad_figures(write_measure(rows, "disclosed")))

    def shade(rows: pd.DataFrame) -> pd.DataFrame:
        shades = shade_measures(rows, ("disclosed",)).rename(columns={"disclosed": "value"})
        return shades.reindex(columns=list(labels), fill_value="")

    show_rows(
        listing,
        name,
        labels,
        spell=spell,
        shade=shade,
        figures=["value"],
        offer=lambda: offer_rows(listing.chunks, name, labels, compare),
    )


def compare_years(chosen: Selection, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of reports one agency after the other, with the totals of the years before and the growth claimed."""
    span = (rows["called"].iloc[0], rows["called"].iloc[-1]) if len(rows) else ("", "")
    before = pd.concat(
        chosen.stream(
            f"SELECT called, year + 1 AS year, arg_max(disclosed, rank) AS before {DRAWN}"
            " AND called BETWEEN ? AND ? GROUP BY called, year",
            span,
        )
    )
    claimed = pd.concat(
        chosen.stream("SELECT report_id, claimed_pct FROM growth WHERE {chosen} AND called BETWEEN ? AND ?", span)
    )
    table = rows.merge(before, on=["called", "year"], how="left").merge(claimed, on="report_id", how="left")
    change = (table["disclosed"] - table["before"]).astype("Float64")
    growth = (change / table["before"].where(table["before"] > 0) * 100).astype("Float64").round(1)
    return table.assign(agency=call_agencies(rows), value=table["disclosed"], change=change, growth_pct=growth)


def growth_labels() -> dict[str, str]:
    return {
        "agency": say("机关"),
        "year": say("年度"),
        "value": say("总数（条）"),
        "change": say("比上年（条）"),
        "growth_pct": say("增幅（%）"),
        "claimed_pct": say("报告自称（%）"),
    }


def list_categories(chosen: Selection) -> Listing:
    """Every category that the prose names, with its share of the categories of the same report."""
    return rank_rows(chosen, "categories", "name, called, year, label, value, unit, share_pct, place")


def show_categories(chosen: Selection) -> None:
    """The categories, agency by agency, the largest first."""
    show_rows(
        list_categories(chosen),
        say("按内容分类"),
        category_labels(),
        spell=lambda rows: rows.assign(agency=call_agencies(rows)),
        wide=["label"],
        nothing=say("所选报告的正文都没有列出分类。"),
    )


def category_labels() -> dict[str, str]:
    return {
        "agency": say("机关"),
        "year": say("年度"),
        "label": say("原文称谓"),
        "value": say("数量"),
        "unit": say("单位"),
        "share_pct": say("占所列分类（%）"),
        "place": say("位置说明"),
    }


def show_table_two(chosen: Selection) -> None:
    """One item of the article at a time: a row per report, a column per cell of the form."""
    found = chosen.ask('SELECT DISTINCT "table", addresses FROM items WHERE {chosen}')
    if found.empty:
        show_nothing(say("所选报告没有表二。旧格式的报告没有这张表，请换一个年度。"))
        return
    items = {code: table.title for code, table in tables_two().items() if code in set(found["table"])}
    item = choose_view("item", say("项"), items)
    addresses = " ".join(found.loc[found["table"] == item, "addresses"]).split()
    show_cells(chosen, item, order_addresses(addresses), items[item])


def tables_two() -> dict[str, TableTemplate]:
    """The blocks of table 2 by code; where eras share a code the newest form gives the title."""
    found = {table.code: table for template in load_templates() for table in template.tables_of("t2")}
    return dict(sorted(found.items()))


def order_addresses(addresses: Sequence[str]) -> list[str]:
    """Each address once, in the order of the forms."""
    present = set(addresses)
    known = [address for address in known_addresses() if address in present]
    return known + sorted(present - set(known))


def show_cells(chosen: Selection, item: str, addresses: Sequence[str], name: str) -> None:
    """Cells of one table with a row per report; the words of the form as headings."""
    columns = "report_id, name, called, year, cells"
    listing = rank_rows(chosen, "items", columns, '"table" = ?', (item,))
    in_file_order = f'SELECT {columns} FROM items WHERE {{chosen}} AND "table" = ? ORDER BY position'
    labels = {"agency": say("机关"), "year": say("年度")} | {address: head_of_cell(address) for address in addresses}
    show_rows(
        listing,
        name,
        labels,
        spell=partial(spread_cells, addresses=addresses),
        shade=partial(shade_cells, addresses=addresses),
        figures=addresses,
        offer=lambda: offer_rows(lambda: chosen.stream(in_file_order, (item,)), name, cell_labels(), list_cells),
    )


def cell_labels() -> dict[str, str]:
    return {
        "agency": say("机关"),
        "year": say("年度"),
        "address": say("单元格"),
        "value": say("数值"),
        "unit": say("单位"),
        "status": say("状态"),
        "raw": say("原文"),
        "place": say("位置说明"),
        "report_id": say("报告编号"),
    }


def spread_cells(rows: pd.DataFrame, addresses: Sequence[str]) -> pd.DataFrame:
    """A column an address: the figure, or the word for why there is none; — where the form has no such cell."""
    texts = [{one["address"]: cell_text(one["value"], one["status"]) for one in cells} for cells in rows["cells"]]
    table = pd.DataFrame(texts, index=rows.index, columns=list(addresses), dtype="string").fillna("—")
    return table.apply(pad_figures).assign(agency=call_agencies(rows), year=rows["year"])


def shade_cells(rows: pd.DataFrame, addresses: Sequence[str]) -> pd.DataFrame:
    states = [{one["address"]: STATES.get(one["status"], one["status"]) for one in cells} for cells in rows["cells"]]
    return shade_states(pd.DataFrame(states, index=rows.index, columns=["agency", "year", *addresses]))


def list_cells(rows: pd.DataFrame) -> pd.DataFrame:
    """One row a cell."""
    each = rows.assign(agency=call_agencies(rows)).explode("cells", ignore_index=True)
    cells = pd.DataFrame(list(each.pop("cells")), columns=["address", "value", "unit", "status", "raw", "place"])
    cells["value"] = cells["value"].astype("Float64")
    return each.join(cells.assign(status=name_codes("status", cells["status"])))


def cell_text(value: float, status: str) -> str:
    """The figure, or the word for why there is none."""
    return name_code("status", status) if pd.isna(value) else format_number(value)


def known_addresses() -> list[str]:
    """The cells of table 2 in the order of the forms, the newest form first."""
    newest = [address for table in reversed(every_table_two()) for address in table.addresses()]
    return list(dict.fromkeys(newest))


def every_table_two() -> list[TableTemplate]:
    return [table for template in load_templates() for table in template.tables_of("t2")]


def head_of_cell(address: str) -> str:
    """行政许可·处理决定数量, in the words of the newest form that has the cell."""
    code, row, column = address.split(".", 2)
    holders = [table for table in every_table_two() if table.code == code and address in table.addresses()]
    return f"{label_of(holders[-1], row)}·{label_of(holders[-1], column)}" if holders else address
