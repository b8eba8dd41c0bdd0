"""A query reads the store and nothing else; what it prints is safe to open."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from parsing.__main__ import run
from parsing.corpus import query as querying
from parsing.corpus.errors import StoreError
from parsing.corpus.query import answer, write_csv, write_text
from tests.conftest import CHECKOUT
from tests.corpus_store.material import take_in, town_reports, write_files


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """In a folder with a name that patterns and quotations could be made of."""
    place = tmp_path_factory.mktemp("q") / "年报 [2023]'*"
    take_in(place / "store", write_files(place / "reports", town_reports(3)))
    return place / "store"


def ask(store: Path, sql: str) -> list[list[str]]:
    """The answer as CSV, parsed."""
    target = io.StringIO()
    with answer(store, sql) as rows:
        write_csv(rows, target)
    return list(csv.reader(io.StringIO(target.getvalue(), newline="")))


def everything_below(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_answer(store: Path) -> None:
    assert ask(store, "SELECT count(*) AS n, sum(year) AS years, NULL AS nothing FROM reports") == [
        ["n", "years", "nothing"], ["3", str(3 * 2019), ""],
    ]  # fmt: skip
    assert ask(store, "FROM reports SELECT agency WHERE year = 1900") == [["agency"]]
    assert ask(store, "WITH a AS (SELECT 1 AS x) SELECT x FROM a") == [["x"], ["1"]]
    assert ask(store, "DESCRIBE flags")[0][0] == "column_name"


WRITES = (
    "COPY reports TO '{store}/x.csv'", "COPY reports TO '{outside}/x.csv'", "SELECT 1; COPY reports TO '{store}/x.csv'",
    "EXPLAIN ANALYZE COPY reports TO '{store}/x.csv'", "ATTACH '{store}/x.db'", "ATTACH '{outside}/x.db'",
    "EXPORT DATABASE '{store}/x'", "CREATE TABLE x AS SELECT 1", "DROP VIEW reports", "DELETE FROM reports",
    "INSERT INTO reports SELECT * FROM reports", "SET memory_limit = '9GB'", "RESET memory_limit", "PRAGMA version",
    "INSTALL httpfs", "LOAD httpfs", "CALL pragma_version()", "CHECKPOINT", "BEGIN", "VACUUM", "SELECT 1; SELECT 2", "",
    "CREATE SECRET x (TYPE s3)", "IMPORT DATABASE '{outside}'",
)  # fmt: skip
REACHES_OUT = (
    "SELECT * FROM read_csv('{outside}/secret.csv')", "SELECT * FROM '{outside}/secret.csv'",
    "SELECT * FROM read_text('{outside}/secret.csv')", "SELECT * FROM read_blob('{store}/../../secret.csv')",
    "SELECT * FROM glob('{outside}/*')", "SELECT * FROM sniff_csv('{outside}/secret.csv')",
    "SELECT * FROM read_parquet('https://example.org/x.parquet')", "SELECT * FROM 's3://bucket/x.parquet'",
    "SELECT * FROM which_secret('s3://bucket', 's3')", "SELECT * FROM read_duckdb('{outside}/x.db')",
    "SELECT * FROM enable_logging(storage = 'file', storage_path = '{outside}')", "SELECT st_point(1, 2)",
    "SELECT * FROM secret_of_this_program", "SELECT getenv('HOME')",
    "SELECT * FROM query('COPY reports TO ''{store}/x.csv''')",
)  # fmt: skip


@pytest.mark.parametrize("sql", [*WRITES, *REACHES_OUT])
def test_what_is_no_reading_of_the_store_is_refused(store: Path, tmp_path: Path, sql: str) -> None:
    secret_of_this_program = [1]
    (tmp_path / "secret.csv").write_text("a\n1\n", "utf-8")
    before = everything_below(store) | everything_below(tmp_path)
    place = str(store).replace("'", "''")
    with pytest.raises(StoreError, match="查询") as refused:
        ask(store, sql.format(store=place, outside=tmp_path))
    assert "\n" not in str(refused.value)
    assert everything_below(store) | everything_below(tmp_path) == before
    assert secret_of_this_program == [1]


def test_an_error_is_one_sentence_with_its_place(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for sql, word in (
        ("SELEC 1", "SELEC"),
        ("SELECT agenzy FROM reports", "agenzy"),
        ("SELECT CAST(agency AS INT) FROM reports", "云溪市"),
        ("SELECT error('made up') FROM cells", "made up"),
    ):
        for form in ([], ["--csv"]):
            assert run(["query", sql, "--store", str(store), *form]) == 2
            said = capsys.readouterr().err
            assert said.startswith("查询有误：") and word in said and said.count("\n") == 1


def test_headings_that_come_again_are_kept(store: Path) -> None:
    assert ask(store, "SELECT 1 AS a, 2 AS a, 3 AS b") == [["a", "a_2", "b"], ["1", "2", "3"]]


def test_chunks_have_one_heading(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also one with a line break in it."""
    monkeypatch.setattr(querying, "ROWS_AT_A_TIME", 2000)
    rows = ask(store, "SELECT range AS \"a\r\nb\", 'x' || range AS c FROM range(5000)")
    assert rows == [["a\r\nb", "c"], *([str(number), f"x{number}"] for number in range(5000))]


