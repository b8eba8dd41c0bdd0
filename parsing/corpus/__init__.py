"""Many reports kept on disk: read once, asked often.

In: folders, archives and lists of files of any number.  Out: a store (Parquet files that DuckDB queries) with the
frames of the contract, each report audited, the years of an agency joined.  Refused: a store of another version, two
writers at once.
"""
