"""What the command line promises to other programs: keys, exit status, clean output, the same bytes each time.

The samples are read as they are; what no sample can be (empty, rubbish, about something else) is made here.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest

from parsing.columns import FRAMES, names
from parsing.readers import list_files
from tests.conftest import CHECKOUT, CommandLine, read_json_lines
from tests.synthesis.writers import unpack

SCHEMA = json.loads((CHECKOUT / "tests" / "contract.schema.json").read_text("utf-8"))
NOTHING_READ = {
    "empty": b"",
    "blank": "\n  \r\n\u3000".encode(),
    "rubbish": bytes((index * 89 + index // 7) % 256 for index in range(4096)),
    "zeros": bytes(512),
    "recipe": "红烧肉的做法\n五花肉500克，冰糖30克，料酒2勺。\n小火炖60分钟，收汁即可。\n".encode(),
}


@pytest.fixture(scope="session")
def sample_files(samples: Path) -> list[Path]:
    """The sample reports, named as a user at the top of the checkout would name them."""
    return [path.relative_to(CHECKOUT) for path in list_files(samples)]


@pytest.fixture(scope="session")
def single_files(sample_files: list[Path]) -> list[Path]:
    """Those that hold one report: an archive counts as a folder and answers with a line for each member."""
    return [path for path in sample_files if path.suffix != ".zip"]


@pytest.fixture(scope="session")
def printed(sample_files: list[Path], command_line: CommandLine) -> bytes:
    """What the command prints for all samples in one call."""
    return command_line(["parse", *sample_files, "--json"]).stdout


@pytest.fixture(scope="session")
def lines(printed: bytes) -> list[dict[str, Any]]:
    return read_json_lines(printed)


def read_source(name: str) -> bytes:
    """The bytes of the file, or of the member of an archive, that a source names."""
    path = CHECKOUT / name
    if path.is_file():
        return path.read_bytes()
    archive = next(parent for parent in path.parents if parent.is_file())
    return unpack(archive.read_bytes())[path.relative_to(archive).as_posix()]


def path_below(folder: Path, name: str) -> str:
    return (CHECKOUT / name).relative_to(folder).as_posix()


def test_the_schema_is_itself_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_every_line_keeps_the_contract(lines: list[dict[str, Any]]) -> None:
    validator = jsonschema.Draft202012Validator(SCHEMA)
    broken = [
        f"{line['source']['file']}: {error.json_path}: {error.message[:200]}"
        for line in lines
        for error in validator.iter_errors(line)
    ]
    assert broken == []


def test_files_answer_in_their_order_one_line_each(single_files: list[Path], command_line: CommandLine) -> None:
    some = [*reversed(single_files[:3]), single_files[0]]
    done = command_line(["parse", *some, "--json"])
    assert [line["source"]["file"] for line in read_json_lines(done.stdout)] == [str(path) for path in some]
    assert done.stdout.count(b"\n") == len(some) and done.stdout.endswith(b"}\n")


def test_the_source_is_the_file(lines: list[dict[str, Any]]) -> None:
    for line in lines:
        content = read_source(line["source"]["file"])
        assert (line["source"]["sha256"], line["source"]["bytes"]) == (
            hashlib.sha256(content).hexdigest(),
            len(content),
        )


def test_figures_add_up(lines: list[dict[str, Any]]) -> None:
    for line in lines:
        figures = line["figures"]
        assert figures["total"] == figures["claimed"] + figures["ignored"] + figures["unclassified"], line["source"][
            "file"
        ]


def test_failed_checks_are_the_flags_that_show(lines: list[dict[str, Any]]) -> None:
    for line in lines:
        assert len({flag["check"] for flag in line["flags"]}) <= line["checks"]["fail"], line["source"]["file"]


def original_lines(name: str, encoding: str) -> list[str]:
    """The lines of a text file as an editor numbers them."""
    text = read_source(name).decode(encoding, errors="replace").removeprefix("\ufeff")
    return re.split(r"\r\n|\r|\n", text)


def places(line: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Every quoted text of a line of output with its place: cells with something in them, claims, repairs."""
    cells = [(cell["raw"].strip(), cell["where"]) for cell in line["cells"] if cell["where"]]
    claims = [(claim["quote"], claim["where"]) for claim in line["claims"]]
    repairs = [(repair["before"], repair["where"]) for repair in line["repairs"]]
    return [(quoted, where) for quoted, where in [*cells, *claims, *repairs] if quoted]


def test_what_is_quoted_stands_at_its_place(lines: list[dict[str, Any]]) -> None:
    """In a plain text, whose lines are those of the file; of other formats see the tests of reading."""
    checked = 0
    for line in lines:
        if line["source"]["format"] != "txt" or not line["source"]["encoding"]:
            continue
        original = original_lines(line["source"]["file"], line["source"]["encoding"])
        for quoted, where in places(line):
            found = original[where["line"] - 1][where["column"] - 1 :]
            assert found.lstrip().startswith(quoted), (line["source"]["file"], where)
            checked += 1
    assert checked > 2000


def test_the_same_bytes_give_the_same_output(
    sample_files: list[Path], printed: bytes, command_line: CommandLine
) -> None:
    for seed in ("0", "1", "4242"):
        assert (
            command_line(["parse", *sample_files, "--json"], PYTHONHASHSEED=seed, LC_ALL="C", TZ="Asia/Shanghai").stdout
            == printed
        )


