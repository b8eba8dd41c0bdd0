"""The five real reports against what people read in them: no cell wrong, none missed, no false alarm."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import CHECKOUT

pytestmark = pytest.mark.shared


def score(shared: Path, *target: str | Path) -> tuple[dict[str, Any], str]:
    """Run the scorer; its summary, and all that it printed for a person who wants to know which."""
    run = f"{shlex.quote(sys.executable)} -m parsing parse --json"
    command = [sys.executable, shared / "tools" / "score.py", *target, "--run", run, "--show", "40"]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, timeout=300, check=True)
    *said, summary = done.stdout.splitlines()
    return json.loads(summary), "\n".join([*said, done.stderr])


def test_the_real_reports_are_read_without_a_mistake(shared: Path) -> None:
    summary, said = score(shared, "reports", shared / "gold", shared / "reports")
    mistakes = ("cells_wrong", "cells_missing", "claims_missed", "claims_extra", "flags_forbidden_raised")
    assert {name: summary.get(name, 0) for name in mistakes} == dict.fromkeys(mistakes, 0), said
    assert summary["flags_found"] == summary["flags_expected"], said
    assert summary["meta_right"] == summary["meta"] == 2 * summary["files"], said


def test_the_condensed_openings_hold_no_wrong_cell(shared: Path) -> None:
    summary, said = score(shared, "narratives", shared / "cases" / "narratives.jsonl")
    assert summary.get("cells_wrong", 0) == 0, said
