"""What single pieces of markup become: cells, labels, figures cut in two, layout, hidden and left-out parts."""

from __future__ import annotations

import pytest

from parsing import parse_report
from parsing.model import Document, Paragraph, Table
from parsing.readers import read_document


def read(page: str) -> Document:
    return read_document(f"<html><body>{page}</body></html>".encode())


def shown(page: str) -> list[str]:
    return read(page).text.split("\n")


def rows(page: str) -> list[list[str]]:
    tables = [block for block in read(page).blocks if isinstance(block, Table)]
    return [[cell.raw for cell in row.cells] for table in tables for row in table.rows]


def spans(page: str) -> list[tuple[tuple[int, int], ...]]:
    return [row.spans for block in read(page).blocks if isinstance(block, Table) for row in block.rows]


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("<font>1</font><font>1</font>", "11"),
        ("<span lang=EN-US>1<o:p></o:p></span><span\nlang=EN-US>2</span>", "12"),
        ("1<a name=x></a>2", "12"),
        ("1<!-- x -->2", "12"),
        ("1<wbr>2", "12"),
        ("1<br>2", "1 2"),
        ("<p>1</p><p>2</p>", "1 2"),
        ("<div>1<div>2", "1 2"),
        ("1<sup>2</sup>", "1 2"),
        ("<s>1</s>2", "1 2"),
        ("<del>1</del><ins>2</ins>", "1 2"),
        ("<a href=x>1</a><a href=y>2</a>", "1 2"),
        ('<span style="display:inline-block;width:5em">1</span><span style="display:inline-block">2</span>', "1 2"),
        ('<b style="float:left">1</b><b style="float:right">2</b>', "1 2"),
        ('<input type="text" value="12">', "12"),
        ('<input value="12"><input type=hidden value="3"><input type="checkbox" value="4">', "12"),
        ("<select><option>1<option selected>2</select>", ""),
        ("<textarea>1</textarea>2", "2"),
        ("&nbsp;&ensp;12&emsp;&#12288;", "12"),
        ("&#49;&#x32;", "12"),
        ("12&#x110000;", "12\ufffd"),
        ("本年新<br>制作数量", "本年新 制作数量"),
        ("<p class=MsoNormal>不予</p>\n<p class=MsoNormal>公开</p>", "不予 公开"),
        ("公里<sup>2</sup>", "公里2"),
        ("3 < 5 &amp; 7&gt;6", "3 < 5 & 7>6"),
        ('<span title="<b>9</b>">1</span>', "1"),
        ('<span title="a>b">1</span>', "1"),
        ('<span style="display:none">9</span>1', "1"),
        ('<span class="hidden">1</span>', "1"),
        ("<span hidden>9</span>1", "1"),
        ("<SPAN STYLE='DISPLAY : NONE'>9</SPAN>1", "1"),
        ("<script>if (a</td>b) '<td>9</td>'</script>1", "1"),
        ("<![if !supportLists]>1<![endif]>", "1"),
        ("<!--[if gte mso 9]><xml><w:x>9</w:x></xml><![endif]-->1", "1"),
        ("<!-->1<!-- x -->", "1"),
    ],
)
def test_a_cell_shows_what_a_person_sees(cell: str, words: str) -> None:
    assert rows(f"<table><tr><td>标签<td>{cell}</td><td>0</td></tr></table>") == [["标签", words, "0"]]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("<table><td>a<td>b</table>", [["a", "b"]]),
        ("<tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr>", [["a", "b"], ["c", "d"]]),
        ("<td>a</td><td>b</td>", [["a", "b"]]),
        ("<table><tr><td>a<td>b<tr><td>c<td>d", [["a", "b"], ["c", "d"]]),
        ("<TABLE><TBODY><TR><TH>a</TH><TD>b</TD></TR></TBODY></TABLE>", [["a", "b"]]),
        ("<table><tr><td>a</td><td></td></tr><tr></tr><tr><td></td><td>d</td></tr></table>", [["a", ""], ["", "d"]]),
        ('<table><tr><td class="x>a</td><td class="y">b</td></tr></table>', [["a", "b"]]),
        ("<table><tr><td>a</td><td style='display:none'>x</td><td>b</td></tr></table>", [["a", "b"]]),
        ("<table><tr><td>a</td><td>b</td></tr></table></table></td></tr>", [["a", "b"]]),
        ("<table><caption>题</caption><tr><td>a</td><td>b</td></tr></table>", [["a", "b"]]),
        ("<table><tr><td>a</td>x<td>b</td></tr></table>", [["a", "b"]]),
    ],
)
def test_rows_and_cells_that_are_not_closed_or_stand_alone(table: str, expected: list[list[str]]) -> None:
    assert rows(table) == expected


