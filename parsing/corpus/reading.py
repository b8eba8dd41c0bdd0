"""Pieces of files → payloads of rows, in workers that can be killed.

In: batches of pieces.  Out: their payloads, as they come.  Refused (`StoreError`): a machine on which no worker starts.
A member that takes too long or kills its worker is given up, what the worker had not sent yet is read again, and the
rest goes on in a new one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from itertools import islice

from parsing.corpus.batches import BatchRequest, Begun, Payload, Piece
from parsing.corpus.errors import StoreError
from parsing.workers import GIVEN_UP, MOST_LOST, WORKERS, Worker, Workers

Tables = Mapping[str, bytes]
# What reads batches: this machine's workers, or a cluster.  Batches come in any order.
Reader = Callable[[Iterable[tuple[Piece, ...]], int, str], Iterator[tuple[int, list[Tables]]]]
# So many batches more than there are workers are handed out ahead.
AHEAD = 2
# A worker that dies before it began with anything (the system ran out of memory, somebody ended it) is replaced so
# many times; no file is to blame for it.
MOST_SILENT = 5


@dataclass(slots=True)
class Crew:
    """The workers of one run, and which of them are busy; once it is dismissed nothing is read any more."""

    run: int
    parser: str
    workers: Workers = WORKERS
    busy: set[Worker] = field(default_factory=set)
    is_dismissed: bool = False

    def dismiss(self) -> None:
        """End what is being read; its batches are as if they had never begun."""
        self.is_dismissed = True
        for worker in tuple(self.busy):
            worker.process.kill()

    def read_batch(self, pieces: Sequence[Piece]) -> list[Tables]:
        """The payloads of some pieces, read by one worker after the other until all are done."""
        rest, lost, silent = tuple(pieces), Counter[str](), 0
        payloads: list[Tables] = []
        while rest and not self.is_dismissed:
            attempt = Attempt(rest)
            if attempt.read(self, payloads):
                return payloads
            silent = 0 if attempt.begun or attempt.reached > (0, 0) else silent + 1
            if silent > MOST_SILENT:
                raise StoreError("读取程序启动不了，可能是内存不足。请关闭其他程序，或用 --workers 1 重新运行。")
            if not silent:
                file = rest[attempt.culprit().piece].file.name
                lost[file] += 1
                rest = tuple(attempt.go_on(lost[file]))
        return payloads


def read_batch(pieces: Sequence[Piece], run: int, parser: str) -> list[Tables]:
    """The payloads of some pieces, read by the workers of this machine."""
    return Crew(run, parser).read_batch(pieces)


@dataclass(slots=True)
class Attempt:
    """One worker at some pieces: how far its payloads reach, what it began after them, why it failed."""

    pieces: tuple[Piece, ...]
    reached: tuple[int, int] = (0, 0)
    begun: Begun | None = None
    reason: tuple[str, str] = ("", "")

    def read(self, crew: Crew, payloads: list[Tables]) -> bool:
        """Whether all was read; the payloads are added as they come."""
        try:
            worker = crew.workers.take()
        except OSError:
            return False
        crew.busy.add(worker)
        try:
            if crew.is_dismissed:
                raise EOFError
            worker.send(BatchRequest(self.pieces, crew.run, crew.parser))
            while answer := worker.receive():
                self.begun = answer if isinstance(answer, Begun) else None
                if isinstance(answer, Payload):
                    payloads.append(answer.tables)
                    self.reached = answer.piece, answer.member
        except (EOFError, TimeoutError, OSError) as error:
            worker.end()
            self.reason = crew.workers.explain(error)
            return False
        finally:
            crew.busy.discard(worker)
        crew.workers.give_back(worker, len(self.pieces))
        return True

    def culprit(self) -> Begun:
        """What the worker died over; where it began nothing after a payload, the next file."""
        first, member = self.reached
        # Behind the last piece there is nothing but the end, which the last piece has to answer for.
        first = min(first, len(self.pieces) - 1)
        return self.begun or Begun(first, member, self.pieces[first].file.shown)

    def go_on(self, lost: int) -> Iterator[Piece]:
        """What is still to be read: all that was not sent, without the member that the worker died over.

        `lost` members of its file have been given up so far; after too many the rest of the file is.
        """
        culprit, (first, member) = self.culprit(), self.reached
        for number, piece in enumerate(self.pieces[first:], first):
            skip = member if number == first and member else piece.skip
            if number != culprit.piece:
                yield replace(piece, skip=skip)
                continue
            if culprit.member > skip:
                yield replace(piece, skip=skip, stop=culprit.member)
            is_whole = culprit.name == piece.file.shown
            reason = ("took_too_long", GIVEN_UP.format(lost)) if lost >= MOST_LOST and not is_whole else self.reason
            yield replace(piece, refusal=(*reason, culprit.name))
            # Nothing follows a file that is no archive, nor one that could not even be opened.
            if lost < MOST_LOST and not is_whole:
                yield replace(piece, skip=culprit.member + 1)


def read_locally(batches: Iterable[tuple[Piece, ...]], run: int, parser: str) -> Iterator[tuple[int, list[Tables]]]:
    """For each batch how many files it had, and its payloads, by the workers of this machine."""
    stream, crew = iter(batches), Crew(run, parser)
    threads = ThreadPoolExecutor(WORKERS.count)
    waiting: dict[Future[list[Tables]], int] = {}
    try:
        while True:
            for batch in islice(stream, WORKERS.count + AHEAD - len(waiting)):
                waiting[threads.submit(crew.read_batch, batch)] = len(batch)
            if not waiting:
                return
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                yield waiting.pop(future), future.result()
    finally:
        # Whoever stops asking (the disk is full, a person ended it) waits for no file that hangs.
        crew.dismiss()
        threads.shutdown(cancel_futures=True)
