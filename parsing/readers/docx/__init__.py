"""Word documents (docx, docm, dotx; written by Word, WPS, LibreOffice and converters).

In: the bytes of a zip archive whose main part is WordprocessingML.  Out: paragraphs and tables as a person sees them,
merged cells exact, with the numbers that Word generates, text boxes behind the paragraph that they hang on and notes
at the end; headers and footers are left out.  Macros are not looked at.  A file that was cut off is read as far as it
goes, and says so.  Refused: damaged archives, parts under a password, bombs, markup that declares entities.
"""

from __future__ import annotations

from parsing.model import Document, Locator, Paragraph, Problem
from parsing.readers.building import DocumentBuilder
from parsing.readers.docx.blocks import BodyReader, TooMuchText
from parsing.readers.docx.grids import TooManyCells
from parsing.readers.docx.markup import BrokenMarkup, W, parse
from parsing.readers.docx.package import Package, find_main
from parsing.readers.refusals import LARGEST_FILE, LONGEST_TEXT, MOST_CELLS, refuse, refuse_damaged, refuse_large
from parsing.readers.zipped import Archive, UnreadablePart, open_archive, refuse_part

FORMAT = "docx"
WORDS = "Word 文件"

# The markup of the longest reports takes some 10 MB.
LARGEST_MARKUP = 50_000_000
MOST_TAGS = 3_000_000
NOTES = (("footnotes", "footnote"), ("endnotes", "endnote"))
CUT_OFF = "这个 Word 文件不完整，正文在最后读到的地方中断，后面的内容缺失。请从来源重新下载，或请报送单位重新发送。"
ONLY_PICTURES = "这个 Word 文件里只有图片，没有文字。请提供文字版，或先做文字识别。"


def sniff(data: bytes) -> bool:
    """Whether the directory of an archive names a Word document as its main part."""
    archive = open_archive(data)
    return archive is not None and find_main(archive) is not None


def read(data: bytes) -> Document:
    """The document, or why there is none."""
    if len(data) > LARGEST_FILE:
        return refuse_large(FORMAT, WORDS, f"有 {len(data) // 1_000_000:,} MB，最多读 {LARGEST_FILE // 1_000_000} MB")
    archive = open_archive(data)
    main = find_main(archive) if archive else None
    if archive is None or main is None:
        return refuse_damaged(FORMAT, WORDS)
    try:
        markup, is_cut = archive.read(main, LARGEST_MARKUP), False
    except UnreadablePart as error:
        markup, is_cut = error.rest, error.reason == "cut_off"
        if not is_cut:
            return refuse_part(error, FORMAT, WORDS)
    if markup.count(b"<") > MOST_TAGS:
        return refuse_large(FORMAT, WORDS, f"正文有 {markup.count(b'<'):,} 个标记，最多读 {MOST_TAGS:,} 个")
    try:
        return read_markup(archive, main, markup, is_cut)
    except BrokenMarkup:
        return refuse_damaged(FORMAT, WORDS)
    except TooMuchText:
        return refuse_large(FORMAT, WORDS, f"超过 {LONGEST_TEXT:,} 个字符")
    except TooManyCells:
        return refuse_large(FORMAT, WORDS, f"表格超过 {MOST_CELLS:,} 个单元格")


def read_markup(archive: Archive, main: str, markup: bytes, is_cut: bool) -> Document:
    """The blocks of the main part, then its notes, then what could not be read."""
    body = parse(markup, is_cut).find(W + "body")
    if body is None:
        return refuse_damaged(FORMAT, WORDS)
    builder = DocumentBuilder()
    package = Package(archive, main, builder)
    reader = BodyReader(builder, package.find_numbering(markup), package.read_chunk)
    reader.read_body(body)
    for part, name in NOTES:
        root = package.read_notes(part) if f"{name}Reference".encode() in markup else None
        if root is not None:
            reader.read_notes(root, name)
    if not builder.blocks:
        has_pictures = any("/media/" in name for name in archive.members)
        return refuse(FORMAT, "scanned_file", ONLY_PICTURES) if has_pictures else builder.document(FORMAT)
    package.name_objects(markup)
    if is_cut:
        builder.problems.append(Problem("file_cut_off", CUT_OFF, last_place(builder)))
    return builder.document(FORMAT)


def last_place(builder: DocumentBuilder) -> Locator:
    """Where the last words stand."""
    block = builder.blocks[-1]
    return block.text.where if isinstance(block, Paragraph) else block.rows[-1].cells[-1].where
