"""Reports of which people know what must be raised, and what the checks raise on them.

In: the samples with their manifest, the sentences, the examples and mutants of the audit's tests, clean reports of
seeds that nobody looked at, and the real reports with their gold where they lie beside the checkout.  Out: one `Answer`
a report.  Refused: nothing; what a person has not judged is neither right nor wrong.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from parsing import parse_folder, parse_report
from parsing.audit import CHECKS, audit_reports
from parsing.findings import AuditedReport
from parsing.pipeline import parse_bytes
from tests.audit.building import make_report
from tests.audit.examples import EXAMPLES
from tests.audit.test_mutants import CLEAN, MUTANTS, Clean, dated
from tests.conftest import CHECKOUT
from tests.narrative.staging import audit_case
from tests.narrative.test_sentences import FALSE, TRUE
from tests.synthesis import Agency, build_report, clean_facts, print_report

SAMPLES = CHECKOUT / "data" / "samples"
SHARED = CHECKOUT.parent / "shared"
FURTHER = CHECKOUT / "tests" / "gold" / "further_flags.toml"
DECIDED = ("pass", "pass_assumed_zero", "fail")
EVERY = frozenset(check.id for check in CHECKS)
NONE: frozenset[str] = frozenset()
# Agencies that are in no sample, small and large, with seeds that no other test uses.
STRANGERS = (
    Agency("云溪市兰陵区人民政府办公室", "区政府办", "department", "云溪市兰陵区", "我办", 900, 80, 400),
    Agency("云溪市兰陵区柏坡镇人民政府", "柏坡镇", "township", "云溪市兰陵区", "我镇", 250, 4, 15),
)
SEEDS = (4211, 4212, 4213, 4214)
YEARS = range(2011, 2025)


@dataclass(frozen=True, slots=True)
class Answer:
    """One report: the checks that must be raised, those that must not, those that were, and those that were decided.

    A check in neither of the first two sets was not judged on this report.
    """

    source: str
    name: str
    due: frozenset[str]
    barred: frozenset[str]
    raised: frozenset[str]
    decided: frozenset[str]


def answer(source: str, name: str, audited: AuditedReport, due: frozenset[str], barred: frozenset[str]) -> Answer:
    raised = frozenset(flag.check for flag in audited.flags)
    decided = frozenset(entry.check for entry in audited.ledger if entry.outcome in DECIDED)
    return Answer(source, name, due, barred, raised, decided)


def exactly(source: str, name: str, audited: AuditedReport, due: frozenset[str]) -> Answer:
    """An answer where every check is judged: what is not due is barred."""
    return answer(source, name, audited, due, EVERY - due)


def samples() -> Iterator[Answer]:
    """The demonstration district; `raises` of its manifest is exact."""
    manifest = tomllib.loads((SAMPLES / "manifest.toml").read_text("utf-8"))
    due = {entry["file"]: frozenset(entry.get("raises", ())) for entry in manifest["samples"]}
    for audited in audit_reports(tuple(parse_folder(SAMPLES))):
        name = Path(audited.report.source.file).relative_to(SAMPLES).as_posix()
        if name in due:
            yield exactly("samples", name, audited, due[name])


def sentences() -> Iterator[Answer]:
    """True sentences raise nothing, contradictions what is written beside them."""
    for case in (*TRUE, *FALSE):
        due = frozenset(flag[0] for flag in case.flags)
        yield exactly("sentences", f"{case.form}: {case.family}", audit_case(case), due)


def examples() -> Iterator[Answer]:
    """The quiet and the loud side of every example; only its own check is judged."""
    for check, example in EXAMPLES.items():
        own = frozenset((check,))
        yield answer("examples", f"{check} quiet", audit_reports(example.quiet_reports())[-1], NONE, own)
        yield answer("examples", f"{check} loud", audit_reports(example.loud_reports())[-1], own, NONE)


def audit_mutant(clean: Clean, changes: Mapping[str, Any]) -> AuditedReport:
    report = make_report(clean.year, {**clean.cells, **changes}, dated(clean.claims, clean.year))
    before = [make_report(clean.year - 1, clean.before)] if clean.before is not None else []
    return audit_reports([*before, report])[-1]


def mutants() -> Iterator[Answer]:
    """Clean reports, and each with one changed cell and the exact set of checks that this breaks."""
    for name, clean in CLEAN.items():
        yield exactly("mutants", name, audit_mutant(clean, {}), NONE)
    for name, address, value, due in MUTANTS:
        audited = audit_mutant(CLEAN[name], {address: value})
        yield exactly("mutants", f"{name} {address}", audited, frozenset(due))


def clean_years() -> Iterator[Answer]:
    """Agencies that nobody tuned a check to, year after year: everything agrees, so whatever is raised is wrong."""
    for agency in STRANGERS:
        for seed in SEEDS:
            facts = [clean_facts(agency, year, seed) for year in YEARS]
            texts = [print_report(build_report(one), "pipes", f"{seed}|{one.year}") for one in facts]
            reports = [report for text in texts for report in parse_bytes(text.encode(), "report.txt")]
            for audited in audit_reports(reports):
                yield exactly("clean", f"{agency.short} {audited.report.particulars.year} {seed}", audited, NONE)


def judged_further() -> list[dict[str, str]]:
    """What people found of flags that gold neither expects nor forbids: file, check, verdict, why."""
    entries: list[dict[str, str]] = tomllib.loads(FURTHER.read_text("utf-8")).get("flags", [])
    return entries


def judged_of(name: str, verdict: str) -> frozenset[str]:
    return frozenset(one["check"] for one in judged_further() if (one["file"], one["verdict"]) == (name, verdict))


def real_reports(shared: Path = SHARED) -> Iterator[Answer]:
    """The real reports: what gold expects and forbids, and what people judged besides; nothing where they are not."""
    for path in sorted((shared / "gold").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        name = f"{path.stem}.txt"
        due = frozenset(flag["id"] for flag in gold["flags_expected"]) | judged_of(name, "defended")
        barred = frozenset(flag["id"] for flag in gold["flags_forbidden"]) | judged_of(name, "refuted")
        report = parse_report((shared / "reports" / name).read_bytes(), name)
        yield answer("real", name, audit_reports((report,))[0], due & EVERY, barred & EVERY)


def optional_flags(name: str, shared: Path = SHARED) -> frozenset[str]:
    """What gold leaves open on a real report."""
    gold = json.loads((shared / "gold" / f"{Path(name).stem}.json").read_text("utf-8"))
    return frozenset(flag["id"] for flag in gold["flags_optional"])


# What the project holds itself, in the order of the table.
OWN = {"samples": samples, "sentences": sentences, "examples": examples, "mutants": mutants, "clean": clean_years}
