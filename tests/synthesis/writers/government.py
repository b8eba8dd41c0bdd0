"""The page of a government's web site: a report amid menus, metadata, layout tables and a footer.

In: a logical report and a source of chance.  Out: the bytes of a page.  Refused: nothing.  Metadata that the report
does not have are left empty on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from random import Random

from tests.synthesis.grids import Grid, GridCell
from tests.synthesis.logical import LogicalReport, Prose
from tests.synthesis.writers.html import CHARSETS, page, spans, table, words_of

MENU = ("首页", "政务公开", "解读回应", "办事服务", "互动交流", "走进青岚", "数据开放")
CATALOGUE = (
    "政府信息公开指南",
    "政府信息公开制度",
    "法定主动公开内容",
    "政府信息公开年报",
    "依申请公开",
    "年度工作报告",
)
CRUMBS = ("首页", "政务公开", "政府信息公开", "政府信息公开年报")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
AGENCY = re.compile(r"(?:来源|发布机构)：([\u4e00-\u9fff]+)")
SCRIPT = "<script>var _hits = 1284; document.title = document.title.replace('2019', '2020');</script>"
STYLE = "<style>.TRS_Editor td { border: 1px solid #333; font-size: 14px } .hide { display: none }</style>"


def links(words: tuple[str, ...], name: str) -> str:
    items = "".join(f'<li><a href="/{name}/{number}.html">{word}</a></li>' for number, word in enumerate(words))
    return f'<ul class="{name}">{items}</ul>'


def fact(report: LogicalReport, pattern: re.Pattern[str]) -> str:
    """What the lines above the title say, "" where they do not."""
    found = [match for line in report.metadata if (match := pattern.search(line))]
    return found[0].group(found[0].re.groups) if found else ""


def meta_tags(title: str, date: str, source: str) -> list[str]:
    """The tags that the national standard for government web sites asks for."""
    given = {
        "SiteName": "青岚区人民政府门户网站",
        "SiteDomain": "www.example.invalid",
        "ArticleTitle": title,
        "PubDate": f"{date} 16:42" if date else "",
        "ContentSource": source,
        "ColumnName": "政府信息公开年报",
        "Keywords": "信息公开,年报",
    }
    return [f'<meta name="{name}" content="{escape(value)}"/>' for name, value in given.items()]


def metadata_table(title: str, date: str, source: str) -> list[str]:
    """索引号, 发布机构 and the like, four cells a row."""
    rows = (
        ("索 引 号", "11330000MB0000000X/2021-00017", "主题分类", "综合政务 / 政务公开"),
        ("发布机构", source, "发文日期", date),
        ("名&nbsp;&nbsp;&nbsp;&nbsp;称", escape(title), "文 &nbsp; 号", ""),
    )
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return ['<table class="xxgk-meta" width="100%">', *(f"<tr>{row}</tr>" for row in cells), "</table>"]


def editor_cell(cell: GridCell, tag: str) -> str:
    """A cell as pasted into the editor of the site: centred paragraph, spans, hard spaces."""
    words = f'<span style="font-family:宋体;font-size:14px">{words_of(cell.text)}</span>' if cell.text else "&nbsp;"
    return f'<td{spans(cell)} style="padding:0 7px"><p style="text-align:center">{words}</p></td>'


def article(report: LogicalReport) -> Iterator[str]:
    """The report itself."""
    title = "".join(f"<p>{escape(line)}</p>" for line in report.title)
    yield f'<div class="title">{title}</div>'
    yield "".join(f'<div class="info"><span>{escape(line)}</span></div>' for line in report.metadata)
    yield '<div id="zoom" class="TRS_Editor">'
    for block in report.blocks:
        if isinstance(block, Grid):
            yield from table(block, editor_cell, attributes=' cellspacing="0" style="border-collapse:collapse"')
        elif isinstance(block, Prose) and block.align != "left":
            yield f'<p style="text-align:{block.align}">{escape(block.text)}&nbsp;&nbsp;</p>'
        else:
            yield f'<p style="text-indent:2em">&nbsp;&nbsp;&nbsp;&nbsp;{escape(block.text)}</p>'
    yield "</div>"


def layout_in_tables(content: list[str], side: str) -> list[str]:
    """Two columns by nested tables, as older sites are built."""
    return [
        '<table width="1000" align="center"><tr><td width="220" valign="top">',
        f"<table><tr><td>{side}</td></tr></table></td>",
        '<td width="780"><table width="100%"><tr><td>',
        *content,
        "</td></tr></table></td></tr></table>",
    ]


def layout_in_divisions(content: list[str], side: str) -> list[str]:
    return ['<div class="main">', f'<div class="left">{side}</div>', '<div class="right">', *content, "</div></div>"]


def write_government(report: LogicalReport, chance: Random) -> bytes:
    """A page of a district's web site."""
    charset, encoding = chance.choice(CHARSETS)
    title, date, source = "".join(report.title), fact(report, DATE), fact(report, AGENCY)
    content = [*(metadata_table(title, date, source) if report.metadata else ()), *article(report)]
    content.append('<div class="share">分享到：<a href="#">微信</a> <a href="#">微博</a> 【打印】【关闭】</div>')
    layout = chance.choice((layout_in_tables, layout_in_divisions))
    crumbs = " &gt; ".join(f'<a href="/{number}/">{word}</a>' for number, word in enumerate(CRUMBS))
    body = [
        f'<div class="header"><div class="logo">青岚区人民政府</div>{links(MENU, "nav")}</div>',
        f'<div class="crumbs">您现在的位置：{crumbs} &gt; 正文</div>',
        *layout(content, links(CATALOGUE, "catalogue")),
        '<div class="footer"><p>主办单位：云溪市青岚区人民政府办公室　承办单位：青岚区大数据中心</p>',
        "<p>网站标识码：3300000001　浙ICP备05000001号-1　浙公网安备 33000002000001号</p>",
        '<p><a href="/about">关于我们</a> | <a href="/map">网站地图</a> 联系电话：0570-3020000</p></div>',
        SCRIPT,
    ]
    return page(title, charset, body, [*meta_tags(title, date, source), STYLE]).encode(encoding)