def test_the_samples_that_can_be_read_are_read(
    lines: list[dict[str, Any]], samples: Path, manifest: dict[str, Any]
) -> None:
    unread = [path_below(samples, one["source"]["file"]) for one in lines if one["report"]["year"] is None]
    assert unread == manifest["unreadable"]


def test_the_exit_status_and_standard_error_tell_of_what_was_not_read(
    samples: Path, manifest: dict[str, Any], command_line: CommandLine
) -> None:
    good = samples / manifest["samples"][0]["file"]
    bad = samples / manifest["unreadable"][0]
    done = command_line(["parse", good, "--json"])
    assert (done.returncode, done.stderr) == (0, b"")
    done = command_line(["parse", good, bad, "--json"])
    assert done.returncode == 1
    assert [bad.name in line for line in done.stderr.decode("utf-8").splitlines()] == [True]


def test_the_particulars_are_those_that_were_planted(
    lines: list[dict[str, Any]], samples: Path, manifest: dict[str, Any]
) -> None:
    """The agency is called as the report calls it, which may be shorter than its full name."""
    facts = {path_below(samples, one["source"]["file"]): one["report"] for one in lines}
    short = {agency["name"]: agency["short"] for agency in manifest["agencies"]}
    for one in manifest["samples"]:
        read = facts[one["file"]]
        assert (read["level"], read["year"]) == (one["level"], one["year"]), one["file"]
        assert short[one["agency"]] in read["agency"], one["file"]


@pytest.mark.parametrize("name", NOTHING_READ)
def test_a_file_with_nothing_to_read_says_why(name: str, tmp_path: Path, command_line: CommandLine) -> None:
    path = tmp_path / f"{name}.txt"
    path.write_bytes(NOTHING_READ[name])
    done = command_line(["parse", path, "--json"])
    [line] = read_json_lines(done.stdout)
    jsonschema.validate(line, SCHEMA)
    assert done.returncode == 1
    assert line["problems"]
    assert (line["cells"], line["claims"], line["flags"], line["report"]["year"]) == ([], [], [], None)
    assert line["problems"][0]["message"] in done.stderr.decode("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
@pytest.mark.parametrize("name", ["换\n行.txt", "\x1b[31m红\r.txt", "\u202e反.txt", "年报\udcff\udcfe.txt"])
def test_a_strange_name_takes_one_line_and_steers_no_terminal(
    name: str, tmp_path: Path, command_line: CommandLine
) -> None:
    path = tmp_path / name
    path.write_bytes(b"")
    done = command_line(["parse", tmp_path, "--json"])
    (line,) = read_json_lines(done.stdout)
    assert (done.returncode, line["problems"][0]["kind"]) == (1, "empty_file")
    (said,) = done.stderr.decode("utf-8").removesuffix("\n").split("\n")
    assert said.endswith(line["problems"][0]["message"])
    assert said.isprintable()


def test_one_bad_file_does_not_hide_the_others(
    single_files: list[Path], tmp_path: Path, command_line: CommandLine
) -> None:
    missing = tmp_path / "nowhere.txt"
    done = command_line(["parse", single_files[0], missing, single_files[1], "--json"])
    first, bad, last = read_json_lines(done.stdout)
    assert done.returncode == 1
    assert first["cells"] and last["cells"] and bad["problems"] and bad["source"]["bytes"] == 0


def test_a_wrong_call_prints_no_result(command_line: CommandLine) -> None:
    done = command_line(["parse", "--json"])
    assert (done.returncode, done.stdout) == (2, b"")


def test_csv_gives_every_frame_with_its_columns(
    sample_files: list[Path], tmp_path: Path, command_line: CommandLine, lines: list[dict[str, Any]]
) -> None:
    assert command_line(["parse", *sample_files, "--csv", tmp_path / "out"]).stdout == b""
    assert {path.name for path in (tmp_path / "out").iterdir()} == {f"{frame}.csv" for frame in FRAMES}
    tables = {}
    for frame in FRAMES:
        content = (tmp_path / "out" / f"{frame}.csv").read_bytes()
        assert content.startswith(b"\xef\xbb\xbf"), "without the mark Excel garbles Chinese"
        tables[frame] = list(csv.reader(content.decode("utf-8-sig").splitlines(keepends=True)))
        assert tuple(tables[frame][0]) == names(frame)
    for frame in ("cells", "claims", "flags", "problems", "repairs"):
        assert len(tables[frame]) - 1 == sum(len(report[frame]) for report in lines), frame


def test_xlsx_holds_the_same_cells(single_files: list[Path], tmp_path: Path, command_line: CommandLine) -> None:
    target = tmp_path / "reports.xlsx"
    done = command_line(["parse", single_files[0], "--xlsx", target])
    assert (done.returncode, done.stdout) == (0, b"")
    book = openpyxl.load_workbook(BytesIO(target.read_bytes()))
    assert book.sheetnames == list(FRAMES)
    heading, *rows = book["cells"].iter_rows(values_only=True)
    assert list(heading) == [column.label for column in FRAMES["cells"]]
    address, value = names("cells").index("address"), names("cells").index("value")
    [line] = read_json_lines(command_line(["parse", single_files[0], "--json"]).stdout)
    assert [(row[address], row[value]) for row in rows] == [(cell["address"], cell["value"]) for cell in line["cells"]]
