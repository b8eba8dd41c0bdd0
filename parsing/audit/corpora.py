"""The reports of one corpus, each joined with the same agency's report of the year before and with its company.

In: reports in any order.  Out: views in the same order.  Refused: a guess; where two agencies of one name could be
meant, no report is taken for the year before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from parsing.audit.companions import Companions
from parsing.audit.likeness import companies
from parsing.audit.views import ReportView
from parsing.extraction.identity import agency_id, may_be_same, region_stem
from parsing.model import Report

# Why there is no report of the year before.
NONE_HERE = "这一批报告里没有该机关上一年度的报告"
NOT_PLACED = "报告没有写明机关或年度"
NAMESAKES = "有几个同名机关，不能确定哪一份是上一年度的报告"


class Dated(Protocol):
    """Who reports on which year, and when that was published: "" where nothing says it."""

    @property
    def agency(self) -> str | None: ...
    @property
    def year(self) -> int | None: ...
    @property
    def published(self) -> str: ...


def find_previous(reports: Sequence[Dated]) -> list[int | str]:
    """For each report the place of that of the year before among them, or the reason why there is none."""
    places: dict[tuple[str, int], list[int]] = defaultdict(list)
    years = {report.year for report in reports if report.year}
    found: list[int | str] = [NONE_HERE] * len(reports)
    dated: list[tuple[int, str, int]] = []
    for at, report in enumerate(reports):
        if not (report.agency and report.year):
            found[at] = NOT_PLACED
        elif not years.isdisjoint((report.year - 1, report.year + 1)):
            name = agency_id(report.agency)
            places[name, report.year].append(at)
            dated.append((at, name, report.year))
    for at, name, year in dated:
        found[at] = choose_previous(reports, at, places.get((name, year - 1), ()))
    return found


def choose_previous(reports: Sequence[Dated], at: int, candidates: Sequence[int]) -> int | str:
    """The report of the year before: same region if that can be told, of several versions the one published last."""
    agency = reports[at].agency or ""
    same = [one for one in candidates if may_be_same(agency, reports[one].agency or "")]
    exact = [one for one in same if region_stem(reports[one].agency or "") == region_stem(agency)]
    same = exact or same
    if len({region_stem(reports[one].agency or "") for one in same}) > 1:
        return NAMESAKES
    return max(same, key=lambda one: (reports[one].published, one)) if same else NONE_HERE


def join_years(reports: Sequence[Report]) -> tuple[ReportView, ...]:
    """Views of all reports, each knowing the report of the year before, and all of them the others."""
    companions = Companions(reports)
    views = tuple(ReportView(report, companions) for report in reports)
    versions = [Version(*dated_of(report)) for report in reports]
    for view, company, before in zip(views, companies(reports), find_previous(versions), strict=True):
        view.company = company
        if isinstance(before, str):
            view.why_no_previous = before
        else:
            view.previous = views[before]
    return views


class Version(NamedTuple):
    """A report as far as finding the year before it needs it."""

    agency: str | None
    year: int | None
    published: str


def dated_of(report: Report) -> tuple[str | None, int | None, str]:
    facts = report.particulars
    return facts.agency, facts.year, facts.published_date or ""
