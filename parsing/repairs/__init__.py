"""Damage undone: one module per kind, in one ordered tuple.

In: a Document as read.  Out: the Document with mended texts, and every repair with before, after and place.
A repair is a module with `KIND`, `MESSAGE` (what was damaged, for people), the pure function `find(text) -> list[Edit]`
and `is_likely(text)`, which a whole document is asked first; it is added by one line in `REPAIRS`.  Page marks stand
between texts, not in them: they are taken out first.  Refused: an edit that changes a figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import ModuleType

from parsing.model import Block, Document, Paragraph, Repair, Row, Table, Text
from parsing.repairs import gbk_shift, leftovers, lost_byte, masks, mojibake, page_marks, pinyin, spam
from parsing.repairs.edits import apply_edits

# Wrong encodings and shifted bytes first: they hide what the others look for, and shifts leave leftovers behind.
REPAIRS: tuple[ModuleType, ...] = (mojibake, gbk_shift, lost_byte, pinyin, leftovers, masks, spam)


def mend(text: Text, modules: Sequence[ModuleType] = REPAIRS) -> tuple[Text, list[Repair]]:
    """Run repairs, all of them or those that are likely in its document, over one text."""
    repairs: list[Repair] = []
    if len(text.clean) < 2 or text.clean.isdecimal():
        return text, repairs
    for module in modules:
        edits = module.find(text.clean)
        if edits:
            text, made = apply_edits(text, edits, module.KIND)
            repairs += made
    return text, repairs


def every_text(blocks: Sequence[Block]) -> str:
    """All text of a document whose format has no text of its own."""
    pieces: list[str] = []
    for block in blocks:
        rows = block.rows if isinstance(block, Table) else (Row((block.text,)),)
        pieces += [cell.clean for row in rows for cell in row.cells]
    return "\n".join(pieces)


def mend_document(document: Document) -> tuple[Document, tuple[Repair, ...]]:
    """Take page marks out, then mend every paragraph and cell, in reading order."""
    whole, repairs = page_marks.take_out(document.blocks)
    likely = tuple(module for module in REPAIRS if module.is_likely(document.text or every_text(whole)))
    if not likely:
        return replace(document, blocks=tuple(whole)), tuple(repairs)
    blocks: list[Block] = []

    def mended(text: Text) -> Text:
        text, made = mend(text, likely)
        repairs.extend(made)
        return text

    for block in whole:
        if isinstance(block, Paragraph):
            blocks.append(Paragraph(mended(block.text)))
        else:
            rows = tuple(Row(tuple(mended(cell) for cell in row.cells), row.spans) for row in block.rows)
            blocks.append(Table(rows))
    return replace(document, blocks=tuple(blocks)), tuple(repairs)
