"""The numbers that Word generates are read as they are printed.

In: definitions of lists and paragraphs that use them.  Out: nothing.
"""

from __future__ import annotations

import pytest

from parsing.readers import docx
from parsing.readers.docx.numerals import print_count
from tests.reading.docx_making import Brief, make, p, read, tbl, tc, tr


def level(depth: int, text: str, format_name: str = "decimal", more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{format_name}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def definition(number: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def listing(number: int, of: int, changes: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{changes}</w:num>'


def use(number: int, depth: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'


def numbered(definitions: str, *paragraphs: tuple[str, str], styles: str = "") -> Brief:
    return read("".join(p(text, properties) for properties, text in paragraphs), numbering=definitions, styles=styles)


OUTLINE = definition(
    0, level(0, "%1、", "chineseCountingThousand"), level(1, "（%2）", "chineseCounting"), level(2, "%3.")
) + listing(1, 0)


def test_headings_are_counted_level_by_level() -> None:
    found = numbered(
        OUTLINE, (use(1), "总体情况"), (use(1, 1), "主动公开"), (use(1, 2), "公文"), (use(1, 2), "政策"),
        (use(1, 1), "依申请公开"), (use(1, 2), "受理"), (use(1), "主动公开政府信息情况"), (use(1, 1), "甲"),
    )  # fmt: skip
    assert found == [
        "一、总体情况", "（一）主动公开", "1.公文", "2.政策", "（二）依申请公开", "1.受理",
        "二、主动公开政府信息情况", "（一）甲",
    ]  # fmt: skip


def test_a_paragraph_without_a_number_does_not_interrupt_the_count() -> None:
    assert numbered(OUTLINE, (use(1), "甲"), ("", "正文"), (use(0), "无"), (use(1), "乙")) == [
        "一、甲",
        "正文",
        "无",
        "二、乙",
    ]


def test_labels_in_cells_are_numbered_in_the_order_of_the_table() -> None:
    rows = [tr(tc(p(text, use(1, depth))), "0") for depth, text in ((1, "予以公开"), (1, "部分公开"), (2, "国家秘密"))]
    assert read(tbl(*rows), numbering=OUTLINE) == [
        [["（一）予以公开", "0"], ["（二）部分公开", "0"], ["1.国家秘密", "0"]]
    ]


def test_a_number_is_seen_in_an_otherwise_empty_cell() -> None:
    rows = [tr(tc(p("", use(1, 2))), "甲"), tr(tc(p("", use(1, 2))), "乙")]
    assert read(tbl(*rows), numbering=OUTLINE) == [[["1.", "甲"], ["2.", "乙"]]]


def test_a_number_is_never_run_together_with_a_figure() -> None:
    bare = definition(0, level(0, "%1")) + listing(1, 0)
    assert numbered(bare, (use(1), "2020年"), (use(1), "甲")) == ["1 2020年", "2 甲"]
    assert numbered(OUTLINE, (use(1, 2), "5件")) == ["1. 5件"]


def test_lists_with_one_definition_count_on_unless_they_start_anew() -> None:
    changes = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    lists = definition(0, level(0, "%1.")) + listing(1, 0) + listing(2, 0) + listing(3, 0, changes)
    found = numbered(lists, (use(1), "甲"), (use(2), "乙"), (use(3), "丙"), (use(3), "丁"))
    assert found == ["1.甲", "2.乙", "1.丙", "2.丁"]


def test_a_list_may_change_a_level() -> None:
    changes = f'<w:lvlOverride w:ilvl="0">{level(0, "第%1条", start=5)}</w:lvlOverride>'
    lists = definition(0, level(0, "%1.")) + listing(1, 0, changes)
    assert numbered(lists, (use(1), "甲"), (use(1), "乙")) == ["第5条 甲", "第6条 乙"]


@pytest.mark.parametrize(("after", "last"), [(0, "2)丁"), (1, "1)丁"), (None, "1)丁")])
def test_a_level_begins_anew_where_it_should(after: int | None, last: str) -> None:
    more = "" if after is None else f'<w:lvlRestart w:val="{after}"/>'
    lists = definition(0, level(0, "%1."), level(1, "%2)", more=more)) + listing(1, 0)
    found = numbered(lists, (use(1), "甲"), (use(1, 1), "乙"), (use(1), "丙"), (use(1, 1), "丁"))
    assert found == ["1.甲", "1)乙", "2.丙", last]


def test_levels_can_be_joined_and_printed_as_plain_figures() -> None:
    joined = definition(0, level(0, "%1、", "chineseCounting"), level(1, "%1.%2", more="<w:isLgl/>")) + listing(1, 0)
    assert numbered(joined, (use(1), "甲"), (use(1), "乙"), (use(1, 1), "丙")) == ["一、甲", "二、乙", "2.1 丙"]


def style(name: str, inside: str, more: str = 'w:type="paragraph"') -> str:
    return f'<w:style {more} w:styleId="{name}">{inside}</w:style>'


def test_styles_number_paragraphs_by_themselves_or_by_what_they_are_based_on() -> None:
    linked = definition(
        0, level(0, "%1、", "chineseCounting", '<w:pStyle w:val="Head"/>'), level(1, "（%2）")
    ) + listing(1, 0)
    styles = (
        style("Normal", "", 'w:type="paragraph" w:default="1"')
        + style("Head", '<w:basedOn w:val="Normal"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
        + style("Own", '<w:basedOn w:val="Head"/>')
        + style("Loop", '<w:basedOn w:val="Loop"/>')
    )
    by = '<w:pStyle w:val="{}"/>'.format
    found = numbered(
        linked, (by("Head"), "甲"), (by("Own"), "乙"), ("", "正文"), (by("Loop"), "圈"), (by("Head") + use(0), "无"),
        (by("Head") + '<w:numPr><w:ilvl w:val="1"/></w:numPr>', "子"), styles=styles,
    )  # fmt: skip
    assert found == ["一、甲", "二、乙", "正文", "圈", "无", "（1）子"]


def test_a_definition_can_lie_behind_a_style() -> None:
    lists = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="List"/></w:abstractNum>'
        + definition(1, level(0, "%1)"))
        + listing(1, 0)
        + listing(2, 1)
    )
    styles = style("List", '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>', 'w:type="numbering"')
    assert numbered(lists, (use(1), "甲"), styles=styles) == ["1)甲"]


def test_bullets_are_no_numbers() -> None:
    lists = definition(0, level(0, "-", "bullet")) + listing(1, 0)
    assert read(tbl(tr(tc(p("", use(1))), tc(p("5", use(1))))), numbering=lists) == [[["", "5"]]]


def test_a_deleted_paragraph_is_not_counted() -> None:
    deleted = "<w:p><w:pPr>{}<w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>乙</w:delText></w:r></w:del></w:p>"
    body = p("甲", use(1)) + deleted.format(use(1)) + p("丙", use(1))
    assert read(body, numbering=OUTLINE) == ["一、甲", "二、丙"]


def test_a_list_that_is_broken_is_named_and_the_words_are_kept() -> None:
    document = docx.read(make(p("总体情况", use(1)), numbering="<w:num>"))
    assert document.text == "总体情况"
    assert [problem.kind for problem in document.problems] == ["numbering_lost"]


@pytest.mark.parametrize(
    ("format_name", "shown"),
    [
        ("decimal", "1 10 21"), ("decimalZero", "01 10 21"), ("upperRoman", "I X XXI"), ("lowerRoman", "i x xxi"),
        ("upperLetter", "A J U"), ("lowerLetter", "a j u"), ("chineseCounting", "一 十 二十一"),
        ("chineseCountingThousand", "一 十 二十一"), ("japaneseCounting", "一 十 二十一"),
        ("chineseLegalSimplified", "壹 壹拾 贰拾壹"), ("ideographLegalTraditional", "壹 壹拾 貳拾壹"),
        ("ideographTraditional", "甲 癸 21"), ("ideographZodiac", "子 酉 21"), ("ideographDigital", "一 一〇 二一"),
        ("decimalEnclosedCircle", "① ⑩ ㉑"), ("decimalEnclosedCircleChinese", "① ⑩ ㉑"),
        ("decimalEnclosedParen", "⑴ ⑽ 21"), ("decimalEnclosedFullstop", "⒈ ⒑ 21"),
        ("decimalFullWidth", "１ １０ ２１"), ("numberInDash", "- 1 - - 10 - - 21 -"),
        ("ideographEnclosedCircle", "㊀ ㊉ 21"), ("a format of tomorrow", "1 10 21"),
    ],
)  # fmt: skip
def test_counts_are_printed_in_every_format(format_name: str, shown: str) -> None:
    assert " ".join(print_count(count, format_name) for count in (1, 10, 21)) == shown
