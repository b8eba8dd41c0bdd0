"""The commands of the command line that work on a store: `ingest`, `query` and `export`.

In: parsed arguments.  Out: the exit status; results on standard output, progress and warnings on standard error.
Refused: what a person has to mend is said in one sentence, with exit status 2.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from parsing.corpus.errors import StoreError

if TYPE_CHECKING:
    from parsing.corpus.reading import Reader

# A progress line is drawn anew at most so often, in seconds.
REDRAW = 0.2
UNREAD_LISTED = 20
# The exit status of a program that a person ended, as shells have it.
INTERRUPTED = 130


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The arguments of the three commands."""
    ingest = commands.add_parser("ingest", help="读取文件夹、压缩包和文件，存入数据目录；再次运行只读新的和改过的")
    ingest.add_argument("sources", nargs="*", type=Path, metavar="SRC", help="报告文件、压缩包或文件夹")
    ingest.add_argument("--list", type=Path, metavar="FILE", help="清单文件：每行一个文件或文件夹的路径")
    ingest.add_argument("--mirror", action="store_true", help="已从这些文件夹里删去的文件，其报告不再计入")
    ingest.add_argument("--wait", type=float, default=0, metavar="SECONDS", help="另一个程序正在写入时最多等多少秒")
    ingest.add_argument("--workers", type=int, metavar="N", help="同时读取的进程数，默认等于处理器数")
    ingest.add_argument("--cluster", metavar="ADDRESS", help="由 Dask 集群读取：调度程序的地址，如 tcp://主机:8786")
    ingest.add_argument("--send", action="store_true", help="把文件内容发给集群；默认由各机从共享目录读取")
    query = commands.add_parser("query", help="用 SQL 查询数据目录；视图名与各数据表相同")
    query.add_argument("sql", metavar="SQL")
    query.add_argument("--csv", action="store_true", help="输出 CSV，而不是对齐的表格")
    export = commands.add_parser("export", help="把数据目录的各表写成文件")
    form = export.add_mutually_exclusive_group(required=True)
    form.add_argument("--csv", type=Path, metavar="DIR", help="每表一个 CSV，存入文件夹 DIR")
    form.add_argument("--xlsx", type=Path, metavar="FILE", help="一个 Excel 工作簿")
    form.add_argument("--parquet", type=Path, metavar="DIR", help="每表一个 Parquet，存入文件夹 DIR")
    for command, run in ((ingest, run_ingest), (query, run_query), (export, run_export)):
        command.add_argument("--store", required=True, metavar="STORE", help="数据目录：文件夹，或 s3://桶/路径")
        command.set_defaults(run=run)


class Meter:
    """A progress line: how much is done, how fast, how long it will take."""

    def __init__(self) -> None:
        self.began = self.drawn = time.monotonic()
        self.is_shown = sys.stderr.isatty()

    def show(self, done: int, total: int, doing: str) -> None:
        now = time.monotonic()
        if not self.is_shown or (done < total and now - self.drawn < REDRAW):
            return
        self.drawn = now
        rate = done / max(now - self.began, 1e-9)
        bar = "█" * round(20 * done / max(total, 1))
        left = f"还需 {write_seconds((total - done) / rate)}" if done else ""
        line = f"{bar:░<20} {done:,}/{total:,} {rate:,.0f} 个/秒 {left} {doing}"
        print(f"\r\033[K{line}", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        if self.is_shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def write_seconds(seconds: float) -> str:
    """A time for people.

    >>> write_seconds(42.4), write_seconds(4000)
    ('42 秒', '1 小时 6 分')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} 小时 {minutes} 分"
    return f"{minutes} 分 {rest} 秒" if minutes else f"{rest} 秒"


def run_ingest(options: argparse.Namespace) -> int:
    """Read into a store; 1 when a file could not be read."""
    from parsing.corpus.ingest import ingest
    from parsing.workers import WORKERS

    sources = [*options.sources, *(read_list(options.list) if options.list else ())]
    if not sources:
        raise StoreError("没有指定要读取的文件。请给出文件或文件夹，或用 --list 给出清单。")
    if options.workers:
        WORKERS.resize(options.workers)
    meter = Meter()
    try:
        done = ingest(
            sources, options.store, reader=choose_reader(options), progress=meter.show, wait_seconds=options.wait,
            is_mirror=options.mirror,
        )  # fmt: skip
    except KeyboardInterrupt:
        print("已中断。存入的报告都在，再次运行即可继续。", file=sys.stderr)
        return INTERRUPTED
    finally:
        meter.end()
    gone = f"，移出 {done.gone:,} 个" if done.gone else ""
    print(
        f"读取 {done.read:,} 个文件，新增报告 {done.reports:,} 份；没有变化 {done.unchanged:,} 个，"
        f"内容已有 {done.known:,} 个{gone}；用时 {write_seconds(done.seconds)}。",
        file=sys.stderr,
    )
    if done.unread:
        print(f"没有读出的 {len(done.unread):,} 个：", file=sys.stderr)
        for file, message in done.unread[:UNREAD_LISTED]:
            print(on_one_line(f"  {file}: {message}"), file=sys.stderr)
        if len(done.unread) > UNREAD_LISTED:
            rest = len(done.unread) - UNREAD_LISTED
            print(f"  另有 {rest:,} 个，见数据目录的 problems 表。", file=sys.stderr)
    return 1 if done.unread else 0


def choose_reader(options: argparse.Namespace) -> Reader:
    """What reads: this machine, or a cluster."""
    from importlib.util import find_spec

    from parsing.corpus.reading import read_locally

    if not options.cluster:
        return read_locally
    if find_spec("distributed") is None:
        raise StoreError("要由集群读取，请先安装集群组件：pip install -r requirements-cluster.txt（各机都要）。")
    from parsing.corpus.cluster import read_on

    return read_on(options.cluster, options.send)


def read_list(path: Path) -> list[Path]:
    """The paths of a list, one a line."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"清单 {path} 读不出来：须是 UTF-8 文本，每行一个路径。") from error
    return [Path(line.strip()) for line in lines if line.strip()]


def on_one_line(name: str) -> str:
    """A file's name without what would begin a line, change colours or turn the direction of writing."""
    return "".join(char if char.isprintable() else "\ufffd" for char in name)


def run_query(options: argparse.Namespace) -> int:
    """Print the answer to a query."""
    from parsing.corpus.query import answer, write_csv, write_text

    with answer(options.store, options.sql) as result:
        try:
            (write_csv if options.csv else write_text)(result, sys.stdout)
            sys.stdout.flush()
        except BrokenPipeError:
            # Whoever reads has seen enough; what is still to be written at the end goes nowhere.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def run_export(options: argparse.Namespace) -> int:
    """Write all frames to files."""
    from parsing.corpus.query import export_csv, export_parquet, export_xlsx

    try:
        if options.csv:
            export_csv(options.store, options.csv)
        elif options.parquet:
            export_parquet(options.store, options.parquet)
        else:
            export_xlsx(options.store, options.xlsx)
    except OSError as error:
        target = options.csv or options.parquet or options.xlsx
        raise StoreError(f"{target} 写不进去（{error.strerror}）。请检查路径、权限和磁盘空间。") from error
    return 0
