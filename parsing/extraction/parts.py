"""Several reports in one file, told apart by their titles.

In: a Document.  Out: one Document a report, in order.  A file is cut only where a second title, of another year
or agency, is followed by headings of its own: links to other years' reports at the foot of a page are no reports.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from parsing.extraction.particulars import LONGEST_TITLE, find_title
from parsing.extraction.passages import make_passage
from parsing.extraction.sections import TOP
from parsing.model import Block, Document, Paragraph, Text

FEWEST_HEADINGS = 2
TITLE_WORD = re.compile("[报報]")


def line_of(block: Block) -> Text | None:
    """The text of a block that could be a title: it ends as titles do, in 报告 or 年报."""
    if not isinstance(block, Paragraph) or not TITLE_WORD.search(block.text.clean):
        return None
    return block.text if len(block.text.clean.strip()) <= LONGEST_TITLE else None


def title_of(text: Text | None) -> tuple[str, str] | None:
    """Agency and year of a line that is nothing but a title."""
    if text is None or not any(word in text.clean for word in ("公开", "公開")):
        return None
    passage = make_passage([text])
    match = find_title(passage)
    is_whole = match is not None and len(passage.text) - match.end() <= 4
    return (match.group("agency"), match.group("year")) if match and is_whole else None


def count_headings(blocks: Sequence[Block]) -> int:
    texts = [block.text.clean.lstrip() for block in blocks if isinstance(block, Paragraph)]
    return sum(bool(TOP.match(text)) for text in texts)


def split_reports(document: Document) -> list[Document]:
    """The reports of a file; a list of one for nearly every file."""
    starts: list[tuple[int, tuple[str, str]]] = []
    for index, block in enumerate(document.blocks):
        title = title_of(line_of(block))
        if title and (not starts or title != starts[-1][1]):
            enough = not starts or count_headings(document.blocks[starts[-1][0] : index]) >= FEWEST_HEADINGS
            if enough and count_headings(document.blocks[index:]) >= FEWEST_HEADINGS:
                starts.append((index, title))
    if len(starts) < 2:
        return [document]
    cuts = [0, *(index for index, _ in starts[1:]), len(document.blocks)]
    return [replace(document, blocks=document.blocks[start:end]) for start, end in pairwise(cuts)]
