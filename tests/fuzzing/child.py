"""The process that tries inputs by their numbers, so that a hang or a crash costs one input and is seen.

In: a series, whether the extra may be used, and stretches NAME:FIRST:LAST of inputs.  Out: on standard output one JSON
object before each input and one after it.  Refused: nothing; where the process dies the input that it began is the
culprit, and standard error says where it stood.
"""

from __future__ import annotations

import json
import sys
import time

from tests.fuzzing.making import make_input
from tests.fuzzing.property import check_bytes
from tests.fuzzing.trying import hide_extra, limit_process, limit_time, peak_memory, try_target


def say(**facts: object) -> None:
    print(json.dumps(facts), flush=True)


def try_number(name: str, number: int, series: int) -> None:
    limit_time()
    say(begun=number, name=name)
    data = make_input(name, number, series).data
    started = time.process_time()
    failure = try_target(check_bytes, data)
    seconds = time.process_time() - started
    say(done=number, name=name, seconds=seconds, memory=peak_memory(), failure=failure)


def main(series: str, extra: str, *stretches: str) -> None:
    limit_process()
    if extra == "plain":
        hide_extra()
    for stretch in stretches:
        name, first, last = stretch.split(":")
        for number in range(int(first), int(last)):
            try_number(name, number, int(series))


if __name__ == "__main__":
    main(*sys.argv[1:])
