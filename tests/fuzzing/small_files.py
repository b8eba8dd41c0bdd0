"""Small files of the formats that the synthesis writes only by means of other programs, or only large.

In: nothing.  Out: the bytes of a file of each such format, with whatever its reader knows of: merged, repeated, hidden
and nested cells, lists, notes, charsets.  Refused: nothing.
"""

from __future__ import annotations

import io
from struct import pack
from xml.sax.saxutils import escape

from PIL import Image

from tests.fuzzing.containers import close_ole, close_zip
from tests.reading import docx_making as word
from tests.reading.ole_making import DELETED, Parts, Run, Written, define_row, write_row, write_word
from tests.synthesis.grids import Grid
from tests.synthesis.logical import LogicalReport

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OASIS = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in (("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"))
)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:lvlText w:val="（%1）"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
STYLES = (
    '<w:style w:type="paragraph" w:styleId="1"><w:basedOn w:val="2"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
    '</w:pPr></w:style><w:style w:type="paragraph" w:styleId="2"><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
)


def tricky_docx() -> bytes:
    """Lists, notes, merged and nested tables, deleted text, a text box."""
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    inner = word.tbl(word.tr(word.tc("3"), word.tc("4")))
    rows = (
        word.tr(word.tc("本年新收", '<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>'), word.tc("12")),
        word.tr(word.tc("", '<w:gridSpan w:val="2"/><w:vMerge/>'), word.tc(inner)),
        word.tr(word.tc("结果维持"), word.tc("0"), properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'),
    )
    box = "<w:pict><v:textbox><w:txbxContent>" + word.p("文本框 7") + "</w:txbxContent></v:textbox></w:pict>"
    body = (
        word.p("青岚区2022年政府信息公开工作年度报告", '<w:pStyle w:val="1"/>')
        + word.p("总体情况", listed) + word.p("<w:t>收到申请12件</w:t><w:footnoteReference w:id=\"1\"/>")
        + "<w:p><w:del><w:r><w:delText>9</w:delText></w:r></w:del><w:ins><w:r><w:t>8</w:t></w:r></w:ins></w:p>"
        + word.tbl(*rows) + word.p(box)
    )  # fmt: skip
    note = '<w:footnote w:id="1">' + word.p("注 5") + "</w:footnote>"
    return word.make(body, numbering=NUMBERING, styles=STYLES, footnotes=note)


def opendocument(kind: str, body: str) -> bytes:
    holder = f"<office:body><office:{kind}>{body}</office:{kind}></office:body>"
    return close_zip(b"", {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(),
        "content.xml": f"<office:document-content {OASIS}>{holder}</office:document-content>".encode(),
        "META-INF/manifest.xml": b"<manifest/>",
    })  # fmt: skip


def opendocument_table(grid: Grid) -> str:
    rows = []
    for places in grid.spread():
        cells = []
        for cell in places:
            if isinstance(cell, str):
                cells.append("<table:covered-table-cell/>")
            else:
                spans = f'table:number-columns-spanned="{cell.columns}" table:number-rows-spanned="{cell.rows}"'
                value = f' office:value-type="float" office:value="{cell.text}"' if cell.text.isdecimal() else ""
                words = f"<text:p>{escape(cell.text)}</text:p>"
                cells.append(f"<table:table-cell {spans}{value}>{words}</table:table-cell>")
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    return f'<table:table><table:table-column table:number-columns-repeated="9"/>{"".join(rows)}</table:table>'


def write_odt(report: LogicalReport) -> bytes:
    parts = [f"<text:p>{escape(line)}</text:p>" for line in (*report.metadata, *report.title)]
    for block in report.blocks:
        parts.append(opendocument_table(block) if isinstance(block, Grid) else f"<text:p>{escape(block.text)}</text:p>")
    item = '<text:p>一<text:s text:c="3"/>二<text:tab/>三</text:p>'
    parts.append(f"<text:list><text:list-item>{item}</text:list-item></text:list>")
    return opendocument("text", "".join(parts))


def write_ods(report: LogicalReport) -> bytes:
    parts = []
    for block in report.blocks:
        if isinstance(block, Grid):
            parts.append(opendocument_table(block))
    cell = '<table:table-cell table:number-columns-repeated="9"/>'
    blank = f'<table:table-row table:number-rows-repeated="9">{cell}</table:table-row>'
    hidden = f'<table:table><table:table-column table:visibility="collapse"/>{blank}</table:table>'
    return opendocument("spreadsheet", "".join([*parts, hidden]))


def rtf_row(cells: list[str], edges: list[int], marks: str = "") -> str:
    drawn = "".join(f"{marks}\\cellx{edge}" for edge in edges)
    return f"\\trowd\\trleft0{drawn}\\pard\\intbl " + "".join(f"{cell}\\cell " for cell in cells) + "\\row\n"


def write_rtf(report: LogicalReport) -> bytes:
    """Text in GBK and by code point, tables by their edges, a nested table, a field, a picture, a footnote."""
    lines = [f"\\pard {text}\\par" for text in (*report.metadata, *report.title)]
    for block in report.blocks:
        if isinstance(block, Grid):
            for row in block.rows:
                ends = [sum(cell.columns for cell in row[: at + 1]) * 900 for at in range(len(row))]
                lines.append(rtf_row([cell.text for cell in row], ends, "\\clvmgf" if row[0].rows > 1 else ""))
        else:
            lines.append(f"\\pard {block.text}\\par")
    inner = "{\\pard\\intbl\\itap2 3\\nestcell{\\*\\nesttableprops\\trowd\\cellx500\\nestrow}}"
    lines.append(rtf_row(["\\u26412?\\'b1\\'be", inner], [2000, 4000]))
    lines.append("{\\field{\\*\\fldinst PAGE}{\\fldrslt 7}}{\\pict\\wmetafile8 00ff}")
    lines.append("{\\footnote 5}{\\v 9}{\\bin3 abc}\\sect")
    head = "{\\rtf1\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0\\fcharset134 SimSun;}{\\f1\\fcharset2 Wingdings;}}"
    return (head + "\n".join(lines) + "}").encode("gbk", "replace")


def small_doc() -> bytes:
    """Pieces in two widths, a table, deleted text."""
    row = write_row(["本年新收", "12", "0"], [0, 2000, 3000, 4000])
    written = [Written((Run("青岚区2022年政府信息公开工作年度报告"),)), *row, Written((Run("9", DELETED), Run("8件")))]
    merged = write_row(["总计", "", "7"], [0, 2000, 3000, 4000], flags=[1, 2, 0], further=define_row([0, 900, 4000]))
    return write_word([*written, *merged], Parts(cuts=(6, 30), program="Microsoft Office Word"))


def record(kind: int, body: bytes) -> bytes:
    return pack("<HH", kind, len(body)) + body


def small_xls() -> bytes:
    """One sheet with a number in each of its forms, shared strings that go on in a second record, merged cells."""
    begin, end = record(0x809, pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)), record(10, b"")
    words = record(0xFC, pack("<IIHB", 2, 2, 4, 1) + "规章".encode("utf-16-le")) + record(0x3C, b"\0" + b"12")
    words += record(0x3C, pack("<HB", 3, 0) + b"abc")
    formats = record(0x41E, pack("<HHB", 164, 5, 0) + b"0.00%") + record(0xE0, pack("<HHHHH10x", 0, 164, 0, 0, 0))
    cells = record(0xFD, pack("<HHHI", 0, 0, 0, 0)) + record(0x27E, pack("<HHHI", 0, 1, 0, 11 << 2 | 2))
    cells += record(0xBD, pack("<HHHIHIH", 0, 2, 0, 1150 << 2 | 3, 0, 0x40260000, 3))
    cells += record(0x203, pack("<HHHd", 1, 0, 0, 7.5))
    cells += record(0x06, pack("<HHH", 1, 1, 0) + bytes((0, 0, 0, 0, 0, 0, 255, 255)) + bytes(8))
    cells += record(0x207, pack("<HB", 1, 1) + "无".encode("utf-16-le")) + record(0xBE, pack("<HHHHH", 1, 2, 0, 0, 3))
    cells += record(0x208, pack("<HHHHIHH", 2, 0, 4, 0, 0, 0x20, 0)) + record(0xE5, pack("<HHHHH", 1, 0, 1, 3, 3))
    length = len(begin) + len(words) + len(formats) + 13 + len(end)
    sheet = record(0x85, pack("<IBBBB", length, 0, 0, 1, 0) + b"A")
    return close_ole(OLE, {"Workbook": begin + words + formats + sheet + end + begin + cells + end})


def pictures() -> tuple[bytes, ...]:
    """A few black strokes in every format of pictures: small, since recognition takes its time."""
    image = Image.new("L", (48, 32), 255)
    for x in range(8, 40):
        image.putpixel((x, 9), 0)
        image.putpixel((8, x * 3 // 4), 0)
    found = []
    for kind in ("PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP"):
        buffer = io.BytesIO()
        image.save(buffer, kind)
        found.append(buffer.getvalue())
    return tuple(found)
