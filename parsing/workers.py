"""Many files read in processes of their own, within limits of size, time and memory.

In: files on disk, folders, or bytes with names.  Out: the reports of each, in order.  A file that takes too long,
takes too much memory or kills its reader gives a report with the problem that says so, and costs no other file
anything.  A worker is a plain child process that answers over its pipes: the standard pools either cannot kill a single
task or start the caller's own main module again, which would be the app's.
"""

from __future__ import annotations

import atexit
import gc
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, LifoQueue
from threading import BoundedSemaphore, Event, Timer
from typing import Any

from parsing.lifeline import hang_on, hold
from parsing.readers import list_files
from parsing.readers.refusals import LARGEST_FILE, refuse, refused, too_large
from parsing.requests import FileInput, PageRequest, Picture, ReadRequest, Reports

# Called after each file: how many are done, how many there are, the name of this one.
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost: seconds of time, bytes of memory of the process that reads it."""

    seconds: float = 60
    memory: int = 2_000_000_000


LIMITS = Limits()
# A worker is replaced after so many files, so that nothing that a library forgets to free adds up.  Starting one costs
# as much as some fifty reports; over 2,000 of the mixed files of `make bench-ingest` one grows by 60 MB.
FILES_A_WORKER = 2_000
# Reports hold hardly any cycles, and forms and wordings stay: looking for rubbish as often as Python does took a fifth
# of the time of reading.
COLLECT_AFTER = (50_000, 20, 100)
# An archive is given up after so many members that a reader was killed over: each may have cost a minute.
MOST_LOST = 20
GIVEN_UP = "压缩包里已有 {} 个文件无法读取，其余的没有再读。请解压后去掉这些文件，再重新提交。"
# glibc keeps a pool of 64 MB of addresses for each thread; recognition has many threads, and the limit counts them.
ONE_POOL = {"MALLOC_ARENA_MAX": "1"}
START = "from parsing.workers import serve; serve({})"


def set_memory_limit(limit: int) -> None:
    """Where the system can do it (not on Windows): ask for more, and Python raises MemoryError."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def serve(lifeline: int | None) -> None:
    """The life of a worker: requests on standard input, an answer for each member of each file on standard output."""
    if lifeline is not None:
        hang_on(lifeline)
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # Whatever a library prints must not stand among the answers.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    set_memory_limit(pickle.load(requests))
    gc.set_threshold(*COLLECT_AFTER)
    is_first = True
    while True:
        try:
            request = pickle.load(requests)
        except EOFError:
            return
        for answer in request.answer():
            pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()
        if is_first:
            # What the first request loaded stays for good.
            gc.collect()
            gc.freeze()
        is_first = False


