"""The people named in the real reports do not occur anywhere in the project.

The test holds no name and no number: it takes them from the reports beside the checkout, where
there are any.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conformance.sources import project_texts

# Telephone numbers as agencies print them: mobile, or seven to eight digits after an area code.
TELEPHONE = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}[-—－ ]?\d{7,8}|\d{8})(?!\d)")
NAMED = re.compile(
    r"(?:联系人|聯繫人|负责人|負責人|审核人|審核人|填报人|填報人|联系方式)\s*[:：]?\s*([一-鿿]{2,4})(?![一-鿿])"
)


def personal_words(reports: Path) -> set[str]:
    """Telephone numbers and names of the reports; a number that is a date or a total is none of them."""
    words: set[str] = set()
    for path in reports.iterdir():
        text = path.read_text("utf-8")
        words |= {re.sub(r"\D", "", match.group())[-8:] for match in TELEPHONE.finditer(text)}
        words |= {match.group(1) for match in NAMED.finditer(text)}
    return {word for word in words if not re.fullmatch(r"20\d{6}", word)}


@pytest.mark.shared
def test_no_person_of_the_real_reports_is_in_the_project(shared: Path) -> None:
    words = personal_words(shared / "reports")
    assert words, "the reports are known to print telephone numbers"
    places = [name for name, text in project_texts().items() for word in words if word in text]
    assert places == []
