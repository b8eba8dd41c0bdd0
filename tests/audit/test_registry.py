"""What the list of checks refuses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from parsing.audit import CHECKS
from parsing.audit.law import cite
from parsing.audit.registry import RegistryError, check, registered
from parsing.audit.results import Verdict
from parsing.audit.views import ReportView

WHOLE: dict[str, Any] = {
    "title": "标题", "severity": "info", "consequence": "note", "legal": ("R2019-6",), "formula": "a = b",
    "limits": "无",
}  # fmt: skip


def body(view: ReportView) -> Iterator[Verdict]:
    """Why."""
    yield Verdict("pass")


def register(check_id: str, of: Any = body, **changes: Any) -> None:
    data = {**WHOLE, **changes}
    check(check_id, data.pop("title"), **data)(of)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"title": ""}, "title"),
        ({"legal": ()}, "legal basis"),
        ({"formula": ""}, "formula"),
        ({"limits": ""}, "limits"),
        ({"of": lambda view: iter(())}, "docstring"),
    ],
    ids=["title", "legal", "formula", "limits", "docstring"],
)
def test_a_check_that_lacks_something_is_refused(changes: dict[str, Any], named: str) -> None:
    with pytest.raises(RegistryError, match=f"X.NEW: .*{named}"):
        register("X.NEW", **changes)
    assert registered() == CHECKS


def test_an_id_is_used_once() -> None:
    with pytest.raises(RegistryError, match=r"T3.BALANCE: .*twice"):
        register("T3.BALANCE")


def test_of_two_sets_of_regulations_the_one_in_force_is_cited() -> None:
    keys = ("R2019-50-2", "R2007-32", "N2019-60", "N2021-30", "N2020-109")
    assert cite(keys, "R2019", "N2021-30") == ("R2019-50-2", "N2021-30", "N2020-109")
    assert cite(keys, "R2007", "N2014-32") == ("R2007-32", "N2020-109")
    assert cite(("R2019-20-9",), "R2007", "N2014-32") == ("R2019-20-9",)
