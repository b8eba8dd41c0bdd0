"""The parts of a Word document beside its text: where the text itself stands, and what it refers to.

In: an opened archive.  Out: the name of the main part; lists, styles and notes as trees; an embedded web page as
blocks.  Refused (None): parts that are missing or damaged, after a word about what is lost by it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from posixpath import dirname, join, normpath

from parsing.model import Document, Locator, Paragraph, Problem
from parsing.readers.building import DocumentBuilder, DrawnCell
from parsing.readers.docx.blocks import TooMuchText
from parsing.readers.docx.markup import BrokenMarkup, Element, parse
from parsing.readers.docx.numbering import Numbering
from parsing.readers.refusals import LONGEST_TEXT
from parsing.readers.zipped import Archive, UnreadablePart

USUAL_MAIN = "word/document.xml"
TYPES = "[content_types].xml"
# Lists, styles, notes and relations of real documents take some 100 KB.
LARGEST_SIDE_PART = 20_000_000
OVERRIDE = re.compile(rb"<(?:\w+:)?Override\b[^>]*>")
MAIN_TYPE = re.compile(rb"(?:wordprocessingml|ms-word)\.(?:document|template)[\w.]*\.main\+xml")
PART_NAME = re.compile(rb"PartName\s*=\s*[\"']/?([^\"']+)")
RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
ATTRIBUTE = re.compile(rb"(Id|Type|Target)\s*=\s*[\"']([^\"']*)")
USED_STYLE = re.compile(rb'pStyle \w+:val="([^"]*)"')
BASED_ON = re.compile(rb'basedOn \w+:val="([^"]*)"')
DEFAULT_STYLE = re.compile(
    rb'<(?:\w+:)?style\b(?=[^>]*\btype="paragraph")(?=[^>]*\bdefault="(?:1|true|on)")[^>]*\bstyleId="([^"]*)"'
)
# A workbook or a document of its own that stands in the text as a picture.
OBJECT = re.compile(rb"ProgID\s*=\s*[\"'](?:Excel|Word|ET|KET|WPS|KWPS|Package)")
LOST_NUMBERS = "自动编号（如“一、”“1.”）的定义缺失或已损坏，段落前的编号没有读到。请从来源重新下载，或对照原文核对。"
LOST_NOTES = "脚注或尾注已损坏或缺失，没有读取。请从来源重新下载，或对照原文核对。"
OBJECTS = "文中有 {} 个以对象形式嵌入的表格或文件，里面的数字没有读取。请在 Word 中把它们粘贴为普通表格后再提交。"


def find_main(archive: Archive) -> str | None:
    """The part that holds the text; None where the archive is no Word document."""
    if USUAL_MAIN in archive.members:
        return USUAL_MAIN
    if TYPES not in archive.members:
        return None
    try:
        types = archive.read(TYPES, LARGEST_SIDE_PART)
    except UnreadablePart:
        return None
    for override in OVERRIDE.findall(types):
        name = PART_NAME.search(override)
        if name and MAIN_TYPE.search(override):
            part = name.group(1).decode("utf-8", "replace").lower()
            return part if part in archive.members else None
    return None


def may_number(styles: bytes, markup: bytes) -> bool:
    """Whether a paragraph style that the text uses, or one that it is based on, belongs to a list.

    The styles of a document take ten times as long to parse as this search takes; in doubt they are parsed.
    """
    if b"numPr" not in styles:
        return False
    used = set(USED_STYLE.findall(markup))
    default = DEFAULT_STYLE.search(styles)
    if default is None or (not used and b"pStyle" in markup):
        return True
    open_names, seen = {*used, default.group(1)}, set[bytes]()
    while open_names:
        name = open_names.pop()
        seen.add(name)
        start = styles.find(b'styleId="' + name + b'"')
        definition = styles[start : styles.find(b"style>", start)] if start >= 0 else b"numPr"
        if b"numPr" in definition:
            return True
        open_names |= set(BASED_ON.findall(definition)) - seen
    return False


class Package:
    """The parts around the main one; what is lost of them is told to `builder`."""

    def __init__(self, archive: Archive, main: str, builder: DocumentBuilder) -> None:
        self.archive = archive
        self.main = main
        self.builder = builder
        self.relations: list[dict[bytes, bytes]] | None = None
        self.length = 0

    def lose(self, kind: str, message: str) -> None:
        self.builder.problems.append(Problem(kind, message))

    def find_relations(self) -> list[dict[bytes, bytes]]:
        """Id, Type and Target of everything that the main part refers to."""
        if self.relations is None:
            folder, name = dirname(self.main), self.main.rpartition("/")[2]
            try:
                markup = self.archive.read(join(folder, "_rels", f"{name}.rels"), LARGEST_SIDE_PART)
            except UnreadablePart:
                markup = b""
            self.relations = [dict(ATTRIBUTE.findall(one)) for one in RELATION.findall(markup)]
        return self.relations

    def resolve(self, target: bytes) -> str:
        return normpath(join("/", dirname(self.main), target.decode("utf-8", "replace"))).strip("/").lower()

    def locate(self, kind: str) -> str:
        """The part of a kind (numbering, styles …): beside the main part, or where the relations say."""
        usual = join(dirname(self.main), f"{kind}.xml")
        if usual in self.archive.members:
            return usual
        ending = f"/{kind}".encode()
        targets = [one for one in self.find_relations() if one.get(b"Type", b"").endswith(ending)]
        return self.resolve(targets[0].get(b"Target", b"")) if targets else usual

    def read_part(self, kind: str) -> bytes | None:
        """The bytes of a part beside the text; b"" where the document has none, None where it is lost."""
        name = self.locate(kind)
        if name not in self.archive.members:
            return b"" if self.archive.is_whole else None
        try:
            return self.archive.read(name, LARGEST_SIDE_PART)
        except UnreadablePart:
            return None

    def read_tree(self, kind: str) -> Element | None:
        markup = self.read_part(kind)
        try:
            return parse(markup) if markup else None
        except BrokenMarkup:
            return None

    def find_numbering(self, markup: bytes) -> Numbering | None:
        """What counts the paragraphs, if any of them is numbered by itself or by its style."""
        is_direct = b"numPr" in markup
        if not is_direct and self.locate("numbering") not in self.archive.members:
            return None
        by_style = may_number(self.read_part("styles") or b"", markup)
        if not is_direct and not by_style:
            return None
        definitions = self.read_part("numbering")
        if definitions == b"":
            return None
        tree = self.read_tree("numbering")
        if definitions is None or tree is None:
            self.lose("numbering_lost", LOST_NUMBERS)
            return None
        return Numbering(tree, self.read_tree("styles") if by_style or b"numStyleLink" in definitions else None)

    def read_notes(self, kind: str) -> Element | None:
        root = self.read_tree(kind)
        if root is None:
            self.lose("notes_lost", LOST_NOTES)
        return root

    def name_objects(self, markup: bytes) -> None:
        """Tables that are embedded as objects show as pictures: their figures are not in the text."""
        count = len(OBJECT.findall(markup)) if b"OLEObject" in markup else 0
        if count:
            self.lose("embedded_object", OBJECTS.format(count))

    def read_chunk(self, name: str) -> bool:
        """Read the embedded file of a relation into the blocks; False where it is none that can be read.

        TooMuchText where all of them together have more characters than a report.
        """
        from parsing.readers import read_document  # the registry knows this reader: imported when both are there

        target = next((one[b"Target"] for one in self.find_relations() if one.get(b"Id") == name.encode()), b"")
        try:
            data = self.archive.read(self.resolve(target), LARGEST_SIDE_PART)
        except UnreadablePart:
            return False
        # A document in a document in a document … is not followed.
        if data.startswith(b"PK"):
            return False
        document = read_document(data)
        is_markup = document.format == "txt" and data.lstrip()[:1] == b"<"
        if is_markup or not document.blocks:
            return False
        self.length += len(document.text)
        if self.length > LONGEST_TEXT:
            raise TooMuchText
        copy_blocks(document, self.builder)
        self.builder.problems += [replace(one, where=one.where and inside(one.where)) for one in document.problems]
        return True


def copy_blocks(document: Document, builder: DocumentBuilder) -> None:
    """The blocks of an embedded file, with the places that they have in it."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            builder.add_paragraph(block.text.raw, inside(block.text.where))
            continue
        rows = []
        for row in block.rows:
            spans = row.spans or tuple((index, index) for index in range(len(row.cells)))
            rows.append([
                DrawnCell(cell.raw, inside(cell.where), *span) for cell, span in zip(row.cells, spans, strict=True)
            ])  # fmt: skip
        builder.add_table(rows)


def inside(where: Locator) -> Locator:
    return where._replace(path=f"altChunk/{where.path or f'line[{where.line}]'}")
