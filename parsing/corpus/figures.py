"""The figures of the pages, laid out for them: measures side by side, parts beside totals, table 2 report by report.

In: `measures.toml` and the official forms.  Out: the queries of the summaries that hold figures, in the order in which
they build on each other.  Every row says which report it is of, or which agency and year; `rank` is the order in which
pages show the rows.  A blank, unread or missing figure is NULL and never 0.  Nothing is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

from parsing.corpus.views import quote
from parsing.measures import codes_of, read_measures, read_source, ways_of
from parsing.templates import load_templates

# What a row says of the report that it belongs to: `name` is the agency as it is known over the years, NULL where the
# report names none; `called` is what pages call and choose it by, which then is the name of the file, and `number` its
# place among all that are called something.
OF_REPORT = "o.report_id, o.name, o.called, o.number, o.year, o.level, o.region, o.is_latest, o.is_unread, o.position"
BY_AGENCY = "o.number, o.year NULLS LAST, o.position"

# Which measures stand side by side in one table.
SIDE_BY_SIDE = {
    "applications": (*codes_of("applications"), *codes_of("outcomes")),
    "channels": (*codes_of("channels"), "disclosed"),
    "methods": (*codes_of("methods"), "received"),
    "disclosures": ("disclosed", *codes_of("table_two")),
    "remedies": (*codes_of("reviews"), *codes_of("review_results"), *codes_of("litigation_results")),
}
# Parts that make a total: in which table they stand, and with what.
PARTS = {"channels": "disclosed", "methods": "received"}
# Measures that a report often states twice, in the prose and in a table.
STATED = codes_of("reviews")
# Results of decided cases; pending ones are no part of a share.
DECIDED = ("upheld", "corrected", "other")
WORST_FIRST = "list_position(['differs', 'under', 'over', 'equal', 'unknown'], o.verdict)"
APPLICANTS = (
    "natural_person",
    "legal_commercial",
    "legal_research",
    "legal_social",
    "legal_law_service",
    "legal_other",
)


def listed(*texts: str) -> str:
    return ", ".join(map(quote, texts))


def lay_side_by_side(codes: Sequence[str]) -> str:
    """One row a report, and for each measure its value, state, missing cells and source; all NULL where it has none."""
    columns = ", ".join(
        f'any_value({column}) FILTER (measure = {quote(code)}) AS "{code}{suffix}"'
        for code in codes
        for column, suffix in (("value", ""), ("state", "_state"), ("missing", "_missing"), ("source", "_source"))
    )
    return f"""
        SELECT {OF_REPORT}, m.* EXCLUDE (report_id), row_number() OVER (ORDER BY {BY_AGENCY}) AS rank
        FROM overview o LEFT JOIN (
            SELECT report_id, {columns} FROM measures
            WHERE is_main AND measure IN ({listed(*codes)}) GROUP BY report_id
        ) m USING (report_id)
        ORDER BY rank
    """


def part_of(code: str, codes: Sequence[str]) -> str:
    """A measure as a part of the sum of `codes`: none where the report has a figure for what it covers already."""
    covered = [f'"{one}"' for one in read_measures()[code].covers if one in codes]
    return f'CASE WHEN coalesce({", ".join(covered)}) IS NULL THEN "{code}" END' if covered else f'"{code}"'


def count_each(table: str, condition: str = "true") -> str:
    """One row a report and measure of a table: its figure, the same as a part, and 1 or 0 for whether it counts.

    `missing` is 1 also where only some cells have a figure; `told` where the report says anything on the measure.
    """
    codes = SIDE_BY_SIDE[table]
    each = ", ".join(
        f"{{'measure': {quote(code)}, 'value': \"{code}\", 'part': {part_of(code, codes)}, "
        f"'counted': CAST(\"{code}\" IS NOT NULL AS INT), "
        f"'missing': CAST(\"{code}\" IS NULL OR \"{code}_state\" = 'partial' AS INT), "
        f"'told': CAST(\"{code}_state\" IS NOT NULL AS INT)}}"
        for code in codes
    )
    return f"""
        SELECT year, is_latest, is_unread, {quote(table)} AS "table", unnest([{each}], recursive := true)
        FROM {table} WHERE {condition}
    """


def add_parts(kind: str) -> str:
    """One row a report that mentions any part: their sum beside the total.  A part without a figure decides nothing."""
    codes, total = codes_of(kind), PARTS[kind]
    parts = ", ".join(part_of(code, codes) for code in codes)
    unknown = " OR ".join(f'("{code}_state" IS NOT NULL AND "{code}" IS NULL)' for code in codes)
    told = ", ".join(f'"{code}_state"' for code in codes)
    return f"""
        SELECT {OF_REPORT}, {quote(kind)} AS kind, list_sum([{parts}]) AS parts, "{total}" AS total,
            parts - total AS difference, CASE
                WHEN difference IS NULL OR {unknown} THEN 'unknown'
                WHEN difference = 0 THEN 'equal' WHEN difference > 0 THEN 'over' ELSE 'under'
            END AS verdict
        FROM {kind} o WHERE coalesce({told}) IS NOT NULL
    """


def share_corrected(kind: str) -> str:
    """One row a report with decided cases and figures for all their results."""
    upheld, corrected, other = (f"{kind}_{result}" for result in DECIDED)
    complete = " AND ".join(f"\"{one}_state\" <> 'partial'" for one in (upheld, corrected, other))
    return f"""
        SELECT {OF_REPORT}, {quote(kind)} AS kind, "{corrected}" AS corrected,
            "{upheld}" + "{corrected}" + "{other}" AS decided, round_even(corrected / decided * 100, 1) AS share_pct
        FROM remedies o WHERE decided > 0 AND {complete}
    """


def name_sums() -> Iterator[tuple[str, str, str]]:
    """Address, topic and code of the cells that are only ever added up: grounds for refusal, applicants by outcome."""
    every = {one for template in load_templates() for table in template.tables for one in table.addresses()}
    for address in sorted(every):
        if any(fnmatchcase(address, pattern) for pattern in read_source()["reasons"]["cells"]):
            yield address, "grounds", address
        row, _, column = address.rpartition(".")
        if address.startswith("t3.") and column == "total":
            for outcome in sorted({code for code, _ in ways_of(address)} & set(codes_of("outcomes"))):
                yield from ((f"{row}.{one}", "applicants", f"{outcome}.{one}") for one in APPLICANTS)


NAMED = ", ".join(f"({listed(*row)})" for row in name_sums())

FIGURES: dict[str, str] = {
    **{table: lay_side_by_side(codes) for table, codes in SIDE_BY_SIDE.items()},
    # The measures added up over all agencies: one row a year, version, table and measure.
    "yearly": f"""
        SELECT year, is_latest, is_unread, "table", measure, sum(value) AS value, sum(part) AS part,
            CAST(sum(counted) AS BIGINT) AS counted, CAST(sum(missing) AS BIGINT) AS missing,
            CAST(sum(told) AS BIGINT) AS told
        FROM ({" UNION ALL ".join(map(count_each, SIDE_BY_SIDE))}) GROUP BY ALL ORDER BY "table", measure, year
    """,
    # Parts and their total: one row a report and kind.
    "parts": f"""
        SELECT o.*, row_number() OVER (ORDER BY o.kind, {WORST_FIRST}, {BY_AGENCY}) AS rank
        FROM ({" UNION ALL ".join(map(add_parts, PARTS))}) o ORDER BY rank
    """,
    # The same in a table and in the prose: one row a report and measure.
    "statements": f"""
        SELECT o.*, row_number() OVER (
            ORDER BY {WORST_FIRST}, o.number, o.year NULLS LAST, o.measure, o.position
        ) AS rank
        FROM (
            SELECT {OF_REPORT}, t.measure, t.value AS value_table, s.value AS value_text,
                s.value - t.value AS difference, CASE
                    WHEN difference IS NULL OR t.state <> 'number' OR s.state <> 'number' THEN 'unknown'
                    WHEN difference = 0 THEN 'equal' ELSE 'differs'
                END AS verdict
            FROM measures t JOIN measures s USING (report_id, measure) JOIN overview o USING (report_id)
            WHERE t.source = 'table' AND s.source = 'text' AND measure IN ({listed(*STATED)})
        ) o ORDER BY rank
    """,
    # Of the decided cases those that were corrected, highest share first.
    "corrections": f"""
        SELECT o.*, row_number() OVER (
            ORDER BY o.kind, o.share_pct DESC, o.decided DESC, {BY_AGENCY}
        ) AS rank
        FROM ({" UNION ALL ".join(map(share_corrected, ("reviews", "litigations")))}) o ORDER BY rank
    """,
    # The growth of what was disclosed that a report states itself; two different ones give none.
    "growth": f"""
        SELECT {OF_REPORT}, c.claimed_pct FROM (
            SELECT report_id, any_value(value) AS claimed_pct FROM claims
            WHERE metric = 'disclosed_growth_pct' AND value IS NOT NULL GROUP BY report_id
            HAVING count(DISTINCT value) = 1
        ) c JOIN overview o USING (report_id) ORDER BY {BY_AGENCY}
    """,
    # One row a category of the prose, with its share of those of the same report.
    "categories": f"""
        SELECT {OF_REPORT}, c.label, c.value, c.unit, c.place, round_even(
            c.value / nullif(greatest(sum(c.value) OVER (PARTITION BY c.report_id), 0), 0) * 100, 1
        ) AS share_pct, row_number() OVER (
            ORDER BY o.number, o.year NULLS LAST, c.value DESC NULLS LAST, o.position, c.seq
        ) AS rank
        FROM claims c JOIN overview o USING (report_id)
        WHERE c.metric = 'disclosed_category' AND (c.year IS NULL OR c.year = c.report_year) ORDER BY rank
    """,
    # Which items of table 2 a report has: one row a report and item.
    "items": f"""
        SELECT {OF_REPORT}, i."table", row_number() OVER (ORDER BY i."table", {BY_AGENCY}) AS rank
        FROM (SELECT DISTINCT report_id, "table" FROM cells WHERE starts_with("table", 't2_')) i
        JOIN overview o USING (report_id) ORDER BY rank
    """,
    # The cells of these items, by the rank of the item.
    "item_cells": """
        SELECT i.*, c.address, c.value, c.unit, c.status, c.raw, c.place, c.seq
        FROM cells c JOIN items i USING (report_id, "table") ORDER BY i.rank, c.seq
    """,
    # Which cells there are in any report.
    "item_years": """
        SELECT DISTINCT year, is_latest, is_unread, "table", address FROM item_cells ORDER BY "table", address
    """,
    # Cells of table 3 that are only ever added up, by agency and year.
    "agency_sums": f"""
        SELECT any_value(o.called) AS called, o.number, o.year, o.is_latest, o.is_unread, n.topic, n.code,
            sum(c.value) AS value, count(*) FILTER (c.value > 0) AS used, count(*) FILTER (c.value IS NULL) AS missing
        FROM cells c JOIN (VALUES {NAMED}) n(address, topic, code) USING (address) JOIN overview o USING (report_id)
        GROUP BY ALL ORDER BY n.topic, o.number
    """,
    # The same over all agencies.
    "sums": """
        SELECT year, is_latest, is_unread, topic, code, sum(value) AS value, CAST(sum(used) AS BIGINT) AS used,
            CAST(sum(missing) AS BIGINT) AS missing
        FROM agency_sums GROUP BY ALL ORDER BY topic, code
    """,
}
