"""Whole reports printed by an office suite and a browser, with page breaks at many different rows.

Each value is the one that was written down or is not read; in these files, nothing is beyond reading.
"""

from __future__ import annotations

from functools import cache
from random import Random

import pytest

from parsing import parse_report
from tests.reading.pdf_making import CHROMIUM, OFFICE, Look, html_report, print_in_browser, print_in_office, word_report
from tests.synthesis import build_report
from tests.synthesis.facts import Facts
from tests.synthesis.variants import FORMS, facts_of

Printed = dict[str, tuple[Facts, bytes]]


def looks(seed: int, count: int) -> list[tuple[str, Look]]:
    """Sizes, margins, orientations and distances drawn at random; the current forms have the tables that break."""
    chance = Random(seed)
    found = []
    for _ in range(count):
        form = chance.choice([*FORMS, "B", "C", "C", "D", "D"])
        is_wide = chance.random() < 0.2
        look = Look(
            size=chance.choice([10.5, 12, 14, 16]),
            table_size=chance.choice([8, 9, 10.5, 12]),
            margin=chance.choice([50, 72, 90]),
            width=842 if is_wide else 595,
            height=595 if is_wide else 842,
            font=chance.choice(["Noto Serif CJK SC", "Noto Sans CJK SC"]),
            push=chance.randint(0, 25),
            repeats=chance.random() < 0.4,
            splits_rows=chance.random() < 0.7,
        )
        found.append((form, look))
    return found


@cache
def printed_by_office() -> Printed:
    facts, files = {}, {}
    for number, (form, look) in enumerate(looks(7, 24)):
        name = f"{form}-{number}"
        facts[name] = facts_of(form)
        files[name] = word_report(build_report(facts[name]), look)
    return {name: (facts[name], data) for name, data in print_in_office(files).items()}


@cache
def printed_by_browser() -> Printed:
    facts, pages = {}, {}
    for number, (form, look) in enumerate(looks(8, 8)):
        name = f"{form}-{number}"
        facts[name] = facts_of(form)
        pages[name] = html_report(build_report(facts[name]), look)
    return {name: (facts[name], data) for name, data in print_in_browser(pages).items()}


def different(printed: Printed) -> dict[str, list[str]]:
    """The cells that are not read as they were written, by report."""
    found = {}
    for name, (facts, data) in printed.items():
        read = {cell.address: cell.value for cell in parse_report(data, name).cells}
        expected = facts.expected()
        found[name] = sorted(address for address in {*read, *expected} if read.get(address) != expected.get(address))
    return {name: addresses for name, addresses in found.items() if addresses}


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="no LibreOffice on this machine")
def test_documents_of_an_office_suite_read_back_to_their_facts() -> None:
    printed = printed_by_office()
    assert len(printed) == 24
    assert different(printed) == {}


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_pages_of_a_browser_read_back_to_their_facts() -> None:
    printed = printed_by_browser()
    assert len(printed) == 8
    assert different(printed) == {}


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="no LibreOffice on this machine")
def test_no_page_number_and_no_half_of_a_row_is_left_in_the_tables() -> None:
    """A row that only goes on is none: every row of table 3 has a label and seven figures."""
    for name, (facts, data) in printed_by_office().items():
        if "t3" not in facts.layouts:
            continue
        cells = [cell for cell in parse_report(data, name).cells if cell.address.startswith("t3.")]
        assert {cell.matched_by for cell in cells} <= {"label", "alias"}, name
        assert {cell.confidence for cell in cells} == {"sure"}, name
