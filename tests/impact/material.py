"""What both versions read: the demonstration district, and each sentence of the narrative tests in a report of its own.

In: an empty folder.  Out: a folder a corpus in it, the same for both versions, so that whatever differs comes from the
checks and what they read with.  Refused: nothing.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.conftest import CHECKOUT
from tests.narrative.staging import Case, make_case, write_case
from tests.narrative.test_sentences import FALSE, TRUE

SAMPLES = CHECKOUT / "data" / "samples"


def write_sentence(folder: Path, case: Case) -> None:
    """One case; the report of the year before, where there is one, lies beside it in the same corpus."""
    folder.mkdir()
    (folder / "report.txt").write_text(write_case(case), "utf-8")
    if case.before is not None:
        entry = {"family": case.family, "form": case.form, "text": "", "year": case.report_year - 1, **case.before}
        (folder / "before.txt").write_text(write_case(make_case(entry)), "utf-8")


def write_material(folder: Path) -> None:
    shutil.copytree(SAMPLES, folder / "samples", ignore=shutil.ignore_patterns("manifest.toml", "README.md", ".*"))
    for kind, cases in (("true", TRUE), ("false", FALSE)):
        for number, case in enumerate(cases, 1):
            write_sentence(folder / f"{kind} sentence {number:03}, form {case.form}", case)
