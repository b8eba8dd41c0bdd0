"""What `make impact` says of two versions, and that it leaves no work tree behind."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from parsing.audit import audit_reports
from tests.audit.building import make_report
from tests.conftest import CHECKOUT
from tests.impact.__main__ import ImpactError, main, read_with, tree_of
from tests.impact.comparing import Change, compare_flags, compare_outcomes, write_flags, write_outcomes
from tests.impact.reading import flags_of


def said(*flags: tuple[str, str], **ledger: str) -> dict[str, Any]:
    """The answers for one report: flags as (key, message), outcomes by check."""
    made = {key: {"check": key.partition("|")[0], "says": ["note", False, "1", "2", text]} for key, text in flags}
    return {"samples": {"a.txt": {"flags": made, "ledger": ledger}}}


BEFORE = said(("X.ONE|p", "stays"), ("X.TWO|p", "goes"), ("X.ONE|q", "was"), ONE="fail", TWO="fail", FOUR="pass")
AFTER = said(("X.ONE|p", "stays"), ("X.ONE|q", "is"), ("X.NEW|p", "comes"), ONE="fail", TWO="pass", NEW="fail")


def test_flags_that_came_went_and_changed() -> None:
    changes = compare_flags(BEFORE, AFTER)
    assert [(one.check, one.kind) for one in changes] == [
        ("X.NEW", "new"), ("X.ONE", "changed"), ("X.TWO", "dropped"),
    ]  # fmt: skip
    assert changes[1].words() == "samples/a.txt: was → is"
    lines = write_flags(changes)
    assert "| X.ONE | 0 | 0 | 1 |" in lines and "| X.TWO | 0 | 1 | 0 |" in lines
    assert "  - samples/a.txt: [note] goes" in lines


def test_nothing_changed_is_said() -> None:
    assert write_flags(compare_flags(BEFORE, BEFORE)) == ["No flag came, went or changed."]
    assert write_outcomes(compare_outcomes(BEFORE, BEFORE)) == ["No outcome changed."]


def test_examples_beyond_the_third_are_counted() -> None:
    changes = [Change("X.ONE", "new", f"{number}.txt", None, ["note", "text"]) for number in range(5)]
    assert write_flags(changes)[-1] == "  - and 2 more"


def test_outcomes_that_changed() -> None:
    moved = compare_outcomes(BEFORE, AFTER)
    assert moved == {("TWO", "fail", "pass"): 1, ("NEW", "no check", "fail"): 1, ("FOUR", "pass", "no check"): 1}
    assert "| TWO | fail | pass | 1 |" in write_outcomes(moved)


def test_a_flag_is_known_by_its_operands_and_not_by_its_figures() -> None:
    keys = [
        set(flags_of(audit_reports([make_report(2022, {"t4.review_total": total, "t3.new_received.total": 9})])[0]))
        for total in (3, 4)
    ]
    assert keys[0] == keys[1]
    assert any(key.startswith("T4.SUM.REVIEW|") and "t4.review_total" in key for key in keys[0])


def listed_trees(checkout: Path) -> int:
    done = subprocess.run(["git", "worktree", "list"], cwd=checkout, capture_output=True, text=True, check=True)
    return len(done.stdout.splitlines())


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A checkout with one commit."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    (folder / "file").write_text("first", "utf-8")
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.invalid"]
    for arguments in (["init", "-q"], ["add", "-A"], [*identity, "commit", "-q", "-m", "first"]):
        subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)
    return folder


def test_the_other_version_is_laid_out_and_taken_away_again(repository: Path, tmp_path: Path) -> None:
    (repository / "file").write_text("second", "utf-8")
    with tree_of("HEAD", tmp_path / "before", repository) as tree:
        assert (tree / "file").read_text("utf-8") == "first"
        assert listed_trees(repository) == 2
    assert not tree.exists()
    assert listed_trees(repository) == 1
    with tree_of("", tmp_path / "after", repository) as here:
        assert (here / "file").read_text("utf-8") == "second"


def test_an_error_leaves_no_tree_either(repository: Path, tmp_path: Path) -> None:
    with pytest.raises(KeyError), tree_of("HEAD", tmp_path / "before", repository):
        raise KeyError("while reading")
    assert listed_trees(repository) == 1


def test_a_version_reads_with_its_own_code(tmp_path: Path) -> None:
    corpus = tmp_path / "material" / "one"
    corpus.mkdir(parents=True)
    (corpus / "report.txt").write_text("样本县2022年政府信息公开工作年度报告", "utf-8")
    answers = read_with(CHECKOUT, corpus.parent)
    assert answers["one"]["report.txt"]["flags"] == {}
    assert answers["one"]["report.txt"]["ledger"]["T3.BALANCE"] in ("undecidable", "not_applicable")
    with pytest.raises(ImpactError, match="could not read the material"):
        read_with(tmp_path, corpus.parent)


def test_without_git_or_such_a_revision_the_reason_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["--before", "no-such-revision"]) == 2
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main([]) == 2
    assert "git is not on this machine" in capsys.readouterr().err