def test_nothing_runs_as_a_formula(store: Path) -> None:
    dangerous = ["=1+1", "+1", "-1", "@x", "\t=1", "＝1"]
    values = ", ".join(f"('{value}')" for value in dangerous)
    assert ask(store, f'SELECT x AS "=y" FROM (VALUES {values}) v(x)') == [["'=y"], *([f"'{one}"] for one in dangerous)]
    nested = "['=1'] AS l, {'k': '=1'} AS s, MAP {'=k': 1} AS m"
    (_, row) = ask(store, f"SELECT CAST('=1' AS ENUM('=1')) AS e, {nested}, -1 AS n, CAST('=1' AS BLOB) AS b")
    assert row[4] == "-1"
    assert [cell for at, cell in enumerate(row) if cell[:1] in "=+@" or (cell[:1] == "-" and at != 4)] == []


def test_what_is_printed_turns_no_terminal(store: Path) -> None:
    target = io.StringIO()
    with answer(store, "SELECT 'a' || chr(27) || '[2J' || chr(8238) || chr(10) || 'b' AS \"x\x1b\"") as rows:
        write_text(rows, target)
    assert not set("\x1b\u202e") & set(target.getvalue())
    assert target.getvalue().count("\n") == 2


def test_many_rows_are_counted(store: Path) -> None:
    target = io.StringIO()
    with answer(store, "SELECT * FROM range(1000)") as rows:
        write_text(rows, target)
    assert target.getvalue().count("\n") == 1 + querying.ROWS_PRINTED + 1
    assert f"只列出前 {querying.ROWS_PRINTED} 行" in target.getvalue()


@pytest.mark.skipif(os.name == "nt", reason="no such pipes there")
def test_who_has_seen_enough(store: Path) -> None:
    command = [sys.executable, "-m", "parsing", "query", "SELECT * FROM range(3000000)", "--csv", "--store", str(store)]
    process = subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout and process.stderr
    assert process.stdout.readline() == b"range\r\n"
    process.stdout.close()
    assert (process.stderr.read(), process.wait(60)) == (b"", 0)
    process.stderr.close()


def test_nothing_is_written_where_it_is_asked_from(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even by what needs more memory than it may take."""
    monkeypatch.chdir(tmp_path)
    rows = ask(store, "SELECT count(*) AS n FROM (SELECT DISTINCT md5(CAST(range AS VARCHAR)) FROM range(200000))")
    assert rows == [["n"], ["200000"]]
    assert list(tmp_path.iterdir()) == []
