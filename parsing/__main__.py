"""The command line: `python -m parsing parse FILE… [--json | --csv DIR | --xlsx FILE]`, and the commands of a store.

In: files and folders.  Out: one JSON object a file on standard output, or tables in files; progress and warnings
go to standard error.  Exit status 1 when a file could not be read, 2 for a wrong call, else 0.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from parsing.commands import add_commands, on_one_line
from parsing.corpus.errors import StoreError
from parsing.findings import AuditedReport
from parsing.readers.refusals import FATAL
from parsing.workers import WORKERS, parse_paths


def show_progress(done: int, total: int, name: str) -> None:
    if total > 1 and sys.stderr.isatty():
        end = "" if done < total else "\n"
        print(f"\r{done}/{total} {on_one_line(name)[:40]:<40}", end=end, file=sys.stderr, flush=True)


def make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m parsing", description="读取政府信息公开工作年度报告")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    parse = commands.add_parser("parse", help="读取报告，输出 JSON（默认）、CSV 或 Excel")
    parse.add_argument("files", nargs="+", type=Path, metavar="FILE", help="报告文件或文件夹")
    form = parse.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="每个文件输出一行 JSON（默认）")
    form.add_argument("--csv", type=Path, metavar="DIR", help="写成 CSV 表格，存入文件夹 DIR")
    form.add_argument("--xlsx", type=Path, metavar="FILE", help="写成一个 Excel 工作簿")
    parse.set_defaults(run=run_parse)
    add_commands(commands)
    return parser


def write_tables(audited: Sequence[AuditedReport], csv_folder: Path | None, workbook: Path | None) -> None:
    from parsing.export import to_xlsx_bytes, write_csv_folder
    from parsing.tables import build_corpus

    corpus = build_corpus(audited)
    if csv_folder:
        write_csv_folder(corpus, csv_folder)
    if workbook:
        workbook.parent.mkdir(parents=True, exist_ok=True)
        workbook.write_bytes(to_xlsx_bytes(corpus))


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit status."""
    options = make_parser().parse_args(arguments)
    try:
        status: int = options.run(options)
    except StoreError as error:
        print(on_one_line(str(error)), file=sys.stderr)
        return 2
    return status


def run_parse(options: argparse.Namespace) -> int:
    """Read files and print what they say; 1 when one could not be read."""
    # The worker gets ready while this process loads what it needs itself.
    WORKERS.warm()
    from parsing.audit import audit_reports
    from parsing.contract import file_line

    files = parse_paths(options.files, show_progress)
    audited = audit_reports(tuple(report for reports in files for report in reports))
    if options.csv or options.xlsx:
        write_tables(audited, options.csv, options.xlsx)
    else:
        stream = iter(audited)
        for reports in files:
            print(file_line(list(islice(stream, len(reports)))))
    unread = 0
    for reports in files:
        fatal = [problem for problem in reports[0].problems if problem.kind in FATAL]
        for problem in fatal:
            print(on_one_line(f"{reports[0].source.file}: {problem.message}"), file=sys.stderr)
        unread += bool(fatal)
    return 1 if unread else 0


if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    raise SystemExit(run(sys.argv[1:]))
