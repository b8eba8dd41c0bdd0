"""Reports to frames: versions, namesakes, files given twice, ids that stay the same."""

from dataclasses import replace

import pandas as pd

from parsing.audit import audit_reports
from parsing.columns import FRAMES, names
from parsing.export import to_csv_bytes
from parsing.model import Report
from parsing.pipeline import parse_bytes
from parsing.tables import Corpus, build_corpus
from tests.synthesis import Agency, clean_facts, write_text

TOWN = Agency("云溪市青岚区墨坪镇人民政府", "墨坪镇", "township", "云溪市青岚区", "我镇", 300, 7, 25)
NAMESAKE = replace(TOWN, name="云溪市赤霞县墨坪镇人民政府", region="云溪市赤霞县")


def report(agency: Agency = TOWN, year: int = 2022, change: str = "") -> Report:
    return parse_bytes((write_text(clean_facts(agency, year, 4), "pipes") + change).encode(), f"{year}{change}.txt")[0]


def corpus(*reports: Report) -> Corpus:
    return build_corpus(audit_reports(reports))


def test_every_frame_has_the_columns_of_the_dictionary() -> None:
    found = corpus(report())
    assert {name: tuple(getattr(found, name).columns) for name in FRAMES} == {name: names(name) for name in FRAMES}


def test_blank_and_unread_cells_are_missing_values() -> None:
    text = write_text(clean_facts(TOWN, 2022, 4), "pipes").replace("（七）总计 |", "（七）总计 | |", 1)
    cells = corpus(parse_bytes(text.encode(), "a.txt")[0]).cells
    assert cells.loc[cells["status"].isin(["blank", "unreadable", "absent"]), "value"].isna().all()
    assert cells.loc[cells["status"] == "number", "value"].notna().all()


def test_of_two_versions_the_one_published_last_counts() -> None:
    early, late = report(), report(change="\n")
    late = replace(late, particulars=replace(late.particulars, published_date="2023-03-01"))
    frame = corpus(late, early).reports.set_index("report_id")
    assert frame.loc[late.report_id, "is_latest"] and not frame.loc[early.report_id, "is_latest"]


def test_namesakes_of_two_regions_are_two_agencies() -> None:
    frame = corpus(report(), report(NAMESAKE)).reports
    assert frame["agency_id"].tolist() == ["青岚·墨坪镇", "赤霞·墨坪镇"]
    assert frame["is_latest"].all()


def test_one_agency_over_years_keeps_its_id() -> None:
    assert set(corpus(report(year=2021), report(year=2022)).reports["agency_id"]) == {"墨坪镇"}


def test_a_file_given_twice_counts_once_and_is_named() -> None:
    found = corpus(report(), replace(report(), source=replace(report().source, file="copy.txt")))
    assert len(found.reports) == 1
    assert found.problems[["source_file", "kind"]].values.tolist() == [["copy.txt", "duplicate_file"]]


def test_the_id_of_a_flag_does_not_depend_on_its_values() -> None:
    ids = []
    for wrong in (3, 4):
        facts = clean_facts(TOWN, 2022, 4)
        address = "t3.result_total.total"
        changed = facts.with_cells({address: facts.count(address) + wrong})
        flags = corpus(parse_bytes(write_text(changed, "pipes").encode(), "a.txt")[0]).flags
        ids.append(flags.loc[flags["check"] == "T3.BALANCE", "flag_id"].tolist())
    assert ids[0] == ids[1] != []


def test_csv_opens_in_chinese_and_runs_no_formula() -> None:
    frame = pd.DataFrame({"机关": ["=cmd|' /C calc'!A0", "@SUM(A1)", "墨坪镇"], "差额": [-5.0, None, 1.5]})
    data = to_csv_bytes(frame)
    assert data.startswith(b"\xef\xbb\xbf")
    lines = data.decode("utf-8-sig").splitlines()
    assert lines == ["机关,差额", "'=cmd|' /C calc'!A0,-5.0", "'@SUM(A1),", "墨坪镇,1.5"]
