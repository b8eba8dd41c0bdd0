"""Copied prose: what is measured, what is not counted, where it is shown, and what is nobody's fault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from parsing.audit import audit_reports
from parsing.audit.alignment import compare_texts
from parsing.audit.copying import FORWARD_NOTED, LEAST_OWN, OTHER_NOTED
from parsing.audit.likeness import Index
from parsing.audit.neighbours import FEWEST_AGENCIES
from parsing.audit.prints import SHINGLE, hash_shingles
from parsing.audit.shingles import fold_lines, lay_out, own_sentences
from parsing.findings import AuditedReport, Flag
from parsing.model import Locator, ProseLine, Report
from tests.audit.building import AGENCY, BLANK, Value, make_report, write_down
from tests.audit.examples_of_copying import NOT_CHANGED, OTHER_AGENCY, OURS, THEIRS

CHECKS = ("X.COPY_FORWARD", "X.COPY_OTHER", "X.OTHER_NAME", "X.TEMPLATE_TEXT")


def report(*prose: str, **more: Any) -> Report:
    return make_report(more.pop("year", 2022), prose=prose, **more)


def flags(audited: AuditedReport, check: str | None = None) -> list[Flag]:
    return [flag for flag in audited.flags if flag.check in ((check,) if check else CHECKS)]


def last(*reports: Report) -> AuditedReport:
    return audit_reports(reports)[-1]


def reason(audited: AuditedReport, check: str) -> str:
    return next(entry.reason for entry in audited.ledger if entry.check == check)


def invented(length: int, seed: str) -> str:
    """A sentence of so many characters that nobody else writes."""
    chance = Random(seed)
    return "".join(chr(chance.randrange(0x4E00, 0x9FA0)) for _ in range(length - 1)) + "。"


@pytest.mark.parametrize(("copied", "is_loud"), [(599, False), (600, True)])
def test_from_sixty_per_cent_on_a_report_is_last_years(copied: int, is_loud: bool) -> None:
    same = invented(copied, "same")
    before, later = report(same, year=2021), report(same + invented(1000 - copied, "new"))
    found = flags(last(before, later))
    assert FORWARD_NOTED == 0.6 and bool(found) is is_loud
    assert [(flag.check, flag.consequence, flag.actual) for flag in found] in ([], [("X.COPY_FORWARD", "note", 60.0)])


@pytest.mark.parametrize(("copied", "is_loud"), [(349, False), (350, True)])
def test_from_a_third_on_a_report_is_anothers(copied: int, is_loud: bool) -> None:
    same = invented(copied, "same")
    other = report(same, agency=OTHER_AGENCY)
    found = flags(last(other, report(same + invented(1000 - copied, "own"))))
    assert OTHER_NOTED == 0.35 and bool(found) is is_loud
    assert [(flag.check, flag.consequence, flag.actual) for flag in found] in ([], [("X.COPY_OTHER", "note", 35.0)])


def test_a_short_report_is_not_judged() -> None:
    text = invented(LEAST_OWN - 1, "short")
    audited = last(report(text, year=2021), report(text))
    assert flags(audited) == []
    assert reason(audited, "X.COPY_FORWARD") == "除去固定用语，正文不足 200 字"


def test_a_report_alone_is_not_compared() -> None:
    audited = last(report(*OURS))
    assert flags(audited) == []
    assert reason(audited, "X.COPY_OTHER") == reason(audited, "X.COPY_FORWARD") == "只有这一份报告，没有可以对照的"


def test_what_is_blank_accuses_nobody() -> None:
    audited = last(report(year=2021), report(agency=OTHER_AGENCY), report())
    assert flags(audited) == []
    assert reason(audited, "X.TEMPLATE_TEXT") == reason(audited, "X.OTHER_NAME") == "没有读到正文"


def test_changed_figures_are_copied_and_the_message_says_so() -> None:
    before = report(*OURS, year=2021)
    (same,), (changed,) = (flags(last(before, report(*prose))) for prose in (OURS, NOT_CHANGED))
    assert (same.actual, changed.actual) == (100.0, 100.0)
    assert "相同之处一字未改。" in same.message
    assert "相同之处只改了 2 处数字。" in changed.message
    assert changed.consequence == "explain" and "与本机关上一年度报告相同，分布在 5 段" in changed.message


def test_the_name_of_the_agency_is_folded_and_counted() -> None:
    theirs = [text.replace("绿水镇", "青山镇") for text in THEIRS]
    (flag,) = flags(last(report(*THEIRS, agency=OTHER_AGENCY), report(*theirs)))
    assert (flag.check, flag.actual, flag.consequence) == ("X.COPY_OTHER", 100.0, "explain")
    assert "相同之处只改了 1 处名称。" in flag.message
    assert "与样本市示例县绿水镇人民政府 2022 年度报告相同" in flag.message


def test_both_reports_of_one_year_are_named_of_two_years_the_later() -> None:
    one, other = report(*OURS), report(*OURS, agency=OTHER_AGENCY)
    assert [[flag.check for flag in flags(each)] for each in audit_reports([one, other])] == [["X.COPY_OTHER"]] * 2
    earlier = report(*OURS, agency=OTHER_AGENCY, year=2021)
    assert [len(flags(audited)) for audited in audit_reports([one, earlier])] == [1, 0]
    long_ago = report(*OURS, agency=OTHER_AGENCY, year=2020)
    assert [len(flags(audited)) for audited in audit_reports([one, long_ago])] == [0, 0]


def test_what_an_agency_wrote_last_year_is_its_own() -> None:
    """Who keeps his text copied it from nobody; who has it since this year did."""
    before, now = report(*OURS[:2], *THEIRS, year=2021), report(*OURS)
    copy = report(*OURS, agency=OTHER_AGENCY, year=2022)
    audited = audit_reports([before, now, copy])
    shares = [[(flag.check, flag.actual) for flag in flags(one)] for one in audited]
    own_again = sum(len(text) for text in OURS[:2])
    assert shares[0] == [] and shares[2] == [("X.COPY_OTHER", 100.0)]
    assert shares[1][0][1] == pytest.approx(100 - 100 * own_again / sum(map(len, OURS)), abs=3)


def test_two_versions_of_one_report_copy_nothing() -> None:
    first, second = report(*OURS, published="2023-01-10"), report(*OURS, published="2023-01-20")
    assert [flags(audited) for audited in audit_reports([first, second])] == [[], []]


def test_sentences_that_half_of_the_agencies_print_are_nobodys() -> None:
    places = ["甲", "乙", "丙", "丁", "戊"]
    reports = [report(*OURS, invented(300, place), agency=f"{place}山镇人民政府") for place in places]
    assert FEWEST_AGENCIES == 5
    assert [flags(audited) for audited in audit_reports(reports)] == [[]] * 5
    assert [len(flags(audited)) for audited in audit_reports(reports[:4])] == [1] * 4


FORMAL = [
    "根据《中华人民共和国政府信息公开条例》和上级要求，我镇编制了2022年度政府信息公开工作年度报告。",
    "本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况等六个部分组成。",
    "所列数据的统计期限自2022年1月1日起至2022年12月31日止。",
    "本报告的电子版可在县政府门户网站下载，如对本报告有疑问，请与党政办联系（电话：0000-000）。",
    "2022年，我镇没有因政府信息公开被申请行政复议、提起行政诉讼的情况。",
    "2022年度我镇未收到政府信息公开申请。",
    "我镇本年度没有其他需要报告的事项。",
    "依申请提供政府信息没有收取检索、复制、邮寄等费用。",
    "现将我镇2022年政府信息公开工作情况报告如下：",
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
    "首页 政务公开 政府信息公开指南 政府信息公开制度 法定主动公开内容 政民互动",
    "主办单位：示例县人民政府办公室，网站标识码0000000000，技术支持：某公司。",
]


@pytest.mark.parametrize("sentence", FORMAL)
def test_the_forms_own_sentences_are_nobodys(sentence: str) -> None:
    folded = fold_lines(write_down([sentence]), AGENCY)
    assert [folded[at:end] for at, end in own_sentences(folded)] == []


@pytest.mark.parametrize("text", [*OURS, *THEIRS])
def test_a_reports_own_sentences_are_kept(text: str) -> None:
    folded = fold_lines(write_down([text]), AGENCY)
    assert sum(end - at for at, end in own_sentences(folded)) == len(folded)


TORN = (
    ProseLine(1, "text", "s1", " 我鎮２０２２年 公開信息1,200條，依《條例》", Locator(line=3, column=1)),
    ProseLine(1, "text", "s1", "辦理35.5萬件。", Locator(line=5, column=1)),
    ProseLine(2, "heading", "s1", "二、主动公开", Locator(line=7, column=1)),
    ProseLine(3, "text", "s1", "青山镇的文书。", Locator(line=9, column=1)),
)


def test_the_quick_text_and_the_one_with_places_are_the_same() -> None:
    layout = lay_out(TORN, AGENCY)
    assert layout.text == fold_lines(TORN, AGENCY) == "@0年公开信息0条,依《办理0万件。\n@的文书。"
    printed = [layout.printed(at) for at, sign in enumerate(layout.text) if sign in "0@《"]
    assert printed == ["我鎮", "２０２２", "1,200", "《條例》", "35.5", "青山镇"]
    for prose in (OURS, THEIRS):
        assert lay_out(write_down(prose), AGENCY).text == fold_lines(write_down(prose), AGENCY)


def test_a_shingle_has_one_hash_wherever_it_stands() -> None:
    text = OURS[0] + OURS[1]
    hashes = hash_shingles(text)
    assert len(hashes) == len(text) - SHINGLE + 1
    assert set(hash_shingles(OURS[1]).tolist()) <= set(hashes.tolist())
    assert set(hash_shingles(OURS[2]).tolist()).isdisjoint(hashes.tolist())
    assert len(hash_shingles(OURS[0][: SHINGLE - 1])) == 0


def test_the_copied_characters_are_counted_exactly() -> None:
    moved = "".join((OURS[1], THEIRS[0], OURS[0]))
    index = Index([report(*OURS[:2]), report(moved, agency=OTHER_AGENCY), report(*THEIRS, agency="红土镇")])
    texts = [fold_lines(write_down([text]), AGENCY) for text in OURS[:2]]
    found = index.measure(0, 1)
    assert (found.copied, found.size, found.share) == (len("".join(texts)), len("".join(texts)), 1.0)
    assert [one.position for one in index.resembling(0)] == [1]
    assert [one.position for one in index.resembling(1)] == [0, 2]


def test_the_longest_stretch_stands_first_with_its_places_on_both_sides() -> None:
    ours = ("这一句是本镇自己写的，说的是集市上的法律讲座。" + OURS[4], *OURS[:4])
    before = report(*OURS, year=2021)
    later = report(*ours)
    (flag,) = flags(last(before, later))
    left, right = flag.evidence[:2]
    assert [(one.role, one.report_id) for one in (left, right)] == [
        ("left", later.report_id), ("right", before.report_id),
    ]  # fmt: skip
    assert left.snippet == right.snippet == OURS[3]
    for side, prose in ((one, before if one.role == "right" else later) for one in flag.evidence):
        assert side.where is not None and side.where.line is not None and side.where.column is not None
        line = next(line for line in prose.prose if line.where.line == side.where.line)
        assert line.raw[side.where.column - 1 :].startswith(side.snippet)


def test_pieces_make_the_printed_text_again_and_mark_what_differs() -> None:
    one = lay_out(write_down(["全年更新公开栏 6 期，我镇印发折页1200份，都用方言。"]), AGENCY)
    other = lay_out(write_down(["全年更新公开栏９期，绿水镇印发折页980份，全用普通话。"]), OTHER_AGENCY)
    left, right = compare_texts(one, other)
    assert "".join(piece.text for piece in left) == "全年更新公开栏 6 期，我镇印发折页1200份，都用方言。"
    assert [(piece.kind, piece.text) for piece in right] == [
        ("same", "全年更新公开栏"), ("figure", "９"), ("same", "期，"), ("name", "绿水镇"),
        ("same", "印发折页"), ("figure", "980"), ("same", "份，"), ("other", "全用普通话。"),
    ]  # fmt: skip


def test_the_order_of_the_reports_changes_nothing() -> None:
    towns = [report(*OURS, agency=f"{name}山镇人民政府") for name in "甲乙"]
    reports = [report(*OURS), report(*OURS, agency=OTHER_AGENCY), *towns, report(*OURS, year=2021)]
    shuffled = [reports[at] for at in (3, 1, 0, 4, 2)]
    one, two = ({each.report.report_id: flags(each) for each in audit_reports(given)} for given in (reports, shuffled))
    assert one == two and [len(flags(audited)) for audited in audit_reports(reports)] == [1, 1, 1, 1, 0]


NINE = {f"t3.{row}.natural_person": count for count, row in enumerate(("granted", "partial", "new_received"), 3)}
NINE |= {f"t4.review_{name}": count for count, name in enumerate(("upheld", "corrected", "other", "pending"), 2)}
NINE |= {"t3.carried_in.legal_other": 7, "t3.carried_out.legal_other": 8}


@pytest.mark.parametrize(
    ("before", "now", "is_loud"),
    [
        ({"t3.granted.total": 3}, {"t3.granted.total": 3}, True),
        ({"t3.granted.total": 3}, {"t3.granted.total": 4}, False),
        ({"t3.granted.total": 3}, {"t3.granted.total": BLANK}, False),
        ({}, {}, False),
    ],
    ids=["all the same", "one other", "one blank", "too few"],
)
def test_tables_of_ten_figures_are_not_the_same_in_two_years(
    before: Mapping[str, Value], now: Mapping[str, Value], is_loud: bool
) -> None:
    reports = [make_report(2021, {**NINE, **before}), make_report(2022, {**NINE, **now})]
    found = flags(last(*reports), "X.COPY_FORWARD")
    assert bool(found) is is_loud
    for flag in found:
        assert (flag.consequence, len(flag.evidence)) == ("explain", 20)
        assert flag.message.startswith("表格里不为零的 10 个数与本机关上一年度报告的全部相同。")
        assert [one.value for one in flag.evidence[:10]] == [one.value for one in flag.evidence[10:]]


def test_headings_and_rows_are_the_forms() -> None:
    rows = [replace(line, kind="row") for line in write_down(OURS)]
    heads = [replace(line, kind="heading") for line in write_down(OURS)]
    assert fold_lines([*rows, *heads], AGENCY) == ""
