"""The reports of one corpus, each joined with the same agency's report of the year before and with its company.

In: reports in any order.  Out: views in the same order.  Refused: a guess; where two agencies of one name could be
meant, no report is taken for the year before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from parsing.audit.companions import Companions
from parsing.audit.likeness import companies
from parsing.audit.views import ReportView
from parsing.extraction.identity import agency_id, may_be_same, region_stem
from parsing.model import Report


def published(view: ReportView) -> str:
    return view.report.particulars.published_date or ""


def choose_previous(view: ReportView, candidates: Sequence[ReportView]) -> ReportView | None:
    """The report of the year before: same region if that can be told, of several versions the one published last."""
    agency = view.report.particulars.agency or ""
    same = [one for one in candidates if may_be_same(agency, one.report.particulars.agency or "")]
    exact = [one for one in same if region_stem(one.report.particulars.agency or "") == region_stem(agency)]
    same = exact or same
    if len({region_stem(one.report.particulars.agency or "") for one in same}) > 1:
        view.why_no_previous = "有几个同名机关，不能确定哪一份是上一年度的报告"
        return None
    return max(enumerate(same), key=lambda pair: (published(pair[1]), pair[0]))[1] if same else None


def join_years(reports: Sequence[Report]) -> tuple[ReportView, ...]:
    """Views of all reports, each knowing the report of the year before, and all of them the others."""
    companions = Companions(reports)
    views = tuple(ReportView(report, companions) for report in reports)
    for view, company in zip(views, companies(reports), strict=True):
        view.company = company
    years = {view.year for view in views}
    places: dict[tuple[str, int], list[ReportView]] = defaultdict(list)
    dated: list[tuple[ReportView, str, int]] = []
    for view in views:
        agency, year = view.report.particulars.agency, view.year
        if not (agency and year):
            view.why_no_previous = "报告没有写明机关或年度"
        elif not years.isdisjoint((year - 1, year + 1)):
            name = agency_id(agency)
            places[name, year].append(view)
            dated.append((view, name, year))
    for view, name, year in dated:
        view.previous = choose_previous(view, places.get((name, year - 1), ()))
    return views
