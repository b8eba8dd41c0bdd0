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

from parsing.corpus.place import ROWS_A_GROUP
from parsing.corpus.store import NamedTable, Store
from parsing.corpus.views import open_store, quote
from parsing.readers.refusals import FATAL

# What a row says of the report that it belongs to: `name` is the agency as it is known over the years, NULL where the
# report names none.
OF_REPORT = "o.report_id, o.name, o.year, o.level, o.region, o.is_latest, o.is_unread, o.position"

SUMMARIES: dict[str, str] = {
    # One row a report: what is needed to choose it, to place it and to say how it fared.
    "overview": f"""
        SELECT r.report_id, r.agency_id AS name, r.agency, r.level, r.region, r.year, r.is_latest,
            r.published_date, r.source_file, r.format, r.cells_read, r.cells_blank, r.cells_unread, r.cells_expected,
            r.figures_total, r.figures_claimed, r.figures_unclassified, r.problem_count, r.flag_count,
            coalesce(f.correct, 0) AS correct, coalesce(f.explain, 0) AS explain, coalesce(f.note, 0) AS note,
            p.report_id IS NOT NULL AS is_unread, r.previous_id, r.position
        FROM reports r
        LEFT JOIN (
            SELECT report_id, count(*) FILTER (consequence = 'correct') AS correct,
                count(*) FILTER (consequence = 'explain') AS explain, count(*) FILTER (consequence = 'note') AS note
            FROM flags GROUP BY report_id
        ) f USING (report_id)
        LEFT JOIN (SELECT DISTINCT report_id FROM problems WHERE kind IN ({", ".join(map(quote, sorted(FATAL)))})) p
            USING (report_id)
        ORDER BY r.year, name, r.position
    """,
    # One row a report and measure.
    "counts": f"""
        SELECT {OF_REPORT}, m.measure, m.value, m.state, m.missing, m.source, m.is_main
        FROM measures m JOIN overview o USING (report_id)
        ORDER BY m.measure, m.is_main DESC, o.year, o.name
    """,
    # One row a flag, without its evidence, in the order in which a supervisor looks at them.
    "findings": f"""
        SELECT {OF_REPORT}, f.flag_id, f."check", f.family, f.severity, f.consequence, f.message, f.expected, f.actual,
            f.difference, f.formula, f.legal_basis, f.doubtful, f.seq
        FROM flags f JOIN overview o USING (report_id)
        ORDER BY CASE f.consequence WHEN 'correct' THEN 0 WHEN 'explain' THEN 1 ELSE 2 END,
            abs(f.difference) DESC NULLS LAST, o.name, o.year, f.seq
    """,
    # How often each check came out how, by year and level.
    "tallies": """
        SELECT o.year, o.level, o.is_latest, o.is_unread, c."check", c.outcome, count(*) AS reports
        FROM checks c JOIN overview o USING (report_id) GROUP BY ALL ORDER BY c."check", c.outcome, o.year
    """,
    # One row a check without a verdict, with its reason.
    "undecided": f"""
        SELECT {OF_REPORT}, c."check", c.outcome, c.reason, c.seq
        FROM checks c JOIN overview o USING (report_id)
        WHERE c.outcome IN ('undecidable', 'crashed') ORDER BY o.name, o.year, c.seq
    """,
}


# Whoever asks for other summaries than those that were written has them worked out anew.
MARK = hashlib.sha256(repr(SUMMARIES).encode()).hexdigest()[:16]


def summarise(store: Store) -> Iterator[NamedTable]:
    """The tables of a store that has none yet, by and by; all others are built on the first one, the overview."""
    with open_store(store) as connection:
        connection.execute(f"CREATE TEMP TABLE overview AS {SUMMARIES['overview']}")
        for name, query in SUMMARIES.items():
            rows = connection.sql("FROM overview" if name == "overview" else query)
            yield name, rows.to_arrow_reader(ROWS_A_GROUP)


@contextmanager
def open_summaries(store: Store) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to a store with the tables beside the frames; worked out anew where they are not written yet."""
    with open_store(store) as connection:
        for name, query in SUMMARIES.items():
            file = store.joined_file(name) if store.manifest.summarised == MARK else None
            found = f"SELECT * FROM read_parquet({quote(store.place.locate(file))})" if file else query
            connection.execute(f"CREATE VIEW {name} AS {found}")
        yield connection
