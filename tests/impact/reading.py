"""Run by `make impact` as a program of its own, so that it reads with the code of the tree that it is started in.

In: a folder whose folders are corpora, as the only argument.  Out: JSON on standard output: corpus → file → what every
check said.  Refused: nothing; an old tree that lacks what is used here ends with its own error.  Nothing is imported
but `parsing`, and of that only what every version has.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from parsing.audit import audit_reports
from parsing.pipeline import parse_bytes

Answer = dict[str, Any]


def place_of(evidence: Any) -> str:
    """An operand by its address, or by what it says and where."""
    where = evidence.where
    return str(evidence.address or (f"{evidence.metric} {where.line}:{where.column}" if where else evidence.metric))


def flags_of(audited: Any) -> Answer:
    """Every flag by its check and operands, so that it is the same flag when only its figures or words change."""
    flags: Answer = {}
    seen: Counter[str] = Counter()
    for flag in audited.flags:
        operands = sorted(place_of(one) for one in flag.evidence if one.role != "context")
        key = "|".join([flag.check, *operands])
        seen[key] += 1
        flags[f"{key}#{seen[key]}"] = {
            "check": flag.check,
            "says": [flag.consequence, flag.doubtful, str(flag.expected), str(flag.actual), flag.message],
        }
    return flags


def read_corpus(folder: Path) -> Answer:
    """What is found in every file of one corpus; reports of one file are numbered from the second on."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    reports = [report for path in files for report in parse_bytes(path.read_bytes(), str(path.relative_to(folder)))]
    answers: Answer = {}
    for audited in audit_reports(tuple(reports)):
        source = audited.report.source
        name = source.file if source.part == 1 else f"{source.file} ({source.part})"
        ledger = {entry.check: entry.outcome for entry in audited.ledger}
        answers[name] = {"flags": flags_of(audited), "ledger": ledger}
    return answers


if __name__ == "__main__":
    corpora = sorted(path for path in Path(sys.argv[1]).iterdir() if path.is_dir())
    json.dump({path.name: read_corpus(path) for path in corpora}, sys.stdout, ensure_ascii=False)
