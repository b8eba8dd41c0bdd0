"""The tables of a clean report from the few figures that a case names.

In: a form and figures under short names: a row of table 3 (`granted`, or `granted.legal_other` for one column), a cell
of table 4 (`review_total`), of the documents in table 2 (`docs.in_force`), of an older table (`reviews_total`,
`a_applications`), or a full address.  Out: every cell of the form, 0 where nothing follows from the figures, balanced:
one part of each total takes what the others leave.  Refused: figures that contradict each other, unknown names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from parsing.templates import TableTemplate, find_table
from tests.synthesis.applications import APPLICANTS

Number = float | int
DOCUMENTS = "t2_art20_1.normative_docs"
ENOUGH = 40
# Which part of a total takes the rest: (total, the part, the other parts).
Balance = tuple[str, str, tuple[str, ...]]
DISPUTES: tuple[Balance, ...] = tuple(
    (f"t4.{group}_total", f"t4.{group}_upheld", tuple(f"t4.{group}_{one}" for one in ("corrected", "other", "pending")))
    for group in ("review", "lit_direct", "lit_after")
)
OLD: tuple[Balance, ...] = (
    ("b.disclosed_total", "b.channel_website", (
        "b.channel_gazette", "b.channel_weibo", "b.channel_wechat", "b.channel_other",
    )),
    ("b.applications_received", "b.apply_online", ("b.apply_in_person", "b.apply_fax", "b.apply_letter")),
    ("b.applications_closed", "b.closed_on_time", ("b.closed_extended",)),
    ("b.replies_total", "b.reply_granted", (
        "b.reply_already_public", "b.reply_partial", "b.reply_denied", "b.reply_not_this_agency", "b.reply_not_exist",
        "b.reply_correct_supplement", "b.reply_other_channel",
    )),
    ("b.reply_denied", "b.denied_privacy", (
        "b.denied_state_secret", "b.denied_trade_secret", "b.denied_security_stability", "b.denied_not_gov_info",
        "b.denied_other_legal",
    )),
    ("b.reviews_total", "b.reviews_upheld", ("b.reviews_corrected", "b.reviews_other")),
    ("b.litigations_total", "b.litigations_upheld", ("b.litigations_corrected", "b.litigations_other")),
    ("b.responses_total", "b.weibo_wechat_responses", ("b.other_responses",)),
    ("b.staff_total", "b.staff_full_time", ("b.staff_part_time",)),
)  # fmt: skip
# In the older tables all that is received is closed and answered within the year.
FOLLOWS = {
    "B": (("b.applications_closed", "b.applications_received"), ("b.replies_total", "b.applications_closed")),
    "A": (("a.a_replies", "a.a_applications"), ("a.a_fees_request", "a.a_fees_total")),
}
FOLLOWING = frozenset(total for pairs in FOLLOWS.values() for total, _ in pairs) | {"b.reply_denied"}
ABSORBING = {
    "A1": ("a.a_apply_web", "a.a_reply_granted"),
    "A2": ("a.a_apply_web", "a.a_reply_granted"),
    "A3": ("a.a_apply_web_email", "a.a_reply_granted"),
}


def address_of(form: str, name: str, known: frozenset[str]) -> str:
    """The address that a short name stands for; a row of table 3 stands for its total."""
    stem = name.replace("docs.", f"{DOCUMENTS}.")
    prefix = "b." if form == "B" else "a."
    for one in (stem, f"t3.{stem}.total", f"t3.{stem}", f"t4.{stem}", prefix + stem):
        if one in known:
            return one
    raise KeyError(f"form {form} has no figure {name}")


def absorb(cells: dict[str, Number], given: Mapping[str, Number], balance: Balance) -> None:
    """Let one part take what a total leaves, or let the total be the sum of the parts that are given."""
    total, part, others = balance
    if total not in cells:
        return
    rest = sum(cells[one] for one in others if one in cells)
    if total in given or (total in FOLLOWING and cells[total]):
        cells[part] = cells[total] - rest
        if cells[part] < 0 or given.get(part, cells[part]) != cells[part]:
            raise ValueError(f"{total} is not the sum of its parts")
    else:
        cells[total] = cells[part] + rest


def split_row(cells: dict[str, Number], row: str) -> None:
    """The columns of one row of table 3: what is not given to a kind of applicant is the natural persons'."""
    others = sum(cells[f"t3.{row}.{column}"] for column in APPLICANTS if column != "natural_person")
    cells[f"t3.{row}.natural_person"] = cells[f"t3.{row}.total"] - others


