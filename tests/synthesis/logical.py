"""A report before it has a file format: title, parts, paragraphs, tables.

In: facts.  Out: a `LogicalReport`, from which the text writers (and those of other formats) draw.  Refused: nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from parsing.templates import load_sections
from tests.synthesis.facts import Facts
from tests.synthesis.grids import Grid, draw_group
from tests.synthesis.prose import (
    NUMERALS,
    Wording,
    print_date,
    say_again,
    say_applications,
    say_bystander,
    say_disclosed,
    say_disputes,
    say_documents,
    say_preface,
    say_problems,
    wording_for,
)

CURRENT_PARTS = ("s1", "s2", "s3", "s4", "s5", "s6")
OLD_PARTS = ("s1", "s2", "s3", "s3_fee", "s4", "s5", "s6")
# The parts under article 32 of the act of 2007 carry other titles than the form of 2019.
OLD_TITLES = {"s1": "概述", "s3": "依申请公开政府信息和不予公开政府信息情况"}
SUBHEADS = ("disclosure", "applications", "management", "platform", "supervision")


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a part (level 1) or of a section of it (level 2)."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Prose:
    """One paragraph."""

    text: str
    align: Literal["left", "center", "right"] = "left"


@dataclass(frozen=True, slots=True)
class LogicalReport:
    """`metadata` are the lines that a web page prints above the title; blocks stand in reading order."""

    metadata: tuple[str, ...]
    title: tuple[str, ...]
    blocks: tuple[Heading | Prose | Grid, ...]


Block = Heading | Prose | Grid


def change_texts(report: LogicalReport, change: Callable[[str, bool], str]) -> LogicalReport:
    """Every text of a report after a change, which is told whether the text is a cell."""
    blocks: list[Block] = []
    for block in report.blocks:
        if isinstance(block, Grid):
            rows = tuple(tuple(replace(cell, text=change(cell.text, True)) for cell in row) for row in block.rows)
            blocks.append(replace(block, rows=rows))
        else:
            blocks.append(replace(block, text=change(block.text, False)))
    title = tuple(change(line, False) for line in report.title)
    return LogicalReport(tuple(change(line, False) for line in report.metadata), title, tuple(blocks))


def title_of(code: str, is_old: bool) -> str:
    """The heading of a part, from the templates' list of parts."""
    section = next(one for one in load_sections() if one.code == code)
    old = OLD_TITLES.get(code) if is_old else None
    if old is None:
        return section.title
    if old not in section.aliases:
        raise ValueError(f"{old} is no heading of {code}")
    return old


def first_part(words: Wording, facts: Facts) -> Iterator[Block]:
    """总体情况: five sections; the figures stand in the first two."""
    yield Prose(words.several("work_organisation", words.chance.randint(1, 2)))
    documents = say_documents(words, facts)
    sections = (
        say_disclosed(words, facts) + words.several("work_content", words.chance.randint(2, 3)),
        say_applications(words, facts) + words.several("work_applications", words.chance.randint(1, 2)),
        documents + words.several("work_management", words.chance.randint(2, 3)),
        words.several("work_platform", words.chance.randint(2, 3)) + say_bystander(words, facts),
        words.several("work_supervision", 2) + words.say("work_evaluation"),
    )
    is_inline = words.chance.random() < 0.6
    for number, (subhead, text) in enumerate(zip(SUBHEADS, sections, strict=True), 1):
        heading = f"（{NUMERALS[number]}）{words.say(f'sub_{subhead}')}"
        if is_inline:
            yield Prose(f"{heading}。{text}")
        else:
            yield Heading(heading, 2)
            yield Prose(text)


def old_first_part(words: Wording, facts: Facts) -> Iterator[Block]:
    yield Prose(words.several("work_organisation", 2) + words.several("work_management", 2))
    training = facts.narrative.training
    said = words.say("training", meetings=training[0], sessions=training[1], trainees=training[2]) if training else ""
    yield Prose(said + words.several("work_supervision", 2) + words.say("work_evaluation"))


def second_part(words: Wording, facts: Facts) -> Iterator[Block]:
    count = facts.narrative.disclosed_again
    if count is not None:
        yield Prose(words.say("disclosed_again", n=count))


