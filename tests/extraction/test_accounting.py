"""Every figure of the prose ends as a claim, ignored for a named reason, or unclassified, and stands in the prose."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsing.extraction.claims import extract_claims
from parsing.extraction.passages import join_passages
from parsing.model import Figure, Locator, Particulars, Report, Text
from parsing.pipeline import parse_bytes
from parsing.readers import list_files
from tests.synthesis.writers import KINDS, print_reports, shelf

# Metrics that clauses without a figure state too: 均按期答复, 尚未审结, 共六个部分.
IN_WORDS = {
    "applications_closed", "closed_rate_pct", "applications_applicant", "applications_method", "outcome",
    "review_outcome", "litigation_outcome", "section_count", "disclosed_growth_pct",
}  # fmt: skip


def figures_of(text: str) -> dict[str, tuple[str, str | None, tuple[int, ...]]]:
    passages = join_passages([Text.untouched(text, Locator(line=1, column=1, text=text))])
    figures = extract_claims(passages, Particulars(year=2022)).figures
    return {one.raw: (one.outcome, one.reason, one.claims) for one in figures}


def test_each_figure_names_the_claims_that_it_states() -> None:
    text = "2022年收到申请12件，其中网络申请7件，结转2件，电话0100-12345678，栏目更新33个。行政复议、行政诉讼均为0件。"
    figures = figures_of(text)
    assert figures["12"] == ("claimed", None, (0,))
    assert figures["7"] == ("claimed", None, (1,))
    assert figures["0100-12345678"] == ("ignored", "电话", ())
    assert figures["2022年"] == ("ignored", "年份", ())
    assert figures["0"] == ("claimed", None, (3, 4))


def test_a_date_states_itself_and_not_the_figure_beside_it() -> None:
    figures = figures_of("统计期限自2022年1月1日起至2022年12月31日止，全年共公开信息311条。")
    assert {raw: one[2] for raw, one in figures.items()} == {"2022年1月1日": (0,), "2022年12月31日": (1,), "311": (2,)}


def samples_as_reports(samples: Path) -> list[Report]:
    return [one for path in list_files(samples) for one in parse_bytes(path.read_bytes(), path.name)]


def assert_accounted(report: Report) -> None:
    for figure in report.figures:
        assert bool(figure.claims) == (figure.outcome == "claimed"), figure
        assert bool(figure.reason) == (figure.outcome == "ignored"), figure
    stated = {claim for figure in report.figures for claim in figure.claims}
    silent = [claim for index, claim in enumerate(report.claims) if index not in stated and not claim.negated]
    assert {claim.metric for claim in silent} <= IN_WORDS


def stands_in_prose(report: Report, figure: Figure) -> bool:
    """Whether a line of the prose prints the figure at its place."""
    at, column = figure.where.line, figure.where.column or 0
    pieces = [(one.raw, column - (one.where.column or 0)) for one in report.prose if one.where.line == at]
    return any(start >= 0 and raw.startswith(figure.raw, start) for raw, start in pieces)


def test_the_samples_account_for_every_figure(samples: Path) -> None:
    reports = samples_as_reports(samples)
    assert sum(len(report.figures) for report in reports) > 1000
    for report in reports:
        assert_accounted(report)
        assert [one for one in report.figures if not stands_in_prose(report, one)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_prose_holds_its_figures_in_every_format(kind: str) -> None:
    shelf.demand(kind)
    key, case = next(iter(shelf.forms().items()))
    [(name, data)] = print_reports({key: case.report}, kind).items()
    reports = parse_bytes(data, name)
    assert any(report.figures for report in reports)
    for report in reports:
        assert_accounted(report)
        assert [one for one in report.figures if not stands_in_prose(report, one)] == []
        lines = report.text.split("\n")
        places = [(one.raw, (one.where.line or 0) - 1, (one.where.column or 0) - 1) for one in report.prose]
        assert [raw for raw, line, column in places if not lines[line].startswith(raw, column)] == []
