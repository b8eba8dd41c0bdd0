"""What must be read from the prose of a made-up report.

In: facts.  Out: the set of (metric, dimension, value) that its sentences state.  Refused: nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.synthesis.facts import Facts

Stated = tuple[str, str | None, float | int | str]

TRAINING = ("meetings", "training_sessions", "trainees")
NORMATIVE = ("normative_issued", "normative_repealed", "normative_in_force")
SINGLE = {
    "disclosed_total": "disclosed_total",
    "disclosed_again": "disclosed_total",
    "previous_total": "disclosed_prev_total",
    "growth_pct": "disclosed_growth_pct",
    "applications": "applications_received",
    "applications_again": "applications_received",
    "closed": "applications_closed",
    "closed_rate_pct": "closed_rate_pct",
    "carried_in": "carried_in",
    "carried_out": "carried_out",
    "reviews": "reviews_total",
    "litigations": "litigations_total",
    "responses": "responses_total",
    "cutoff": "cutoff_date",
    "section_count": "section_count",
}
LISTS = {
    "channels": "disclosed_channel",
    "categories": "disclosed_category",
    "methods": "applications_method",
    "outcomes": "outcome",
}
DATES = ("signed_date", "published_date", "filled_date")


def list_claims(facts: Facts) -> Iterator[Stated]:
    """The items of the lists and the figures that stand in a row."""
    figures = facts.narrative
    for name, metric in LISTS.items():
        for share in getattr(figures, name):
            yield metric, share.dim, share.count
    if figures.training:
        yield from ((metric, None, count) for metric, count in zip(TRAINING, figures.training, strict=True))
    yield from ((metric, None, count) for metric, count in zip(NORMATIVE, figures.normative, strict=False))
    if figures.period:
        yield "period_start", None, figures.period[0]
        yield "period_end", None, figures.period[1]


def stated(facts: Facts) -> frozenset[Stated]:
    """Everything that the prose states, without repetition."""
    figures = facts.narrative
    single = {(metric, None, getattr(figures, name)) for name, metric in SINGLE.items()}
    dates = {(name, None, getattr(facts, name)) for name in DATES}
    return frozenset(one for one in {*single, *dates, *list_claims(facts)} if one[2] is not None)