def balance_applications(table: TableTemplate, cells: dict[str, Number], given: Mapping[str, Number]) -> None:
    """Table 3: what is neither carried on nor handled otherwise was granted, in every column."""
    rows = [row.code for row in table.rows if row.code not in ("granted", "result_total")]
    for row in rows:
        split_row(cells, row)
    outcomes = [row for row in rows if row not in ("new_received", "carried_in", "carried_out")]
    for column in (*APPLICANTS, "total"):
        load = cells[f"t3.new_received.{column}"] + cells[f"t3.carried_in.{column}"]
        closed = load - cells[f"t3.carried_out.{column}"]
        granted = closed - sum(cells[f"t3.{row}.{column}"] for row in outcomes)
        if granted < 0 or given.get(f"t3.granted.{column}", granted) != granted:
            raise ValueError(f"table 3 does not balance in {column}: {granted} are left to be granted")
        cells[f"t3.granted.{column}"], cells[f"t3.result_total.{column}"] = granted, closed


def balance_provincial(layout: str, cells: dict[str, Number], given: Mapping[str, Number]) -> None:
    """A provincial table: ways of applying and answers add up."""
    table = find_table(layout, "a")
    for total, part in zip(("a_applications", "a_replies"), ABSORBING[layout], strict=True):
        parts = [f"a.{row.code}" for row in table.rows if row.parent == total]
        absorb(cells, given, (f"a.{total}", part, tuple(one for one in parts if one != part)))
    fees = [f"a.{row.code}" for row in table.rows if row.parent == "a_fees_request"]
    if fees:
        absorb(cells, given, ("a.a_fees_request", fees[0], tuple(fees[1:])))


def with_applications(form: str, given: dict[str, Number]) -> dict[str, Number]:
    """Disputes come from applications: where a case names only the disputes, there were applications enough."""
    received = {"B": "b.applications_received", "A": "a.a_applications"}.get(form[0], "t3.new_received.total")
    disputes = ("t4.", "b.reviews", "b.litigations", "a.a_reviews", "a.a_litigations")
    if received not in given and any(address.startswith(disputes) for address in given):
        return {**given, received: ENOUGH}
    return given


def balanced_cells(form: str, tables: Sequence[TableTemplate], figures: Mapping[str, Number]) -> dict[str, Number]:
    """All cells of a form."""
    known = frozenset(address for table in tables for address in table.addresses())
    given = with_applications(form, {address_of(form, name, known): value for name, value in figures.items()})
    cells: dict[str, Number] = {**dict.fromkeys(sorted(known), 0), **given}
    for target, source in FOLLOWS.get(form[0], ()):
        if target in cells and target not in given:
            cells[target] = cells[source]
    if form.startswith("A"):
        balance_provincial(form, cells, given)
    for balance in (*OLD, *DISPUTES):
        absorb(cells, given, balance)
    if form in ("C", "D"):
        balance_applications(find_table(form, "t3"), cells, given)
    if f"{DOCUMENTS}.made" in given:
        for column in ("newly_disclosed", "disclosed_total"):
            cells[f"{DOCUMENTS}.{column}"] = given.get(f"{DOCUMENTS}.{column}", given[f"{DOCUMENTS}.made"])
    return cells
