"""Reports typed into workbooks read back to their facts: every cell, every blank, every claim, in every format."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Mapping
from random import Random

import pytest
import xlsxwriter
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from parsing import parse_report
from parsing.readers import read_document
from tests.reading.reading_back import FORMS, assert_reads_back, facts_of
from tests.reading.workbook_making import (
    FORM_WIDTH,
    RULES,
    WAYS,
    fill_book,
    make_workbook,
    merge,
    number_or_text,
    put_grid,
    save,
    spreadsheet_xml,
)
from tests.synthesis import build_report
from tests.synthesis.grids import Grid

BLANKS = pytest.mark.parametrize("has_blanks", [False, True], ids=["full", "blanks"])
OFFICE_FORMATS = ("xls", "ods", "xlsx")
CONVERTED_WAYS = ("whole", "unruled_gaps", "sheets", "moved")


@BLANKS
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("form", FORMS)
def test_a_workbook_reads_back_to_its_facts(form: str, way: str, has_blanks: bool) -> None:
    assert_reads_back(make_workbook(facts_of(form, has_blanks), way), "xlsx", form, has_blanks)


@BLANKS
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("form", ["B", "D"])
def test_a_workbook_saved_as_xml_reads_back_to_its_facts(form: str, way: str, has_blanks: bool) -> None:
    book = fill_book(facts_of(form, has_blanks), WAYS[way])
    assert_reads_back(spreadsheet_xml(book), "xml", form, has_blanks)


def write_with_xlsxwriter(form: str, has_blanks: bool) -> bytes:
    """A second writer: merged cells carry the border in each of them, figures are stored as text."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet, ruled = book.add_worksheet("年报"), book.add_format({"border": 1})
        report, row = build_report(facts_of(form, has_blanks)), 0
        for text in (*report.metadata, *report.title):
            sheet.write_string(row, 0, text)
            row += 1
        for block in report.blocks:
            if not isinstance(block, Grid):
                sheet.merge_range(row, 0, row, 9, block.text)
                row += 1
                continue
            for y, places in enumerate(block.spread(), row):
                for x, cell in enumerate(places):
                    if isinstance(cell, str):
                        continue
                    if cell.rows * cell.columns > 1:
                        sheet.merge_range(y, x, y + cell.rows - 1, x + cell.columns - 1, cell.text, ruled)
                    else:
                        sheet.write(y, x, cell.text, ruled)
            row += len(block.rows)
    return out.getvalue()


