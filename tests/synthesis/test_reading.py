"""Every form, in every layout and under every kind of damage, reads back to the facts it was written from.

In: made-up reports.  Out: nothing.  A value that differs is the one thing that must never happen; a value that is
missing is a failure here too, since nothing in these texts is beyond reading.
"""

from __future__ import annotations

import pytest

from parsing import parse_report
from parsing.model import CellStatus
from tests.synthesis import DESTRUCTIVE, KINDS, LAYOUTS, Agency, Facts, clean_facts, damage, write_text

OFFICE = Agency("云溪市青岚区档案局", "档案局", "department", "云溪市青岚区", "我局", 700, 60, 900)
FORMS = {"A1": 2011, "A2": 2012, "A3": 2013, "B": 2016, "C": 2020, "D": 2022}
CURRENT = ("B", "C", "D")
# Where each cell has its own place in the row.  With one cell a line a blank one looks like a bar that makes up for
# merged cells, and without bars or tabs it leaves no trace.
SHOWS_BLANKS = ("pipes", "leading_pipes", "word_paste", "tab_rows", "broken_rows")
HIDES_BLANKS = ("pipe_cells", "lone_pipes")
HARMLESS = sorted(set(KINDS) - DESTRUCTIVE)
# Damage to narrow labels, groups, indents, a period: not every form and layout has them.
OFTEN_NOTHING = {
    "broken_labels", "repeated_groups", "gbk_shift", "lost_date_words", "hard_spaces", "nbsp_marks", "masked",
    "letter_o", "shifted_inside",
}  # fmt: skip
NEEDS_TRADITIONAL = {"pinyin", "lost_byte", "wrong_variants"}
# A lost byte can take the very word away that a statement hangs on.
TAKES_WORDS = {"lost_byte", "shifted_inside"}


def facts_of(form: str, seed: int = 11) -> Facts:
    return clean_facts(OFFICE, FORMS[form], seed, form if form.startswith("A") else None)


def values_read(text: str) -> dict[str, float | int | None]:
    return {cell.address: cell.value for cell in parse_report(text.encode(), "made-up").cells}


def statements_read(text: str) -> set[tuple[str, str | None, float | int | str]]:
    return {(claim.metric, claim.dim, claim.value) for claim in parse_report(text.encode(), "made-up").claims}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", FORMS)
def test_a_clean_report_reads_back_to_its_facts(form: str, layout: str) -> None:
    facts = facts_of(form)
    assert values_read(write_text(facts, layout)) == facts.expected()


@pytest.mark.parametrize("kind", HARMLESS)
@pytest.mark.parametrize("form", CURRENT)
def test_a_damaged_report_reads_back_to_its_facts(form: str, kind: str) -> None:
    facts, refused = facts_of(form), 0
    for layout in LAYOUTS:
        text = write_text(facts, layout)
        if kind in NEEDS_TRADITIONAL:
            text = damage(text, "traditional", 1)
        try:
            text = damage(text, kind, 5)
        except ValueError:
            # Not every layout and form has what this kind damages.
            refused += 1
            continue
        assert values_read(text) == facts.expected(), layout
    assert refused < len(LAYOUTS) or kind in OFTEN_NOTHING


def blank_some(form: str) -> tuple[Facts, list[str]]:
    """Facts with every third zero left blank, and which cells those are."""
    facts = facts_of(form)
    zeros = [address for address, value in facts.expected().items() if value == 0][::3]
    return facts.with_cells(dict.fromkeys(zeros)), zeros


@pytest.mark.parametrize("kind", sorted(set(HARMLESS) - TAKES_WORDS))
@pytest.mark.parametrize("form", CURRENT)
def test_damage_changes_nothing_that_the_prose_states(form: str, kind: str) -> None:
    """Where no word is taken away, every damage is undone."""
    for layout in ("pipes", "word_paste"):
        clean = write_text(facts_of(form), layout)
        clean = damage(clean, "traditional", 1) if kind in NEEDS_TRADITIONAL else clean
        try:
            damaged = damage(clean, kind, 5)
        except ValueError:
            assert kind in OFTEN_NOTHING, layout
            continue
        assert statements_read(damaged) == statements_read(clean), layout


@pytest.mark.parametrize("layout", SHOWS_BLANKS)
@pytest.mark.parametrize("form", CURRENT)
def test_blank_cells_stay_blank(form: str, layout: str) -> None:
    blanked, zeros = blank_some(form)
    report = parse_report(write_text(blanked, layout).encode(), "made-up")
    cells = {cell.address: cell for cell in report.cells}
    assert {address: cells[address].value for address in blanked.expected()} == blanked.expected()
    assert {cells[address].status for address in zeros} == {CellStatus.BLANK}


@pytest.mark.parametrize("layout", HIDES_BLANKS)
@pytest.mark.parametrize("form", CURRENT)
def test_where_blanks_hide_no_value_moves_to_another_cell(form: str, layout: str) -> None:
    blanked, _ = blank_some(form)
    expected = blanked.expected()
    read = {address: value for address, value in values_read(write_text(blanked, layout)).items() if value is not None}
    assert read == {address: expected[address] for address in read}
    assert read


@pytest.mark.parametrize("kind", sorted(DESTRUCTIVE))
@pytest.mark.parametrize("form", CURRENT)
def test_what_is_destroyed_is_not_made_up(form: str, kind: str) -> None:
    """A value is the one that was written, or there is none; a zero taken out of its cell is no zero."""
    expected = facts_of(form).expected()
    for layout in LAYOUTS:
        try:
            text = damage(write_text(facts_of(form), layout), kind, 5)
        except ValueError:
            # Where a row has its line, and each line is another, nothing is repeated.
            assert kind != "one_line"
            continue
        read = {address: value for address, value in values_read(text).items() if value is not None}
        assert read == {address: expected.get(address) for address in read}, layout
