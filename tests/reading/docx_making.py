"""Small Word documents from hand-written markup, and what is read from them in brief.

In: the markup of a body, and of other parts.  Out: bytes; for reading, paragraphs as texts and tables as rows of texts.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from parsing.model import Document, Paragraph
from parsing.readers import docx

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/{}" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
MAIN = "word/document.xml"

Brief = list[str | list[list[str]]]


def zip_up(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of the parts in their order, the same every time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return buffer.getvalue()


def make(body: str, main: str = MAIN, **parts: str) -> bytes:
    """A document with this body; `styles`, `numbering`, `footnotes` hold what is inside the roots of those parts."""
    roots = {name: f"<w:{name} {SPACES}>{inside}</w:{name}>" for name, inside in parts.items()}
    whole = {
        "[Content_Types].xml": TYPES.format(main),
        main: f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
    }
    return zip_up(whole | {f"word/{name}.xml": root for name, root in roots.items()})


def p(text: str, properties: str = "") -> str:
    """A paragraph of one run; `text` may be markup of a run's content."""
    inside = text if text.startswith("<") else f'<w:t xml:space="preserve">{text}</w:t>'
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r>{inside}</w:r></w:p>"


def tc(text: str, properties: str = "") -> str:
    """A cell; text that begins with a tag is its blocks."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{text if text.startswith('<') else p(text)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    inside = "".join(cell if cell.startswith("<w:tc") else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def brief(document: Document) -> Brief:
    """Paragraphs as texts, tables as rows of texts."""
    return [
        block.text.raw if isinstance(block, Paragraph) else [[cell.raw for cell in row.cells] for row in block.rows]
        for block in document.blocks
    ]


def read(body: str, **parts: str) -> Brief:
    """What a document with this body says, where nothing is wrong with it."""
    document = docx.read(make(body, **parts))
    assert document.problems == ()
    return brief(document)
