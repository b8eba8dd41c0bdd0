"""Word 97–2003 and WPS Writer files, which share one binary structure ([MS-DOC]).

In: the bytes of an OLE2 file with a Word stream.  Out: the report, then its notes and text boxes; format "wps" where
the file says that WPS wrote it.  Headers, footers, comments, hidden and deleted text are left out.  Refused: encrypted
files (encrypted docx and xlsx lie in the same container), files of Word 95 and older, damaged and cut off ones.
"""

from __future__ import annotations

import re

from parsing.model import Document
from parsing.readers.building import DocumentBuilder
from parsing.readers.doc.container import WORDS, Damaged, TooLarge, holds_word, open_streams
from parsing.readers.doc.reading import read_content
from parsing.readers.edge_blocks import add_content
from parsing.readers.refusals import refuse, refuse_damaged, refuse_large

FORMAT = "doc"
WPS = re.compile(r"wps|kingsoft|金山", re.IGNORECASE)

ONLY_PICTURES = "这个 Word 文件里只有图片，没有文字。请提供文字版，或先做文字识别。"


def sniff(data: bytes) -> bool:
    return holds_word(data)


def read(data: bytes) -> Document:
    """The Document; one problem and nothing else where the file is refused."""
    streams = open_streams(data)
    if isinstance(streams, Document):
        return streams
    builder = DocumentBuilder()
    try:
        content, has_pictures = read_content(streams)
        add_content(builder, content)
    except Damaged:
        return refuse_damaged(FORMAT, WORDS)
    except TooLarge as error:
        return refuse_large(FORMAT, WORDS, str(error))
    if has_pictures and not builder.blocks:
        return refuse(FORMAT, "scanned_file", ONLY_PICTURES)
    return builder.document("wps" if WPS.search(streams.program) else FORMAT)
