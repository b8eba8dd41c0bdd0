"""RTF, as Word, WPS and LibreOffice write it, whatever the name of the file says.

In: bytes that begin like RTF.  Out: the report, then its notes and text boxes.  Headers, footers, comments, hidden and
deleted text are left out.  Of a file that is cut off the paragraph and the row that are not whole are left out, and
a problem says so.  Refused: files larger than any report, groups nested without end.
"""

from __future__ import annotations

import re

from parsing.model import Document, Locator, Paragraph, Problem
from parsing.readers.building import DocumentBuilder
from parsing.readers.edge_blocks import add_content
from parsing.readers.refusals import LARGEST_FILE, refuse, refuse_damaged, refuse_large
from parsing.readers.rtf.gathering import TooDeep, TooMuch
from parsing.readers.rtf.reading import RtfReader

FORMAT = "rtf"
WORDS = "RTF 文件"
# What programs put before the first brace.
LEAD = b"\xef\xbb\xbf \t\r\n\0"
PICTURE = b"\\pict"
ONLY_PICTURES = "这个 RTF 文件里只有图片，没有文字。请提供文字版，或先做文字识别。"
# RTF is text: a control character in it is damage, unless a picture is stored in bytes.
FOREIGN = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")
BYTES = b"\\bin"
# Word opens some thousand groups a page.
MOST_GROUPS = 1_000_000
CUT_OFF = "这个 RTF 文件不完整，正文在最后读到的地方中断，后面的内容缺失。请从来源重新下载，或请报送单位重新发送。"


def sniff(data: bytes) -> bool:
    return data[:64].lstrip(LEAD).startswith(b"{\\rtf")


def read(data: bytes) -> Document:
    """The Document; one problem and nothing else where the file is refused."""
    if len(data) > LARGEST_FILE:
        return refuse_large(FORMAT, WORDS, f"有 {len(data):,} 字节，最多读 {LARGEST_FILE:,} 字节")
    groups = data.count(b"{")
    if groups > MOST_GROUPS:
        return refuse_large(FORMAT, WORDS, f"有 {groups:,} 个组，最多读 {MOST_GROUPS:,} 个")
    reader = RtfReader(data)
    try:
        reader.read()
    except TooDeep:
        return refuse_damaged(FORMAT, WORDS)
    except TooMuch as error:
        return refuse_large(FORMAT, WORDS, str(error))
    builder = DocumentBuilder()
    add_content(builder, reader.content())
    note_damage(builder, data)
    if reader.is_cut_off:
        if not builder.blocks:
            return refuse_damaged(FORMAT, WORDS)
        builder.problems.append(Problem("file_cut_off", CUT_OFF, last_place(builder)))
    elif not builder.blocks and PICTURE in data:
        return refuse(FORMAT, "scanned_file", ONLY_PICTURES)
    return builder.document(FORMAT)


def note_damage(builder: DocumentBuilder, data: bytes) -> None:
    """Say that bytes stand in the file that belong to no RTF: others may be wrong and not show it."""
    found = 0 if BYTES in data else len(FOREIGN.findall(data.strip(LEAD)))
    if found:
        message = f"文件里有 {found} 处不该出现的字节，可能在传送中损坏，读出的数字请逐一核对。请从来源重新下载。"
        builder.problems.append(Problem("damaged_bytes", message))


def last_place(builder: DocumentBuilder) -> Locator:
    """Where the last words stand."""
    block = builder.blocks[-1]
    return block.text.where if isinstance(block, Paragraph) else block.rows[-1].cells[-1].where
