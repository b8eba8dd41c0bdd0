"""A child process ends when the one that started it does, however that ends and whatever the child is doing.

In: the end of a pipe that only the parent holds open.  Out: a process that the kernel stops once nobody holds the other
end.  Refused: nothing; where the system cannot do it (Windows), a child ends as soon as its own pipes are closed.

A child that waits for requests notices by itself that nobody will send one.  One that is caught in a regular expression
or in a library runs no handler and no thread of Python's; so it is the kernel that ends it, by the signal that a pipe
sends when something happens to it, which nobody handles.  `PR_SET_PDEATHSIG` would not do: it goes by the thread that
started the child, and threads of a pool end long before the program.
"""

from __future__ import annotations

import os
import select


def hold() -> tuple[int | None, int | None]:
    """A new lifeline: the end for a child and the end to hold, or nothing where there are none."""
    return os.pipe() if os.name == "posix" else (None, None)


def hang_on(number: int) -> None:
    """End this process as soon as the other end of the pipe is closed; called by the child."""
    try:
        import fcntl
    except ImportError:
        return
    fcntl.fcntl(number, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(number, fcntl.F_SETFL, fcntl.fcntl(number, fcntl.F_GETFL) | os.O_ASYNC)
    # Nothing is ever written: what can be read is the end, and it may have come before the signal was asked for.
    if select.select([number], [], [], 0)[0]:
        raise SystemExit(1)
