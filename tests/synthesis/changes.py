"""How the facts of a report are changed so that something in it contradicts something else.

In: the facts of a report in which everything agrees.  Out: the same facts with one contradiction.  Refused: a report
that cannot carry the change (the change would touch a cell that it does not have).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace

from tests.synthesis.facts import Facts, Share
from tests.synthesis.mentions import outcomes_of

Change = Callable[[Facts], Facts]


def add(steps: Mapping[str, int]) -> Change:
    """Change some cells by so much."""
    return lambda facts: facts.with_cells({address: facts.count(address) + step for address, step in steps.items()})


def say(**figures: object) -> Change:
    """Let the prose state other figures."""
    return lambda facts: facts.with_narrative(**figures)


def both(*changes: Change) -> Change:
    def change(facts: Facts) -> Facts:
        for one in changes:
            facts = one(facts)
        return facts

    return change


def step_first(shares: tuple[Share, ...], step: int) -> tuple[Share, ...]:
    return (replace(shares[0], count=shares[0].count + step), *shares[1:])


def receive_more(facts: Facts) -> Facts:
    """Two applications more came in, in the table and in the prose, and nothing became of them."""
    facts = add({"t3.new_received.natural_person": 2, "t3.new_received.total": 2})(facts)
    figures = facts.narrative
    again = figures.applications_again
    return facts.with_narrative(
        applications=(figures.applications or 0) + 2,
        applications_again=None if again is None else again + 2,
        methods=step_first(figures.methods, 2) if figures.methods else (),
        closed_rate_pct=None,
    )


def deny_applications(facts: Facts) -> Facts:
    return facts.with_narrative(
        applications=0, applications_again=None, methods=(), closed=None, closed_rate_pct=None, outcomes=(),
        carried_in=None, carried_out=None,
    )  # fmt: skip


def receive_otherwise(facts: Facts) -> Facts:
    """The prose counts neither those of the year nor all that were open."""
    received = facts.count("t3.new_received.total") + facts.count("t3.carried_in.total") + 3
    return facts.with_narrative(applications=received, applications_again=None, methods=())


def method_more(facts: Facts) -> Facts:
    received = facts.narrative.applications or 0
    return facts.with_narrative(
        methods=(Share("online", "网络申请", received), Share("letter", "信函申请", 2)), applications_again=None
    )


def close_otherwise(facts: Facts) -> Facts:
    return facts.with_narrative(closed=(facts.narrative.closed or 0) - 2, closed_rate_pct=None, outcomes=())


def rate_otherwise(facts: Facts) -> Facts:
    load = facts.count("t3.new_received.total") + facts.count("t3.carried_in.total")
    rate = 100 * facts.count("t3.result_total.total") / load
    return facts.with_narrative(closed_rate_pct=round(rate - 7, 1))


def move_outcomes(facts: Facts) -> Facts:
    """Three answers told as granted that the table counts as not held; the list still adds up."""
    outcomes = {share.dim: share for share in outcomes_of(facts)}
    granted, unable = outcomes["granted"], outcomes["unable"]
    outcomes["granted"] = replace(granted, count=granted.count + 3)
    outcomes["unable"] = replace(unable, count=unable.count - 3)
    return facts.with_narrative(outcomes=tuple(outcomes.values()))


def overfill_channels(facts: Facts) -> Facts:
    total = facts.narrative.disclosed_total or 0
    website, wechat = Share("website", "政府网站", total - total // 3 + 9), Share("wechat", "政务微信", total // 3)
    return facts.with_narrative(channels=(website, wechat), categories=())


def repeat_otherwise(facts: Facts) -> Facts:
    return facts.with_narrative(disclosed_again=(facts.narrative.disclosed_total or 0) + 20)


def total_otherwise(facts: Facts) -> Facts:
    total = (facts.narrative.disclosed_total or 0) + 12
    return facts.with_narrative(disclosed_total=total, disclosed_again=None, channels=(), growth_pct=None)


def blank_reasons(facts: Facts) -> Facts:
    """The zeros of the refusals and of what could not be supplied left empty, the totals filled."""
    cells = [address for address in facts.cells if address.startswith(("t3.denied_", "t3.unable_"))]
    parts = [address for address in cells if not address.endswith(".total") and not facts.count(address)]
    return facts.with_cells(dict.fromkeys(parts))


def documents_otherwise(facts: Facts) -> Facts:
    row = "t2_art20_1.normative_docs"
    counts = [facts.count(f"{row}.{column}") for column in ("issued", "repealed", "in_force")]
    return facts.with_narrative(normative=(counts[0] + 2, counts[1], counts[2]))


def respond_more(facts: Facts) -> Facts:
    cells = {
        "b.responses_total": 14,
        "b.interpretation_articles": 2,
        "b.weibo_wechat_responses": 5,
        "b.other_responses": 3,
    }
    return facts.with_cells(cells).with_narrative(responses=14)


def carry_otherwise(facts: Facts) -> Facts:
    return facts.with_narrative(carried_out=facts.count("t3.carried_out.total") + 1, closed_rate_pct=None)


def count_the_boards(facts: Facts) -> Facts:
    """What hangs on the boards of all villages is counted as disclosed too, in the table and in the prose."""
    more = 12 * facts.count("b.disclosed_total")
    total = facts.count("b.disclosed_total") + more
    again = facts.narrative.disclosed_again and total
    facts = add({"b.disclosed_total": more, "b.channel_other": more})(facts)
    return facts.with_narrative(
        disclosed_total=total, disclosed_again=again, channels=(), categories=(), growth_pct=None,
        extra={"s2": ("上述条数包括在各村公开栏张贴的村务、党务和惠农信息。",)},
    )  # fmt: skip


def refuse_most(facts: Facts) -> Facts:
    """What natural persons were given, in full or in part, or told not to be held was refused as internal affairs."""
    steps: Counter[str] = Counter()
    for row in ("granted", "partial", "unable_not_held"):
        count = facts.count(f"t3.{row}.natural_person")
        for column in ("natural_person", "total"):
            steps.subtract({f"t3.{row}.{column}": count, f"t3.denied_internal_affairs.{column}": -count})
    facts = add(steps)(facts)
    return facts.with_narrative(outcomes=outcomes_of(facts))


def claim_whole_district(facts: Facts) -> Facts:
    """The prose says that the applications are those of all agencies of the district."""
    count = facts.count("b.applications_received")
    return say(extra={"s3": (f"以上为全区各级行政机关收到的政府信息公开申请，合计{count}件。",)})(facts)


def leave_undisclosed(facts: Facts) -> Facts:
    """No document of the year among those newly disclosed."""
    return facts.with_cells({"t2_art20_1.normative_docs.newly_disclosed": 0})


def charge_in_yuan(facts: Facts) -> Facts:
    """The fees of the year in yuan, in a column of 万元."""
    address = "t2_art20_8.admin_fees.amount_wan"
    amount = facts.expected()[address] or 0
    return facts.with_cells({address: round(amount * 10_000)})


def methods_otherwise(facts: Facts) -> Facts:
    """One application that came by the net told as a letter; the list still adds up."""
    methods = {share.dim: share for share in facts.narrative.methods}
    online, letter = methods["online"], methods["letter"]
    methods["online"] = replace(online, count=online.count - 1)
    methods["letter"] = replace(letter, count=letter.count + 1)
    return facts.with_narrative(methods=tuple(methods.values()))
