"""How often a check is right, as it was measured, in words and figures that a busy person reads.

In: the measured tallies of the audit.  Out: texts for the catalogue, and the tally of one check by material.  A check
that nobody measured says so; a share never stands without the number of cases that it is made of.
"""

from __future__ import annotations

import pandas as pd

from pages.ui.wording import name_code, say
from parsing.audit.measured import Share, add_up, measured


def write_share(share: Share) -> str:
    """`94% (74–99), 17/18`: the share, of how many, and the 95 % interval; the word for none where there is none."""
    if share.value is None or share.interval is None:
        return say("未测")
    low, high = share.interval
    return f"{share.value:.0%} ({100 * low:.0f}–{100 * high:.0f}), {share.part:,}/{share.whole:,}"


def precision_of(check_id: str) -> str:
    """Of what the check raised on labelled reports, how much was right."""
    return write_share(add_up(measured(check_id).values()).precision)


def recall_of(check_id: str) -> str:
    """Of what it should have raised, how much it raised."""
    return write_share(add_up(measured(check_id).values()).recall)


def count_measured(check_ids: list[str]) -> int:
    """How many of the checks spoke, or should have spoken, on a labelled report."""
    return sum(add_up(measured(one).values()).recall.whole > 0 for one in check_ids)


def list_tallies(check_id: str) -> pd.DataFrame:
    """One row a kind of material: what the check did on its reports."""
    rows = [
        (name_code("material", source), one.right, one.wrong, one.missed, one.quiet)
        for source, one in measured(check_id).items()
    ]
    return pd.DataFrame(rows, columns=list(tally_labels()))


def tally_labels() -> dict[str, str]:
    return {
        "material": say("材料"),
        "right": say("报对"),
        "wrong": say("误报"),
        "missed": say("漏报"),
        "quiet": say("该静而静"),
    }