class Worker:
    """A child process that reads one file at a time and can be killed while it does."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self.limits = limits
        self.files_left = FILES_A_WORKER
        here = str(Path(__file__).resolve().parents[1])
        paths = os.pathsep.join(filter(None, (here, os.environ.get("PYTHONPATH"))))
        end, self.lifeline = hold()
        self.process = subprocess.Popen(
            # -P: nothing is imported from the folder of the caller, which may be one of reports.
            [sys.executable, "-P", "-c", START.format(end)],
            pass_fds=() if end is None else (end,),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **ONE_POOL, "PYTHONPATH": paths},
        )
        if end is not None:
            os.close(end)
        self.send(limits.memory)

    def send(self, request: object) -> None:
        assert self.process.stdin
        pickle.dump(request, self.process.stdin, pickle.HIGHEST_PROTOCOL)
        self.process.stdin.flush()

    def receive(self) -> Any:
        """The next answer; EOFError when the worker died, TimeoutError when its time was up and it was killed."""
        assert self.process.stdout
        is_late = Event()

        def kill() -> None:
            is_late.set()
            self.process.kill()

        timer = Timer(self.limits.seconds, kill)
        timer.start()
        try:
            return pickle.load(self.process.stdout)
        except (EOFError, pickle.UnpicklingError) as error:
            raise (TimeoutError() if is_late.is_set() else EOFError()) from error
        finally:
            timer.cancel()

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            # What was not sent yet to a process that is dead stays unsent.
            with suppress(OSError):
                if pipe:
                    pipe.close()
        if self.lifeline is not None:
            os.close(self.lifeline)
            self.lifeline = None


class Workers:
    """As many workers as there are processors, for all who ask; those that wait are kept for the next."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self.limits = limits
        self.count = os.cpu_count() or 1
        self.free = BoundedSemaphore(self.count)
        self.idle: LifoQueue[Worker] = LifoQueue()
        atexit.register(self.end)

    def resize(self, count: int) -> None:
        """Another number of workers; called before anything is read."""
        self.count = max(count, 1)
        self.free = BoundedSemaphore(self.count)

    def warm(self) -> None:
        """Start a worker already while the caller is still busy."""
        self.idle.put(Worker(self.limits))

    def take(self) -> Worker:
        try:
            return self.idle.get_nowait()
        except Empty:
            return Worker(self.limits)

    def end(self) -> None:
        while not self.idle.empty():
            self.idle.get_nowait().end()

    def read(self, file: FileInput) -> list[Reports]:
        """The reports of every member of a file; one entry for a file that is no archive."""
        try:
            size = file.size()
        except OSError as error:
            reason = "没有这个文件" if isinstance(error, FileNotFoundError) else f"打不开（{error.strerror}）"
            message = f"{file.shown}：{reason}。请检查路径和读取权限。"
            return [refused(refuse("unknown", "file_unavailable", message), file.shown)]
        if size > LARGEST_FILE:
            return [refused(too_large(size), file.shown)]
        with self.free:
            done: list[Reports] = []
            for _ in range(MOST_LOST):
                # Where the worker died over one member, a new one goes on behind it.
                if self.read_members(file, done):
                    return done
            given_up = refuse("zip", "took_too_long", GIVEN_UP.format(MOST_LOST))
            return [*done, refused(given_up, file.shown)]

    def read_members(self, file: FileInput, done: list[Reports]) -> bool:
        """Read the members that are not done yet; False if the worker died over one of them."""
        worker, name, is_begun = self.take(), file.shown, False
        try:
            worker.send(ReadRequest(file, len(done)))
            while answer := worker.receive():
                name, is_begun = answer[0], answer[1] is None
                if answer[1] is not None:
                    done.append(answer[1])
        except (EOFError, TimeoutError, OSError) as error:
            worker.end()
            culprit = name if is_begun else file.shown
            done.append(refused(refuse("unknown", *self.explain(error)), culprit))
            # Nothing follows a file that is no archive, nor a member that could not even be opened.
            return name == file.shown or not is_begun
        self.give_back(worker, 1)
        return True

    def give_back(self, worker: Worker, files: int) -> None:
        """Keep a worker for the next who asks, unless it has read its share of files."""
        worker.files_left -= files
        if worker.files_left > 0:
            self.idle.put(worker)
        else:
            worker.end()

    def draw_page(self, request: PageRequest) -> Picture | None:
        """The picture of a page of a file; None where it cannot be drawn within the limits."""
        with self.free:
            worker = self.take()
            try:
                worker.send(request)
                picture: Picture | None = worker.receive()
            except (EOFError, TimeoutError, OSError):
                worker.end()
                return None
            self.idle.put(worker)
            return picture

    def explain(self, error: Exception) -> tuple[str, str]:
        advice = "文件可能已损坏或被做过手脚，请从来源重新获取，或另存为其他格式再试。"
        if isinstance(error, TimeoutError):
            return "took_too_long", f"读了 {self.limits.seconds:g} 秒还没有读完，已停止。{advice}"
        return "reader_failed", f"读取程序在这个文件上异常退出，没有读取。{advice}"


WORKERS = Workers()


def read_files(
    files: Sequence[FileInput], progress: Progress | None = None, workers: Workers = WORKERS
) -> tuple[Reports, ...]:
    """The reports of each file, those of an archive member by member; `progress` is called in this thread."""
    if not files:
        return ()
    with ThreadPoolExecutor(min(workers.count, len(files))) as threads:
        waiting: dict[Future[list[Reports]], int] = {
            threads.submit(workers.read, file): index for index, file in enumerate(files)
        }
        for done, future in enumerate(as_completed(waiting), 1):
            if progress:
                progress(done, len(files), Path(files[waiting[future]].name).name)
    return tuple(reports for future in waiting for reports in future.result())


def parse_paths(paths: Iterable[Path], progress: Progress | None = None) -> tuple[Reports, ...]:
    """The reports of each file; a folder stands for all files in it."""
    files = [file for path in paths for file in (list_files(path) if path.is_dir() else [path])]
    return read_files([FileInput(str(file)) for file in files], progress)
