"""The demonstration district: the files are what the writer writes, every cell reads as it was meant, and exactly what
was planted is found.

In: `data/samples`, the facts behind it, its manifest.  Out: nothing.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from parsing import parse_folder
from parsing.audit import CHECKS, audit_reports
from parsing.audit.registry import FAMILIES
from parsing.findings import AuditedReport
from parsing.model import CellStatus, Report
from tests.synthesis.__main__ import KEPT
from tests.synthesis.claims import stated
from tests.synthesis.district import TEXT, Sample, load_plan, load_samples, planned_files, replicas, unreadable_names
from tests.synthesis.filing import read_folder, sources_of
from tests.synthesis.logical import Prose
from tests.synthesis.samples import MANIFEST, is_converted, rubbish, write_manifest, written
from tests.synthesis.writers import fingerprint

FOLDER = Path(__file__).resolve().parent.parent / "data" / "samples"
SAMPLES = {sample.name: sample for sample in load_samples()}
# The retold reports say more than their facts list.
MADE_UP = {
    name: sample for name, sample in SAMPLES.items() if (sample.facts.agency.short, sample.facts.year) not in replicas()
}
# Metrics of which the facts list every figure that a made-up report states.
COMPLETE = {
    "disclosed_total", "disclosed_prev_total", "disclosed_growth_pct", "applications_received", "applications_method",
    "applications_closed", "closed_rate_pct", "outcome", "carried_in", "carried_out", "reviews_total",
    "litigations_total", "normative_issued", "normative_repealed", "normative_in_force", "responses_total",
    "section_count", "period_start", "period_end", "signed_date", "published_date", "filled_date",
}  # fmt: skip


@cache
def manifest() -> Mapping[str, Any]:
    return tomllib.loads((FOLDER / MANIFEST).read_text("utf-8"))


@cache
def read_samples() -> Mapping[str, Report]:
    """The report of each sample by its path."""
    return {path_of(report): report for report in parse_folder(FOLDER) if report.source.part == 1}


def path_of(report: Report) -> str:
    """The path of a report below the folder of samples, through the archive for a member of one."""
    return Path(report.source.file).relative_to(FOLDER).as_posix()


@cache
def audit_samples() -> Mapping[str, AuditedReport]:
    return {path_of(one.report): one for one in audit_reports(tuple(read_samples().values()))}


def test_the_files_are_what_the_writer_writes() -> None:
    """Byte for byte, packages part for part, members of the archive included.

    What LibreOffice or Chromium converted has other bytes on every machine: of such a file the manifest must name the
    very source that is written here, and the tests below hold what is read from it against the facts.
    """
    kept = {name: data for name, data in read_folder(FOLDER).items() if name not in KEPT}
    due = {**written(), MANIFEST: write_manifest().encode(), **{name: rubbish(name) for name in unreadable_names()}}
    assert sorted(kept) == sorted(due)
    converted = {sample.name for sample in filter(is_converted, load_samples())}
    assert sources_of(kept) == {name: fingerprint(due[name]) for name in converted}
    assert [name for name in due if name not in converted and fingerprint(kept[name]) != fingerprint(due[name])] == []


def test_the_district_is_as_large_and_as_varied_as_it_should_be() -> None:
    levels = Counter(entry["level"] for entry in manifest()["agencies"])
    assert levels == {"county": 1, "township": 12, "department": 4}
    assert len(SAMPLES) >= 64
    texts = [sample for sample in SAMPLES.values() if sample.kind == TEXT]
    assert {sample.layout for sample in texts} == {
        "pipes", "leading_pipes", "word_paste", "tab_rows", "cell_lines", "pipe_cells", "lone_pipes", "broken_rows",
    }  # fmt: skip
    assert {sample.encoding for sample in texts} == {"utf-8", "utf-8-sig", "gb18030", "big5", "utf-16"}
    assert len({kind for sample in SAMPLES.values() for kind in sample.damage}) >= 12
    assert {layout for sample in SAMPLES.values() for layout in sample.facts.layouts.values()} == {
        "A1", "A2", "A3", "B", "C", "D", "CD",
    }  # fmt: skip


def test_the_manifest_lists_every_file_and_every_contradiction() -> None:
    assert [entry["file"] for entry in manifest()["samples"]] == list(SAMPLES)
    assert manifest()["unreadable"] == unreadable_names()
    planted = {(entry["file"], entry["check"]) for entry in manifest()["planted"]}
    assert planted == {(sample.name, check) for sample in SAMPLES.values() for check in sample.raises}
    assert len({check for _, check in planted}) >= 25


def test_something_is_planted_for_every_family_of_checks() -> None:
    families = {check.id: check.family for check in CHECKS}
    found = {families[entry["check"]] for entry in manifest()["planted"]}
    assert [family for family in FAMILIES if family not in found] == []


def test_every_check_between_agencies_has_something_planted() -> None:
    """No report alone can show what these do: they need a folder with enough agencies of one level and year."""
    between = {check.id for check in CHECKS if check.family in ("peers", "rollup")}
    assert between
    assert sorted(between - {entry["check"] for entry in manifest()["planted"]}) == []


def test_most_files_are_web_pages_and_word_and_every_format_is_there() -> None:
    """As in the folder that a supervisor receives in January."""
    formats = Counter(sample.format for sample in SAMPLES.values())
    assert formats.keys() == {
        "html", "mhtml", "docx", "doc", "rtf", "odt", "pdf", "xlsx", "xls", "ods", "csv", "md", "txt",
    }  # fmt: skip
    assert [name for name, _ in formats.most_common(2)] == ["html", "docx"]
    assert formats["html"] + formats["docx"] > len(SAMPLES) / 2
    old = Counter(sample.format for sample in SAMPLES.values() if sample.facts.year <= 2018)
    assert {name for name, _ in old.most_common(3)} == {"html", "doc", "txt"}
    archived = {name for name in SAMPLES if "/" in name}
    assert archived == {sample.name for sample in SAMPLES.values() if sample.facts.year == 2018}


def test_the_folder_stays_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) <= 3_000_000


def test_years_left_out_have_no_file() -> None:
    for entry in load_plan()["agencies"]:
        years = {year for one, year, _ in planned_files() if one is entry}
        assert set(range(2018, 2025)) - years == set(entry["missing"])
        assert max(years) <= 2024


def test_no_two_reports_share_a_long_paragraph() -> None:
    found = Counter(
        block.text
        for sample in SAMPLES.values()
        if sample.plant is None or sample.plant.source is None
        for block in sample.report.blocks
        if isinstance(block, Prose) and len(block.text) > 60
    )
    assert [text for text, count in found.items() if count > 1] == []


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_every_cell_reads_as_it_was_meant(sample: Sample) -> None:
    cells = {cell.address: cell for cell in read_samples()[sample.name].cells}
    expected = sample.facts.expected()
    assert {address: cells[address].value if address in cells else "missing" for address in expected} == expected
    blanks = {address for address, value in expected.items() if value is None}
    assert {cells[address].status for address in blanks} <= {CellStatus.BLANK}
    assert sorted(set(cells) - set(expected)) == []


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_every_report_is_known_by_agency_year_and_form(sample: Sample) -> None:
    report, facts = read_samples()[sample.name], sample.facts
    assert report.source.format == sample.format
    particulars = report.particulars
    assert particulars.year == facts.year
    assert particulars.level == facts.agency.level
    assert particulars.published_date == facts.published_date
    assert particulars.agency is not None
    assert facts.agency.short in particulars.agency
    assert {group: layout for group, layout in report.layouts.items() if layout} == facts.layouts


@pytest.mark.parametrize("sample", MADE_UP.values(), ids=MADE_UP)
def test_the_prose_reads_as_it_was_meant(sample: Sample) -> None:
    """The name of a category may keep the word that follows it in the text: 政策文件, 政策文件类, 政策文件信息."""
    claims = read_samples()[sample.name].claims
    bare = {claim.dim: re.sub(r"(?:类|信息)$", "", claim.dim or "") or None for claim in claims}
    read = {(claim.metric, bare[claim.dim], claim.value) for claim in claims}
    meant = stated(sample.facts)
    assert sorted(map(str, meant - read)) == []
    assert sorted(str(one) for one in read - meant if one[0] in COMPLETE) == []


@pytest.mark.parametrize("name", unreadable_names())
def test_a_file_that_is_no_text_gives_a_problem_and_nothing_else(name: str) -> None:
    report = read_samples()[name]
    assert [problem.kind for problem in report.problems] == ["not_text"]
    assert (report.cells, report.claims, report.particulars.year) == ((), (), None)
    assert audit_samples()[name].flags == ()


def test_exactly_what_was_planted_is_found() -> None:
    raised = {(name, flag.check) for name, one in audit_samples().items() for flag in one.flags}
    planted = {(sample.name, check) for sample in SAMPLES.values() for check in sample.raises}
    assert sorted(raised - planted) == []
    assert sorted(planted - raised) == []
