"""What the prose of a report says: every family of wording, the traps, and what must hold for any text."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from parsing.extraction.claims import ClaimReading, extract_claims
from parsing.extraction.passages import Passage, join_passages
from parsing.extraction.sections import read_sections
from parsing.model import Claim, Locator, Particulars, Text

FOLDER = Path(__file__).parent
CASES = tomllib.loads((FOLDER / "claims_cases.toml").read_text("utf-8"))["cases"]
TRAPS = tomllib.loads((FOLDER / "claims_traps.toml").read_text("utf-8"))["traps"]
TEXTS = [one["text"] for one in (*CASES, *TRAPS)]


def read_passages(text: str) -> list[Passage]:
    """The lines of a text as the pipeline hands them on."""
    lines = (
        Text.untouched(line, Locator(line=number, column=1, text=line)) for number, line in enumerate(lines_of(text), 1)
    )
    return read_sections(join_passages(lines))[1]


def lines_of(text: str) -> list[str]:
    return text.splitlines() or [text]


def read(text: str, year: int | None = 2021) -> ClaimReading:
    return extract_claims(read_passages(text), Particulars(year=year))


def stated(claims: Iterable[Claim]) -> Counter[tuple[str, str, object]]:
    return Counter((one.metric, one.dim or "", one.value) for one in claims)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["family"])
def test_the_text_says_exactly_this(case: dict[str, Any]) -> None:
    found = read(case["text"], case["year"]).claims
    assert stated(found) == Counter((metric, dim, value) for metric, dim, value, *_ in case["claims"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["family"])
def test_the_claims_have_these_fields(case: dict[str, Any]) -> None:
    found = read(case["text"], case["year"]).claims
    for metric, dim, value, *more in case["claims"]:
        claim = next(one for one in found if (one.metric, one.dim or "", one.value) == (metric, dim, value))
        fields = more[0] if more else {}
        assert {name: getattr(claim, name) for name in fields} == fields


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap["why"])
def test_the_text_does_not_say_this(trap: dict[str, Any]) -> None:
    metrics = {one.metric for one in read(trap["text"]).claims}
    assert metrics & set(trap["absent"]) == set()
    assert not ("*" in trap["absent"] and metrics)


@pytest.mark.parametrize("text", TEXTS)
def test_a_quote_stands_where_it_is_said_to(text: str) -> None:
    for claim in read(text).claims:
        line = lines_of(text)[(claim.where.line or 0) - 1]
        start = (claim.where.column or 0) - 1
        assert line[start : start + len(claim.quote)] == claim.quote
        assert claim.label is None or claim.label in line


@pytest.mark.parametrize("text", TEXTS)
def test_every_digit_is_in_exactly_one_figure(text: str) -> None:
    lines = lines_of(text)
    seen: Counter[tuple[int, int]] = Counter()
    for figure in read(text).figures:
        line, column = figure.where.line or 0, figure.where.column or 0
        assert lines[line - 1][column - 1 :].startswith(figure.raw)
        seen.update((line, column + offset) for offset, char in enumerate(figure.raw) if char.isdigit())
    digits = [
        (number, match.start() + 1)
        for number, line in enumerate(lines, 1)
        for match in re.finditer(r"[0-9０-９]", line)
    ]
    assert seen == Counter(digits)


def test_a_figure_that_no_rule_takes_is_unclassified() -> None:
    figures = read("松溪镇另有其余123宗。").figures
    assert [(one.raw, one.outcome) for one in figures] == [("123", "unclassified")]


def test_an_ignored_figure_says_why() -> None:
    reasons = {one.raw: one.reason for one in read("网站访问量45万人次，见某政办〔2020〕60号。").figures}
    assert reasons == {"45万": "访问量", "2020〕60号": "文号"}


def test_a_figure_said_twice_is_two_claims() -> None:
    claims = read("一、总体情况\n公开信息30条。\n二、主动公开政府信息情况\n公开信息30条。").claims
    assert [(one.value, one.section, one.where.line) for one in claims] == [(30, "s1", 2), (30, "s2", 4)]


def test_the_heading_says_what_a_figure_counts() -> None:
    under_applications = read("（二）依申请公开情况\n办结12件。").claims
    assert stated(under_applications) == Counter({("applications_closed", "", 12): 1})
    assert read("（二）信访工作情况\n办结12件。").claims == ()


def test_a_day_that_does_not_exist_is_a_problem() -> None:
    reading = read("统计期限自2021年1月1日起至2021年2月30日止。")
    assert [one.kind for one in reading.problems] == ["date_impossible"]
    assert [one.metric for one in reading.claims] == []


def test_digits_with_two_readings_are_a_problem() -> None:
    reading = read("统计期限为2021年111日至1231日。")
    assert [one.kind for one in reading.problems] == ["date_unclear"]


def test_full_width_commas_part_figures_and_not_thousands() -> None:
    values = [one.value for one in read("政务微博、微信分别发布信息100，200条。").claims]
    assert 100200 not in values


def test_without_a_year_of_the_report_the_sentence_names_it() -> None:
    claims = read("2019年公开信息30条。", None).claims
    assert [(one.metric, one.year) for one in claims] == [("disclosed_total", 2019)]


def test_traditional_characters_are_quoted_as_printed() -> None:
    (claim,) = read("政務微信公衆號發布信息63條。").claims
    assert (claim.metric, claim.dim, claim.quote) == ("disclosed_channel", "wechat", "政務微信公衆號發布信息63條")


def test_a_list_in_the_next_paragraph_belongs_to_the_total_before() -> None:
    total, *parts = read("公开政府信息30条。\n其中，财政信息10条，工作动态20条。").claims
    assert {one.list_id for one in (total, *parts)} == {total.list_id}
    assert [one.list_role for one in (total, *parts)] == ["total", "part", "part"]


def test_the_same_text_gives_the_same_reading() -> None:
    text = "\n".join(TEXTS)
    assert read(text) == read(text)
