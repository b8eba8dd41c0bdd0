"""Word documents: what a person sees of them is what is read, with its place.

In: hand-written markup of everything that word processors do to text and tables.  Out: nothing.
"""

from __future__ import annotations

from random import Random

import pytest

from parsing.model import Locator, Paragraph, Table
from parsing.readers import docx, likely_readers
from parsing.readers.docx import blocks, grids
from parsing.readers.docx.words import read_with_care
from tests.reading.docx_making import MAIN, make, p, read, tbl, tc, tr, zip_up
from tests.synthesis.logical import build_report
from tests.synthesis.variants import FORMS, facts_of
from tests.synthesis.writers.word import write_numbered_docx

BOX = "<w:txbxContent>{}</w:txbxContent>"
SHAPE = (
    '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{0}</wps:txbx></w:drawing></mc:Choice>'
    "<mc:Fallback><w:pict><v:textbox>{0}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
)
FIELD = '<w:fldChar w:fldCharType="{}"/>'


def runs(*inside: str) -> str:
    return "<w:p>" + "".join(f"<w:r>{one}</w:r>" for one in inside) + "</w:p>"


def t(text: str) -> str:
    return f"<w:t>{text}</w:t>"


PARAGRAPHS: dict[str, tuple[str, list[str]]] = {
    "a figure cut into runs": (runs(t("公开1"), t("2"), t("5条")), ["公开125条"]),
    "a tab": (runs(t("负责人"), "<w:tab/>", t("审核人")), ["负责人\t审核人"]),
    "a stop of the ruler is no tab": (p("一", "<w:tabs><w:tab w:val='left' w:pos='420'/></w:tabs>"), ["一"]),
    "a manual line break": (runs(t("某县人民政府"), "<w:br/>", t("年度报告")), ["某县人民政府", "年度报告"]),
    "a page break": (runs(t("前"), '<w:br w:type="page"/>', t("后")), ["前", "后"]),
    "a hyphen that does not break": (runs(t("2020"), "<w:noBreakHyphen/>", t("1号")), ["2020-1号"]),
    "an inserted figure": ("<w:p><w:ins>" + f"<w:r>{t('12')}</w:r>" + "</w:ins></w:p>", ["12"]),
    "a deleted figure": (
        f"<w:p><w:r>{t('共')}</w:r><w:del><w:r><w:delText>30</w:delText></w:r><w:r>{t('31')}</w:r></w:del>"
        f"<w:ins><w:r>{t('13')}</w:r></w:ins><w:r>{t('件')}</w:r></w:p>", ["共13件"],
    ),
    "moved text stands where it went": (
        f"<w:p><w:moveFrom><w:r>{t('甲')}</w:r></w:moveFrom></w:p><w:p><w:moveTo><w:r>{t('甲')}</w:r></w:moveTo></w:p>",
        ["甲"],
    ),
    "a paragraph whose mark was deleted goes on in the next": (
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r>{t('共收到')}</w:r></w:p>" + p("12件"), ["共收到12件"],
    ),
    "hidden text": (runs(t("共"), f"<w:rPr><w:vanish/></w:rPr>{t('9')}", t("8")), ["共8"]),
    "text that is hidden no more": (runs(f'<w:rPr><w:vanish w:val="0"/></w:rPr>{t("9")}'), ["9"]),
    "the result of a field": (
        runs(t("第"), FIELD.format("begin"), "<w:instrText>SEQ 表</w:instrText>" + t("99"), FIELD.format("separate"),
             t("3"), FIELD.format("end"), t("表")), ["第3表"],
    ),
    "a field in the instruction of a field": (
        runs(FIELD.format("begin"), FIELD.format("begin"), FIELD.format("separate"), t("7"), FIELD.format("end"),
             FIELD.format("separate"), t("8"), FIELD.format("end")), ["8"],
    ),
    "a simple field": (f'<w:p><w:fldSimple w:instr="DATE"><w:r>{t("2021")}</w:r></w:fldSimple></w:p>', ["2021"]),
    "a link": (f"<w:p><w:hyperlink><w:r>{t('网站')}</w:r></w:hyperlink></w:p>", ["网站"]),
    "a smart tag and a control": (
        f"<w:p><w:smartTag><w:r>{t('2020年')}</w:r></w:smartTag><w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>"
        f"<w:r>{t('度')}</w:r></w:sdtContent></w:sdt></w:p>", ["2020年度"],
    ),
    "a control around paragraphs": (f"<w:sdt><w:sdtContent>{p('甲')}{p('乙')}</w:sdtContent></w:sdt>", ["甲", "乙"]),
    "the base of ruby": (
        runs(f"<w:ruby><w:rt><w:r>{t('qù')}</w:r></w:rt><w:rubyBase><w:r>{t('去')}</w:r></w:rubyBase></w:ruby>"),
        ["去"],
    ),
    "one branch of two": (
        runs(f"<mc:AlternateContent><mc:Choice>{t('5')}</mc:Choice><mc:Fallback>{t('5')}</mc:Fallback>"
             "</mc:AlternateContent>"), ["5"],
    ),
    "a text box once, behind its paragraph": (
        runs(t("前"), SHAPE.format(BOX.format(p("盒1") + p("盒2"))), t("后")) + p("末"), ["前后", "盒1", "盒2", "末"],
    ),
    "an old text box": (runs(f"<w:pict><v:textbox>{BOX.format(p('盒'))}</v:textbox></w:pict>"), ["盒"]),
    "a ticked box": (runs('<w:sym w:font="Wingdings" w:char="F0FE"/>', t("是")), ["☑是"]),
    "a sign that is not known": (runs(t("1"), '<w:sym w:font="Webdings" w:char="F061"/>'), ["1\ufffd"]),
    "the mark of a note is no digit": (
        runs(t("公开12"), f'<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>{t("1")}', t("条")), ["公开12¹条"],
    ),
    "a fraction is not one number": (
        "<w:p><m:oMath><m:f><m:num><m:r><m:t>3</m:t></m:r></m:num><m:den><m:r><m:t>4</m:t></m:r></m:den></m:f></m:oMath>"
        "</w:p>", ["3 4"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", PARAGRAPHS)
def test_the_words_of_a_paragraph_are_those_that_are_seen(case: str) -> None:
    markup, seen = PARAGRAPHS[case]
    assert read(markup) == seen


RESTART, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"

ROWS: dict[str, tuple[str, list[list[str]]]] = {
    "a label over two rows": (
        tbl(tr(tc("组", RESTART), "甲", "1"), tr(tc("", GOES_ON), "乙", "2")), [["组", "甲", "1"], ["乙", "2"]],
    ),
    "a label that a converter repeated under the merged cell": (
        tbl(tr(tc("组", RESTART), "1"), tr(tc("组", GOES_ON), "2")), [["组", "1"], ["2"]],
    ),
    "a cell that continues nothing": (tbl(tr("甲", "1"), tr(tc("", GOES_ON), "2")), [["甲", "1"], ["", "2"]]),
    "a merged cell ends where another begins": (
        tbl(tr(tc("甲", RESTART), "1"), tr("乙", "2"), tr(tc("丙", GOES_ON), "3")),
        [["甲", "1"], ["乙", "2"], ["丙", "3"]],
    ),
    "cells merged to the right, the old way": (
        tbl(tr(tc("甲", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), "1")), [["甲", "1"]],
    ),
    "a deleted row": (
        tbl(tr("甲", "1"), tr("乙", "2", properties="<w:del/>"), tr("丙", "3")), [["甲", "1"], ["丙", "3"]],
    ),
    "a hidden row": (tbl(tr("甲", "1"), tr("乙", "2", properties="<w:hidden/>")), [["甲", "1"]]),
    "an inserted row": (tbl(tr("甲", "1"), tr("乙", "2", properties="<w:ins/>")), [["甲", "1"], ["乙", "2"]]),
    "a deleted cell": (tbl(tr("甲", tc("9", "<w:cellDel/>"), "1")), [["甲", "1"]]),
    "what the properties were before": (
        tbl(tr(tc("甲", "<w:tcPrChange><w:tcPr><w:vMerge/><w:gridSpan w:val='3'/></w:tcPr></w:tcPrChange>"), "1")),
        [["甲", "1"]],
    ),
    "controls around a row, a cell and a word": (
        tbl(f"<w:sdt><w:sdtContent>{tr('甲', '1')}</w:sdtContent></w:sdt>",
            f"<w:tr><w:sdt><w:sdtContent>{tc('乙')}</w:sdtContent></w:sdt>{tc('2')}</w:tr>",
            tr("丙", tc(f"<w:sdt><w:sdtContent>{p('3')}</w:sdtContent></w:sdt>"))),
        [["甲", "1"], ["乙", "2"], ["丙", "3"]],
    ),
    "a label broken over paragraphs and lines": (
        tbl(tr(tc(p("本年新") + p("制作数量")), tc(p("<w:t>对外</w:t><w:br/><w:t>公开</w:t>")))),
        [["本年新 制作数量", "对外 公开"]],
    ),
    "two figures in one cell stay two": (tbl(tr("甲", tc(p("1") + p("2")))), [["甲", "1 2"]]),
    "a figure changed in a cell": (
        tbl(tr("甲", tc("<w:p><w:del><w:r><w:t>3</w:t></w:r></w:del><w:ins><w:r><w:t>4</w:t></w:r></w:ins></w:p>"))),
        [["甲", "4"]],
    ),
    "a blank cell is there": (tbl(tr("甲", "", "0", "")), [["甲", "", "0", ""]]),
    "a figure in a frame of its own": (tbl(tr("甲", tc(tbl(tr("5")) + p("")))), [["甲", "5"]]),
    "a figure in a text box": (tbl(tr("甲", tc(p(SHAPE.format(BOX.format(p("6"))))))), [["甲", "6"]]),
    "a long remark beside figures": (
        tbl(tr("甲", "5", tc(p("一句很长的说明。" * 12) + p("又一句。")))),
        [["甲", "5", "一句很长的说明。" * 12 + " 又一句。"]],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", ROWS)
def test_a_row_has_the_cells_that_begin_in_it(case: str) -> None:
    markup, rows = ROWS[case]
    assert read(markup) == [rows]


def test_spans_are_the_columns_of_the_grid() -> None:
    body = tbl(
        tr(tc("甲", '<w:gridSpan w:val="2"/>'), tc("乙", RESTART)),
        tr("丙", "丁", tc("", GOES_ON)),
        tr("戊", properties='<w:gridBefore w:val="2"/>'),
        tr(tc("己", '<w:gridSpan w:val="999999999"/>')),
        tr("庚", "辛"),
    )
    (table,) = docx.read(make(body)).blocks
    assert isinstance(table, Table)
    assert [row.spans for row in table.rows] == [
        ((0, 1), (2, 2)),
        ((0, 0), (1, 1)),
        ((2, 2),),
        ((0, 63),),
        ((0, 0), (1, 1)),
    ]


def test_words_under_a_merged_cell_are_named() -> None:
    document = docx.read(make(tbl(tr(tc("组", RESTART), "1"), tr(tc("12", GOES_ON), "2"))))
    assert [problem.kind for problem in document.problems] == ["text_under_merged_cell"]
    assert "“12”" in document.problems[0].message
    assert document.problems[0].where == Locator(table=1, row=1, cell=1, path="tbl[1]/tr[1]/tc[1]")


PROSE = "我局认真贯彻落实各项要求，及时更新公开目录，方便群众查询，主动接受监督，逐步完善各项制度。" * 2
RULE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和。）"


def test_a_table_that_frames_the_page_is_no_table() -> None:
    body = tbl(tr(tc(p("一、总体情况") + p(PROSE) + tbl(tr("甲", "1"), tr("乙", "2")) + p("（此页无正文）"))))
    assert read(body) == ["一、总体情况", PROSE, [["甲", "1"], ["乙", "2"]], "（此页无正文）"]


def test_rows_of_prose_leave_the_rows_of_figures_a_table() -> None:
    body = tbl(
        tr(tc(p(PROSE) + p(PROSE), '<w:gridSpan w:val="2"/>')), tr("甲", "1"), tr("乙", "2"), tr("总体情况", PROSE)
    )
    assert read(body) == [PROSE, PROSE, [["甲", "1"], ["乙", "2"]], "总体情况", PROSE]


def test_a_heading_that_explains_itself_stays_in_its_row() -> None:
    rows = [tr(RULE, "申请人情况"), tr(RULE, "自然人", "总计")]
    assert read(tbl(*rows)) == [[[RULE, "申请人情况"], [RULE, "自然人", "总计"]]]


@pytest.mark.parametrize("form", FORMS)
def test_the_quick_way_and_the_careful_way_read_alike(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Plain rows and paragraphs are read in one pass, all others piece by piece."""
    data = write_numbered_docx(build_report(facts_of(form)), Random(form))
    quick = docx.read(data)
    monkeypatch.setattr(grids, "read_plain_rows", lambda container: None)
    monkeypatch.setattr(blocks, "read_words", read_with_care)
    assert docx.read(data) == quick
    assert any(isinstance(block, Table) for block in quick.blocks)


def test_every_piece_has_its_place() -> None:
    body = p("甲") + p("") + tbl(tr("乙", "1"), tr(tc("丙"), "2")) + p("丁") + tbl(tr(tc(p("戊") + p("己"))))
    document = docx.read(make(body))
    places = []
    for block in document.blocks:
        texts = [block.text] if isinstance(block, Paragraph) else [cell for row in block.rows for cell in row.cells]
        places += [(text.raw, text.where.path, text.where.line) for text in texts]
    assert places == [
        ("甲", "p[1]", 1), ("乙", "tbl[1]/tr[1]/tc[1]", 2), ("1", "tbl[1]/tr[1]/tc[2]", 2),
        ("丙", "tbl[1]/tr[2]/tc[1]", 3), ("2", "tbl[1]/tr[2]/tc[2]", 3), ("丁", "p[3]", 4),
        ("戊", "tbl[2]/tr[1]/tc[1]/p[1]", 5), ("己", "tbl[2]/tr[1]/tc[1]/p[2]", 6),
    ]  # fmt: skip
    assert document.text == "甲\n乙 | 1\n丙 | 2\n丁\n戊\n己"


def test_notes_stand_at_the_end_and_leave_no_digit_behind() -> None:
    body = p("<w:t>公开12</w:t><w:footnoteReference w:id='1'/><w:t>条</w:t>") + p("末")
    notes = (
        f'<w:footnote w:type="separator" w:id="0">{p("-")}</w:footnote><w:footnote w:id="1">{p("含转载")}</w:footnote>'
    )
    assert read(body, footnotes=notes) == ["公开12条", "末", "含转载"]


def test_the_main_part_is_the_one_that_the_package_names() -> None:
    data = make(p("甲"), main="word/document2.xml")
    assert docx.sniff(data)
    assert docx.read(data).text == "甲"


def test_strict_documents_are_read_alike() -> None:
    strict = f"<w:document xmlns:w='http://purl.oclc.org/ooxml/wordprocessingml/main'><w:body>{p('甲')}</w:body></w:document>"
    assert docx.read(zip_up({MAIN: strict})).text == "甲"


def test_a_document_in_utf_16_is_read_alike() -> None:
    markup = '<?xml version="1.0" encoding="UTF-16"?><w:document xmlns:w="{}"><w:body>{}</w:body></w:document>'
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    inside = "<w:p><w:r><w:t>甲</w:t></w:r></w:p>"
    assert docx.read(zip_up({MAIN: markup.format(space, inside).encode("utf-16")})).text == "甲"


@pytest.mark.parametrize("data", [b"PK\x03\x04", zip_up({"报告.txt": "一"}), zip_up({"a/word/document.xml": "<a/>"})])
def test_other_archives_are_left_to_others(data: bytes) -> None:
    assert not docx.sniff(data)
    assert next(reader for reader in likely_readers(data) if reader.sniff(data)) is not docx
