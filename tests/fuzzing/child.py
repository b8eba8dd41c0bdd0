"""The process that tries inputs: limited as a worker is, so that a hang or a crash costs one input and is seen.

In: the name of a reader, the first number and the one behind the last, a series.  Out: on standard output one JSON
object before each input and one after it.  Refused: nothing; where the process dies the number that it began is the
culprit, and standard error says where it stood.  Time is CPU time: a busy machine makes no input slow.
"""

from __future__ import annotations

import faulthandler
import json
import resource
import signal
import sys
import time
import traceback
from pathlib import Path

from parsing.workers import LIMITS, set_memory_limit
from tests.fuzzing.making import make_input
from tests.fuzzing.property import check_bytes

PARSING = Path(__file__).resolve().parents[2] / "parsing"
# Seconds of CPU time that one input may take; a report takes some hundredths, a recognised picture a few seconds.
SECONDS = 20


def limit_process() -> None:
    """The memory of a worker; no core files; where it stood when it died."""
    set_memory_limit(LIMITS.memory)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    faulthandler.enable()
    faulthandler.register(signal.SIGXCPU, chain=True)


def limit_time() -> None:
    """From now on so many seconds of CPU time; then the system ends the process, whatever it is doing."""
    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + SECONDS + 1, resource.RLIM_INFINITY))


def place_of(error: BaseException) -> str:
    """The last step of an error in the program itself, as file and line."""
    steps = [step for step in traceback.extract_tb(error.__traceback__) if Path(step.filename).is_relative_to(PARSING)]
    return f"{Path(steps[-1].filename).relative_to(PARSING).as_posix()}:{steps[-1].lineno}" if steps else "nowhere"


def try_input(data: bytes) -> str:
    """What went wrong with one input, "" where nothing did."""
    try:
        check_bytes(data)
    except Exception as error:
        said = "" if isinstance(error, MemoryError) else f": {error}"
        return f"{type(error).__name__} in {place_of(error)}{said}"[:300]
    return ""


def peak_memory() -> int:
    """The most memory that this process has held, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def say(**facts: object) -> None:
    print(json.dumps(facts), flush=True)


def main(name: str, first: str, last: str, series: str) -> None:
    limit_process()
    for number in range(int(first), int(last)):
        data = make_input(name, number, int(series)).data
        limit_time()
        say(begun=number)
        started = time.process_time()
        failure = try_input(data)
        say(done=number, seconds=time.process_time() - started, memory=peak_memory(), failure=failure)


if __name__ == "__main__":
    main(*sys.argv[1:])
