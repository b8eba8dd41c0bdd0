"""Pieces of files → payloads of rows, on the machines of a Dask cluster; by the extra `cluster`.

In: the address of a scheduler, and batches of pieces.  Out: their payloads, as they come, each once.  Refused
(`StoreError`): a cluster that cannot be reached or has no workers left, workers that do not see the files or run
another version of this program.

A batch is a task.  Only so many are handed out as keep the workers busy, so that neither the scheduler nor the results
grow with the corpus.  When a worker dies its tasks go to others; what none of several could finish is read here, where
the limits hold as well.  Nothing counts before its result has come, so nothing is lost or counted twice.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import find_spec
from itertools import islice

import dask
from distributed import Client, Future, KilledWorker, wait

from parsing.corpus.batches import Piece
from parsing.corpus.errors import StoreError
from parsing.corpus.reading import Reader, Tables, read_batch
from parsing.corpus.tasks import Unfit, is_seen, read_pieces, share
from parsing.readers.refusals import LARGEST_FILE
from parsing.requests import FileInput

INSTALL = "请在各机安装同一版本的程序，并把它的目录写进调度程序和工作进程的 PYTHONPATH。"
Batch = tuple[Piece, ...]
# So many tasks for each thread of the cluster are on their way.
TASKS_A_THREAD = 2
# Seconds: to reach a scheduler, and without any worker until it is given up.
CONNECTING, WITHOUT_WORKERS = 10, 60
# Files that are sent go in tasks of about so many bytes, larger ones alone.
BYTES_A_TASK = 8 << 20
QUIET = {"distributed.admin.large-graph-warning-threshold": LARGEST_FILE + BYTES_A_TASK}


def read_on(address: str, is_sending: bool = False) -> Reader:
    """What reads on a cluster: files that its workers see or, with `is_sending`, bytes that are sent to them."""

    def read(batches: Iterable[Batch], run: int, parser: str) -> Iterator[tuple[int, list[Tables]]]:
        stream = send(batches) if is_sending else (tuple(map(share, batch)) for batch in batches)
        waiting: dict[Future, Batch] = {}
        with connect(address) as client:
            while True:
                free = TASKS_A_THREAD * count_threads(client, address) - len(waiting)
                for batch in islice(stream, max(free, 0)):
                    waiting[client.submit(read_pieces, batch, run, parser, pure=False)] = batch
                if not waiting:
                    return
                for future in wait_for_some(waiting, client, address):
                    batch = waiting.pop(future)
                    yield len(batch), take(future, batch, run, parser, address)

    return read


@contextmanager
def connect(address: str) -> Iterator[Client]:
    """A connection to the scheduler at an address; without it tasks that still wait are forgotten."""
    with dask.config.set(QUIET):
        try:
            client = Client(address, timeout=CONNECTING, set_as_default=False)
        except (OSError, ValueError) as error:
            raise StoreError(f"连不上集群 {address}。请检查地址，以及调度程序（dask scheduler）是否在运行。") from error
        # What it says of a lost connection fills pages; ours is a line.
        logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
        with client:
            check(client, address)
            yield client


def check(client: Client, address: str) -> None:
    """That there are workers, and that they have the program: one without it would not answer but end."""
    count_threads(client, address)
    programs: dict[str, object] = client.run(find_spec, "parsing")
    if without := sorted(worker for worker, program in programs.items() if program is None):
        raise StoreError(f"集群的 {without[0]} 上没有本程序。{INSTALL}")


def count_threads(client: Client, address: str) -> int:
    """How many tasks the cluster does at once, at least 1; where it has no workers they are waited for."""
    try:
        client.wait_for_workers(1, timeout=WITHOUT_WORKERS)
        threads: dict[str, int] = client.nthreads()
        return max(sum(threads.values()), 1)
    except TimeoutError as error:
        advice = "请启动 dask worker 后重新运行，已经存入的报告不用再读。"
        raise StoreError(f"集群 {address} 里没有工作进程。{advice}") from error
    except OSError as error:
        raise StoreError(explain_loss(address)) from error


def wait_for_some(waiting: Iterable[Future], client: Client, address: str) -> list[Future]:
    """The tasks that are done, once one is; none after a time in which one may ask whether there are workers left."""
    try:
        with client.as_current():
            return list(wait(list(waiting), timeout=WITHOUT_WORKERS, return_when="FIRST_COMPLETED").done)
    except TimeoutError:
        return []
    except (CancelledError, OSError) as error:
        raise StoreError(explain_loss(address)) from error


def explain_loss(address: str) -> str:
    return f"与集群 {address} 的连接断了。请重新运行，已经存入的报告不用再读。"


def take(future: Future, batch: Batch, run: int, parser: str, address: str) -> list[Tables]:
    """The payloads of a task; read here where workers died over it, or where its files have changed meanwhile."""
    try:
        payloads: list[Tables] = future.result()
        return payloads
    except KilledWorker:
        return read_batch(batch, run, parser)
    except Unfit as error:
        if not error.unseen:
            raise StoreError(f"集群中 {error.host} 上的程序与本机版本不同，读出的结果可能不同。{INSTALL}") from error
        if all(map(is_seen, batch)):
            advice = "请把文件放在各机都能以同一路径访问的共享目录里，或加 --send，由本机发送文件内容。"
            raise StoreError(f"集群中 {error.host} 看不到文件 {error.unseen[0]}。{advice}") from error
        return read_batch(batch, run, parser)
    except (CancelledError, OSError) as error:
        raise StoreError(explain_loss(address)) from error
    except (ImportError, RuntimeError) as error:
        # What a machine cannot even unpack comes as an error with the true one behind it.
        reason = error.__cause__ or error
        if not isinstance(reason, ImportError):
            raise
        raise StoreError(f"集群的机器上程序不完整（{reason}）。{INSTALL}") from error


def send(batches: Iterable[Batch]) -> Iterator[Batch]:
    """Batches of files with their bytes, none much larger than a task may be."""
    for batch in batches:
        task: list[Piece] = []
        size = 0
        for piece in map(load, batch):
            length = len(piece.file.data or b"")
            if task and size + length > BYTES_A_TASK:
                yield tuple(task)
                task, size = [], 0
            task.append(piece)
            size += length
        yield tuple(task)


def load(piece: Piece) -> Piece:
    """A piece with the bytes of its file, or with the reason why they cannot be had."""
    if piece.refusal:
        return piece
    name = piece.file.name
    try:
        return replace(piece, file=FileInput(name, piece.file.load()))
    except OSError as error:
        message = f"{piece.file.shown}：打不开（{error.strerror}）。请检查路径和读取权限。"
        return replace(piece, refusal=("file_unavailable", message, piece.file.shown))