@pytest.mark.parametrize(
    "end", ["<td wid", "<td width='1", "<", "<!-", "<!-- x", "</t", "<script>9", "<td>", "<td><p>1", "<td>12"]
)
def test_a_file_that_breaks_off_ends_before_the_last_tag_or_figure(end: str) -> None:
    document = read_document(f"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td>{end}".encode())
    assert document.text == "a | b\nc | d"
    assert [problem.kind for problem in document.problems] == (["cut_off"] if end.startswith("<td>") else [])


def test_text_beside_cells_is_kept() -> None:
    assert shown("<table><caption>题</caption><tr><td>a</td>x<td>b</td></tr></table>y") == ["题", "x", "a | b", "y"]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("<tr><td colspan=2>a<td>b<tr><td>c<td>d<td>e", [((0, 1), (2, 2)), ((0, 0), (1, 1), (2, 2))]),
        ("<tr><td rowspan=2>a<td>b<tr><td>c", [((0, 0), (1, 1)), ((1, 1),)]),
        ("<tr><td>a<td rowspan=2 colspan=2>b<td>c<tr><td>d<td>e", [((0, 0), (1, 2), (3, 3)), ((0, 0), (3, 3))]),
        ('<tr><td colspan="0" rowspan="0">a<td>b<tr><td>c<td>d', [((0, 0), (1, 1)), ((0, 0), (1, 1))]),
        ('<tr><td colspan="100%">a<tr><td>c<td>d', [((0, 1),), ((0, 0), (1, 1))]),
        ('<tr><td colspan="1000">a<tr><td>c<td>d<td>e', [((0, 2),), ((0, 0), (1, 1), (2, 2))]),
        ("<tr><td rowspan=99>a<td>b<tr><td>c", [((0, 0), (1, 1)), ((1, 1),)]),
        ("<tr><td COLSPAN = '2'>a<td>b<tr><td>c<td>d<td>e", [((0, 1), (2, 2)), ((0, 0), (1, 1), (2, 2))]),
        ("<tr><td colspan=-2 rowspan=x>a<td>b", [((0, 0), (1, 1))]),
    ],
)
def test_cells_lie_in_the_columns_of_the_grid(table: str, expected: list[tuple[tuple[int, int], ...]]) -> None:
    assert spans(f"<table>{table}</table>") == expected


SENTENCE = "我镇严格执行条例，主动公开政府信息，及时答复申请，全年没有发生行政复议和行政诉讼，各项工作有序开展。"


def test_layout_is_taken_apart_and_data_is_not() -> None:
    page = f"""<table><tr><td><b>某某镇<br>年度报告</b></td></tr><tr><td>
    <p>{SENTENCE}</p><p>{SENTENCE}</p><table><tr><td>规章</td><td>0</td></tr></table>末段</td></tr>
    <tr><td>联系电话</td><td>见政府网站</td></tr></table>"""
    assert shown(page) == [
        "某某镇 年度报告", SENTENCE, SENTENCE, "规章 | 0", "末段", "联系电话 | 见政府网站",
    ]  # fmt: skip


def test_a_note_beside_figures_takes_no_figure_with_it() -> None:
    note = SENTENCE * 4
    first = f"<tr><td>规章</td><td>1</td><td>2</td><td rowspan=2>{note}</td></tr>"
    page = f"<table>{first}<tr><td>许可</td><td>3</td><td>4</td></tr></table>"
    assert shown(page) == ["规章 | 1 | 2", note, "许可 | 3 | 4"]


def test_preformatted_lines_are_lines() -> None:
    assert shown("<pre>一、总体情况\n  正文\n\n二、其他</pre>x\ny") == ["一、总体情况", "正文", "二、其他", "x y"]


def test_a_hidden_part_that_is_most_of_the_page_is_the_page() -> None:
    assert shown(f'<p>标题</p><div style="display:none">{SENTENCE * 3}</div>') == ["标题", SENTENCE * 3]
    assert shown(f'<p>{SENTENCE * 3}</p><div style="display:none">{SENTENCE}</div>') == [SENTENCE * 3]


def test_hidden_tables_and_rows_are_counted() -> None:
    page = f"""<p>{SENTENCE}</p><div hidden><table><tr><td>x</td></tr></table></div>
    <table><tr hidden><td>y</td></tr><tr><td hidden>z</td><td>a</td><td>b</td></tr></table>"""
    document = read(page)
    table = document.blocks[1]
    assert isinstance(table, Table)
    assert [cell.where.path for cell in table.rows[0].cells] == ["table[2]/tr[2]/td[2]", "table[2]/tr[2]/td[3]"]


def test_lists_of_links_are_left_out_and_single_links_are_not() -> None:
    title = "某某镇{}年政府信息公开工作年度报告"
    items = (f"<li><a href=/{year}>{title.format(year)}</a> {year}-01-31</li>" for year in (2015, 2016, 2017))
    own, annex = f"<p><a href=x>{title.format(2018)}</a></p>", "<p>附件：<a href=y>统计表.xls</a></p>"
    page = f"<ul>{''.join(items)}</ul>{own}<p>{SENTENCE}</p>{annex}"
    assert shown(page) == [title.format(2018), SENTENCE, "附件：统计表.xls"]


