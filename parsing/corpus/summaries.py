"""What pages ask again and again, laid out for it: one narrow sorted table a question.

In: a connection to a store whose reports are joined.  Out: tables that hold nothing of their own, only what others
say, with agency, year and version of the report beside each row, so that no page has to join a million rows.  Nothing
is refused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from parsing.audit.plans import MUTED
from parsing.corpus.figures import FIGURES, OF_REPORT, listed
from parsing.corpus.place import ROWS_A_GROUP
from parsing.corpus.store import NamedTable, Store, joined_file
from parsing.corpus.views import open_store, quote
from parsing.readers.refusals import FATAL

UNNAMED = "未写明机关（{file}）"
# The checks whose evidence is pairs of passages of two reports.
COPIES = ("X.COPY_FORWARD", "X.COPY_OTHER")
MUTED_BY = quote(f"^{MUTED.pattern}$")
SEVEREST = "CASE consequence WHEN 'correct' THEN 0 WHEN 'explain' THEN 1 WHEN 'note' THEN 2 ELSE 3 END"


# Each may ask those before it.
SUMMARIES: dict[str, str] = {
    # One row a report: what is needed to choose it, to place it and to say how it fared.
    "overview": f"""
        SELECT r.report_id, r.agency_id AS name,
            coalesce(r.agency_id, replace({quote(UNNAMED)}, '{{file}}', parse_filename(r.source_file, 'both_slash')))
                AS called,
            dense_rank() OVER (ORDER BY called) AS number,
            r.agency, r.level, r.region, r.year, coalesce(r.is_latest, true) AS is_latest,
            r.published_date, r.source_file, r.format, r.cells_read, r.cells_blank, r.cells_unread, r.cells_expected,
            r.figures_total, r.figures_claimed, r.figures_unclassified, r.problem_count, r.flag_count,
            coalesce(f.correct, 0) AS correct, coalesce(f.explain, 0) AS explain, coalesce(f.note, 0) AS note,
            coalesce(c.passed, 0) AS passed, p.report_id IS NOT NULL AS is_unread, r.previous_id,
            row_number() OVER (ORDER BY r.position, r.source_file, r.report_id) AS position
        FROM reports r
        LEFT JOIN (
            SELECT report_id, count(*) FILTER (consequence = 'correct') AS correct,
                count(*) FILTER (consequence = 'explain') AS explain, count(*) FILTER (consequence = 'note') AS note
            FROM flags GROUP BY report_id
        ) f USING (report_id)
        LEFT JOIN (
            SELECT report_id, count(*) AS passed FROM checks WHERE outcome IN ('pass', 'pass_assumed_zero')
            GROUP BY report_id
        ) c USING (report_id)
        LEFT JOIN (SELECT DISTINCT report_id FROM problems WHERE kind IN ({listed(*sorted(FATAL))})) p
            USING (report_id)
        ORDER BY number, r.year, position
    """,
    # One row an agency of which something was read, by name.
    "agencies": """
        SELECT number, called, name, count(*) AS reports FROM overview WHERE NOT is_unread
        GROUP BY number, called, name ORDER BY number
    """,
    # One row a flag, without its evidence, by `rank`: the order in which a supervisor looks at them.
    "findings": f"""
        SELECT {OF_REPORT}, f.flag_id, f."check", f.family, f.severity, f.consequence, f.message, f.expected, f.actual,
            f.difference, f.formula, f.legal_basis, f.doubtful, f.seq, row_number() OVER (
                ORDER BY {SEVEREST}, abs(f.difference) DESC NULLS LAST, f.doubtful NULLS LAST, o.number,
                    o.year NULLS LAST, f."check", o.position, f.seq
            ) AS rank
        FROM flags f JOIN overview o USING (report_id)
        ORDER BY rank
    """,
    # How often each check came out how, by year and level.
    "tallies": """
        SELECT o.year, o.level, o.is_latest, o.is_unread, c."check", c.outcome, count(*) AS reports
        FROM checks c JOIN overview o USING (report_id) GROUP BY ALL ORDER BY c."check", c.outcome, o.year
    """,
    # One row a check without a verdict, with its reason; where a finding of another check muted it, with that one.
    "undecided": f"""
        SELECT {OF_REPORT}, c."check", c.outcome, c.reason, c.seq,
            nullif(regexp_extract(c.reason, {MUTED_BY}, 1), '') AS cause,
            nullif(regexp_extract(c.reason, {MUTED_BY}, 2), '') AS root,
            CASE WHEN root IS NULL THEN c.outcome ELSE 'muted' END AS state,
            row_number() OVER (ORDER BY o.number, o.year NULLS LAST, o.position, c.seq) AS rank
        FROM checks c JOIN overview o USING (report_id)
        WHERE c.outcome IN ('undecidable', 'crashed') ORDER BY rank
    """,
    # One row a report and root cause: how many checks it muted, and what has to be done about it, if anything.
    "causes": f"""
        SELECT {OF_REPORT}, m.root, m.cause, m.muted, f.consequence, row_number() OVER (
            ORDER BY {SEVEREST}, m.muted DESC, o.number, o.year NULLS LAST, o.position, m.first) AS rank
        FROM (
            SELECT report_id, root, string_agg(cause, '；' ORDER BY first) AS cause,
                CAST(sum(muted) AS BIGINT) AS muted, min(first) AS first
            FROM (
                SELECT report_id, root, cause, count(*) AS muted, min(seq) AS first FROM undecided
                WHERE root IS NOT NULL GROUP BY report_id, root, cause
            ) GROUP BY report_id, root
        ) m
        JOIN overview o USING (report_id)
        LEFT JOIN (
            SELECT report_id, "check" AS root, arg_min(consequence, seq) AS consequence FROM flags
            GROUP BY report_id, "check"
        ) f USING (report_id, root)
        ORDER BY rank
    """,
    # One row a pair of reports with the same prose, most alike first.
    "pairs": f"""
        SELECT f.flag_id, f."check", f.consequence, f.message, p.actual AS share, p.longest,
            o.report_id, o.name, o.called, o.year, o.level, other.report_id AS other_id, other.name AS other_name,
            other.called AS other_called, other.year AS other_year,
            row_number() OVER (ORDER BY share DESC, o.number, o.year NULLS LAST, f.rank) AS rank
        FROM (
            SELECT flag_id, report_id, TRY_CAST(actual AS DOUBLE) AS actual,
                list_filter(json_extract_string(evidence, '$[*].report_id'), lambda one: one <> report_id)[1]
                    AS other_id,
                list_max([length(one) FOR one IN json_extract_string(evidence, '$[*].snippet')]) AS longest
            FROM flags WHERE "check" IN ({listed(*COPIES)})
                AND len(list_filter(json_extract_string(evidence, '$[*].address'), lambda one: one <> '')) = 0
        ) p
        JOIN findings f USING (flag_id, report_id) JOIN overview o USING (report_id)
        JOIN overview other ON other.report_id = p.other_id
        ORDER BY rank
    """,
    # One row for each of the two reports of a pair, by the rank of the pair.
    "sides": f"""
        SELECT {OF_REPORT}, p.rank AS pair FROM (
            SELECT report_id, rank FROM pairs UNION ALL SELECT other_id AS report_id, rank FROM pairs
        ) p JOIN overview o USING (report_id) ORDER BY pair
    """,
    # Which other reports a report's flags and figures lean on.
    "neighbours": """
        SELECT DISTINCT report_id, other_id FROM (
            SELECT report_id, unnest(json_extract_string(evidence, '$[*].report_id')) AS other_id FROM flags
            UNION ALL SELECT report_id, cells_report_id FROM bindings
        ) WHERE other_id <> report_id ORDER BY report_id, other_id
    """,
    # Where each report is stored, found without reading where the others are.
    "segments": "SELECT report_id, segment FROM own_reports ORDER BY report_id",
    # Reports that have no place among agencies and years, each with what to do about it.
    "unplaced": f"""
        SELECT {OF_REPORT}, o.source_file, o.agency, p.message
        FROM overview o LEFT JOIN (
            SELECT report_id, string_agg(message, ' ' ORDER BY seq) AS message FROM problems GROUP BY report_id
        ) p USING (report_id)
        WHERE o.year IS NULL OR o.name IS NULL ORDER BY o.position
    """,
    # Files that no figure comes from: not read, or the same as another; each with what to do about it.
    "left_out": f"""
        SELECT source_file, kind, message FROM problems WHERE kind IN ({listed(*sorted(FATAL), "duplicate_file")})
        ORDER BY source_file, message
    """,
    **FIGURES,
}


# Whoever asks for other summaries than those that were written has them worked out anew.
MARK = hashlib.sha256(repr(SUMMARIES).encode()).hexdigest()[:16]


def summarise(store: Store) -> Iterator[NamedTable]:
    """The tables of a store that has none yet, by and by; each has to be written before the next, which may ask it."""
    with open_store(store) as connection:
        for name, query in SUMMARIES.items():
            yield name, connection.sql(query).to_arrow_reader(ROWS_A_GROUP)
            connection.execute(f"CREATE VIEW {name} AS {from_file(store, name)}")


def from_file(store: Store, name: str) -> str:
    """The query for a table that is written."""
    file = store.place.locate(joined_file(store.manifest.joined, name))
    return f"SELECT * FROM read_parquet({quote(file)})"


@contextmanager
def open_summaries(store: Store) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to a store with the tables beside the frames; worked out anew where they are not written yet."""
    with open_store(store) as connection:
        for name, query in SUMMARIES.items():
            found = from_file(store, name) if store.manifest.summarised == MARK else query
            connection.execute(f"CREATE VIEW {name} AS {found}")
        yield connection
