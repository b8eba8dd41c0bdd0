"""The process that tries inputs by their numbers, so that a hang or a crash costs one input and is seen.

In: the name of a reader, the first number and the one behind the last, a series.  Out: on standard output one JSON
object before each input and one after it.  Refused: nothing; where the process dies the number that it began is the
culprit, and standard error says where it stood.
"""

from __future__ import annotations

import json
import sys
import time

from tests.fuzzing.making import make_input
from tests.fuzzing.property import check_bytes
from tests.fuzzing.trying import limit_process, limit_time, peak_memory, try_target


def say(**facts: object) -> None:
    print(json.dumps(facts), flush=True)


def main(name: str, first: str, last: str, series: str) -> None:
    limit_process(name)
    for number in range(int(first), int(last)):
        limit_time()
        say(begun=number)
        data = make_input(name, number, int(series)).data
        started = time.process_time()
        failure = try_target(check_bytes, data)
        say(done=number, seconds=time.process_time() - started, memory=peak_memory(), failure=failure)


if __name__ == "__main__":
    main(*sys.argv[1:])
