"""What one input may cost, and what went wrong with it: the limits of a worker, and errors by their place.

In: a function and the bytes to call it with.  Out: what went wrong, in one line.  Refused:
nothing.  Time is CPU time: a busy machine makes no input slow.
"""

from __future__ import annotations

import faulthandler
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from parsing.workers import LIMITS, set_memory_limit

PARSING = Path(__file__).resolve().parents[2] / "parsing"
EXTRA = "rapidocr"
# Seconds of CPU time that one input may take; a report takes some hundredths, a recognised picture a few seconds.
SECONDS = 20


def hide_extra() -> None:
    """From now on nothing is recognised in pictures, as where the extra is not installed."""
    sys.modules[EXTRA] = None  # type: ignore[assignment]


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


def try_target(target: Callable[[bytes], object], data: bytes) -> str:
    """What went wrong with one input, "" where nothing did."""
    try:
        target(data)
    except Exception as error:
        said = "" if isinstance(error, MemoryError) else f": {error}"
        return f"{type(error).__name__} in {place_of(error)}{said}"[:300]
    return ""


def peak_memory() -> int:
    """The most memory that this process has held, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
