"""Plausible figures of the applications of one year, application by application.

In: how many came in by whom, what last year left over, a source of chance.  Out: cells of table 3 that balance in
every column, and the cells of the older tables.  Refused: nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from random import Random

from parsing.templates import TableTemplate, find_table

# How often each applicant and outcome occurs, per thousand; round figures in the order of magnitude of real reports.
APPLICANTS = {
    "natural_person": 760,
    "legal_commercial": 110,
    "legal_research": 15,
    "legal_social": 25,
    "legal_law_service": 50,
    "legal_other": 40,
}
OUTCOMES = {
    "granted": 470, "partial": 80,
    "denied_state_secret": 2, "denied_law_prohibited": 6, "denied_three_securities": 6, "denied_third_party": 22,
    "denied_internal_affairs": 24, "denied_process_info": 26, "denied_enforcement_file": 20, "denied_admin_query": 16,
    "unable_not_held": 190, "unable_needs_creation": 26, "unable_still_unclear": 24,
    "notproc_petition": 22, "notproc_repeat": 18, "notproc_publication": 3, "notproc_excessive": 2,
    "notproc_confirm_reissue": 3, "other_handling": 40, "other_no_correction": 18, "other_misc": 22,
}  # fmt: skip
METHODS = {"online": 560, "letter": 250, "in_person": 170, "fax": 20}
REPLIES = {
    "reply_already_public": 220, "reply_granted": 420, "reply_partial": 70, "reply_denied": 60,
    "reply_not_this_agency": 110, "reply_not_exist": 80, "reply_correct_supplement": 20, "reply_other_channel": 20,
}  # fmt: skip
OLD_REPLIES = {
    "a_reply_granted": 620, "a_reply_partial": 80, "a_reply_denied": 120, "a_reply_refused": 60, "a_reply_other": 60,
    "a_reason_not_gov_info": 30, "a_reason_not_exist": 60, "a_reason_not_held": 60, "a_reason_unclear": 30,
    "a_reason_repeat": 10,
}  # fmt: skip
CARRY_SHARE = 0.08
MOST_CARRIED = 0.25


def draw_counts(chance: Random, weights: Mapping[str, int], count: int) -> Counter[str]:
    """Spread `count` over the keys by weight."""
    return Counter(chance.choices(list(weights), list(weights.values()), k=count)) if count else Counter()


def parts_of(table: TableTemplate, total: str) -> list[str]:
    """The rows that are parts of a row, in the order of the form."""
    return [row.code for row in table.rows if row.parent == total]


def choose_carried(chance: Random, load: Mapping[str, int]) -> Counter[str]:
    """What stays open at the end of the year, by applicant: never more than a quarter of all."""
    carried = Counter({column: sum(chance.random() < CARRY_SHARE for _ in range(load[column])) for column in load})
    most = int(sum(load.values()) * MOST_CARRIED)
    while carried.total() > most:
        carried[max(carried, key=lambda column: carried[column])] -= 1
    return carried


def fill_applications(
    chance: Random, layout: str, received: int, carried_in: Mapping[str, int], ends_clear: bool
) -> dict[str, int]:
    """The cells of table 3: each application gets one applicant and one outcome, or stays open.

    `received` counts those of the year, `carried_in` what last year left by applicant; `ends_clear` closes them all.
    """
    table = find_table(layout, "t3")
    columns = [column.code for column in table.columns]
    outcomes = [row.code for row in table.rows if row.code in OUTCOMES]
    cells = {address: 0 for address in table.addresses()}
    new = draw_counts(chance, APPLICANTS, received)
    load = {column: new[column] + carried_in.get(column, 0) for column in APPLICANTS}
    carried = Counter[str]() if ends_clear else choose_carried(chance, load)
    for column in APPLICANTS:
        cells[f"t3.new_received.{column}"] = new[column]
        cells[f"t3.carried_in.{column}"] = carried_in.get(column, 0)
        cells[f"t3.carried_out.{column}"] = carried[column]
        closed = draw_counts(chance, {row: OUTCOMES[row] for row in outcomes}, load[column] - carried[column])
        for row in outcomes:
            cells[f"t3.{row}.{column}"] = closed[row]
        cells[f"t3.result_total.{column}"] = closed.total()
    for row in table.rows:
        cells[f"t3.{row.code}.{columns[-1]}"] = sum(cells[f"t3.{row.code}.{column}"] for column in columns[:-1])
    return cells


def fill_old_applications(chance: Random, received: int) -> dict[str, int]:
    """The rows on applications of the table of 2014–2018; all that came in are answered in the year."""
    table = find_table("B", "b")
    methods = draw_counts(chance, METHODS, received)
    extended = sum(chance.random() < 0.06 for _ in range(received))
    replies = draw_counts(chance, REPLIES, received)
    reasons = parts_of(table, "reply_denied")
    denied = draw_counts(chance, dict.fromkeys(reasons[1:], 1), replies["reply_denied"])
    return {
        "b.applications_received": received,
        **{f"b.apply_{method}": methods[method] for method in METHODS},
        "b.applications_closed": received,
        "b.closed_on_time": received - extended,
        "b.closed_extended": extended,
        "b.replies_total": received,
        **{f"b.{reply}": replies[reply] for reply in REPLIES},
        **{f"b.{reason}": denied[reason] for reason in reasons},
    }


def share_out(chance: Random, total: int, codes: Sequence[str]) -> dict[str, int]:
    """Split a total over codes at random; the parts add up to it."""
    counts = draw_counts(chance, dict.fromkeys(codes, 1), total)
    return {code: counts[code] for code in codes}


def fill_provincial_applications(chance: Random, layout: str, received: int) -> dict[str, int]:
    """The rows on applications of a provincial table of 2008–2013."""
    table = find_table(layout, "a")
    rows = {row.code for row in table.rows}
    cells = {"a_applications": received, "a_replies": received}
    methods = [code for code in parts_of(table, "a_applications") if not code.endswith("other")]
    cells |= share_out(chance, received, methods)
    replies = parts_of(table, "a_replies")
    answered = draw_counts(chance, {code: OLD_REPLIES[code] for code in replies}, received)
    cells |= {code: answered[code] for code in replies}
    for total in ("a_reply_denied", "a_reply_refused"):
        reasons = [code for code in parts_of(table, total) if "exempt" not in code]
        if total in rows and reasons:
            cells |= share_out(chance, cells[total], reasons)
    return {f"a.{code}": count for code, count in cells.items()}
