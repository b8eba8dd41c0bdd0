"""What a store keeps: the tables, their columns as Arrow types, and the version of this arrangement.

In: the column dictionary.  Out: one Arrow schema a table.  Nothing is refused here.

Every frame of the dictionary is a table of the store, with the number of the row in its report (`seq`) besides.  What
hangs on the other reports of the corpus (which agency a name means, which version counts, what years, peers and copies
say) stands apart in the joined tables, which are written anew after each run.
"""

from __future__ import annotations

import pyarrow as pa

from parsing.columns import FRAMES

# Raised when a program could no longer read what an older one wrote.
STORE_FORMAT = 1

PLACE = pa.struct(
    [
        ("line", pa.int32()),
        ("column", pa.int32()),
        ("text", pa.string()),
        ("table", pa.int32()),
        ("row", pa.int32()),
        ("cell", pa.int32()),
        ("path", pa.string()),
        ("page", pa.int32()),
        ("box", pa.list_(pa.float64())),
    ]
)
TYPES = {"string": pa.string(), "Int64": pa.int64(), "Float64": pa.float64(), "boolean": pa.bool_(), "object": PLACE}
SEQ = pa.field("seq", pa.int32())


def schema_of(frame: str) -> pa.Schema:
    """The columns of a frame as they are stored; evidence is the JSON of the contract."""
    fields = [pa.field(column.name, TYPES[column.dtype]) for column in FRAMES[frame]]
    fields = [pa.field("evidence", pa.string()) if field.name == "evidence" else field for field in fields]
    return pa.schema([*fields, SEQ])


# A file on disk and a report that came out of it in a run, by a version of the program.  The reports of a file that was
# changed stay, as older versions; a row without report says that the file was taken away, and its reports with it.
SOURCES = pa.schema(
    [
        ("path", pa.string()),
        ("size", pa.int64()),
        ("modified_ns", pa.int64()),
        ("file_sha256", pa.string()),
        ("source_file", pa.string()),
        ("report_id", pa.string()),
        ("run", pa.int32()),
        ("parser", pa.string()),
    ]
)
TEXTS = pa.schema([("report_id", pa.string()), ("text", pa.string())])
# The prose as it is compared with that of others.
PRINTS = pa.schema([("report_id", pa.string()), ("print", pa.binary())])
FLAGS = schema_of("flags").append(pa.field("operands", pa.string()))

# Written for each batch of files.
TABLES: dict[str, pa.Schema] = {
    **{name: schema_of(name) for name in FRAMES},
    "flags": FLAGS,
    "sources": SOURCES,
    "texts": TEXTS,
    "prints": PRINTS,
}
# Written after each run, over all reports.
# The file that a report is read from now, and where it comes among all.
STANDING = pa.schema(
    [
        ("report_id", pa.string()),
        ("source_file", pa.string()),
        ("agency_id", pa.string()),
        ("is_latest", pa.bool_()),
        ("position", pa.int64()),
        ("previous_id", pa.string()),
        ("joined_flags", pa.int32()),
    ]
)
JOINED: dict[str, pa.Schema] = {
    "standing": STANDING,
    "flags": FLAGS,
    "checks": schema_of("checks"),
    "bindings": schema_of("bindings"),
    # Files that say the same as another one, with their own place.
    "problems": schema_of("problems").append(pa.field("position", pa.int64())),
}
