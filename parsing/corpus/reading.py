"""Pieces of files → payloads of rows, in workers that can be killed.

In: batches of pieces.  Out: their payloads, as they come.  Refused: nothing; a member that takes too long or kills its
worker is given up, what the worker had not sent yet is read again, and the rest goes on in a new one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from itertools import islice

from parsing.corpus.batches import BatchRequest, Begun, Payload, Piece
from parsing.workers import GIVEN_UP, MOST_LOST, WORKERS, Workers

Tables = Mapping[str, bytes]
# What reads batches: this machine's workers, or a cluster.  Batches come in any order.
Reader = Callable[[Iterable[tuple[Piece, ...]], int, str], Iterator[tuple[int, list[Tables]]]]
# So many batches more than there are workers are handed out ahead.
AHEAD = 2


def read_batch(pieces: Sequence[Piece], run: int, parser: str, workers: Workers = WORKERS) -> list[Tables]:
    """The payloads of some pieces, read by one worker after the other until all are done."""
    rest, payloads, lost = tuple(pieces), [], 0
    while rest:
        reached, begun = (0, rest[0].skip), None
        worker = workers.take()
        try:
            worker.send(BatchRequest(rest, run, parser))
            while answer := worker.receive():
                begun = answer if isinstance(answer, Begun) else None
                if isinstance(answer, Payload):
                    payloads.append(answer.tables)
                    reached = answer.piece, answer.member
            workers.give_back(worker, len(rest))
            return payloads
        except (EOFError, TimeoutError, OSError) as error:
            worker.end()
            lost += 1
            kind, message = workers.explain(error) if lost < MOST_LOST else ("took_too_long", GIVEN_UP.format(lost))
            rest = tuple(go_on(rest, reached, begun, (kind, message), lost < MOST_LOST))
    return payloads


def go_on(
    pieces: Sequence[Piece], reached: tuple[int, int], begun: Begun | None, reason: tuple[str, str], is_patient: bool
) -> Iterator[Piece]:
    """What is still to be read after a worker died: all that was not sent, without the member that it died over.

    Where it died over none, the first piece that was not sent is given up; after too many deaths the rest of the file.
    """
    first, member = reached
    culprit = begun or Begun(first, member, pieces[first].file.shown)
    for number, piece in enumerate(pieces[first:], first):
        skip = member if number == first and member else piece.skip
        if number != culprit.piece:
            yield replace(piece, skip=skip)
            continue
        if culprit.member > skip:
            yield replace(piece, skip=skip, stop=culprit.member)
        yield replace(piece, refusal=(*reason, culprit.name))
        # Nothing follows a file that is no archive, nor one that could not even be opened.
        if is_patient and culprit.name != piece.file.shown:
            yield replace(piece, skip=culprit.member + 1)


def read_locally(batches: Iterable[tuple[Piece, ...]], run: int, parser: str) -> Iterator[tuple[int, list[Tables]]]:
    """For each batch how many files it had, and its payloads, by the workers of this machine."""
    stream = iter(batches)
    with ThreadPoolExecutor(WORKERS.count) as threads:
        waiting: dict[Future[list[Tables]], int] = {}
        while True:
            for batch in islice(stream, WORKERS.count + AHEAD - len(waiting)):
                waiting[threads.submit(read_batch, batch, run, parser)] = len(batch)
            if not waiting:
                return
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                yield waiting.pop(future), future.result()
