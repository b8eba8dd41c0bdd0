"""Results of reviews and lawsuits, and the share of decisions that were corrected.

In: the chosen reports.  Out: one row per report with decided cases.  A result without a figure leaves the share
unknown.
"""

from __future__ import annotations

from pages.ui.chosen import Selection
from pages.ui.data import call_agencies
from pages.ui.listing import Listing, show_rows
from pages.ui.ranked import rank_rows
from pages.ui.wording import say
from parsing.measures import codes_of

RESULTS = {"reviews": codes_of("review_results"), "litigations": codes_of("litigation_results")}


def corrected_share(chosen: Selection, kind: str) -> Listing:
    """Corrected and decided cases and their share (%), for reports in which all three results have figures."""
    return rank_rows(chosen, "corrections", "name, called, year, corrected, decided, share_pct", "kind = ?", (kind,))


def show_corrected(listing: Listing) -> None:
    """The shares of the reports that had a decided case, highest first."""
    labels = {
        "agency": say("机关"),
        "year": say("年度"),
        "corrected": say("纠正（件）"),
        "decided": say("已审结（件）"),
        "share_pct": say("纠正率（%）"),
    }
    show_rows(
        listing,
        say("纠正率"),
        labels,
        spell=lambda rows: rows.assign(agency=call_agencies(rows)),
        nothing=say("所选报告没有一件已审结的案件，或者结果有缺数。"),
    )
