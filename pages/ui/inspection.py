"""One report from all sides: particulars, the form re-drawn, flags, statements, problems, repairs, source text.

In: the chosen report.  Out: drawn views.  The chosen cell and flag are in the address.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from pages.ui.data import unread_reports
from pages.ui.evidence import layouts_of, show_flag
from pages.ui.findings import order_flags, show_list
from pages.ui.form import fill_form, name_address, show_form, tables_of
from pages.ui.frame import show_nothing
from pages.ui.law import title_checks
from pages.ui.links import read_parameter, write_parameter
from pages.ui.prose import show_prose
from pages.ui.selection import Chosen
from pages.ui.source import show_place, show_source
from pages.ui.tables import label_columns, offer_csv, offer_file, show_table
from pages.ui.wording import name_claim, name_code, name_codes, say
from parsing.columns import FRAMES
from parsing.export import to_xlsx_bytes
from parsing.readers.refusals import FATAL
from parsing.tables import Corpus

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def first_view(chosen: Chosen) -> str:
    """A link to a flag opens the flags; a report without tables opens with the reason."""
    if read_parameter("flag"):
        return "flags"
    return "problems" if chosen.corpus.cells.empty and len(chosen.corpus.problems) else "tables"


def is_unread(chosen: Chosen) -> bool:
    return chosen.report_id in unread_reports(chosen.corpus)


def show_reason(chosen: Chosen) -> None:
    """Why nothing was read of a file, and what to do: there is nothing else to show of it."""
    problems = chosen.corpus.problems
    with st.container(border=True):
        st.markdown(f"**{say('这份文件没有读出')}**")
        for message in problems.loc[problems["kind"].isin(FATAL), "message"]:
            st.text(message)


def show_particulars(chosen: Chosen) -> None:
    """Who, when, which forms, and how much of it was read; plain text, since it comes from the report."""
    report = chosen.corpus.reports.iloc[0]
    layouts = name_layouts(report) or say("没有认出表格")
    missing = say("未写明")
    facts = {
        say("机关"): report["agency"],
        say("年度"): report["year"],
        say("层级"): name_code("level", report["level"]),
        say("公布日期"): report["published_date"],
        say("表格格式"): layouts,
        say("文件"): " · ".join(
            name_code("format", str(one)) for one in report[["format", "encoding"]] if pd.notna(one)
        ),
        say("单元格"): say(
            "读出 {read}／空白 {blank}／未读 {unread}",
            read=report["cells_read"],
            blank=report["cells_blank"],
            unread=report["cells_unread"],
        ),
        say("文中数字"): say(
            "已识别 {claimed}／不计 {ignored}／未归类 {rest}",
            claimed=report["figures_claimed"],
            ignored=report["figures_ignored"],
            rest=report["figures_unclassified"],
        ),
    }
    with st.container(border=True):
        for column, (label, value) in zip(
            st.columns([2.5, 0.75, 0.95, 1.4, 2.4, 1.6, 2.75, 2.85]), facts.items(), strict=True
        ):
            column.caption(label)
            column.text(str(value) if pd.notna(value) and value != "" else missing)


def name_layouts(report: pd.Series) -> str:
    """The layout of each table that was recognised: 表二 C · 表三 C · 表四 CD."""
    prefix = "layout_"
    groups = [name.removeprefix(prefix) for name in report.index if name.startswith(prefix)]
    known = {group: report[prefix + group] for group in groups}
    return "、".join(f"{name_code('table', group)} {code}" for group, code in known.items() if pd.notna(code))


def list_views(corpus: Corpus) -> dict[str, str]:
    """The views and how much there is in each."""
    counts = {
        "flags": corpus.flags,
        "claims": corpus.claims,
        "figures": corpus.figures,
        "problems": corpus.problems,
        "repairs": corpus.repairs,
        "checks": corpus.checks,
    }
    named = {"tables": say("表格"), "prose": say("正文对照")}
    names = {**named, **{code: name_code("frame", code) for code in counts}, "text": say("原文")}
    return {code: f"{name} {len(counts[code])}" if code in counts else name for code, name in names.items()}


def show_tables(chosen: Chosen) -> None:
    """The form on the left, the source text on the right; a click on a cell marks its place."""
    cells = chosen.corpus.cells
    if cells.empty:
        show_nothing(say("这份报告里没有读到表格。原因见“读取问题”；正文的数字见“正文陈述”。"))
        return
    address = read_parameter("address")
    flagged = {
        side["address"] for evidence in chosen.corpus.flags["evidence"] for side in evidence if side.get("address")
    }
    layouts = layouts_of(chosen.corpus, chosen.report_id)
    filled = fill_form(cells, flagged)
    left, right = st.columns([7, 5], gap="medium")
    with left:
        show_legend()
        with st.container(height=640, border=False):
            picked = [show_form(table, filled, address) for table in tables_of(layouts, cells)]
            show_extra(cells)
    if clicked := next((one for one in picked if one and one != address), None):
        write_parameter("address", clicked)
        st.rerun()
    with right:
        show_cell(chosen, address, layouts)
    offer_csv(
        cells.drop(columns="where").rename(columns=label_columns("cells", cells.columns)),
        f"{say('单元格')}-{chosen.report_id}",
    )


def show_legend() -> None:
    st.caption(say("点一格看它在原文的位置。灰底：空白或不适用；斜纹：未读或缺行；虚线：位置待核；红框：涉及异常。"))


def show_extra(cells: pd.DataFrame) -> None:
    """Rows and columns that the form does not know, in the words of the report."""
    extra = cells[cells["address"].str.startswith("extra.")]
    if not extra.empty:
        st.caption(say("格式里没有的行列，称谓照录："))
        show_table(extra, say("格式外的行列"), label_columns("cells", ["address", "raw", "value", "status", "place"]))


def show_cell(chosen: Chosen, address: str | None, layouts: list[str]) -> None:
    """The chosen cell: its words, its reading, and its place in the source text."""
    rows = chosen.corpus.cells[chosen.corpus.cells["address"] == address]
    if rows.empty:
        st.text(say("还没有选中单元格，下面是原文。"))
        show_source(chosen.corpus.texts.get(chosen.report_id, ""), None, "cell-source", height=600)
        return
    cell = rows.iloc[0]
    with st.container(border=True, gap="xxsmall"):
        st.text(name_address(cell["address"], layouts))
        st.text(
            say(
                "原文：{raw}　状态：{status}　单位：{unit}",
                raw=cell["raw"] or "",
                unit=cell["unit"] or "",
                status=name_code("status", cell["status"]),
            )
        )
        st.text(
            say(
                "认定方式：{by}　把握：{sure}",
                by=name_code("matched_by", cell["matched_by"]),
                sure=name_code("confidence", cell["confidence"]),
            )
        )
    show_place(chosen.corpus, chosen.report_id, cell["where"], cell["raw"] or "", "cell-source", 480)


def show_flags(chosen: Chosen) -> None:
    """The flags of this report and the chosen one in full."""
    flags = order_flags(chosen.corpus.flags, chosen.corpus.reports)
    if flags.empty:
        show_nothing(say("这份报告没有异常。哪些检查通过、哪些无法判断，见“检查结果”。"))
        return
    flag = show_list(flags, "inspect")
    show_flag(chosen.whole, flag, title_checks().get(flag.check, flag.check), "inspect-flag")


def show_rows(frame: str, columns: list[str], chosen: Chosen, wide: tuple[str, ...], nothing: str) -> None:
    """Rows with a place on the left, the source text on the right with the chosen row marked."""
    rows = getattr(chosen.corpus, frame).reset_index(drop=True)
    if rows.empty:
        show_nothing(nothing)
        return
    left, right = st.columns([7, 5], gap="medium")
    with left:
        selection = show_table(
            spell_codes(rows),
            name_code("frame", frame),
            label_columns(frame, columns),
            wide=wide,
            height=520,
            saved=rows.drop(columns="where").rename(columns=label_columns(frame, rows.columns)),
            key=f"rows-{frame}-{chosen.report_id}",
            on_select="rerun",
            selection_mode="single-row-required",
        )
    with right:
        row = rows.iloc[selection.rows[0] if selection and selection.rows else 0]
        words = next((row[name] for name in ("quote", "raw", "before") if name in row and pd.notna(row[name])), "")
        show_place(chosen.corpus, chosen.report_id, row["where"], words, f"{frame}-source")


def spell_codes(rows: pd.DataFrame) -> pd.DataFrame:
    """Codes as words, where a frame has any."""
    spelled = rows.copy()
    if "metric" in rows:
        spelled["metric"] = [name_claim(*pair) for pair in zip(rows["metric"], rows["dim"], strict=True)]
    if "outcome" in rows:
        group = "figure" if "raw" in rows else "outcome"
        spelled["outcome"] = name_codes(group, rows["outcome"])
    return spelled


def show_claims(chosen: Chosen) -> None:
    show_rows(
        "claims",
        ["metric", "value_text", "unit", "year", "quote", "place"],
        chosen,
        (),
        say("正文里没有读出数字陈述。"),
    )


def show_figures(chosen: Chosen) -> None:
    show_rows("figures", ["raw", "outcome", "reason", "place"], chosen, (), say("正文里没有数字。"))


def show_problems(chosen: Chosen) -> None:
    show_rows(
        "problems", ["kind", "message", "place"], chosen, ("message",), say("没有读取问题：文件里的内容都读到了。")
    )


def show_repairs(chosen: Chosen) -> None:
    show_rows(
        "repairs",
        ["message", "before", "after", "place"],
        chosen,
        (),
        say("没有修复：原文没有可识别的损坏。"),
    )


def show_checks(chosen: Chosen) -> None:
    """What became of every check; a check that could not be decided says why."""
    titles = title_checks()
    rows = spell_codes(chosen.corpus.checks).assign(
        title=chosen.corpus.checks["check"].map(titles).fillna(chosen.corpus.checks["check"])
    )
    order = {"crashed": 0, "fail": 1, "undecidable": 2, "pass_assumed_zero": 3, "pass": 4, "not_applicable": 5}
    rows = rows.iloc[chosen.corpus.checks["outcome"].map(order).argsort(kind="stable")]
    labels = {"outcome": say("结果"), "title": say("检查"), "reason": say("原因"), "check": say("检查代码")}
    show_table(rows, say("检查结果"), labels, wide=["title", "reason"], height=520)


def show_text(chosen: Chosen) -> None:
    show_source(chosen.corpus.texts.get(chosen.report_id, ""), None, "whole-source", height=760)


VIEWS: dict[str, Callable[[Chosen], None]] = {
    "tables": show_tables,
    "prose": show_prose,
    "flags": show_flags,
    "claims": show_claims,
    "figures": show_figures,
    "problems": show_problems,
    "repairs": show_repairs,
    "checks": show_checks,
    "text": show_text,
}


def offer_downloads(chosen: Chosen) -> None:
    """Everything about this report: one workbook, and one CSV for each frame."""
    with st.expander(say("下载这份报告的全部数据")), st.container(horizontal=True):
        offer_file(say("Excel 工作簿"), lambda: to_xlsx_bytes(chosen.corpus), f"{chosen.report_id}.xlsx", WORKBOOK)
        for frame in FRAMES:
            rows = getattr(chosen.corpus, frame)
            offer_csv(
                rows.rename(columns=label_columns(frame, rows.columns)),
                f"{name_code('frame', frame)}-{chosen.report_id}-all",
                name_code("frame", frame),
            )