def test_an_article_that_a_link_was_not_closed_in_is_kept() -> None:
    article = "".join(f"<p>（{number}）{SENTENCE}</p>" for number in "一二三四")
    assert len(shown(f"<a href=x>返回{article}")) == 5


def test_the_foot_is_cut_behind_the_report_only() -> None:
    foot = "<div>版权所有：某某区人民政府</div><div>地址：某某路1号</div>"
    signature = "<p>某某镇人民政府</p><p>2019年1月20日</p>"
    assert shown(f"<p>{SENTENCE}</p>{signature}<p>分享到：</p>{foot}") == [SENTENCE, "某某镇人民政府", "2019年1月20日"]
    assert shown(f"{foot}<p>{SENTENCE}</p>")[:2] == ["版权所有：某某区人民政府", "地址：某某路1号"]


def test_a_sentence_that_speaks_of_the_site_is_no_foot() -> None:
    said = "按要求在网站首页标明网站标识码、ICP备案编号，主办单位：某某镇，全年没有发生差错，群众反映良好，工作有序。"
    assert shown(f"<p>{SENTENCE}</p><p>{said}</p><p>{SENTENCE}</p>") == [SENTENCE, said, SENTENCE]


HEAD = (
    '<head><meta name="PubDate" content="2021-01-25 10:20"><META NAME=ContentSource CONTENT="青岚区墨坪镇">'
    "{}<title>{}</title></head>"
)
ARTICLE = f"<p>墨坪镇2020年政府信息公开工作年度报告</p><p>一、总体情况</p><p>{SENTENCE}</p>"


def test_the_head_tells_what_the_page_does_not_show() -> None:
    page = HEAD.format("", "墨坪镇2020年政府信息公开工作年度报告_青岚区") + ARTICLE
    document = read_document(page.encode())
    table = document.blocks[0]
    assert isinstance(table, Table)
    assert [[(cell.raw, cell.where.path) for cell in row.cells] for row in table.rows] == [
        [("ContentSource", "meta[ContentSource]"), ("青岚区墨坪镇", "meta[ContentSource]")],
        [("PubDate", "meta[PubDate]"), ("2021-01-25 10:20", "meta[PubDate]")],
    ]
    report = parse_report(page.encode(), "x")
    assert report.particulars.published_date == "2021-01-25"
    assert report.particulars.evidence["published_date"].path == "meta[PubDate]"
    assert [claim.quote for claim in report.claims if claim.metric == "published_date"] == ["2021-01-25 10:20"]


@pytest.mark.parametrize(
    "name", ["publishdate", "PublishTime", "article:published_time", "publish_date", "og:release_date"]
)
def test_names_of_the_publication_date(name: str) -> None:
    page = f'<meta property="{name}" content="2021-01-25T10:20:00+08:00">{ARTICLE}'
    assert parse_report(page.encode(), "x").particulars.published_date == "2021-01-25"


def test_what_the_page_shows_is_not_told_twice() -> None:
    visible = "<p>发布日期：2021-01-26　来源：墨坪镇</p>"
    title = '<meta name="ArticleTitle" content="墨坪镇2020年政府信息公开工作年度报告">'
    page = HEAD.format(title, "x") + visible + ARTICLE
    report = parse_report(page.encode(), "x")
    assert report.text.split("\n")[0] == "发布日期：2021-01-26 来源：墨坪镇"
    assert report.particulars.published_date == "2021-01-26"


def test_a_label_that_a_script_fills_in_shows_nothing() -> None:
    page = HEAD.format("", "x") + "<p>发布日期：<span id=d></span></p>" + ARTICLE
    assert parse_report(page.encode(), "x").particulars.published_date == "2021-01-25"


def test_a_title_that_only_the_head_has_names_agency_and_year() -> None:
    page = "<title>青岚区墨坪镇2020年政府信息公开工作年度报告</title><p>一、总体情况</p><p>" + SENTENCE + "</p>"
    report = parse_report(page.encode(), "x")
    assert (report.particulars.agency, report.particulars.year) == ("青岚区墨坪镇", 2020)
    assert report.particulars.evidence["year"].path == "title"


def test_damaged_characters_of_the_report_are_named() -> None:
    data = f"<p>{SENTENCE * 20}</p><p>坏".encode() + b"\xff\xfe</p>"
    document = read_document(data)
    assert [problem.kind for problem in document.problems] == ["damaged_bytes"]
    assert document.problems[0].where is not None and document.problems[0].where.line == 2


def test_blocks_have_their_number() -> None:
    blocks = read("<p>甲</p><div>乙<br>丙</div>").blocks
    places = [block.text.where.path for block in blocks if isinstance(block, Paragraph)]
    assert places == ["p[1]", "p[2]", "p[3]"]
