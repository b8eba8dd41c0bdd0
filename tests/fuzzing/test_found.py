"""What fuzzing has found, one test a mend: the smallest input of each, and what must come of it."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import pytest

from parsing import parse_report, parse_upload
from parsing.audit import audit_reports
from parsing.extraction.claims.figures import find_figures
from parsing.model import CellStatus, Report
from parsing.pipeline import find_member, parse_bytes
from parsing.readers import read_document
from tests.fuzzing.property import check_bytes, check_document
from tests.fuzzing.small_files import opendocument, small_doc, small_xls
from tests.synthesis import Agency, clean_facts, write_text

AGENCY = Agency("云溪市青岚区墨坪镇人民政府", "墨坪镇", "township", "云溪市青岚区", "我镇", 300, 7, 25)
FACTS = clean_facts(AGENCY, 2022, 3)
TEXT = write_text(FACTS, "pipes")
HEAD = "云溪市青岚区墨坪镇人民政府2022年政府信息公开工作年度报告\n一、总体情况\n"


def kinds(report: Report) -> list[str]:
    return [problem.kind for problem in report.problems]


def pack(name: str, data: bytes, method: int = zipfile.ZIP_STORED) -> bytearray:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), data, method)
    return bytearray(buffer.getvalue())


def test_a_member_without_a_name_is_read_under_one_that_is_no_path() -> None:
    """Every archive was an error of ours whose directory had lost a name."""
    data = bytes(pack("", TEXT.encode()))
    (report,) = parse_bytes(data, "年报.zip")
    assert (report.source.file, kinds(report)) == ("年报.zip/无名文件", [])
    assert find_member(data, "无名文件") == TEXT.encode()


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2, zipfile.ZIP_DEFLATED])
def test_a_member_of_which_the_packing_is_broken_is_damaged(method: int) -> None:
    data = pack("年报.txt", TEXT.encode(), method)
    start = data.index("年报.txt".encode()) + len("年报.txt".encode())
    # The properties of LZMA, the head of the others.
    data[start + 4 : start + 9] = b"\xff" * 5
    (report,) = parse_bytes(bytes(data), "年报.zip")
    assert kinds(report) == ["damaged_file"]


@pytest.mark.parametrize("digits", [16, 20, 310, 5000])
def test_a_figure_beyond_what_tables_can_hold_is_unread(digits: int) -> None:
    """From 16 digits on a float is another number, from 309 none, and from 4300 Python refuses to print it."""
    large = "9" * digits
    data = TEXT.replace("| 6 | ||", f"| {large} | ||", 1).encode()
    check_bytes(data)
    report = parse_report(data, "a.txt")
    last = next(cell for cell in report.cells if cell.address == "t3.new_received.total")
    assert (last.value, last.status, last.raw) == (None, CellStatus.UNREADABLE, large)
    others = {cell.address: cell.value for cell in report.cells if cell is not last}
    assert others == {address: value for address, value in FACTS.expected().items() if address != last.address}
    assert len(parse_upload(data, "a.txt").cells) == len(report.cells)


@pytest.mark.parametrize(("written", "value"), [("999999999999999", 10**15 - 1), ("1000000000000000", None)])
def test_the_largest_figure_that_is_read(written: str, value: int | None) -> None:
    data = TEXT.replace("| 0 |", f"| {written} |", 1).encode()
    assert written in data.decode()
    found = [cell for cell in parse_report(data, "a.txt").cells if cell.raw == written]
    assert [(cell.value, cell.status) for cell in found] == [
        (value, CellStatus.NUMBER if value else CellStatus.UNREADABLE)
    ]


def claims_behind(prose: str) -> tuple[Report, list[float | int | str]]:
    """The report with a further sentence at its end, and what that sentence states."""
    report = parse_report(f"{TEXT}\n六、其他需要报告的事项\n{prose}\n".encode(), "a.txt")
    before = len(parse_report(TEXT.encode(), "a.txt").claims)
    return report, [claim.value for claim in report.claims[before:]]


@pytest.mark.parametrize("amount", ["9" * 16, "9" * 400, "9" * 5000, "99999999999亿", "9" * 400 + ".5"])
def test_an_amount_of_the_prose_beyond_every_count_is_no_claim(amount: str) -> None:
    prose = f"2022年，我镇收到政府信息公开申请{amount}件，主动公开信息12条。"
    report, claimed = claims_behind(prose)
    assert claimed == [12]
    assert ("ignored", "数字过大") in [(figure.outcome, figure.reason) for figure in report.figures]
    check_bytes(f"{HEAD}{prose}".encode())
    assert parse_upload(f"{HEAD}{prose}".encode(), "a.txt").texts


@pytest.mark.parametrize("numeral", ["一万" * 2000, "万" * 1500, "九" * 5000])
def test_a_numeral_in_characters_without_end_is_no_number(numeral: str) -> None:
    """One deepened the call stack with every 万, one was longer than Python prints."""
    _, claimed = claims_behind(f"2022年，我镇收到政府信息公开申请{numeral}件，主动公开信息12条。")
    assert claimed == [12]


def test_the_longest_numeral_in_characters_that_is_a_number_is_read() -> None:
    text = f"{HEAD}2022年，我镇主动公开信息九千九百九十九万九千九百九十九条。\n"
    assert [claim.value for claim in parse_report(text.encode(), "a.txt").claims] == [99_999_999]


@pytest.mark.parametrize("line_end", ["\r", "\n", "\r\n"])
@pytest.mark.parametrize("layout", ["word_paste", "pipes", "tab_rows"])
def test_a_place_counts_the_lines_that_are_shown(layout: str, line_end: str) -> None:
    """Readers end lines at a lone carriage return too, the page that shows the text did not."""
    data = write_text(FACTS, layout).replace("\n", line_end).encode()
    check_bytes(data)
    report = parse_report(data, "a")
    assert {cell.address: cell.value for cell in report.cells} == FACTS.expected()


def test_a_carriage_return_in_a_file_of_separated_values_moves_no_place() -> None:
    rows = ["项目,本年新收,上年结转", "规章,12,7", "规范性文件,3,0", "其他,5,1", "合计,20,8"]
    for at in range(1, len(rows)):
        document = read_document(("\n".join(rows[:at]) + "\r" + "\n".join(rows[at:]) + "\n").encode())
        assert document.format == "csv"
        check_document(document)


@pytest.mark.parametrize(("make", "stream"), [(small_xls, "Workbook"), (small_doc, "WordDocument")])
def test_a_container_with_sectors_beyond_all_memory_is_damaged(make: Callable[[], bytes], stream: str) -> None:
    """The size of small sectors is a power of two in the header; olefile asks for as many bytes."""
    data = bytearray(make())
    data[32:34] = (518).to_bytes(2, "little")
    # The stream is short enough to lie in small sectors, all of which are a stream of the root.
    for name, first, size in (("Root Entry", 1, 4096), (stream, 0, 100)):
        entry = data.index(f"{name}\0".encode("utf-16-le"))
        data[entry + 116 : entry + 124] = struct.pack("<II", first, size)
    data[60:68] = struct.pack("<II", 1, 1)
    (report,) = parse_bytes(bytes(data), "a")
    assert kinds(report) == ["damaged_file"]


def test_a_tag_of_a_table_outside_of_tables_is_shown_as_it_is_read() -> None:
    lines = ["# 年报", "## 一、总体情况", "| 信息内容 | 本年<td>数量 |", "|---|---|", "| 规章 | 3 |"]
    lines.append("<table><tr><td>甲</td></tr></table>")
    document = read_document("\n".join(lines).encode())
    check_document(document)
    shown = document.text.split("\n")
    assert "本年<td>数量" in shown[2]
    assert shown[5].replace(" ", "") == "|||甲|||"


@pytest.mark.parametrize("number", ["²", "9" * 5000, "-3", "x", ""])
def test_a_number_of_spaces_that_is_none_is_one_space(number: str) -> None:
    (report,) = parse_bytes(opendocument("text", f'<text:p>{HEAD}12<text:s text:c="{number}"/>件</text:p>'), "a.odt")
    assert "12 件" in report.text


def test_a_passage_with_thousands_of_figures_is_not_read_as_prose() -> None:
    """It cost the square of their number: minutes for a file of a hundred kilobytes.  Other passages are read."""
    many = "".join(f"网站{number}条，" for number in range(20_000))
    report = parse_report(f"{TEXT}\n六、其他\n{many}。\n".encode(), "a.txt")
    few = parse_report(TEXT.encode(), "a.txt")
    assert [claim.value for claim in report.claims] == [claim.value for claim in few.claims]
    assert sum(figure.outcome == "unclassified" for figure in report.figures) >= 20_000
    assert {cell.address: cell.value for cell in report.cells} == FACTS.expected()


@pytest.mark.parametrize("line", ["\x1f\u200b", "\u200b\u200b", "\ufeff\u200d"])
def test_a_file_of_marks_without_width_is_no_report(line: str) -> None:
    (report,) = parse_bytes(line.encode(), "a.txt")
    assert (kinds(report), report.cells, report.claims) == (["not_a_report"], (), ())


@pytest.mark.parametrize("piece", ["9", "1-", "1 ", "a1", "12,", "a.1@", "A" * 9, "x9.", "1.0.", "(1)", "第1"])
def test_a_passage_of_figures_that_count_nothing_takes_time_by_its_length(piece: str) -> None:
    """Four hundred times 1- took ten seconds, twice as many eight times as long: this would take days."""
    text = f"公开{piece * (60_000 // len(piece))}条"
    figures = find_figures(text)
    covered = sum(end - start for start, end, _ in figures.spans) + sum(
        one.digits_end - one.start for one in figures.amounts
    )
    assert covered >= sum(map(str.isdecimal, text))


@pytest.mark.parametrize("mark", ["_", "●", "*", "○"])
def test_a_rule_of_marks_is_looked_at_once_for_a_blank_of_a_template(mark: str) -> None:
    """A line drawn with two hundred thousand underscores took an hour."""
    plain = audit_reports((parse_report(TEXT.encode(), "a.txt"),))[0].flags
    ruled = audit_reports((parse_report(f"{TEXT}\n{mark * 100_000}\n".encode(), "a.txt"),))[0].flags
    assert [flag.check for flag in ruled] == [flag.check for flag in plain]
