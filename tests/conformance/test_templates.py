"""The forms as data: what the loader refuses, and what a form must be so that no label is ambiguous."""

from __future__ import annotations

import shutil
from collections import defaultdict
from pathlib import Path

import pytest

from parsing import templates
from parsing.extraction.folding import squash
from parsing.templates import (
    Field,
    TableTemplate,
    Template,
    TemplateError,
    load_sections,
    load_template,
    load_templates,
)

TABLES = [(template, table) for template in load_templates() for table in template.tables]

# Two rows of one table that the official form gives the same label.  Which is meant is settled by the
# order of the rows: each stands below its own total (行政复议数量, 行政诉讼数量), and a part is looked for
# only between its total and the next one.
SAME_LABEL_BY_FORM = {
    ("B", "被依法纠错数"): {"reviews_corrected", "litigations_corrected"},
    ("B", "依法纠错数"): {"reviews_corrected", "litigations_corrected"},
    ("B", "其他情形数"): {"reviews_other", "litigations_other"},
    ("B", "其它情形数"): {"reviews_other", "litigations_other"},
}

# The number of cells of each official form, counted on the printed form.
CELLS = {
    ("C", "t3"): 23 * 7,
    ("D", "t3"): 25 * 7,
    ("CD", "t4"): 3 * 5,
    ("B", "b"): 58,
}


def name_of(case: object) -> str:
    template, table = case  # type: ignore[misc]
    return f"{template.code}-{table.layout}-{table.code}"


@pytest.fixture
def forms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the template folder that a test may spoil; the loader reads it afresh."""
    folder = tmp_path / "templates"
    shutil.copytree(templates.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(templates, "FOLDER", folder)
    return folder


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('regime = "', 'colour = "red"\nregime = "', "colour"),
        ('kind = "matrix"', 'kind = "matrix"\nwidth = 3', "width"),
        ('{ code = "total", ', '{ code = "total", tint = 1, ', "tint"),
    ],
    ids=["template", "table", "field"],
)
def test_an_unknown_key_is_refused(forms: Path, old: str, new: str, named: str) -> None:
    change(forms / "d.toml", old, new)
    with pytest.raises(TemplateError, match=named):
        load_template(forms / "d.toml")


def test_a_missing_key_is_refused(forms: Path) -> None:
    change(forms / "d.toml", '{ code = "total", label = "总计", ', '{ code = "total", ')
    with pytest.raises(TemplateError, match="label"):
        load_template(forms / "d.toml")


def test_two_eras_for_one_year_are_refused(forms: Path) -> None:
    before, after = load_templates()[-2:]
    last, first = before.years[1], after.years[0]
    change(forms / "d.toml", f"years = [{first}, ", f"years = [{last}, ")
    with pytest.raises(TemplateError, match=str(last)):
        load_templates.__wrapped__()


def test_every_year_since_the_duty_began_has_one_form() -> None:
    covered = [template.years for template in load_templates()]
    assert [first for first, _ in covered[1:]] == [last + 1 for _, last in covered[:-1]]


def test_every_template_file_is_loaded() -> None:
    assert {path.name for path in templates.FOLDER.glob("*.toml")} == {*templates.ERA_FILES, "sections.toml"}


def meanings(fields: tuple[Field, ...]) -> dict[tuple[str | None, str], set[str]]:
    """Which fields a wording stands for, wordings compared as the reading compares them, under their group."""
    found: dict[tuple[str | None, str], set[str]] = defaultdict(set)
    for one in fields:
        for wording in (one.label, *one.aliases):
            found[one.group, squash(wording)[0]].add(one.code)
    return found


@pytest.mark.parametrize("side", ["rows", "columns"])
@pytest.mark.parametrize("case", TABLES, ids=name_of)
def test_no_wording_stands_for_two_fields(case: tuple[Template, TableTemplate], side: str) -> None:
    _, table = case
    by_wording = meanings(getattr(table, side))
    double = {wording: codes for (_, wording), codes in by_wording.items() if len(codes) > 1}
    assert double == {
        wording: codes
        for (layout, wording), codes in SAME_LABEL_BY_FORM.items()
        if layout == table.layout and side == "rows"
    }


@pytest.mark.parametrize("case", TABLES, ids=name_of)
def test_codes_and_addresses_are_unique(case: tuple[Template, TableTemplate]) -> None:
    _, table = case
    addresses = table.addresses()
    assert len(set(addresses)) == len(addresses) > 0


def parents(table: TableTemplate) -> set[str]:
    return {one.parent for one in table.rows if one.parent}


@pytest.mark.parametrize("case", [case for case in TABLES if case[1].kind == "indicators"], ids=name_of)
def test_a_part_names_a_row_of_its_table(case: tuple[Template, TableTemplate]) -> None:
    _, table = case
    assert parents(table) <= {row.code for row in table.rows}


@pytest.mark.parametrize("case", TABLES, ids=name_of)
def test_every_alias_is_written_normalised_and_once(case: tuple[Template, TableTemplate]) -> None:
    _, table = case
    for one in (*table.rows, *table.columns):
        odd = [alias for alias in one.aliases if squash(alias)[0] != alias]
        assert odd == [], f"{one.code}: written otherwise than the reading compares it"
        assert len(set(one.aliases)) == len(one.aliases), one.code
        assert squash(one.label)[0] not in one.aliases, f"{one.code}: an alias repeats the label"


def test_no_heading_stands_for_two_parts() -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for section in load_sections():
        for wording in (section.title, *section.aliases):
            assert squash(wording)[0] == wording
            found[wording].add(section.code)
    assert {wording: codes for wording, codes in found.items() if len(codes) > 1} == {}


@pytest.mark.parametrize(("layout", "code", "cells"), [(*key, cells) for key, cells in CELLS.items()], ids=str)
def test_the_form_has_its_number_of_cells(layout: str, code: str, cells: int) -> None:
    assert len(templates.find_table(layout, code).addresses()) == cells


@pytest.mark.parametrize(("layout", "code"), [("Z", "t3"), ("C", "t9")])
def test_a_table_that_no_form_has_is_a_key_error(layout: str, code: str) -> None:
    with pytest.raises(KeyError, match=f"no table {code} with layout {layout}"):
        templates.find_table(layout, code)


def test_no_form_is_due_before_the_duty_to_report() -> None:
    first = load_templates()[0].years[0]
    assert templates.template_due(first - 1) is None
    assert templates.template_due(first) is load_templates()[0]
