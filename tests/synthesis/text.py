"""A report as a plain text file, as it was pasted or converted.

In: facts and a layout.  Out: the text, the same for the same facts.  Refused: a layout that does not exist, and facts
that the layout cannot show.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from tests.synthesis.facts import Facts
from tests.synthesis.grids import Grid
from tests.synthesis.layouts import LAYOUTS
from tests.synthesis.logical import Heading, LogicalReport, Prose, build_report

# Converted web pages stand close; pasted and pdf text has empty lines between the paragraphs.
CLOSE = frozenset({"pipes", "leading_pipes", "pipe_cells", "lone_pipes"})
INDENTS = ("", "    ", "　　", "")


def print_prose(block: Prose, indent: str) -> str:
    """A paragraph on one line; the signature stands to the right, as typed with spaces."""
    space = {"left": len(indent), "center": 18, "right": 28}[block.align]
    return indent + block.text if block.align == "left" else " " * space + block.text


def print_blocks(report: LogicalReport, layout: str, chance: Random) -> Iterator[str]:
    """The lines of a report."""
    is_close = layout in CLOSE
    indent = "" if is_close else chance.choice(INDENTS)
    gap = [] if is_close else [""]
    if report.metadata:
        yield from (*report.metadata, *gap)
    yield from (*report.title, *gap)
    for block in report.blocks:
        if isinstance(block, Grid):
            yield from LAYOUTS[layout](block, chance)
            yield from gap
        elif isinstance(block, Heading):
            yield from (block.text if block.level == 1 else indent + block.text, *gap)
        else:
            yield from (print_prose(block, indent), *gap)


def print_report(report: LogicalReport, layout: str, seed: str) -> str:
    """A report in one physical layout; lines end with a line feed."""
    if layout not in LAYOUTS:
        raise ValueError(f"no layout {layout}; there are {', '.join(LAYOUTS)}")
    return "\n".join(print_blocks(report, layout, Random(f"layout|{layout}|{seed}"))).rstrip() + "\n"


def write_text(facts: Facts, layout: str = "word_paste") -> str:
    """The whole report that the facts make, in one physical layout."""
    return print_report(build_report(facts), layout, f"{facts.seed}|{facts.agency.name}|{facts.year}")
