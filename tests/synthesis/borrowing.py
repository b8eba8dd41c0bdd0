"""A report whose sentences are another's: what somebody writes who opens an old file and changes the figures.

In: a report and the one that it is copied from.  Out: the report with its own figures and denials, everything else in
the words of the other.  Refused: nothing; a paragraph without counterpart stays.
"""

from __future__ import annotations

import re
from dataclasses import replace

from tests.synthesis.facts import Agency
from tests.synthesis.logical import Block, Heading, LogicalReport, Prose

SENTENCE = re.compile(r"[^。]+。?")
# What is true of one report only: figures, and that something did not happen.
OF_ONE_REPORT = re.compile(r"\d|未|没有|无")


def parts_of(report: LogicalReport) -> dict[str, list[Prose]]:
    """The paragraphs under each heading of a part."""
    parts: dict[str, list[Prose]] = {}
    under = ""
    for block in report.blocks:
        if isinstance(block, Heading) and block.level == 1:
            under = block.text
        elif isinstance(block, Prose) and block.align == "left":
            parts.setdefault(under, []).append(block)
    return parts


def rewrite(own: str, borrowed: str) -> str:
    """The figures and denials of one paragraph, the other sentences of the other one."""
    kept = [one for one in SENTENCE.findall(own) if OF_ONE_REPORT.search(one)]
    taken = [one for one in SENTENCE.findall(borrowed) if not OF_ONE_REPORT.search(one)]
    return "".join(taken[:1] + kept + taken[1:])


def borrow(report: LogicalReport, agency: Agency, source: LogicalReport, author: Agency) -> LogicalReport:
    """The report of an agency in the words of an author, whose names are replaced; the preface stays."""
    theirs = parts_of(source)
    at: dict[str, int] = {}
    blocks: list[Block] = []
    under = ""
    for block in report.blocks:
        if isinstance(block, Heading) and block.level == 1:
            under = block.text
        elif isinstance(block, Prose) and block.align == "left" and under:
            number = at[under] = at.get(under, -1) + 1
            if number < len(theirs.get(under, ())):
                words = theirs[under][number].text
                words = words.replace(author.short, agency.short).replace(author.calls_itself, agency.calls_itself)
                block = replace(block, text=rewrite(block.text, words) or block.text)
        blocks.append(block)
    return replace(report, blocks=tuple(blocks))
