"""A sentence in an otherwise clean report, and what the audit says of that report.

In: a case of `true_sentences.toml` or `contradictions.toml`.  Out: the text of the report, and its audit.  Refused: a
part that the report does not have, an unknown key.

Keys of a case: `family` what it is about; `form` the layout (A1 A2 A3 B C D); `text` what stands in the part `at`, a
line a paragraph, in place of what the part would say; `tables` the figures that matter (see `balancing`); `more` the
words of further parts; `without` parts that lose their heading; `damage` what happens to the finished text; `before`
the same keys for the report of the year before; `year` where another year of the form is meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from parsing.audit import audit_reports
from parsing.findings import AuditedReport
from parsing.model import Report
from parsing.pipeline import parse_bytes
from tests.narrative.balancing import balanced_cells
from tests.synthesis import Agency, Facts, Narrative, build_report, damage, print_report
from tests.synthesis.clean import layouts_due
from tests.synthesis.grids import Grid
from tests.synthesis.logical import Block, Heading, LogicalReport, Prose, title_of

TOWN = Agency("云溪市青岚区墨坪镇人民政府", "墨坪镇", "township", "云溪市青岚区", "我镇", 300, 10, 20)
YEARS = {"A1": 2011, "A2": 2012, "A3": 2013, "B": 2016, "C": 2020, "D": 2022}
SEED = 7


@dataclass(frozen=True, slots=True)
class Case:
    """One case; the keys are explained above, `flags` are [check, said, counted, quote]."""

    family: str
    form: str
    text: str
    at: str = ""
    tables: Mapping[str, float | int] = field(default_factory=dict)
    more: Mapping[str, str] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    damage: tuple[str, ...] = ()
    before: Mapping[str, Any] | None = None
    year: int | None = None
    flags: tuple[tuple[str, float | int | None, float | int | None, str], ...] = ()

    @property
    def report_year(self) -> int:
        return self.year or YEARS[self.form]

    @property
    def parts(self) -> dict[str, str]:
        """What each part says: the sentence stands in the first one, for the older forms in the second."""
        return {self.at or ("s1" if self.form in ("C", "D") else "s2"): self.text, **self.more}


def make_case(entry: Mapping[str, Any]) -> Case:
    """A case of one TOML table; an unknown key is a TypeError."""
    return Case(**{key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()})


def facts_of(case: Case) -> Facts:
    """A report whose prose gives no figure at all, but that no fee was charged, as the current form wants it said."""
    layouts = layouts_due(case.report_year, case.form if case.form.startswith("A") else None)
    is_free = case.form == "D" and "other_fee_unpaid" not in case.tables
    empty = Facts(TOWN, case.report_year, layouts, {}, Narrative(fee_yuan=0 if is_free else None), seed=SEED)
    return replace(empty, cells=balanced_cells(case.form, empty.tables(), case.tables))


def put_in_part(report: LogicalReport, title: str, text: str) -> LogicalReport:
    """The report with other words under a heading; the table of that part stays."""
    at = next((n for n, one in enumerate(report.blocks) if isinstance(one, Heading) and one.text.endswith(title)), None)
    if at is None:
        raise KeyError(f"no part {title}")
    blocks: list[Block] = [Prose(line) for line in text.split("\n")]
    behind = at + 1
    while behind < len(report.blocks) and not is_next_part(report.blocks[behind]):
        if isinstance(report.blocks[behind], Grid):
            blocks.append(report.blocks[behind])
        behind += 1
    return replace(report, blocks=(*report.blocks[: at + 1], *blocks, *report.blocks[behind:]))


def is_next_part(block: Block) -> bool:
    """The heading of a part, or the title of the table at the end."""
    return (isinstance(block, Heading) and block.level == 1) or (isinstance(block, Prose) and block.align == "center")


def drop_heading(report: LogicalReport, title: str) -> LogicalReport:
    kept = (one for one in report.blocks if not (isinstance(one, Heading) and one.text.endswith(title)))
    return replace(report, blocks=tuple(kept))


def write_case(case: Case) -> str:
    """The whole report as text."""
    is_old = case.form not in ("C", "D")
    report = build_report(facts_of(case))
    for part, text in case.parts.items():
        report = put_in_part(report, title_of(part, is_old), text)
    for part in case.without:
        report = drop_heading(report, title_of(part, is_old))
    text = print_report(report, "pipes", case.family)
    for kind in case.damage:
        text = damage(text, kind, SEED)
    return text


def read_case(case: Case) -> Report:
    (report,) = parse_bytes(write_case(case).encode(), "report.txt")
    return report


def audit_case(case: Case) -> AuditedReport:
    """The audit of the report, beside that of the year before where the case has one."""
    before = []
    if case.before is not None:
        entry = {"family": case.family, "form": case.form, "text": "", "year": case.report_year - 1, **case.before}
        before = [read_case(make_case(entry))]
    return audit_reports([*before, read_case(case)])[-1]
