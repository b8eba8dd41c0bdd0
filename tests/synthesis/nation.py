"""A store of a nation's reports, written straight as rows: what pages and queries are measured on.

In: how many reports, and a store with the reports of one county, really read, checked and joined.  Out: a store of so
many, county by county: the rows of the one with other ids, names, regions and files; all counts multiplied by a number
of the county, so that sums that held hold.  Refused (`ValueError`): a county with other reports than it should have.

Texts, prose and what findings say are those of the one county, word for word: they cost less room on disk than they
would, a tenth of what an ingest of different files leaves.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from parsing.corpus.ingest import ingest
from parsing.corpus.place import ROWS_A_GROUP
from parsing.corpus.schema import JOINED, TABLES
from parsing.corpus.store import Segment, Store, joined_file
from parsing.corpus.summaries import MARK, summarise
from parsing.corpus.views import open_store
from parsing.extraction.identity import corpus_ids
from tests.synthesis.country import COUNTY_SIZE, YEARS, agencies_of, history_of
from tests.synthesis.logical import build_report
from tests.synthesis.writers.html import write_clean

REPORTS_A_COUNTY = COUNTY_SIZE * len(YEARS)
# A segment is as large as those that an ingest merges.
COUNTIES_A_SEGMENT = 60
# Columns that name a report, of the same county and of no other.
IDS = ("report_id", "previous_id", "cells_report_id")
SCALED = {"cells": "value", "measures": "value", "bindings": "value"}
HEX_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Base:
    """The rows of one county, with texts as dictionaries, and the ids of its reports by agency and year."""

    tables: Mapping[str, pa.Table]
    joined: Mapping[str, pa.Table]
    ids: pa.Array

    @classmethod
    def read(cls, store: Store) -> Base:
        """The rows in the order of agencies and years."""
        with open_store(store) as connection:
            connection.execute(
                "CREATE TEMP TABLE ranks AS SELECT report_id, row_number() OVER (ORDER BY s.source_file) AS rank"
                " FROM own_reports JOIN joined_standing s USING (report_id)"
            )
            ids = connection.sql("SELECT report_id FROM ranks ORDER BY rank").to_arrow_table()["report_id"]
            if len(ids) != REPORTS_A_COUNTY:
                raise ValueError(f"a county has {REPORTS_A_COUNTY} reports, not {len(ids)}")

            def rows(view: str, schema: pa.Schema) -> pa.Table:
                order = "rank, seq" if "seq" in schema.names else "rank"
                columns = ", ".join(f't."{name}"' for name in schema.names)
                query = f"SELECT {columns} FROM {view} t JOIN ranks USING (report_id) ORDER BY {order}"
                return encode_texts(connection.sql(query).to_arrow_table().cast(schema).combine_chunks())

            tables = {name: rows(f"stored_{name}", schema) for name, schema in TABLES.items()}
            joined = {name: rows(f"joined_{name}", schema) for name, schema in JOINED.items()}
        return cls(tables, joined, ids.combine_chunks())


def encode_texts(table: pa.Table) -> pa.Table:
    """The table with its columns of text as dictionaries, which are written many times and made once."""
    for number, field in enumerate(table.schema):
        if field.type == pa.string():
            table = table.set_column(number, field.name, table[number].combine_chunks().dictionary_encode())
    return table


@dataclass(frozen=True, slots=True)
class Part:
    """Some counties of the nation: what differs from the base, report by report, county after county."""

    base: Base
    counties: range
    ids: pa.Array
    positions: pa.Array
    words: Mapping[str, pa.Array]

    @classmethod
    def of(cls, base: Base, counties: range, agency_ids: Mapping[str, str]) -> Part:
        agencies = [agency for county in counties for agency in agencies_of(county)]
        places = range(len(agencies) * len(YEARS))
        each = [agency for agency in agencies for _ in YEARS]
        files = [
            f"年报/{counties[at // REPORTS_A_COUNTY]:04d}/{agency.name}_{YEARS[at % len(YEARS)]}.html"
            for at, agency in zip(places, each, strict=True)
        ]
        words = {
            "agency": [agency.name for agency in each],
            "agency_id": [agency_ids[agency.name] for agency in each],
            "region": [agency.region for agency in each],
            "source_file": files,
            "path": files,
        }
        first, ids = counties.start * REPORTS_A_COUNTY, make_ids(counties.start, len(each))
        positions = pa.array(range(first, first + len(each)))
        return cls(base, counties, pa.array(ids), positions, {name: pa.array(words[name]) for name in words})

    def rows(self, name: str, table: pa.Table) -> pa.Table:
        """The rows of a table for all counties of the part."""
        whole = pa.concat_tables([table] * len(self.counties))
        for number, field in enumerate(table.schema):
            column = self.column(name, field.name, table)
            if column is not None:
                whole = whole.set_column(number, field.name, column)
        return whole

    def column(self, name: str, field: str, table: pa.Table) -> pa.Array | pa.ChunkedArray | None:
        """A column of a table for all counties; None for one that says the same in each of them."""
        if field in IDS:
            return self.lay_out(table[field], self.ids)
        if field in self.words:
            return self.lay_out(table["report_id"], self.words[field])
        if field == "position":
            return self.lay_out(table["report_id"], self.positions).cast(pa.int64())
        if field == SCALED.get(name):
            return pa.chunked_array([multiply(table[field].combine_chunks(), county) for county in self.counties])
        return None

    def lay_out(self, reports: pa.ChunkedArray, words: pa.Array) -> pa.DictionaryArray:
        """One of the words for each row: that of the report which the row names, in each county."""
        found = np.tile(find_rows(reports, self.base.ids), len(self.counties))
        shifts = np.repeat(np.arange(len(self.counties)) * REPORTS_A_COUNTY, len(reports))
        places = pa.array((found + shifts).astype(np.int32), mask=found < 0)
        return pa.DictionaryArray.from_arrays(places, words)


def make_ids(seed: int, count: int) -> list[str]:
    """Ids in rising order all over the range of ids, as a merged segment has them."""
    chance = np.random.default_rng(seed)
    numbers = np.sort(chance.integers(0, 2**63, count, dtype=np.uint64)) * np.uint64(2)
    return [f"{number:0{HEX_DIGITS}x}" for number in numbers.tolist()]


def find_rows(column: pa.ChunkedArray, ids: pa.Array) -> np.ndarray:
    """For each value the number of the report of the base that it names, -1 for none."""
    found: np.ndarray = pc.index_in(column.cast(pa.string()), ids).fill_null(-1).to_numpy()
    return found


def multiply(values: pa.Array, county: int) -> pa.Array:
    return pc.multiply(values, float(1 + county % 9))


def write_nation(address: Path, base: Base, reports: int) -> int:
    """Write the store; how many reports it has, which are whole counties."""
    counties = range(-(-reports // REPORTS_A_COUNTY))
    agency_ids = corpus_ids(agency.name for county in counties for agency in agencies_of(county))
    parts = [counties[at : at + COUNTIES_A_SEGMENT] for at in range(0, len(counties), COUNTIES_A_SEGMENT)]
    joined = len(parts) + 1
    with Store.writing(address) as store, ExitStack() as stack:
        across = {name: stack.enter_context(writer(store, joined_file(joined, name), JOINED[name])) for name in JOINED}
        segments = []
        for number, part_counties in enumerate(parts, 1):
            part = Part.of(base, part_counties, agency_ids)
            segments.append(write_segment(store, number, part))
            for name, table in base.joined.items():
                write(across[name], part.rows(name, table))
        stack.close()
        manifest = replace(
            store.manifest, segments=tuple(segments), run=1, next_number=joined + 1, joined=joined, joined_of=len(parts)
        )
        store.keep(manifest)
        sum_up(store)
    return len(counties) * REPORTS_A_COUNTY


def sum_up(store: Store) -> None:
    """Lay out the summaries, also those of a store that an older version of them wrote."""
    store.keep(replace(store.manifest, summarised=""))
    for name, rows in summarise(store):
        store.place.write_table(joined_file(store.manifest.joined, name), rows)
    store.keep(replace(store.manifest, summarised=MARK))


def write_segment(store: Store, number: int, part: Part) -> Segment:
    """The tables of some counties."""
    reports = len(part.counties) * REPORTS_A_COUNTY
    tables = {name: table for name, table in part.base.tables.items() if len(table)}
    for name, table in tables.items():
        with writer(store, Segment(number, reports, ()).file(name), TABLES[name]) as target:
            write(target, part.rows(name, table))
    return Segment(number, reports, tuple(tables))


def writer(store: Store, name: str, schema: pa.Schema) -> pq.ParquetWriter:
    """A file of the store; its texts come as dictionaries and are written as texts."""
    path = Path(store.place.locate(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    texts = pa.dictionary(pa.int32(), pa.string())
    fields = [field.with_type(texts) if field.type == pa.string() else field for field in schema]
    return pq.ParquetWriter(path, pa.schema(fields), compression="zstd", store_schema=False)


def write(target: pq.ParquetWriter, rows: pa.Table) -> None:
    target.write_table(rows, row_group_size=ROWS_A_GROUP)


def read_county(folder: Path) -> Base:
    """The base, of the files of one county that are written into the folder and ingested there."""
    files = folder / "files"
    files.mkdir(parents=True)
    for agency in agencies_of(0):
        for facts in history_of(agency):
            report = build_report(facts)
            (files / f"{agency.name}_{facts.year}.html").write_bytes(write_clean(report, Random(agency.name)))
    ingest([files], folder / "store")
    return Base.read(Store.open(folder / "store"))
