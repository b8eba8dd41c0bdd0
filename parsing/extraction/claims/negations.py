"""Statements that something did not happen: a claim with value 0.

In: a `Paragraph`.  Out: drafts with `negated` set.  Refused: denials of something else (that no case was lost says
nothing of how many there were), conditions and duties, and what is said of earlier years.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache

from parsing.extraction.claims.drafts import Draft, Paragraph, sentences
from parsing.extraction.claims.rules import METRIC_UNITS
from parsing.extraction.claims.wordings import make_entry, one_of, read_file
from parsing.extraction.claims.years import year_of

CLAUSE = re.compile(r"[^,;:。!|]+")
# Metrics that a denial may name, in the order in which they are tried.
PLAIN = ("normative_issued", "normative_repealed", "carried_in", "carried_out")
DISPUTES = ("reviews_total", "litigations_total")
APPLICANTS = ("organisation", "natural_person")


@dataclass(frozen=True, slots=True)
class Things:
    """What may be denied, by metric; explained in negations.toml."""

    applications: tuple[str, ...]
    reviews_total: tuple[str, ...]
    litigations_total: tuple[str, ...]
    admin_fees_wan: tuple[str, ...]
    fee_yuan: tuple[str, ...]
    normative_issued: tuple[str, ...]
    normative_repealed: tuple[str, ...]
    carried_in: tuple[str, ...]
    carried_out: tuple[str, ...]
    causes: tuple[str, ...]

    def name(self, metric: str, scope: str) -> re.Match[str] | None:
        """Where a scope names the thing of a metric."""
        return one_of(getattr(self, metric)).search(scope)


@dataclass(frozen=True, slots=True)
class Narrow:
    """What narrows a denial of applications, by the dim that it then has."""

    organisation: tuple[str, ...]
    natural_person: tuple[str, ...]
    letter: tuple[str, ...]
    online: tuple[str, ...]
    in_person: tuple[str, ...]
    fax: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wide:
    """What narrows nothing, though it names ways of applying."""

    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Denials:
    """The lists of negations.toml."""

    triggers: tuple[str, ...]
    trailing: tuple[str, ...]
    suppositions: tuple[str, ...]
    other_denials: tuple[str, ...]
    earlier_years: tuple[str, ...]
    continued: tuple[str, ...]
    things: Things
    narrow: Narrow
    wide: Wide


@dataclass(frozen=True, slots=True)
class Denial:
    """One denial: text[start:end] is the clause, `scope` what it denies, `subject` what stands before the denial."""

    start: int
    end: int
    subject: str
    scope: str


@cache
def denials() -> Denials:
    table = dict(read_file("negations.toml")["negations"])
    things = make_entry(Things, table.pop("things"), "negations.toml, things")
    narrow = make_entry(Narrow, table.pop("narrow"), "negations.toml, narrow")
    wide = make_entry(Wide, table.pop("wide"), "negations.toml, wide")
    return make_entry(Denials, {**table, "things": things, "narrow": narrow, "wide": wide}, "negations.toml, negations")


def denies(text: str) -> bool:
    """Whether a text has a word that denies; what it denies is another question."""
    return one_of(denials().triggers).search(text) is not None


def find_denials(text: str, start: int, end: int) -> Iterator[Denial]:
    """Every clause of a sentence that denies something.

    What is denied runs from the denial to the end of the clause; where nothing follows, it is what stands before.
    """
    words = denials()
    for clause in CLAUSE.finditer(text, start, end):
        content = clause.group()
        trigger = one_of(words.triggers).search(content)
        if not trigger:
            continue
        trailing = one_of(words.trailing).search(content)
        if trailing and trailing.start() <= trigger.start():
            first = clause.start() if trailing.start() else clause_before(text, start, clause.start())
            yield Denial(first, clause.end(), "", text[first : clause.start() + trailing.start()])
        elif not one_of(words.suppositions).search(content[: trigger.start() + 1]):
            last = continued_end(text, clause.end(), end)
            scope = text[clause.start() + trigger.start() : last]
            yield Denial(clause.start(), last, content[: trigger.start()], scope)


def clause_before(text: str, start: int, at: int) -> int:
    """Where the clause begins that a colon parts from its denial: 行政复议、行政诉讼:无."""
    if at <= start or text[at - 1] != ":":
        return at
    return max(start, *(text.rfind(mark, start, at - 1) + 1 for mark in ",;:"))


def continued_end(text: str, at: int, end: int) -> int:
    """The end of a denial whose last thing a comma parts from the others."""
    following = CLAUSE.match(text, at + 1, end) if at < end and text[at] == "," else None
    if following and one_of(denials().continued).fullmatch(following.group()):
        return following.end()
    return at


def application_denied(scope: str) -> bool:
    """Whether applications are among what is denied, not the cause of it.

    >>> application_denied("未收到政府信息公开申请"), application_denied("未发生因信息公开申请引发的行政复议")
    (True, False)
    """
    things = denials().things
    for match in one_of(things.applications).finditer(scope):
        follows = any(things.name(metric, scope[match.end() :]) for metric in DISPUTES)
        joined = scope[match.end() : match.end() + 1] in ("、", "和", "及", "或", "与", ",")
        if not follows or joined or not one_of(things.causes).search(scope, 0, match.start()):
            return True
    return False


def narrow_applications(words: str) -> Iterator[tuple[str, str | None]]:
    """The metrics and dims of a denial of applications.

    未收到公民、法人和其他组织的申请 denies all; 未收到法人的申请 only one kind, 未收到当面、传真申请 two ways.
    Of one kind of applicant in one way nothing is known.
    """
    named = [one.name for one in fields(Narrow) if one_of(getattr(denials().narrow, one.name)).search(words)]
    people = [name for name in named if name in APPLICANTS]
    ways = [name for name in named if name not in APPLICANTS]
    if len(people) == len(APPLICANTS) or not named or (ways and one_of(denials().wide.ways).search(words)):
        yield "applications_received", None
    elif not (people and ways):
        yield from (("applications_applicant", name) for name in people)
        yield from (("applications_method", name) for name in ways)


def read_denial(denial: Denial) -> Iterator[tuple[str, str | None]]:
    """The metrics, with their dims, that one denial says were none."""
    things, scope = denials().things, denial.scope
    if one_of(denials().other_denials).search(scope):
        return
    fees = [metric for metric in ("admin_fees_wan", "fee_yuan") if things.name(metric, scope)]
    if fees:
        yield fees[0], None
        return
    plain = [metric for metric in PLAIN if things.name(metric, scope)]
    for metric in plain:
        yield metric, None
    if not plain and application_denied(scope):
        yield from narrow_applications(denial.subject + scope)
    for metric in DISPUTES:
        if things.name(metric, scope):
            yield metric, None


def read_negations(paragraph: Paragraph) -> Iterator[Draft]:
    """All claims of value 0 that a passage makes by denying."""
    text = paragraph.text
    first = None if paragraph.section == "s5" else one_of(denials().triggers).search(text)
    if not first:
        return
    for start, end in sentences(text):
        if end <= first.start():
            continue
        for denial in find_denials(text, start, end):
            has_amount = paragraph.has_amount(denial.start + len(denial.subject), denial.end)
            if has_amount or one_of(denials().earlier_years).search(text, denial.start, denial.end):
                continue
            year = year_of(text, start, denial.end, paragraph.report_year)
            for metric, dim in read_denial(denial):
                yield Draft(metric, 0, METRIC_UNITS[metric], denial.start, denial.end, dim, year=year, negated=True)
