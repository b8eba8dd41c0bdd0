"""Damage to the characters of a report changes no number, whatever the format.

In: the kinds of damage that reach into paragraphs and cells, put into the blocks before writing.  Out: nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from random import Random

import pytest

from parsing import parse_report
from parsing.model import Report
from tests.synthesis import KINDS as DAMAGE
from tests.synthesis.logical import LogicalReport, change_texts
from tests.synthesis.text import print_report
from tests.synthesis.variants import facts_of
from tests.synthesis.writers import KINDS, print_reports
from tests.synthesis.writers.shelf import FAINT, forms

Change = Callable[[str, bool], str]
FORMS = ("B", "C", "D")
CHOSEN = [name for name, kind in KINDS.items() if kind.needs is None]
# The font of the pdf that are written here has no such characters.
WITHOUT_FONT = frozenset({"traditional", "traditional_taiwan", "pinyin", "gbk_shift"})


def by(kind: str, chance: Random, is_rare: bool = False) -> Change:
    """A kind of damage for one text at a time; rare kinds strike one text in three."""

    def change(text: str, is_cell: bool) -> str:
        return text if is_rare and chance.random() > 1 / 3 else DAMAGE[kind](text, chance)

    return change


def one_after_another(*changes: Change) -> Change:
    def change(text: str, is_cell: bool) -> str:
        for one in changes:
            text = one(text, is_cell)
        return text

    return change


def spaced_figures(chance: Random) -> Change:
    """No-break spaces beside the figures of cells."""
    return lambda text, is_cell: chance.choice((f"\u00a0{text}", f"{text} ", text)) if is_cell else text


def other_wordings(form: str, chance: Random) -> Change:
    """Labels of rows in another wording that the form's data know."""
    tables = {table.code: table for table in facts_of(form).tables()}
    known = {row.label: row.aliases for table in tables.values() for row in table.rows if row.aliases}
    # What also heads a column, or labels two rows, is told apart by its wording.
    again = [entry.label for table in tables.values() for entry in (*table.rows, *table.columns)]

    def change(text: str, is_cell: bool) -> str:
        if is_cell and text in known and again.count(text) == 1:
            return chance.choice(known[text])
        return text

    return change


def damages(form: str) -> dict[str, Change]:
    chance = Random(f"format damage|{form}")
    traditional = by("traditional", chance)
    return {
        "traditional": traditional,
        "traditional_taiwan": by("traditional_taiwan", chance),
        "pinyin": one_after_another(traditional, by("pinyin", chance)),
        "full_width": by("full_width", chance),
        "narrow_marks": by("narrow_marks", chance),
        "spaced_dates": by("spaced_dates", chance),
        "broken_labels": by("broken_labels", chance),
        "gbk_shift": by("gbk_shift", chance, is_rare=True),
        "spaced_figures": spaced_figures(chance),
        "other_wordings": other_wordings(form, chance),
    }


# What moves the words of a cell, so that without lines a column can no longer be told from the next.
UNSTEADY = frozenset({"broken_labels", "spaced_figures"})
KINDS_OF_DAMAGE = tuple(damages("D"))
PAIRS = [
    (kind, name)
    for kind in KINDS_OF_DAMAGE
    for name in CHOSEN
    if KINDS[name].format != "pdf" or kind not in WITHOUT_FONT
]


@cache
def damaged_reports(form: str) -> dict[str, LogicalReport]:
    return {kind: change_texts(forms()[form].report, change) for kind, change in damages(form).items()}


@cache
def damaged_files(form: str, name: str) -> dict[str, bytes]:
    return print_reports(damaged_reports(form), name)


def statements(report: Report) -> set[tuple[str, str | None, float | int | str]]:
    return {(claim.metric, claim.dim, claim.value) for claim in report.claims}


@pytest.mark.parametrize(("kind", "name"), PAIRS)
@pytest.mark.parametrize("form", FORMS)
def test_damage_changes_no_number_in_any_format(form: str, kind: str, name: str) -> None:
    report = parse_report(damaged_files(form, name)[kind], "made-up")
    values = {cell.address: cell.value for cell in report.cells}
    if name in FAINT and kind in UNSTEADY:
        figures = {address: value for address, value in values.items() if value is not None}
        assert figures == {address: forms()[form].expected[address] for address in figures}
        assert figures
    else:
        assert values == forms()[form].expected
    text = parse_report(print_report(damaged_reports(form)[kind], "pipes", "").encode(), "made-up")
    assert statements(report) == statements(text)
    assert report.particulars.year == text.particulars.year
    assert report.particulars.agency == text.particulars.agency


@pytest.mark.parametrize("kind", KINDS_OF_DAMAGE)
def test_each_kind_of_damage_strikes_a_form(kind: str) -> None:
    assert any(damaged_reports(form)[kind] != forms()[form].report for form in FORMS)
