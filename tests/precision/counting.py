"""Answers counted: a tally for every check and kind of material, as a table for people and as the file that ships.

In: answers.  Out: tallies, Markdown, TOML.  Refused: nothing; a check without any labelled report is called unmeasured.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from parsing.audit import CHECKS
from parsing.audit.measured import Share, Tally, add_up
from tests.precision.labelled import Answer

Tallies = Mapping[str, Mapping[str, Tally]]
SOURCES = ("real", "samples", "sentences", "examples", "mutants", "clean")
COUNTS = ("right", "wrong", "missed", "quiet")
HEADER = """\
# Written by `make precision`; change the material or the checks, not this file.
#
# Reports by what a check did on them: raised and rightly so, raised wrongly, silent where it should have spoken,
# decided and rightly silent.  real: published reports read by people, which are not part of the project; samples: the
# demonstration district; sentences: true sentences and contradictions beside tables; examples and mutants: reports
# made for the tests; clean: made-up reports of agencies that no check was tuned to, in which everything agrees.
"""


def tally_of(check: str, one: Answer) -> Tally:
    """What a check did on one report; nothing where it was not judged, or could not be decided and need not be."""
    if check in one.due:
        return Tally(right=1) if check in one.raised else Tally(missed=1)
    if check not in one.barred:
        return Tally()
    return Tally(wrong=1) if check in one.raised else Tally(quiet=int(check in one.decided))


def count(answers: Iterable[Answer]) -> Tallies:
    """Check → kind of material → tally; what is all zero is left out."""
    judged = list(answers)
    tallies: dict[str, dict[str, Tally]] = {}
    for check in CHECKS:
        for source in SOURCES:
            tally = add_up(tally_of(check.id, one) for one in judged if one.source == source)
            if tally != Tally():
                tallies.setdefault(check.id, {})[source] = tally
    return tallies


def count_reports(answers: Iterable[Answer]) -> dict[str, int]:
    """How many reports each kind of material has; a kind without any is left out."""
    found = [one.source for one in answers]
    return {source: found.count(source) for source in SOURCES if source in found}


def write_toml(tallies: Tallies, reports: Mapping[str, int]) -> str:
    """The file that ships: how many reports, then one table a check, one line a kind of material."""
    numbers = "\n".join(f"{source} = {number}" for source, number in reports.items())
    parts = [HEADER, f"[reports]\n{numbers}\n"]
    for check, sources in tallies.items():
        lines = [f"{source} = {{ {write_counts(tally)} }}" for source, tally in sources.items()]
        parts.append("\n".join([f'[checks."{check}"]', *lines]) + "\n")
    return "\n".join(parts)


def write_counts(tally: Tally) -> str:
    return ", ".join(f"{name} = {getattr(tally, name)}" for name in COUNTS if getattr(tally, name))


def write_share(share: Share) -> str:
    """`100 % (72–100)`; a dash where there is nothing to take a share of."""
    if share.value is None or share.interval is None:
        return "–"
    low, high = share.interval
    return f"{share.value:.0%} ({low * 100:.0f}–{high * 100:.0f})"


def write_sources(sources: Mapping[str, Tally]) -> str:
    """How many reports on which the check spoke or should have, and in brackets on how many it was rightly silent."""
    told = {source: (one.right + one.wrong + one.missed, one.quiet) for source, one in sources.items()}
    return ", ".join(f"{source} {spoke} ({quiet})" for source, (spoke, quiet) in told.items())


def write_row(check: str, sources: Mapping[str, Tally]) -> str:
    whole = add_up(sources.values())
    counts = (whole.right, whole.wrong, whole.missed)
    if not any(counts):
        return f"| {check} | 0 | 0 | 0 | not measured | not measured | {write_sources(sources)} |"
    figures = " | ".join(map(str, counts))
    shares = f"{write_share(whole.precision)} | {write_share(whole.recall)}"
    return f"| {check} | {figures} | {shares} | {write_sources(sources)} |"


def write_table(tallies: Tallies) -> str:
    """One row a check, in the order of the catalogue."""
    shares = "precision (95 % interval) | recall (95 % interval)"
    heads = f"| check | right | wrong | missed | {shares} | n (rightly silent) by source |"
    rows = [write_row(check.id, tallies.get(check.id, {})) for check in CHECKS]
    return "\n".join([heads, "|---|--:|--:|--:|---|---|---|", *rows])
