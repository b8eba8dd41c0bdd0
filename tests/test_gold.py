"""The five real reports against what people read in them: no cell wrong, none missed, no false alarm, in any format."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from parsing import parse_report
from parsing.audit import CHECKS, audit_reports
from tests.conftest import CHECKOUT
from tests.precision.labelled import judged_further, optional_flags, real_reports
from tests.synthesis.writers import KINDS, print_reports, report_of_text
from tests.synthesis.writers.shelf import FAINT, demand

pytestmark = pytest.mark.shared


def score(shared: Path, *target: str | Path) -> tuple[dict[str, Any], str]:
    """Run the scorer; its summary, and all that it printed for a person who wants to know which."""
    run = f"{shlex.quote(sys.executable)} -m parsing parse --json"
    command = [sys.executable, shared / "tools" / "score.py", *target, "--run", run, "--show", "40"]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, timeout=300, check=True)
    *said, summary = done.stdout.splitlines()
    return json.loads(summary), "\n".join([*said, done.stderr])


def assert_faultless(shared: Path, reports: Path) -> None:
    """Nothing wrong, missed or made up in any report of the folder."""
    summary, said = score(shared, "reports", shared / "gold", reports)
    mistakes = ("cells_wrong", "cells_missing", "claims_missed", "claims_extra", "flags_forbidden_raised")
    assert {name: summary.get(name, 0) for name in mistakes} == dict.fromkeys(mistakes, 0), said
    assert summary["flags_found"] == summary["flags_expected"], said
    assert summary["meta_right"] == summary["meta"] == 2 * summary["files"], said
    assert summary["files"] == len(list((shared / "reports").glob("*.txt")))


def test_the_real_reports_are_read_without_a_mistake(shared: Path) -> None:
    assert_faultless(shared, shared / "reports")


def test_every_flag_on_a_real_report_was_judged_by_a_person(shared: Path) -> None:
    """By gold, or in tests/gold/further_flags.toml; of false alarms only those of notes may still be raised."""
    notes = {check.id for check in CHECKS if check.consequence == "note"}
    for one in real_reports(shared):
        assert one.raised - one.due - one.barred - optional_flags(one.name, shared) == set(), one.name
        assert one.raised & one.barred <= notes, one.name


def test_what_was_judged_is_still_raised(shared: Path) -> None:
    """An entry for a check that is not registered, in this version or any more, waits for it."""
    known = {check.id for check in CHECKS}
    raised = {(one.name, check) for one in real_reports(shared) for check in one.raised}
    assert {entry["verdict"] for entry in judged_further()} <= {"defended", "refuted"}
    assert all(len(entry["why"]) > 10 for entry in judged_further())
    defended = {(entry["file"], entry["check"]) for entry in judged_further() if entry["verdict"] == "defended"}
    assert {(file, check) for file, check in defended if check in known} - raised == set()


def said_and_raised(data: bytes) -> tuple[set[Any], set[Any]]:
    """What a report states, and the checks that it raises on its own."""
    report = parse_report(data, "real")
    stated = {(claim.metric, claim.dim, claim.value, claim.year) for claim in report.claims}
    return stated, {flag.check for audited in audit_reports((report,)) for flag in audited.flags}


@pytest.mark.parametrize("name", KINDS)
def test_the_real_reports_are_read_alike_in_every_format(shared: Path, tmp_path: Path, name: str) -> None:
    """The texts, written as files of one kind, which stay in a folder of this test."""
    demand(name)
    texts = {path.stem: path.read_bytes() for path in sorted((shared / "reports").glob("*.txt"))}
    files = print_reports({stem: report_of_text(data) for stem, data in texts.items()}, name)
    for stem, data in files.items():
        (tmp_path / f"{stem}.{KINDS[name].suffix}").write_bytes(data)
    if name in FAINT:
        summary, said = score(shared, "reports", shared / "gold", tmp_path)
        assert summary.get("cells_wrong", 0) == summary.get("claims_extra", 0) == 0, said
        return
    for stem, data in files.items():
        assert said_and_raised(data) == said_and_raised(texts[stem]), stem
    assert_faultless(shared, tmp_path)


def test_the_condensed_openings_hold_no_wrong_cell(shared: Path) -> None:
    summary, said = score(shared, "narratives", shared / "cases" / "narratives.jsonl")
    assert summary.get("cells_wrong", 0) == 0, said