def old_second_part(words: Wording, facts: Facts) -> Iterator[Block]:
    """Under the older act the figures stand here."""
    figures = facts.narrative
    yield Prose(say_disclosed(words, facts) + words.several("work_content", 2))
    if figures.responses is not None:
        yield Prose(words.say("responses", n=figures.responses) + words.say("work_content"))
    yield Prose(words.several("work_platform", 2) + say_bystander(words, facts))
    if figures.disclosed_again is not None:
        yield Prose(words.say("disclosed_again", n=figures.disclosed_again))


def third_part(words: Wording, facts: Facts) -> Iterator[Block]:
    said = say_again(words, facts, facts.narrative.applications_again)
    if said:
        yield Prose(said)


def old_third_part(words: Wording, facts: Facts) -> Iterator[Block]:
    yield Prose(say_applications(words, facts) + words.say("work_applications"))


def fee_part(words: Wording, facts: Facts) -> Iterator[Block]:
    yield Prose(words.say("old_fee_none"))


def fourth_part(words: Wording, facts: Facts) -> Iterator[Block]:
    said = say_disputes(words, facts)
    if said:
        yield Prose(said)


def fifth_part(words: Wording, facts: Facts) -> Iterator[Block]:
    for paragraph in say_problems(words):
        yield Prose(paragraph)


def sixth_part(words: Wording, facts: Facts) -> Iterator[Block]:
    is_due = facts.narrative.fee_yuan is not None and "t3" in facts.layouts
    yield Prose(words.say("fee_none") if is_due else words.say("others_none"))


CURRENT: dict[str, Callable[[Wording, Facts], Iterator[Block]]] = {
    "s1": first_part, "s2": second_part, "s3": third_part, "s4": fourth_part, "s5": fifth_part, "s6": sixth_part,
}  # fmt: skip
OLD = {**CURRENT, "s1": old_first_part, "s2": old_second_part, "s3": old_third_part, "s3_fee": fee_part}
TABLES = {"s2": "t2", "s3": "t3", "s4": "t4"}


def write_part(words: Wording, facts: Facts, code: str, is_old: bool) -> Iterator[Block]:
    """The paragraphs of a part, the sentences planted in it, its table."""
    yield from (OLD if is_old else CURRENT)[code](words, facts)
    for sentence in facts.narrative.extra.get(code, ()):
        yield Prose(sentence)
    if code == "s2" and facts.narrative.cutoff:
        yield Prose(words.say("cutoff", date=print_date(facts.narrative.cutoff)))
    grid = draw_group(facts, TABLES[code]) if code in TABLES else None
    if grid is not None:
        yield grid


def write_annex(facts: Facts) -> Iterator[Block]:
    """The older indicator table with its title and foot; people and telephone numbers are left out."""
    grid = draw_group(facts, "indicators")
    if grid is None:
        return
    yield Prose(facts.tables()[0].title, "center")
    yield Prose(f"（{facts.year}年度）", "center")
    yield grid
    if facts.filled_date:
        yield Prose(f"单位负责人：（签章）　审核人：（签章）　填报日期：{facts.filled_date.replace('-', '.')}")


def build_report(facts: Facts) -> LogicalReport:
    """The whole report in the order in which it is printed."""
    words = wording_for(facts)
    is_old = "t3" not in facts.layouts
    codes = OLD_PARTS if is_old else CURRENT_PARTS
    titles = [title_of(code, is_old) for code in codes]
    metadata = (words.say("metadata", date=facts.published_date),) if facts.published_date else ()
    title = words.say("old_title" if is_old else "title")
    blocks: list[Block] = [Prose(say_preface(words, facts, titles))]
    for number, (code, heading) in enumerate(zip(codes, titles, strict=True), 1):
        blocks.append(Heading(f"{NUMERALS[number]}、{heading}", 1))
        blocks += write_part(words, facts, code, is_old)
    if facts.signed_date:
        blocks += [Prose(facts.agency.name, "right"), Prose(print_date(facts.signed_date), "right")]
    blocks += write_annex(facts)
    return LogicalReport(metadata, tuple(title.split("\n")), tuple(blocks))
