"""The measured figures are those of the material at hand, and a check that was found wrong too often accuses nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from parsing.audit import CHECKS, Check
from parsing.audit.measured import LEAST_PRECISION, Share, Tally, add_up, load_measured, measured
from parsing.audit.measured import count_reports as measured_reports
from tests.precision.__main__ import keep_real, list_mistakes
from tests.precision.counting import Tallies, count, count_reports, tally_of, write_row, write_table, write_toml
from tests.precision.labelled import NONE, OWN, Answer

STALE = "run `make precision`: parsing/audit/measured.toml is not of these checks and this material"
BALANCE = frozenset(("T3.BALANCE",))
ROWS = frozenset(("T3.ROW_SUM",))


def own(tallies: Tallies) -> dict[str, dict[str, Tally]]:
    """The tallies without those of the real reports, which only some checkouts can measure."""
    kept = {check: {name: one for name, one in found.items() if name in OWN} for check, found in tallies.items()}
    return {check: found for check, found in kept.items() if found}


@pytest.mark.slow
def test_the_figures_that_ship_are_those_of_the_projects_own_material() -> None:
    answers = [one for make in OWN.values() for one in make()]
    assert own(count(answers)) == own(load_measured()), STALE
    assert count_reports(answers) == {name: n for name, n in measured_reports().items() if name in OWN}, STALE
    assert list_mistakes(answers) == []


def accusing_too_often(checks: tuple[Check, ...], tallies: Mapping[str, Mapping[str, Tally]]) -> list[str]:
    """The checks that say more than a note although they were not right often enough."""
    return [
        check.id
        for check in checks
        if check.consequence != "note" and not add_up(tallies.get(check.id, {}).values()).is_trusted
    ]


def test_a_check_that_is_often_wrong_is_a_note() -> None:
    said = f"right in less than {LEAST_PRECISION:.0%}: give them consequence=\"note\", or mend them"
    assert accusing_too_often(CHECKS, load_measured()) == [], said


def test_one_wrong_flag_in_twenty_is_the_most_that_a_check_may_raise() -> None:
    check = next(one for one in CHECKS if one.consequence == "correct")
    good, bad = Tally(right=19, wrong=1), Tally(right=18, wrong=1)
    assert accusing_too_often((check,), {check.id: {"real": good}}) == []
    assert accusing_too_often((check,), {check.id: {"real": bad}}) == [check.id]
    assert accusing_too_often((check,), {check.id: {"real": bad, "samples": Tally(right=1)}}) == []
    assert accusing_too_often((replace(check, consequence="note"),), {check.id: {"real": bad}}) == []
    assert accusing_too_often((check,), {}) == []


def test_the_file_names_only_checks_that_there_are() -> None:
    assert load_measured().keys() <= {check.id for check in CHECKS}


def test_a_check_that_nobody_measured_has_no_figures() -> None:
    assert measured("X.NEW") == {}
    assert (add_up(()).precision.value, add_up(()).precision.interval) == (None, None)
    assert write_row("X.NEW", {"clean": Tally(quiet=4)}) == (
        "| X.NEW | 0 | 0 | 0 | not measured | not measured | clean 0 (4) |"
    )


@pytest.mark.parametrize(
    ("share", "low", "high"),
    [
        (Share(1, 1), 0.2065, 1),
        (Share(0, 5), 0, 0.4345),
        (Share(19, 20), 0.7639, 0.9911),
        (Share(50, 100), 0.4038, 0.5962),
    ],
    ids=str,
)
def test_intervals_after_wilson(share: Share, low: float, high: float) -> None:
    assert share.interval == pytest.approx((low, high), abs=1e-4)


ANSWERS = [
    ("raised and due", BALANCE, NONE, BALANCE, BALANCE, Tally(right=1)),
    ("raised and barred", NONE, BALANCE, BALANCE, BALANCE, Tally(wrong=1)),
    ("raised and not judged", NONE, ROWS, BALANCE, BALANCE, Tally()),
    ("due and not raised", BALANCE, NONE, ROWS, BALANCE, Tally(missed=1)),
    ("due and not even decided", BALANCE, NONE, NONE, NONE, Tally(missed=1)),
    ("barred and silent", NONE, BALANCE, NONE, BALANCE, Tally(quiet=1)),
    ("barred and not decided", NONE, BALANCE, NONE, NONE, Tally()),
]


@pytest.mark.parametrize(("due", "barred", "raised", "decided", "tally"), [one[1:] for one in ANSWERS],
                         ids=[one[0] for one in ANSWERS])  # fmt: skip
def test_what_an_answer_counts(
    due: frozenset[str], barred: frozenset[str], raised: frozenset[str], decided: frozenset[str], tally: Tally
) -> None:
    assert tally_of("T3.BALANCE", Answer("real", "one", due, barred, raised, decided)) == tally


def test_a_false_alarm_and_a_miss_stand_in_table_and_file_and_are_named() -> None:
    answers = [
        Answer("samples", "first", BALANCE, ROWS, BALANCE | ROWS, BALANCE | ROWS),
        Answer("samples", "second", BALANCE, NONE, NONE, NONE),
    ]
    tallies = count(answers)
    assert "| T3.BALANCE | 1 | 0 | 1 | 100% (21–100) | 50% (9–91) | samples 2 (0) |" in write_table(tallies)
    assert '[checks."T3.ROW_SUM"]\nsamples = { wrong = 1 }\n' in write_toml(tallies, count_reports(answers))
    assert list_mistakes(answers) == [
        "- wrong: T3.ROW_SUM on samples first",
        "- missed: T3.BALANCE on samples second",
    ]


def test_figures_of_real_reports_stay_where_these_cannot_be_read() -> None:
    kept = keep_real({"X.PERIOD": {"samples": Tally(right=1)}, "X.NEW": {"samples": Tally(right=1)}})
    assert kept["X.PERIOD"] == {"real": load_measured()["X.PERIOD"]["real"], "samples": Tally(right=1)}
    assert kept["X.NEW"] == {"samples": Tally(right=1)}
