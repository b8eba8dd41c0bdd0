"""The made-up reports of the format tests, written once in each process.

In: the name of a kind of file.  Out: the files of that kind by the name of the report.  Refused: a kind that this
machine cannot write skips the test with the reason; where REQUIRE_OFFICE or REQUIRE_BROWSER is set it fails instead.
"""

from __future__ import annotations

import os
from functools import cache

import pytest

from tests.synthesis.logical import build_report
from tests.synthesis.variants import FORMS, Case, blank_some, cases, facts_of
from tests.synthesis.writers.press import KINDS, print_reports, reason_against

BLANKED = "_blanked"
# Without lines an empty cell leaves nothing on the page: what is read is right, the rest may be left unread.
FAINT = frozenset({"pdf_aligned"})


def demand(name: str) -> None:
    """Skip, or fail where it must be there, when the program that this kind needs is missing."""
    reason = reason_against(name)
    if reason and os.environ.get(f"REQUIRE_{(KINDS[name].needs or '').upper()}"):
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)


@cache
def forms() -> dict[str, Case]:
    """Every form as its facts print it, and once more with every third zero left blank."""
    found = {}
    for form in FORMS:
        for name, facts in ((form, facts_of(form)), (form + BLANKED, blank_some(form)[0])):
            found[name] = Case(facts, build_report(facts), facts.expected())
    return found


@cache
def departures() -> dict[str, Case]:
    """The reports that depart from the form."""
    return cases()


@cache
def files_of(name: str, departs: bool = False) -> dict[str, bytes]:
    """All reports of a shelf as files of one kind."""
    demand(name)
    shelf = departures() if departs else forms()
    return print_reports({key: case.report for key, case in shelf.items()}, name)
