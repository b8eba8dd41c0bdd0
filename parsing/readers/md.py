"""Markdown, as converters and character recognition write it: pipe tables, whole or in many pieces, or html tables.

In: the bytes of such a file.  Out: the paragraphs and tables that plain text has too.  Marks of Markdown (`**`, `#`,
`<br>`, `&nbsp;`, links) become spaces of the same length, so that every character that is left keeps its line and its
column, and a figure with a mark inside is no figure.  Refused: bytes that are no text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsing.model import Block, Document, Locator, Paragraph, Row, Table, Text
from parsing.readers import txt
from parsing.readers.md_tables import blank, find_tables, read_table, show_tables
from parsing.readers.refusals import MOST_CELLS, refuse_large, torn_row
from parsing.readers.sheets import TooManyCells

FORMAT = "md"
WORDS = "Markdown 文件"

BARS = re.compile(r"^[ \t]*\|[^\r\n]*", re.MULTILINE)
# How much of the beginning shows what a file is, in bytes.
HEAD = 65_536
RULER = re.compile(rb"^[ \t>]*\|?(?:[ \t]*:?-{2,}:?[ \t]*\|)+(?:[ \t]*:?-{2,}:?)?[ \t]*\r?$", re.MULTILINE)
HEADING = re.compile(rb"^#{1,6}[ \t]+\S", re.MULTILINE)
BOLD = re.compile(rb"\*\*[^*\r\n]+\*\*")
CELL = re.compile(rb"<t[dh][\s>]", re.IGNORECASE)
FEWEST_HEADINGS, FEWEST_BOLD, FEWEST_CELLS = 2, 4, 4

# Marks that are spaces for a reader.  Of a pair of marks only the marks are taken, not what they enclose.
SPACES = re.compile(r"&(?:nbsp|ensp|emsp|thinsp|#160|#xa0);", re.IGNORECASE)
INLINE = "br|b|strong|i|em|u|s|p|div|span|font|center|sup|sub|html|body"
TAGS = re.compile(rf"</?(?:{INLINE})\b[^<>\n]{{0,400}}>", re.IGNORECASE)
COMMENTS = re.compile(r"<!--.{0,500}?-->", re.DOTALL)
PICTURES = re.compile(r"!\[[^\]\n]{0,400}\]\([^)\n]{0,2000}\)")
LINKS = re.compile(r"(\[)([^\[\]\n]{1,400})(\]\([^)\n]{0,2000}\))")
FENCES = re.compile(r"^[ \t]*(?:```|~~~)[^\n]{0,40}$", re.MULTILINE)
HEADS = re.compile(r"^[ \t>]*#{1,6}(?=[ \t\u3000])|^[ \t]*>+(?=[ \t])|(?<=[ \t])#+[ \t]*$", re.MULTILINE)
BOLD_PAIR = re.compile(r"(?<![*\\])(\*\*)(?=[^\s*])([^*\n]{1,1000})(?<=[^\s*\\])(\*\*)(?!\*)")
ITALIC_PAIR = re.compile(r"(?<![\w*\\])(\*)(?=[^\s*])([^*\n|]{1,400})(?<=[^\s*\\])(\*)(?![\w*])")
LINE_PAIR = re.compile(r"(?<![\w\\])(__|_)(?=[^\s_])([^_\n|]{1,400})(?<=[^\s_\\])(\1)(?!\w)")
CODE_PAIR = re.compile(r"(`)([^`\n|]{1,400})(`)")
FORMULA_PAIR = re.compile(r"(\$)([^$\n|]{1,60})(\$)")
PAIRS = (LINKS, BOLD_PAIR, ITALIC_PAIR, LINE_PAIR, CODE_PAIR, FORMULA_PAIR)
# A mark that stands for itself; a bar that divides no cells would divide them once its escape is gone.
ESCAPED_BAR = re.compile(r"\\[|｜]")
ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
# The head that Markdown demands of a table that has none.
EMPTY_HEAD = re.compile(r"^[ \t]*\|[ \t|]*\|[ \t]*(?=\r?\n[ \t>]*\|?[ \t]*:?-{2,})", re.MULTILINE)


def blank_match(match: re.Match[str]) -> str:
    return blank(match.group())


def blank_pair(match: re.Match[str]) -> str:
    return blank(match.group(1)) + match.group(2) + blank(match.group(3))


def without_marks(text: str) -> str:
    """The text that a person sees, every character at its place.

    >>> without_marks("| **规章** | 1<br>1 | 3&nbsp; |")
    '|   规章   | 1    1 | 3       |'
    """
    for pattern in (COMMENTS, PICTURES, FENCES, EMPTY_HEAD, SPACES, TAGS, HEADS, ESCAPED_BAR):
        text = pattern.sub(blank_match, text)
    for pattern in PAIRS:
        text = pattern.sub(blank_pair, text)
    return ESCAPE.sub(" ", text)


def start_of_torn_row(text: str) -> int:
    """Where the last line begins if it is a row that has lost its end, else the length of the text.

    Its place in the file tells: no line end behind it, and fewer bars than the row before.
    """
    rows = [*BARS.finditer(text)]
    if len(rows) < 2 or rows[-1].end() < len(text):
        return len(text)
    last, before = (row.group().count("|") for row in (rows[-1], rows[-2]))
    return rows[-1].start() if last < before else len(text)


def moved(block: Block, lines: int) -> Block:
    """A block of a stretch of the text, with the lines before the stretch counted."""

    def shift(text: Text) -> Text:
        return Text.untouched(text.raw, text.where._replace(line=(text.where.line or 1) + lines))

    if isinstance(block, Paragraph):
        return Paragraph(shift(block.text))
    return Table(tuple(Row(tuple(map(shift, row.cells)), row.spans) for row in block.rows))


def blocks_of(text: str) -> Iterator[Block]:
    """Paragraphs and tables in reading order; html tables among the rest."""
    at, lines = 0, 0
    for start, end in find_tables(text):
        yield from stretch(text, at, start, lines)
        lines += text.count("\n", at, start)
        rows = read_table(text, start, end, lines)
        if rows:
            yield Table(rows)
        lines += text.count("\n", start, end)
        at = end
    yield from stretch(text, at, len(text), lines)


def stretch(text: str, start: int, end: int, lines: int) -> Iterator[Block]:
    """What stands between html tables, read as plain text; its first line keeps its columns."""
    if not text[start:end].strip():
        return
    indent = start - (text.rfind("\n", 0, start) + 1)
    for block in txt.blocks_of(" " * indent + text[start:end]):
        yield moved(block, lines)


def sniff(data: bytes) -> bool:
    """Rulers under the heads of tables, or several headings or bold words, or cells of html in a text."""
    head = data[:HEAD]
    if b"--" in head and RULER.search(head):
        return True
    if b"#" in head and len(HEADING.findall(head)) >= FEWEST_HEADINGS:
        return True
    if b"**" in head and len(BOLD.findall(head)) >= FEWEST_BOLD:
        return True
    return b"<" in head and b"\0" not in head and len(CELL.findall(head)) >= FEWEST_CELLS


def read(data: bytes) -> Document:
    """Decode as plain text is, take the marks away, and cut into blocks."""
    document = txt.read_text(data)
    if not document.text:
        return document
    if document.text.count("|") > MOST_CELLS:
        return refuse_large(FORMAT, WORDS, f"单元格多于 {MOST_CELLS:,} 个")
    text = without_marks(document.text)
    end = start_of_torn_row(text)
    try:
        blocks, problems = tuple(blocks_of(text[:end])), document.problems
    except TooManyCells:
        return refuse_large(FORMAT, WORDS, f"单元格多于 {MOST_CELLS:,} 个")
    if end < len(text):
        where = Locator(text.count("\n", 0, end) + 1, 1, text[end:])
        problems = (*problems, torn_row(where))
    return Document(blocks, FORMAT, document.encoding, problems, show_tables(text), open_line=document.open_line)
