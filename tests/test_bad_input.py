"""Files that are no report, half a report or several: said clearly, nothing lost, nothing invented."""

from pathlib import Path

from parsing.model import CellStatus, Report
from parsing.pipeline import parse_bytes
from parsing.workers import parse_paths
from tests.synthesis import LAYOUTS, Agency, clean_facts, write_text

AGENCY = Agency("云溪市青岚区墨坪镇人民政府", "墨坪镇", "township", "云溪市青岚区", "我镇", 300, 7, 25)
WHOLE = write_text(clean_facts(AGENCY, 2022, 3), "pipes")


def read(text: str) -> tuple[Report, ...]:
    return parse_bytes(text.encode(), "a.txt")


def kinds(report: Report) -> list[str]:
    return [problem.kind for problem in report.problems]


def test_a_whole_report_has_no_problem() -> None:
    (report,) = read(WHOLE)
    assert kinds(report) == []
    assert (report.particulars.year, report.particulars.agency) == (2022, AGENCY.name)


def test_sound_reports_in_every_layout_have_no_problem() -> None:
    for layout in LAYOUTS:
        for year in (2016, 2020, 2022):
            (report,) = read(write_text(clean_facts(AGENCY, year, 3), layout))
            assert (layout, kinds(report)) == (layout, [])


def test_a_text_about_something_else_is_no_report() -> None:
    notice = "春季植树活动通知\n各村：定于3月12日上午开展义务植树，请组织村民参加。\n联系人：办公室\n"
    (report,) = read(notice * 5)
    assert kinds(report) == ["not_a_report"]
    assert report.cells == () and report.claims == () and report.particulars.year is None


def test_a_text_that_mentions_disclosure_once_is_no_report() -> None:
    survey = "我镇围绕产业、民生、生态持续用力，项目建设进展顺利，群众收入稳步增加。" * 60
    (report,) = read("全镇经济社会发展综述。" + survey + "政务公开有序推进。")
    assert kinds(report) == ["not_a_report"]


def test_half_a_report_names_the_tables_that_are_missing() -> None:
    (report,) = read(WHOLE[: WHOLE.index("三、收到和处理")])
    assert kinds(report) == ["table_absent", "table_absent"]
    assert all(cell.address.startswith("t2") for cell in report.cells)
    assert report.particulars.year == 2022


def test_a_report_cut_in_the_middle_of_a_table_keeps_what_stands_there() -> None:
    cut = WHOLE.index("（四）无法提供")
    (report,) = read(WHOLE[:cut])
    status = {cell.address: cell.status for cell in report.cells if cell.address.startswith("t3")}
    assert status["t3.granted.total"] is CellStatus.NUMBER
    assert status["t3.carried_out.total"] is CellStatus.ABSENT
    assert "row_absent" in kinds(report)


def test_two_reports_in_one_file_are_both_read_and_said_to_be_two() -> None:
    other = write_text(clean_facts(AGENCY, 2021, 3), "pipes")
    reports = read(WHOLE + "\n\n" + other)
    assert [report.particulars.year for report in reports] == [2022, 2021]
    assert [kinds(report) for report in reports] == [["several_reports"], ["several_reports"]]
    assert len({report.report_id for report in reports}) == 2
    expected = clean_facts(AGENCY, 2021, 3).expected()
    assert {cell.address: cell.value for cell in reports[1].cells} == expected


def test_a_year_that_is_not_there_is_not_invented() -> None:
    text = WHOLE.replace("2022年度", "").replace("2022年", "").replace("2022", "").replace("2023", "")
    (report,) = read(text)
    assert report.particulars.year is None
    assert "year_not_found" in kinds(report)


def test_a_file_that_is_not_there_is_a_problem_and_the_others_are_read(tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text(WHOLE, "utf-8")
    missing, found = parse_paths([tmp_path / "none.txt", good])
    assert kinds(missing[0]) == ["file_unavailable"]
    assert kinds(found[0]) == []
