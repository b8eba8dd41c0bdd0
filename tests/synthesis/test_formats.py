"""The same report gives the same numbers out of every format, each with its place in the file.

In: every form, with and without blank cells, as files of every kind.  Out: nothing.
"""

from __future__ import annotations

import os
import re
from functools import cache

import pytest

from parsing import parse_report
from parsing.model import Cell, CellStatus, Report
from parsing.pipeline import parse_bytes
from tests.synthesis.claims import Stated
from tests.synthesis.clean import clean_facts
from tests.synthesis.facts import Agency
from tests.synthesis.logical import build_report
from tests.synthesis.places import LOOK_UP
from tests.synthesis.text import write_text
from tests.synthesis.variants import FORMS
from tests.synthesis.writers import KINDS, pack, print_reports
from tests.synthesis.writers.shelf import BLANKED, FAINT, files_of, forms

WHITE = re.compile(r"\s")
# Only here is a page so broken that another library sees other rows than a browser does.
SEEN_OTHERWISE = frozenset({"html_sloppy"})


def statements(report: Report) -> frozenset[Stated]:
    return frozenset((claim.metric, claim.dim, claim.value) for claim in report.claims)


@cache
def read(name: str, key: str) -> Report:
    return parse_report(files_of(name)[key], "made-up")


@cache
def read_text(key: str) -> Report:
    return parse_report(write_text(forms()[key].facts).encode(), "made-up")


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("key", FORMS)
def test_every_format_gives_the_facts(key: str, name: str) -> None:
    report = read(name, key)
    assert [problem.message for problem in report.problems] == []
    assert {cell.address: cell.value for cell in report.cells} == forms()[key].expected
    assert {cell.confidence for cell in report.cells} == {"sure"}
    assert report.source.format == KINDS[name].format


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("key", FORMS)
def test_every_format_states_the_same(key: str, name: str) -> None:
    report, text = read(name, key), read_text(key)
    assert statements(report) == statements(text)
    particulars = ("agency", "level", "region", "year", "published_date")
    assert {one: getattr(report.particulars, one) for one in particulars} == {
        one: getattr(text.particulars, one) for one in particulars
    }
    assert [section.code for section in report.sections] == [section.code for section in text.sections]


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("form", FORMS)
def test_blank_cells_stay_blank_in_every_format(form: str, name: str) -> None:
    key = form + BLANKED
    report = read(name, key)
    values = {cell.address: cell.value for cell in report.cells}
    if name in FAINT:
        figures = {address: value for address, value in values.items() if value is not None}
        assert figures == {address: forms()[key].expected[address] for address in figures}
        assert len(figures) > len(values) / 3
        return
    assert values == forms()[key].expected
    blanks = {address for address, value in forms()[key].expected.items() if value is None}
    assert {cell.address for cell in report.cells if cell.status is CellStatus.BLANK} == blanks != set()


def stands_in_text(cell: Cell, lines: list[str]) -> bool:
    """Whether what was read is printed at its line and column of the text that is shown."""
    where = cell.where
    if where is None or not where.line or not where.column or where.line > len(lines):
        return False
    return lines[where.line - 1].startswith(cell.raw, where.column - 1)


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("key", (*FORMS, *(form + BLANKED for form in FORMS)))
def test_every_value_is_shown_at_its_place(key: str, name: str) -> None:
    report = read(name, key)
    lines = report.text.split("\n")
    assert [cell.address for cell in report.cells if not stands_in_text(cell, lines)] == []


def is_found_again(cell: Cell, data: bytes, name: str) -> bool:
    assert cell.where is not None
    found = WHITE.sub("", LOOK_UP[KINDS[name].format](data, cell.where))
    return found == WHITE.sub("", cell.raw)


@pytest.mark.parametrize(
    "name", [one for one, kind in KINDS.items() if kind.format in LOOK_UP and one not in SEEN_OTHERWISE]
)
@pytest.mark.parametrize("key", (*FORMS, *(form + BLANKED for form in FORMS)))
def test_every_value_is_found_again_in_the_file(key: str, name: str) -> None:
    data = files_of(name)[key]
    cells = [cell for cell in read(name, key).cells if cell.raw or KINDS[name].format != "pdf"]
    assert [cell.address for cell in cells if not is_found_again(cell, data, name)] == []


TOWN = Agency("云溪市青岚区墨坪镇人民政府", "墨坪镇", "township", "云溪市青岚区", "我镇", 300, 7, 25)
# Each round is another report in another style; a soak of many hours is the same test with more rounds.
ROUNDS = int(os.environ.get("FORMAT_ROUNDS", "3"))


@pytest.mark.parametrize("name", [one for one, kind in KINDS.items() if kind.needs is None])
@pytest.mark.parametrize("form", FORMS)
def test_every_style_of_a_format_gives_the_facts(form: str, name: str) -> None:
    provincial = form if form.startswith("A") else None
    rounds = {f"{form}|{seed}": clean_facts(TOWN, FORMS[form], seed, provincial) for seed in range(ROUNDS)}
    files = print_reports({key: build_report(facts) for key, facts in rounds.items()}, name)
    for key, facts in rounds.items():
        report = parse_report(files[key], "made-up")
        assert {cell.address: cell.value for cell in report.cells} == facts.expected(), key
        assert (report.particulars.agency, report.particulars.year) == (TOWN.name, facts.year), key


@pytest.mark.parametrize("is_cp936", [False, True])
def test_an_archive_gives_each_report_in_it(is_cp936: bool) -> None:
    names = ("html_government", "docx", "xlsx_sheet", "csv")
    kinds = {name: f"年报/{number}/青岚区报告.{KINDS[name].suffix}" for number, name in enumerate(names)}
    data = pack({path: files_of(name)["D"] for name, path in kinds.items()}, is_cp936)
    reports = parse_bytes(data, "年报.zip")
    assert len(reports) == len(names)
    for report in reports:
        assert {cell.address: cell.value for cell in report.cells} == forms()["D"].expected
    assert all(path in " ".join(report.source.file for report in reports) for path in kinds.values())
