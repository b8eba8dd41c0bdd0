"""Eras, report years, file suffixes and agencies are named only in the room that owns them.

Elsewhere they would be a branch for one form, one year, one format or one file, where data belongs.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.conformance.sources import Module, product_modules, project_files, project_texts


@dataclass(frozen=True)
class Rule:
    """A kind of literal, what it looks like, and the rooms that may use it."""

    kind: str
    pattern: re.Pattern[str]
    owners: tuple[str, ...]

    def is_broken_by(self, module: Module, literal: ast.Constant) -> bool:
        """Numbers are compared as they are written; truth values and bytes are no names."""
        if (
            not isinstance(literal.value, (str, int))
            or isinstance(literal.value, bool)
            or module.name.startswith(self.owners)
        ):
            return False
        return self.pattern.search(str(literal.value)) is not None


FORMATS = r"txt|html?|mht|mhtml|docx?|wps|rtf|pdf|xlsx?|md"

RULES = (
    Rule("era", re.compile(r"^(?:[ABCD]|A[123]|CD)$"), ("parsing/templates/",)),
    # A year inside 〔 〕 or after a letter is part of the number of a legal document, one after a dot part of the
    # identifier of a check; neither is a report year.
    Rule("year", re.compile(r"(?<![\w〔.-])20(?:0[89]|[1-4]\d)(?!\d)"), ("parsing/templates/",)),
    Rule("suffix", re.compile(rf"^\.?(?:{FORMATS})$|\.(?:{FORMATS})$"), ("parsing/readers/",)),
)

# What may stand elsewhere all the same: (module, literal) and the reason.  An entry that is no longer
# needed fails a test, so the table only shrinks.
ALLOWED: dict[tuple[str, object], str] = {
    ("parsing/columns.py", "2018 年及以前统计表的格式代码"): "explains a column to the reader; decides nothing",
    ("pages/ui/inspection.py", ".xlsx"): "the name of a file that is written for download, not of one that is read",
}


def breaches(rule: Rule) -> Iterator[tuple[str, object]]:
    """The literals that break a rule, as (module, literal)."""
    for module in product_modules():
        for literal in module.literals():
            if rule.is_broken_by(module, literal):
                yield module.name, literal.value


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.kind)
def test_a_literal_stays_in_its_room(rule: Rule) -> None:
    assert [breach for breach in breaches(rule) if breach not in ALLOWED] == []


def test_every_allowance_is_still_needed() -> None:
    needed = {breach for rule in RULES for breach in breaches(rule)}
    assert ALLOWED.keys() - needed == set()


@pytest.mark.parametrize(
    ("kind", "literal", "breaks"),
    [
        ("era", "C", True),
        ("era", "Cell", False),
        ("year", 2021, True),
        ("year", "2021年度", True),
        ("year", "国办公开办函〔2021〕30号", False),
        ("year", "R2019-33", False),
        ("year", "X.PERIOD.2008", False),
        ("year", r"20\d\d", False),
        ("suffix", ".docx", True),
        ("suffix", "report.pdf", True),
        ("suffix", "markdown", False),
    ],
    ids=str,
)
def test_the_rules_see_what_they_should(kind: str, literal: object, breaks: bool) -> None:
    rule = next(rule for rule in RULES if rule.kind == kind)
    assert rule.is_broken_by(Module("pages/any.py", ""), ast.Constant(literal)) is breaks  # type: ignore[arg-type]


def own_words(manifest: dict[str, Any]) -> set[str]:
    """What the demonstration agencies are called; the name of a department (财政局) is any county's."""
    agencies = manifest["agencies"]
    names = {agency["name"].removesuffix("人民政府") for agency in agencies}
    return names | {agency["short"] for agency in agencies if agency["level"] == "township"}


def test_no_agency_is_named_in_code_or_data_maps(manifest: dict[str, Any]) -> None:
    data_maps = [name for name in project_files() if name.startswith(("parsing/", "pages/", "locale/"))]
    texts = [(name, project_texts()[name]) for name in data_maps if not name.endswith(".py")]
    texts += [(module.name, str(literal.value)) for module in product_modules() for literal in module.literals()]
    assert len(own_words(manifest)) > len(manifest["agencies"])
    assert [(name, word) for name, text in texts for word in own_words(manifest) if word in text] == []


def test_every_data_map_is_readable() -> None:
    for name in project_files():
        if name.endswith(".toml"):
            tomllib.loads(project_texts()[name])
