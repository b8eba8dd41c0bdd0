"""Web pages: the article of a page, its tables by their grid, what its head tells of it.

In: bytes of a page or of a part of one, in any encoding.  Out: a Document.  Menus, lists of links, scripts, hidden
parts and the foot of the page are left out.  Refused: pages without text (frames, pictures, scripts only), tables
nested deeper than sixty times, more than any report has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parsing.decoding import NotText, decode
from parsing.model import Document, Locator, Problem
from parsing.readers.building import BETWEEN_CELLS, DocumentBuilder, DrawnCell
from parsing.readers.html.flow import Flow
from parsing.readers.html.furniture import keep_report
from parsing.readers.html.heads import read_head
from parsing.readers.html.layout import Draft, lay_out
from parsing.readers.html.markup import TooLarge
from parsing.readers.refusals import LONGEST_TEXT, refuse, refuse_large

FORMAT = "html"

WORDS = "网页文件"
# Pictures inside the page are not read and may be larger than it by far.
PICTURE = re.compile(rb"data:[\w/+.-]{1,60};base64,[A-Za-z0-9+/=\s]+")
LARGEST_PAGE = 20_000_000
START = re.compile(
    rb"\s*<(?:!doctype\s+html|\?xml[^>]*>.{0,600}?<(?:!doctype\s+html|html)|!--|/?(?:html|head|title|meta|link|script|style|body"
    rb"|base|center|table|tbody|thead|t[rdh]|div|p|span|font|br|h[1-6]|section|article|main|header|nav|ul|ol|dl|a|img"
    rb"|strong|b|form|frameset)(?=[\s/>]))",
    re.IGNORECASE | re.DOTALL,
)
INSIDE = re.compile(rb"<(?:!doctype\s+html|html\b[^<>]*>|body\b[^<>]*>)", re.IGNORECASE)
CLOSING = re.compile(rb"</(?:t[drh]|table|p|div|span|li|font|tbody)>", re.IGNORECASE)
MARKDOWN = re.compile(rb"^(?:#{1,6} |\|)", re.MULTILINE)
FRAMES = re.compile(r"<i?frame\b", re.IGNORECASE)


def sniff(data: bytes) -> bool:
    """Tags at the beginning, or so many further on that only a piece of a page has them."""
    start = data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    if START.match(start) or INSIDE.search(start):
        return True
    if b"<" not in data[:65536]:
        return False
    part = data[:65536].replace(b"\0", b"")
    return len(CLOSING.findall(part)) >= 8 and not MARKDOWN.search(part)


def read(data: bytes) -> Document:
    """Decode and read one page."""
    if len(data) > 1_000_000:
        data = PICTURE.sub(b"", data)
    if len(data) > LARGEST_PAGE:
        return refuse_large(FORMAT, WORDS, f"有 {len(data):,} 字节，最多读 {LARGEST_PAGE:,} 字节")
    try:
        decoded = decode(data)
    except NotText:
        return refuse(FORMAT, "not_text", "这个网页文件里不是文字，可能已损坏。请从来源重新下载。")
    return read_pages([decoded.text], FORMAT, decoded.encoding)


def read_pages(pages: Sequence[str], format_name: str, encoding: str | None) -> Document:
    """One Document of one or several pages that belong together, in order."""
    flow = Flow()
    try:
        for page in pages:
            flow.read(page)
    except TooLarge as reason:
        return refuse_large(format_name, WORDS, str(reason))
    drafts = list(lay_out(flow.blocks))
    length = sum(draft.length for draft in drafts)
    if length > LONGEST_TEXT:
        return refuse_large(format_name, WORDS, f"有 {length:,} 个字符，最多读 {LONGEST_TEXT:,} 个")
    if not length:
        return refuse(format_name, "empty_file", explain_empty(pages))
    builder = DocumentBuilder()
    kept = keep_report(drafts)
    add_head(builder, flow, [draft for _, draft in kept])
    for number, draft in kept:
        if draft.block:
            builder.add_paragraph(draft.block.text, Locator(path=f"p[{number}]"))
        else:
            builder.add_table(draft.rows)
    if flow.is_cut:
        place = Locator(line=len(builder.lines), column=1, text=builder.lines[-1]) if builder.lines else None
        message = "网页在表格中间断开，后面的内容缺失，断开处的数字不采信。请从来源重新下载完整的网页。"
        builder.problems.append(Problem("cut_off", message, place))
    note_damage(builder)
    return builder.document(format_name, encoding)


def explain_empty(pages: Sequence[str]) -> str:
    if any(FRAMES.search(page) for page in pages):
        return "这个网页只有框架，正文在框架所指的另一个网页里。请在浏览器中单独打开正文，另存后再提交。"
    return "这个网页里没有文字，正文可能是图片、附件，或由脚本载入。请在浏览器中打开，复制全文或提交附件原件。"


def add_head(builder: DocumentBuilder, flow: Flow, drafts: Sequence[Draft]) -> None:
    """What the head tells and the page does not show: a title as a paragraph, entries as rows `name | content`."""

    def shown() -> Iterator[str]:
        for draft in drafts:
            if draft.block:
                yield draft.block.text
            else:
                yield from (BETWEEN_CELLS.join(cell.raw for cell in row) for row in draft.rows)

    rows = []
    for address, name, content in read_head(flow.metas, flow.titles, shown):
        where = Locator(path=address)
        if name:
            rows.append([DrawnCell(name, where, 0, 0), DrawnCell(content, where, 1, 1)])
        else:
            builder.add_paragraph(content, where)
    builder.add_table(rows)


def note_damage(builder: DocumentBuilder) -> None:
    """A problem where characters of the report itself could not be decoded."""
    damaged = [(number, line) for number, line in enumerate(builder.lines, 1) if "\ufffd" in line]
    if damaged:
        count = sum(line.count("\ufffd") for _, line in damaged)
        number, line = damaged[0]
        where = Locator(line=number, column=line.index("\ufffd") + 1, text=line)
        message = f"有 {count} 处字节无法解码（显示为 \ufffd），第一处在所示文本第 {number} 行。请核对原件。"
        builder.problems.append(Problem("damaged_bytes", message, where))