@BLANKS
@pytest.mark.parametrize("form", FORMS)
def test_figures_stored_as_text_read_back_too(form: str, has_blanks: bool) -> None:
    assert_reads_back(write_with_xlsxwriter(form, has_blanks), "xlsx", form, has_blanks)


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """Workbooks saved by LibreOffice in its formats and the old one of Excel, by `form-way-format`."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("sheets")
    for form in FORMS:
        for way in CONVERTED_WAYS:
            (folder / f"{form}-{way}.xlsx").write_bytes(make_workbook(facts_of(form, True), way))
    sources = sorted(folder.glob("*.xlsx"))
    for target in OFFICE_FORMATS:
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [office, profile, "--headless", "--convert-to", target, "--outdir", str(folder / target)]
        subprocess.run([*command, *map(str, sources)], check=True, capture_output=True, timeout=300)
    files = [path for target in OFFICE_FORMATS for path in (folder / target).iterdir()]
    return {f"{path.stem}-{path.suffix[1:]}": path.read_bytes() for path in files}


@pytest.mark.parametrize("target", OFFICE_FORMATS)
@pytest.mark.parametrize("way", CONVERTED_WAYS)
@pytest.mark.parametrize("form", FORMS)
def test_what_an_office_program_saves_reads_back(
    converted: Mapping[str, bytes], form: str, way: str, target: str
) -> None:
    assert_reads_back(converted[f"{form}-{way}-{target}"], target, form, True)


@pytest.mark.parametrize("target", OFFICE_FORMATS)
def test_a_file_cut_off_anywhere_is_read_right_or_refused(converted: Mapping[str, bytes], target: str) -> None:
    data, expected = converted[f"D-whole-{target}"], facts_of("D", True).expected()
    for share in range(0, 100, 2):
        report = parse_report(data[: len(data) * share // 100], "made-up")
        values = {cell.address: cell.value for cell in report.cells if cell.value is not None}
        assert values == {address: expected[address] for address in values}
        assert report.cells or report.problems


@pytest.mark.parametrize("bits", [1, 5, 50])
@pytest.mark.parametrize("target", ["ods", "xlsx"])
def test_no_changed_bit_becomes_another_number_where_the_file_has_checksums(
    converted: Mapping[str, bytes], target: str, bits: int
) -> None:
    data, expected, chance = converted[f"D-whole-{target}"], facts_of("D", True).expected(), Random(5)
    for _ in range(60):
        report = parse_report(with_flips(data, bits, chance), "made-up")
        values = {cell.address: cell.value for cell in report.cells if cell.value is not None}
        assert values == {address: expected[address] for address in values}


def test_an_old_workbook_with_changed_bits_is_read_or_refused(converted: Mapping[str, bytes]) -> None:
    """The format has no checksum, so a changed figure is one; but nothing may fail."""
    data, chance, formats = converted["D-whole-xls"], Random(5), set()
    for bits in (1, 5, 50) * 60:
        document = read_document(with_flips(data, bits, chance))
        assert document.blocks or document.problems
        formats.add((document.format, tuple(problem.kind for problem in document.problems[:1])))
    assert {("xls", ()), ("xls", ("damaged_file",))} <= formats


def with_flips(data: bytes, count: int, chance: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(count):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


@pytest.mark.parametrize("is_ruled", [True, False], ids=["ruled", "unruled"])
def test_a_narrow_table_directly_above_a_wide_one_keeps_its_figures(is_ruled: bool) -> None:
    """Without rules the narrow rows are as wide as the wide ones; a row that could be read in two ways is not."""
    book, facts, row = Workbook(), facts_of("D", True), 1
    for block in build_report(facts).blocks:
        if isinstance(block, Grid):
            row = put_grid(book.active, block, row, 1, is_ruled, 0)
    cells = parse_report(save(book), "made-up").cells
    expected = {address: value for address, value in facts.expected().items() if address.startswith(("t2", "t3", "t4"))}
    read = {cell.address: cell.value for cell in cells}
    if is_ruled:
        assert read == expected
    else:
        figures = {address: value for address, value in read.items() if value is not None}
        assert figures == {address: expected[address] for address in figures}
        assert len(figures) > 0.9 * sum(value is not None for value in expected.values())


def rule_everything(sheet: Worksheet) -> None:
    """All cells with a border, beyond the tables too: empty cells beside prose and beside narrow tables."""
    for row in range(1, sheet.max_row + 1):
        for column in range(1, FORM_WIDTH + 3):
            sheet.cell(row, column).border = RULES


@BLANKS
@pytest.mark.parametrize("way", ["whole", "unruled_gaps"])
@pytest.mark.parametrize("form", FORMS)
def test_a_sheet_with_rules_everywhere_reads_back(form: str, way: str, has_blanks: bool) -> None:
    book = fill_book(facts_of(form, has_blanks), WAYS[way])
    rule_everything(book.active)
    assert_reads_back(save(book), "xlsx", form, has_blanks)


@BLANKS
@pytest.mark.parametrize("form", FORMS)
def test_figures_that_each_lie_in_two_merged_columns_read_back(form: str, has_blanks: bool) -> None:
    book = Workbook()
    sheet, row = book.active, 1
    report = build_report(facts_of(form, has_blanks))
    for text in (*report.metadata, *report.title):
        sheet.cell(row, 1).value = text
        row += 1
    for block in report.blocks:
        if not isinstance(block, Grid):
            sheet.cell(row, 1).value = block.text
            row += 1
            continue
        for y, places in enumerate(block.spread(), row):
            for x, cell in enumerate(places):
                if not isinstance(cell, str):
                    sheet.cell(y, 2 * x + 1).value = number_or_text(cell.text) if cell.text else None
                    merge(sheet, y, 2 * x + 1, cell.rows, 2 * cell.columns)
        row += len(block.rows)
    assert_reads_back(save(book), "xlsx", form, has_blanks)
