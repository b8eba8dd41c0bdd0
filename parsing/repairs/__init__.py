"""Damage undone: one module per kind, in one ordered tuple.

In: a Document as read.  Out: the Document with mended texts, and every repair with before, after and place.
A repair is a module with `KIND`, `MESSAGE` (what was damaged, for people) and the pure function
`find(text) -> list[Edit]`; it is added by one line in `REPAIRS`.  Page marks stand between texts, not in them: they are
taken out first.  Refused: an edit that changes a digit.
"""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType

from parsing.model import Block, Document, Paragraph, Repair, Row, Table, Text
from parsing.repairs import gbk_shift, leftovers, lost_byte, page_marks, pinyin
from parsing.repairs.edits import apply_edits

# Shifted bytes first: they hide what the others look for.  Leftovers last: shifts leave some behind.
REPAIRS: tuple[ModuleType, ...] = (gbk_shift, lost_byte, pinyin, leftovers)


def mend(text: Text) -> tuple[Text, list[Repair]]:
    """Run all repairs over one text."""
    repairs: list[Repair] = []
    if len(text.clean) < 2 or text.clean.isdecimal():
        return text, repairs
    for module in REPAIRS:
        edits = module.find(text.clean)
        if edits:
            text, made = apply_edits(text, edits, module.KIND)
            repairs += made
    return text, repairs


def mend_document(document: Document) -> tuple[Document, tuple[Repair, ...]]:
    """Take page marks out, then mend every paragraph and cell, in reading order."""
    whole, repairs = page_marks.take_out(document.blocks)
    blocks: list[Block] = []

    def mended(text: Text) -> Text:
        text, made = mend(text)
        repairs.extend(made)
        return text

    for block in whole:
        if isinstance(block, Paragraph):
            blocks.append(Paragraph(mended(block.text)))
        else:
            rows = tuple(Row(tuple(mended(cell) for cell in row.cells)) for row in block.rows)
            blocks.append(Table(rows, block.is_grid))
    return replace(document, blocks=tuple(blocks)), tuple(repairs)
