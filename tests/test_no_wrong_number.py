"""The one thing that must never happen: a number that is not the cell's.

Every cell of a made-up report holds a figure of its own, so that a shift by one row or column shows.  The text is then
damaged at random, line by line, as copying, printing and de-duplication do; whatever is still read must be right.
"""

import os
from random import Random

import pytest

from parsing import parse_report
from parsing.extraction.cells import extract_cells
from parsing.extraction.tokens import tokenise
from parsing.readers import read_document
from parsing.repairs import mend_document
from tests.synthesis import LAYOUTS, Agency, Facts, clean_facts, write_text

AGENCY = Agency("云溪市青岚区墨坪镇人民政府", "墨坪镇", "township", "云溪市青岚区", "我镇", 300, 7, 25)
FORMS = {"A2": 2012, "B": 2016, "C": 2020, "D": 2022}
# A soak of many hours is the same test with more rounds.
ROUNDS = int(os.environ.get("DAMAGE_ROUNDS", "40"))


def distinct_facts(form: str) -> Facts:
    """A report in which no two cells hold the same figure."""
    facts = clean_facts(AGENCY, FORMS[form], 5, form if form[0] == "A" else None)
    addresses = [address for table in facts.tables() for address in table.addresses()]
    return facts.with_cells({address: 2000 + index for index, address in enumerate(addresses)})


def read_cells(text: str) -> dict[str, float]:
    document, _ = mend_document(read_document(text.encode()))
    cells = [cell for cell in extract_cells(tokenise(document)).cells if not cell.address.startswith("extra")]
    return {cell.address: cell.value for cell in cells if cell.value is not None}


def read_sure_cells(text: str) -> dict[str, float]:
    report = parse_report(text.encode(), "made-up")
    return {
        cell.address: cell.value
        for cell in report.cells
        if cell.value is not None and cell.confidence == "sure" and not cell.address.startswith("extra")
    }


def drop(lines: list[str], at: int, chance: Random) -> None:
    del lines[at : at + chance.randint(1, 4)]


def double(lines: list[str], at: int, chance: Random) -> None:
    lines.insert(at, lines[at])


def deduplicate(lines: list[str], at: int, chance: Random) -> None:
    lines[:] = [line for index, line in enumerate(lines) if not line.strip() or line not in lines[:index]]


def run_together(lines: list[str], at: int, chance: Random) -> None:
    lines[at : at + 2] = ["".join(lines[at : at + 2])]


def insert_mark(lines: list[str], at: int, chance: Random) -> None:
    lines.insert(at, chance.choice(("- 3 -", "12", "第 3 页 共 9 页", "（续表）", "")))


def empty_figure(lines: list[str], at: int, chance: Random) -> None:
    lines[at] = lines[at].replace("2", "", 1) if lines[at].strip(" \t|").isdecimal() else lines[at]
    lines[at] = "".join(char for char in lines[at] if not char.isdecimal())


def ruin_label(lines: list[str], at: int, chance: Random) -> None:
    lines[at] = "".join(char if chance.random() < 0.4 or not "\u4e00" <= char <= "\u9fff" else "" for char in lines[at])


def swap(lines: list[str], at: int, chance: Random) -> None:
    lines[at : at + 2] = reversed(lines[at : at + 2])


DAMAGE = (drop, double, deduplicate, run_together, insert_mark, empty_figure, ruin_label)


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
@pytest.mark.parametrize("form", FORMS)
def test_no_damage_ever_yields_a_wrong_number(form: str, layout: str) -> None:
    facts = distinct_facts(form)
    text, truth = write_text(facts, layout), facts.expected()
    assert read_cells(text) == truth
    chance = Random(f"{form} {layout}")
    lines = text.split("\n")
    in_tables = [at for at, line in enumerate(lines) if line.strip().isdecimal() or "\t" in line or "|" in line]
    for _ in range(ROUNDS):
        damaged = list(lines)
        change = chance.choice(DAMAGE)
        change(damaged, chance.choice(in_tables), chance)
        found = read_cells("\n".join(damaged))
        wrong = {address: value for address, value in found.items() if truth.get(address) != value}
        assert wrong == {}, (change.__name__, wrong)


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
@pytest.mark.parametrize("form", FORMS)
def test_a_text_cut_off_anywhere_yields_no_wrong_number(form: str, layout: str) -> None:
    facts = distinct_facts(form)
    text, truth = write_text(facts, layout), facts.expected()
    for cut in Random(f"cut {form} {layout}").sample(range(len(text)), ROUNDS):
        found = read_sure_cells(text[:cut])
        assert {address: truth.get(address) for address in found} == found, text[cut - 60 : cut]


@pytest.mark.parametrize(("end", "claimed"), [
    ("自然人申请10", [120]),
    ("自然人申请10\n", [120, 10]),
    ("自然人申请10件", [120, 10]),
])  # fmt: skip
def test_a_figure_of_the_prose_that_may_have_lost_its_end_is_no_claim(end: str, claimed: list[int]) -> None:
    title = "云溪市青岚区墨坪镇人民政府2022年政府信息公开工作年度报告\n一、总体情况\n"
    report = parse_report(f"{title}2022年，我镇收到政府信息公开申请120件，其中{end}".encode(), "made-up")
    assert [claim.value for claim in report.claims] == claimed
    last = report.figures[-1]
    assert (last.raw, last.reason) == ("10", "文件在此中断" if len(claimed) == 1 else None)
