"""Sentences of the prose beside tables: those that are true raise nothing, those that are not are found.

In: `true_sentences.toml`, `contradictions.toml`; the keys of their cases are explained in `staging`.  Out: nothing.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import pytest

from parsing.findings import AuditedReport, Flag
from tests.narrative.staging import YEARS, Case, audit_case, make_case, write_case

FOLDER = Path(__file__).parent
FEWEST = 120


def load_cases(name: str) -> list[Case]:
    return [make_case(entry) for entry in tomllib.loads((FOLDER / name).read_text("utf-8"))["cases"]]


TRUE, FALSE = load_cases("true_sentences.toml"), load_cases("contradictions.toml")


def name_of(case: Case) -> str:
    return f"{case.form}: {case.family}"


def said_of(flags: tuple[Flag, ...]) -> list[str]:
    return [f"{flag.check}: {flag.message}" for flag in flags]


@pytest.mark.parametrize("form", YEARS)
def test_the_report_around_the_sentence_is_clean(form: str) -> None:
    assert said_of(audit_case(Case("clean", form, "")).flags) == []


@pytest.mark.parametrize("case", TRUE, ids=name_of)
def test_a_true_sentence_raises_nothing(case: Case) -> None:
    assert said_of(audit_case(case).flags) == []


@cache
def audit_contradiction(index: int) -> AuditedReport:
    return audit_case(FALSE[index])


each_contradiction = pytest.mark.parametrize("index", range(len(FALSE)), ids=[name_of(case) for case in FALSE])


@each_contradiction
def test_a_contradiction_is_found_with_both_its_sides(index: int) -> None:
    found = [(flag.check, flag.expected, flag.actual) for flag in audit_contradiction(index).flags]
    assert sorted(found, key=str) == sorted([(one[0], one[1], one[2]) for one in FALSE[index].flags], key=str)


@each_contradiction
def test_the_sentence_is_quoted_at_its_place(index: int) -> None:
    lines = write_case(FALSE[index]).splitlines()
    for check, said, counted, quote in FALSE[index].flags:
        wanted = (check, said, counted)
        flags = audit_contradiction(index).flags
        flag = next(one for one in flags if (one.check, one.expected, one.actual) == wanted)
        quoted = [one for one in flag.evidence if quote in one.snippet]
        assert quoted, [one.snippet for one in flag.evidence]
        where = quoted[0].where
        assert where is not None and where.line is not None and where.column is not None
        assert lines[where.line - 1][where.column - 1 :].startswith(quoted[0].snippet)


def test_the_lists_are_long_and_varied() -> None:
    for cases in (TRUE, FALSE):
        assert len({(case.form, case.text, case.damage) for case in cases}) == len(cases) >= FEWEST
        assert {case.form for case in cases} == set(YEARS)
