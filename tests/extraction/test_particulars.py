"""Who reports and on which year, from titles and everything else a report says of itself."""

import pytest

from parsing.extraction.particulars import read_particulars
from parsing.extraction.parts import split_reports
from parsing.extraction.prose import read_prose
from parsing.extraction.sections import read_sections
from parsing.extraction.tokens import tokenise
from parsing.model import Particulars, Section
from parsing.readers import read_document


def read(text: str) -> tuple[Particulars, list[str]]:
    tokens = tokenise(read_document(text.encode("utf-8")))
    _, passages = read_sections(read_prose(tokens, set()))
    particulars, problems = read_particulars(passages)
    return particulars, [problem.kind for problem in problems]


def headings(text: str) -> list[Section]:
    return read_sections(read_prose(tokenise(read_document(text.encode("utf-8"))), set()))[0]


BODY = "\n\n一、总体情况\n我单位按要求公开信息。\n"
TITLES = {
    "枫桥镇2021年政府信息公开工作年度报告": ("枫桥镇", 2021),
    "云溪市青岚区枫桥镇人民政府 2020 年度政府信息公开工作年度报告": ("云溪市青岚区枫桥镇人民政府", 2020),
    "青岚区财政局关于2019年政府信息公开工作的报告": ("青岚区财政局", 2019),
    "2009年云溪市人民政府政府信息公开年度报告": ("云溪市人民政府", 2009),
    "青岚区统计局政府信息公开2012年年报": ("青岚区统计局", 2012),
    "2022年青岚区气象局政府信息公开工作年报": ("青岚区气象局", 2022),
    "楓橋鎮2018年度政府信息公開工作報告": ("枫桥镇", 2018),
    "枫桥镇２０２３年政府信息公开工  作  报  告": ("枫桥镇", 2023),
}


@pytest.mark.parametrize("title", TITLES)
def test_titles_of_every_order(title: str) -> None:
    particulars, problems = read(title + BODY)
    assert (particulars.agency, particulars.year) == TITLES[title]
    assert problems == []


def test_a_title_over_two_lines() -> None:
    particulars, _ = read("青岚区枫桥镇人民政府\n\n2020年信息公开工作年度报告" + BODY)
    assert (particulars.agency, particulars.year) == ("青岚区枫桥镇人民政府", 2020)


def test_the_fuller_name_of_the_same_agency_wins() -> None:
    text = "枫桥镇2021年政府信息公开工作年度报告" + BODY + "\n云溪市青岚区枫桥镇人民政府\n2022年1月13日\n"
    particulars, _ = read(text)
    assert (particulars.agency, particulars.region) == ("云溪市青岚区枫桥镇人民政府", "云溪市青岚区")
    assert particulars.level == "township"


def test_a_signature_of_another_agency_changes_nothing() -> None:
    particulars, _ = read("枫桥镇2021年政府信息公开工作年度报告" + BODY + "\n青岚区人民政府办公室\n")
    assert particulars.agency == "枫桥镇"


def test_the_date_of_the_page_is_not_the_year() -> None:
    page = "政府信息公开工作年报\n发布时间:2024-01-22 15:40 来源:青岚区水利局\n"
    text = page + "数据统计期限自2023年1月1日起至2023年12月31日止。\n"
    particulars, _ = read(text)
    assert (particulars.agency, particulars.year) == ("青岚区水利局", 2023)


def test_what_is_not_said_is_not_invented() -> None:
    particulars, problems = read("政府信息公开工作报告" + BODY)
    assert (particulars.agency, particulars.year, particulars.level) == (None, None, None)
    assert problems == ["agency_not_found", "year_not_found"]


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("云溪市人民政府", "city"), ("青岚区人民政府", "county"), ("枫桥镇", "township"),
        ("望江街道办事处", "township"), ("青岚区教育局", "department"), ("云溪市卫生健康委员会", "department"),
    ],
)  # fmt: skip
def test_levels(name: str, level: str) -> None:
    assert read(f"{name}2021年政府信息公开工作年度报告" + BODY)[0].level == level


def test_headings_in_order_with_lists_inside_a_part() -> None:
    titles = ("总体情况", "主动公开政府信息情况", "存在的主要问题及改进情况", "其他需要报告的事项")
    lines = [f"{numeral}、{title}" for numeral, title in zip("一二三四", titles, strict=True)]
    text = "\n".join([*lines[:3], "一、宣传不够", "二、人手不足", lines[3], ""])
    found = [(one.code, one.title) for one in headings(text) if one.is_top]
    assert [code for code, _ in found] == ["s1", "s2", "s5", "s6"]


def test_a_heading_that_its_text_follows() -> None:
    found = headings("一、概述。2012年，我局做好信息公开。\n五、政府信息公开的收费及减免情况 无。\n")
    assert [one.code for one in found] == ["s1", "s3_fee"]


def report(agency: str, year: int) -> str:
    titles = ("总体情况", "主动公开政府信息情况", "其他需要报告的事项")
    parts = "".join(f"{numeral}、{title}\n内容。\n" for numeral, title in zip("一二三", titles, strict=True))
    return f"{agency}{year}年政府信息公开工作年度报告\n{parts}"


def test_two_reports_in_one_file_are_told_apart() -> None:
    document = read_document((report("枫桥镇", 2020) + report("柳溪镇", 2020)).encode())
    assert [len(part.blocks) for part in split_reports(document)] == [7, 7]


def test_links_to_other_years_are_no_reports() -> None:
    links = "上一篇：枫桥镇2019年政府信息公开工作年度报告\n枫桥镇2021年政府信息公开工作年度报告\n"
    text = report("枫桥镇", 2020) + links
    assert len(split_reports(read_document(text.encode()))) == 1
