"""What was disclosed: totals and growth by agency, categories as the prose lists them, table 2 item by item.

In: a corpus.  Out: tidy frames and tables for the page on proactive disclosure.
"""

from __future__ import annotations

import pandas as pd

from pages.ui.charts import PALETTE
from pages.ui.data import add_names
from pages.ui.filters import choose_view
from pages.ui.form import label_of
from pages.ui.frame import show_nothing
from pages.ui.measures import Total, add_up, count_measures
from pages.ui.tables import SHADES, format_measure, format_number, pad_figures, shade_states, show_table
from pages.ui.wording import name_code, name_codes, say
from parsing.measures import codes_of, read_measures
from parsing.tables import Corpus
from parsing.templates import TableTemplate, load_templates

# A cell's status in the words of the states that measures have.
STATES = {"number": "number", "zero_word": "number", "unreadable": "unread"}


def table_two_totals(corpus: Corpus) -> list[tuple[str, Total, str]]:
    """The sums over table 2 that stand at the top of the page."""
    figures = count_measures(corpus, codes_of("table_two"))
    measures = [read_measures()[code] for code in codes_of("table_two")]
    return [(say(one.label), add_up(figures, one.code), one.unit) for one in measures]


def longest(totals: pd.DataFrame) -> list[str]:
    """The agencies whose lines are drawn: as many as there are colours, those with the largest totals."""
    sums = totals.groupby("agency")["value"].max().sort_values(ascending=False)
    return sorted(sums.index[: len(PALETTE)])


def show_growth(corpus: Corpus, totals: pd.DataFrame) -> None:
    """Total, change against the year before as computed, and the change that the report claims."""
    rows = totals.sort_values(["agency", "year"]).reset_index(drop=True)
    before = rows[["agency", "year", "value"]].dropna().drop_duplicates(["agency", "year"], keep="last")
    before = before.assign(year=before["year"] + 1).rename(columns={"value": "before"})
    rows = rows.merge(before, on=["agency", "year"], how="left").merge(
        claimed_growth(corpus), on="report_id", how="left"
    )
    rows["change"] = (rows["value"] - rows["before"]).astype("Float64")
    rows["growth_pct"] = (rows["change"] / rows["before"].where(rows["before"] > 0) * 100).astype("Float64").round(1)
    texts = [format_measure(*row) for row in rows[["value", "state", "missing"]].itertuples(index=False)]
    shown = rows.assign(value=pad_figures(pd.Series(texts, dtype="string")))
    shades = pd.DataFrame("", index=shown.index, columns=list(growth_labels()))
    shades["value"] = rows["state"].map(lambda state: SHADES.get(state, ""))
    labels = growth_labels()
    show_table(
        shown,
        say("总数与增减"),
        labels,
        shades=shades,
        figures=["value"],
        saved=rows[list(labels)].rename(columns=labels),
    )


def growth_labels() -> dict[str, str]:
    return {
        "agency": say("机关"),
        "year": say("年度"),
        "value": say("总数（条）"),
        "change": say("比上年（条）"),
        "growth_pct": say("增幅（%）"),
        "claimed_pct": say("报告自称（%）"),
    }


def claimed_growth(corpus: Corpus) -> pd.DataFrame:
    """The growth that each report states itself; two different ones give none."""
    rows = corpus.claims[corpus.claims["metric"] == "disclosed_growth_pct"].dropna(subset=["value"])
    groups = rows.groupby("report_id")["value"]
    return groups.first().where(groups.nunique() == 1).rename("claimed_pct").reset_index()


def list_categories(corpus: Corpus) -> pd.DataFrame:
    """Every category that the prose names, with its share of the categories of the same report."""
    claims = corpus.claims[corpus.claims["metric"] == "disclosed_category"]
    rows = claims[claims["year"].isna() | (claims["year"] == claims["report_year"])]
    rows = add_names(rows.drop(columns=["year"]), corpus.reports)
    sums = rows.groupby("report_id")["value"].transform("sum")
    rows["share_pct"] = (rows["value"] / sums.where(sums > 0) * 100).round(1)
    return rows.sort_values(["agency", "year", "value"], ascending=[True, True, False]).reset_index(drop=True)


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


def show_table_two(corpus: Corpus) -> None:
    """One item of the article at a time: a row per report, a column per cell of the form."""
    cells = corpus.cells[corpus.cells["table"].isin(tables_two())]
    if cells.empty:
        show_nothing(say("所选报告没有表二。旧格式的报告没有这张表，请换一个年度。"))
        return
    items = {code: tables_two()[code].title for code in tables_two() if code in set(cells["table"])}
    item = choose_view("item", say("项"), items)
    show_cells(cells[cells["table"] == item], corpus, items[item])


def tables_two() -> dict[str, TableTemplate]:
    """The blocks of table 2 by code; where eras share a code the newest form gives the title."""
    found = {table.code: table for template in load_templates() for table in template.tables_of("t2")}
    return dict(sorted(found.items()))


def show_cells(cells: pd.DataFrame, corpus: Corpus, name: str) -> None:
    """Cells of one table with a row per report; the words of the form as headings."""
    rows = add_names(cells, corpus.reports).drop_duplicates(["report_id", "address"])
    rows = rows.assign(
        state=rows["status"].replace(STATES),
        text=[cell_text(value, status) for value, status in zip(rows["value"], rows["status"], strict=True)],
    )
    present = set(rows["address"])
    order = [address for address in known_addresses() if address in present]
    order += sorted(present - set(order))
    keys = ["agency", "year", "report_id"]
    table = rows.pivot(index=keys, columns="address", values="text")[order].reset_index()
    states = rows.pivot(index=keys, columns="address", values="state")[order].reset_index()
    labels = {"agency": say("机关"), "year": say("年度")} | {address: head_of_cell(address) for address in order}
    for address in order:
        table[address] = pad_figures(table[address].fillna("—").astype("string"))
    shades = shade_states(states)
    heads = {
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
    saved = rows[list(heads)].assign(status=name_codes("status", rows["status"]))
    show_table(table, name, labels, shades=shades, figures=order, saved=saved.rename(columns=heads))


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
