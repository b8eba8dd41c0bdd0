"""What Word saves as a web page, alone or as one file with its parts (mhtml).

In: a logical report and a source of chance.  Out: the bytes of a file.  Refused: nothing.
"""

from __future__ import annotations

import quopri
import re
from html import escape
from random import Random

from tests.synthesis.grids import Grid, GridCell
from tests.synthesis.logical import Heading, LogicalReport
from tests.synthesis.writers.html import spans, words_of

LATIN = re.compile(r"[\x21-\x7e]+")
HEAD = (
    '<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"\n'
    'xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">\n<head>\n'
    '<meta http-equiv=Content-Type content="text/html; charset={charset}">\n'
    '<meta name=ProgId content=Word.Document>\n<meta name=Generator content="Microsoft Word 15">\n'
    "<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>Administrator</o:Author><o:Words>2048</o:Words>"
    "</o:DocumentProperties></xml><![endif]-->\n"
    '<style>\n<!--\n p.MsoNormal, li.MsoNormal {{mso-style-parent:""; margin:0cm; font-size:10.5pt;}}\n-->\n</style>\n'
    "<!--[if gte mso 10]>\n<style> table.MsoNormalTable {{mso-style-name:普通表格;}} </style>\n<![endif]-->\n</head>\n"
)
BOUNDARY = "----=_NextPart_01D6F1A0.5C0E2B90"
LONGEST_RUN = 3


def latin_run(text: str, chance: Random) -> str:
    """Latin letters and figures in spans of their own, now and then cut in two by a change of font."""
    cut = chance.randint(1, len(text) - 1) if 1 < len(text) <= LONGEST_RUN * 3 and chance.random() < 0.5 else len(text)
    font = "<span lang=EN-US\nstyle='font-family:\"Times New Roman\",serif'>{}</span>"
    last = f"<font face=宋体>{font.format(escape(text[cut:]))}</font>" if text[cut:] else ""
    return font.format(escape(text[:cut])) + last


def runs(text: str, chance: Random) -> str:
    """A text as Word cuts it: Chinese and Latin characters in runs of their own."""
    pieces, at = [], 0
    for match in LATIN.finditer(text):
        if match.start() > at:
            pieces.append(f"<span style='font-family:宋体'>{words_of(text[at : match.start()])}</span>")
        pieces.append(latin_run(match.group(), chance))
        at = match.end()
    if at < len(text):
        pieces.append(f"<span style='font-family:宋体'>{words_of(text[at:])}</span>")
    return "".join(pieces)


def paragraph(text: str, chance: Random, align: str = "left") -> str:
    """A paragraph; one without words holds the hard space that Word puts there."""
    words = f"{runs(text, chance)}<span lang=EN-US><o:p></o:p></span>" if text else ""
    blank = "<span lang=EN-US><o:p>&nbsp;</o:p></span>"
    return f"<p class=MsoNormal align={align} style='text-align:{align}'>{words or blank}</p>"


def word_cell(cell: GridCell, chance: Random) -> str:
    style = "style='width:56.7pt;border:solid windowtext 1.0pt;\n  padding:0cm 5.4pt 0cm 5.4pt'"
    return f"  <td width=76{spans(cell)} {style}>\n  {paragraph(cell.text, chance, 'center')}\n  </td>"


def word_table(grid: Grid, chance: Random) -> list[str]:
    """A table, with the invisible last row by which Word keeps the widths of merged columns."""
    lines = ["<div align=center>", "<table class=MsoNormalTable border=1 cellspacing=0 cellpadding=0>"]
    for row in grid.rows:
        lines += [" <tr style='mso-yfti-irow:0'>", *(word_cell(cell, chance) for cell in row), " </tr>"]
    widths = "".join("  <td width=76 style='border:none'></td>\n" for _ in range(grid.width))
    lines.append(f" <![if !supportMisalignedColumns]>\n <tr height=0>\n{widths} </tr>\n <![endif]>")
    return [*lines, "</table>", "</div>"]


def draw_page(report: LogicalReport, chance: Random, charset: str) -> str:
    lines = [HEAD.format(charset=charset), "<body lang=ZH-CN style='tab-interval:21.0pt'>", "<div class=WordSection1>"]
    lines += [paragraph(line, chance, "right") for line in report.metadata]
    lines += [paragraph(line, chance, "center") for line in report.title]
    for block in report.blocks:
        if isinstance(block, Grid):
            lines += word_table(block, chance)
        elif isinstance(block, Heading):
            lines.append(f"<h{block.level}>{runs(block.text, chance)}</h{block.level}>")
        else:
            lines.append(paragraph(block.text, chance, block.align))
    return "\n".join([*lines, "</div>", "</body>", "</html>", ""])


def write_word_html(report: LogicalReport, chance: Random) -> bytes:
    """A page saved by Word, in the encoding of Chinese Windows or in UTF-8."""
    charset, encoding = chance.choice((("gb2312", "gb18030"), ("utf-8", "utf-8")))
    return draw_page(report, chance, charset).encode(encoding)


def part(kind: str, place: str, body: bytes) -> bytes:
    head = f"--{BOUNDARY}\nContent-Location: file:///C:/0F1E2D3C/{place}\nContent-Transfer-Encoding: quoted-printable\n"
    return f"{head}Content-Type: {kind}\n\n".encode("ascii") + quopri.encodestring(body) + b"\n"


def write_mhtml(report: LogicalReport, chance: Random) -> bytes:
    """The same as one file: the page and an attendant part, quoted-printable."""
    charset, encoding = chance.choice((("gb2312", "gb18030"), ("utf-8", "utf-8")))
    content = draw_page(report, chance, charset).encode(encoding)
    opening = f'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="{BOUNDARY}"\n\n'
    note = "此文档为“单个文件网页”，也称为“Web 档案”文件。\n\n"
    parts = (
        part(f'text/html; charset="{charset}"', "report.htm", content),
        part('text/xml; charset="utf-8"', "report.files/filelist.xml", b'<xml><o:File HRef="../report.htm"/></xml>'),
    )
    whole = opening.encode("ascii") + note.encode(encoding) + b"".join(parts) + f"--{BOUNDARY}--\n".encode("ascii")
    return whole.replace(b"\n", b"\r\n")
