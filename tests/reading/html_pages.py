"""Made-up reports as web pages of the kinds that agencies publish: by a word processor, a site's editor, by hand.

In: a report before it has a format.  Out: the markup of a whole page, as a string.  Refused: nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape

from tests.synthesis.grids import Grid, GridCell
from tests.synthesis.logical import LogicalReport

MENU = ("首页", "政务动态", "信息公开", "办事服务", "互动交流", "数据开放", "专题专栏")
SCRIPT = '<script>var row = "<tr><td>9</td></tr></table>"; if (1 < 2) { document.write("<!--"); }</script>'
FOOT = "主办单位：某某区人民政府办公室　承办：某某区数据中心　网站标识码：9900000001　ICP备00000001号"


def texts(report: LogicalReport) -> Iterator[str | Grid]:
    """Title lines, paragraphs and tables in reading order."""
    yield from report.title
    for block in report.blocks:
        yield block if isinstance(block, Grid) else block.text


def spans(cell: GridCell) -> str:
    rows = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    return rows + (f' colspan="{cell.columns}"' if cell.columns > 1 else "")


def table(grid: Grid, wrap: Callable[[str], str] = escape, tag: str = "<table border=1>") -> str:
    rows = ("".join(f"<td{spans(cell)}>{wrap(cell.text)}</td>" for cell in row) for row in grid.rows)
    return f"{tag}<tbody>" + "".join(f"<tr>{row}</tr>\n" for row in rows) + "</tbody></table>"


def body(report: LogicalReport, paragraph: Callable[[str], str], draw: Callable[[Grid], str] = table) -> str:
    parts = [draw(one) if isinstance(one, Grid) else paragraph(one) for one in texts(report)]
    return "\n".join([*map(paragraph, report.metadata), *parts])


def plain(report: LogicalReport) -> str:
    return "<html><body>" + body(report, lambda text: f"<p>{escape(text)}</p>") + "</body></html>"


def bare(report: LogicalReport) -> str:
    """A piece of a page: nothing around the article, whose lines are divs."""
    return body(report, lambda text: f"<div>{escape(text)}</div>")


def site(report: LogicalReport) -> str:
    """The page of a site: menus, the way to the page, neighbours, widgets and foot around the article."""
    links = "".join(f'<li><a href="/{number}/">{name}</a></li>' for number, name in enumerate(MENU * 5))
    article = body(report, lambda text: f'<p style="text-indent:2em">&emsp;&nbsp;{escape(text)}&nbsp;</p>')
    item = '<li><a href="/n">某某镇{0}年政府信息公开工作年度报告</a>  ({0}-01-20)</li>'
    older = "".join(map(item.format, (2014, 2013, 2012)))
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>政府信息公开年报</title>
<meta name="SiteName" content="某某区人民政府"/><meta name="ColumnName" content="年报"/>{SCRIPT}
<style>td {{ border: 1px }} /* </table> */</style></head><body><!-- <table><tr><td>7</td></tr> -->
<div id=top><ul>{links}</ul><select><option>选择部门<option>2013</select><input type=button value="搜索"></div>
<div class=way>您当前的位置：<a href="/">首页</a> &gt; <a href="/x">信息公开</a> &gt; 年报</div>
<div style="display: none"><table><tr><td>统计用，勿删</td></tr></table></div>
<div class=article id=zoom>{article}</div>
<div>扫一扫在手机打开当前页</div><div>【<a href="javascript:print()">打印</a>】【<a
href="javascript:close()">关闭</a>】</div>
<p>上一篇：<a href="/1">某某镇2013年政府信息公开工作年度报告</a></p><p>下一篇：没有了</p><ul>{older}</ul>
<table width=1000><tr><td>{FOOT}</td></tr></table>{SCRIPT}</body></html>"""


