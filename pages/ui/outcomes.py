"""Why applications are refused, and which applicants get which outcome.

In: the chosen reports.  Out: small tables for the page on applications.  The rows are those of the forms; grounds of
forms with different wording stay apart.
"""

from __future__ import annotations

import pandas as pd

from pages.ui.chosen import Selection
from pages.ui.form import name_address
from pages.ui.tables import show_table
from pages.ui.wording import name_code, say
from parsing.corpus.figures import APPLICANTS
from parsing.measures import codes_of, read_measures
from parsing.templates import load_templates


def add_cells(chosen: Selection, topic: str) -> pd.DataFrame:
    """One row a code of a topic: the sum of its cells, how many are above 0, and how many have no figure."""
    table = "agency_sums" if chosen.names_agencies else "sums"
    return chosen.ask(
        f"""
        SELECT code, sum(value) AS value, CAST(sum(used) AS BIGINT) AS used, CAST(sum(missing) AS BIGINT) AS missing
        FROM {table} WHERE {{chosen}} AND topic = ? GROUP BY code ORDER BY value DESC NULLS LAST, code
        """,
        (topic,),
    )


def count_reasons(chosen: Selection) -> pd.DataFrame:
    """One row per ground for not disclosing: sum over reports, number of reports, cells without a figure."""
    sums = add_cells(chosen, "grounds")
    return sums.assign(reason=sums["code"].map(name_reason)).rename(columns={"used": "reports"})


def name_reason(address: str) -> str:
    """The ground in the words of its form, without the name of the table and the column 总计."""
    every = [table.layout for template in load_templates() for table in template.tables]
    parts = name_address(address, every).split(" · ")[1:]
    return " · ".join(part for part in parts if part != "总计")


def reason_labels() -> dict[str, str]:
    return {"reason": say("理由"), "value": say("件数"), "reports": say("涉及报告"), "missing": say("缺数单元格")}


def count_applicants(chosen: Selection) -> pd.DataFrame:
    """Outcome × applicant: the sum of the figures, and how many cells have none."""
    sums = add_cells(chosen, "applicants")
    sums[["measure", "applicant"]] = sums["code"].str.split(".", n=1, expand=True).reindex(columns=[0, 1])
    return sums.set_index(["measure", "applicant"])[["value", "missing"]].sort_index()


def show_applicants(chosen: Selection) -> None:
    """The cross table as the page shows it: sums of the figures, and how many cells have none."""
    counts = count_applicants(chosen)
    codes = [code for code in codes_of("outcomes") if code in counts.index.get_level_values("measure")]
    rows = [
        {
            "outcome": say(read_measures()[code].label),
            **{one: counts["value"][code, one] for one in APPLICANTS},
            "missing": int(counts["missing"][code].sum()),
        }
        for code in codes
    ]
    labels = {"outcome": say("结果")} | {one: name_code("column", one) for one in APPLICANTS}
    labels["missing"] = say("缺数单元格")
    saved = counts.reset_index().assign(
        measure=lambda table: table["measure"].map(lambda code: say(read_measures()[code].label)),
        applicant=lambda table: table["applicant"].map(lambda code: name_code("column", code)),
    )
    heads = {"measure": say("结果"), "applicant": say("申请人"), "value": say("件数"), "missing": say("缺数单元格")}
    show_table(pd.DataFrame(rows, columns=list(labels)), say("申请人与结果"), labels, saved=saved.rename(columns=heads))
