"""Why applications are refused, and which applicants get which outcome.

In: a corpus.  Out: tidy frames for the page on applications.  The rows are those of the forms; grounds of
forms with different wording stay apart.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

import pandas as pd

from pages.ui.form import name_address
from pages.ui.tables import show_table
from pages.ui.wording import name_code, say
from parsing.measures import codes_of, read_measures, read_source, ways_of
from parsing.tables import Corpus
from parsing.templates import load_templates

APPLICANTS = (
    "natural_person",
    "legal_commercial",
    "legal_research",
    "legal_social",
    "legal_law_service",
    "legal_other",
)


def count_reasons(corpus: Corpus) -> pd.DataFrame:
    """One row per ground for not disclosing: sum over reports, number of reports, cells without a figure."""
    patterns = read_source()["reasons"]["cells"]
    addresses = [one for one in corpus.cells["address"].unique() if any(fnmatchcase(one, each) for each in patterns)]
    rows = corpus.cells[corpus.cells["address"].isin(addresses)]
    if rows.empty:
        return pd.DataFrame(columns=list(reason_labels()))
    groups = rows.assign(used=rows["value"] > 0, missing=rows["value"].isna()).groupby("address")
    table = pd.DataFrame(
        {
            "value": groups["value"].sum(min_count=1),
            "reports": groups["used"].sum(),
            "missing": groups["missing"].sum(),
        }
    ).reset_index()
    table["reason"] = table["address"].map(name_reason)
    return table.sort_values("value", ascending=False, na_position="last").reset_index(drop=True)


def name_reason(address: str) -> str:
    """The ground in the words of its form, without the name of the table and the column 总计."""
    every = [table.layout for template in load_templates() for table in template.tables]
    parts = name_address(address, every).split(" · ")[1:]
    return " · ".join(part for part in parts if part != "总计")


def reason_labels() -> dict[str, str]:
    return {"reason": say("理由"), "value": say("件数"), "reports": say("涉及报告"), "missing": say("缺数单元格")}


def count_applicants(corpus: Corpus) -> pd.DataFrame:
    """Outcome × applicant: the sum of the figures, and how many cells have none."""
    totals = [address for address in corpus.cells["address"].unique() if address.startswith("t3.")]
    rows = [
        (measure, applicant, address.removesuffix(".total") + f".{applicant}")
        for address in totals
        for measure, _ in ways_of(address)
        if measure in codes_of("outcomes")
        for applicant in APPLICANTS
    ]
    names = pd.DataFrame(rows, columns=["measure", "applicant", "address"])
    cells = corpus.cells[["address", "value"]].merge(names, on="address")
    groups = cells.assign(missing=cells["value"].isna()).groupby(["measure", "applicant"])
    return pd.DataFrame({"value": groups["value"].sum(min_count=1), "missing": groups["missing"].sum()})


def show_applicants(corpus: Corpus) -> None:
    """The cross table as the page shows it: sums of the figures, and how many cells have none."""
    counts = count_applicants(corpus)
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