def word_span(text: str) -> str:
    """Digits in runs of their own, each cut in two, as Word's proofing leaves them."""
    parts = []
    for char in text:
        latin, chinese = "<span lang=EN-US style='font-family:\"Times New Roman\"'>", "<span\nstyle='mso-x:y'>"
        mark = latin if char.isdigit() else chinese
        parts.append(f"{mark}{escape(char)}</span>")
    return "".join(parts)


def word(report: LogicalReport) -> str:
    """Saved by Word as a page."""

    def paragraph(text: str) -> str:
        return (
            f"<p class=MsoNormal style='text-indent:32.0pt'><a name=\"_GoBack\"></a>{word_span(text)}"
            "<span lang=EN-US><o:p></o:p></span></p>"
        )

    def cell(text: str) -> str:
        words = word_span(text) or "<span lang=EN-US><o:p>&nbsp;</o:p></span>"
        return f"\n  <p class=MsoNormal align=center><b>{words}</b></p>\n  "

    start = "<div align=center><table class=MsoTableGrid>"
    article = body(report, paragraph, lambda grid: table(grid, cell, start) + "</div>")
    return f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {{mso-style-parent:""}} --></style></head><body lang=ZH-CN><div class=WordSection1>
<![if !supportEmptyParas]>&nbsp;<![endif]>{article}</div></body></html>"""


def frame(report: LogicalReport) -> str:
    """The whole page in one layout table, the text between line breaks, the tables of the report inside."""

    def draw(grid: Grid) -> str:
        return table(grid, lambda text: f"<font size=2>{escape(text)}")

    article = body(report, lambda text: f"{escape(text)}<br><br>\n", draw)
    return f"""<TABLE WIDTH=980><TR><TD COLSPAN=2><IMG SRC=top.gif></TD></TR><TR><TD WIDTH=200 VALIGN=TOP>
<TABLE><TR><TD><A HREF=a>领导之窗</A></TD></TR><TR><TD><A HREF=b>机构设置</A></TD></TR><TR><TD><A
HREF=c>年度报告</A></TD></TR></TABLE></TD>
<TD><TABLE><TR><TD><SPAN CLASS=s>{article}</SPAN></TD></TR></TABLE></TD></TR></TABLE>"""


def sloppy(report: LogicalReport) -> str:
    """By hand: nothing is closed, upper case, no rows begun, labels broken over lines."""

    def cell(text: str) -> str:
        is_broken = len(text) > 8 and not text[:5].isdigit()
        return f"<P>{escape(text[:5])}<BR>{escape(text[5:])}" if is_broken else escape(text)

    def draw(grid: Grid) -> str:
        rows = ("".join(f"<TD{spans(one)}>{cell(one.text)}" for one in row) for row in grid.rows)
        return "<TABLE BORDER>" + "<TR>".join(rows) + "</TABLE>"

    return "<HTML><BODY>" + body(report, lambda text: f"<P ALIGN=left>{escape(text)}", draw)


def rows_only(report: LogicalReport) -> str:
    """A piece that was cut out of its table."""

    def draw(grid: Grid) -> str:
        return table(grid, tag="").removesuffix("</table>")

    return body(report, lambda text: f"<p>{escape(text)}</p>", draw)


def split_tables(report: LogicalReport) -> str:
    """Every grid in pieces of four rows, where no cell reaches over the cut."""

    def draw(grid: Grid) -> str:
        pieces, open_rows = [], 0
        for row in grid.rows:
            if open_rows <= 0 and (not pieces or len(pieces[-1]) >= 4):
                pieces.append([])
            pieces[-1].append(row)
            open_rows = max(open_rows - 1, *(cell.rows - 1 for cell in row))
        return "<p></p>".join(table(Grid(grid.code, tuple(piece), grid.width)) for piece in pieces)

    return "<body>" + body(report, lambda text: f"<p>{escape(text)}</p>", draw)


PRODUCERS: dict[str, Callable[[LogicalReport], str]] = {
    "plain": plain, "bare": bare, "site": site, "word": word, "frame": frame, "sloppy": sloppy, "rows_only": rows_only,
    "split_tables": split_tables,
}  # fmt: skip
