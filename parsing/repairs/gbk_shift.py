"""GBK text that lost one byte or got one too many, so that every following character is made of the halves of two.

In: text.  Out: edits that put the run right, wherever in the line it begins and ends.  Left alone: everything in which
another step does not show clearly more of the characters that reports are made of.  The lost byte itself cannot be
known, except that of a space before a numbering (0xA1); what is left of its character shows as U+FFFD.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, pairwise

from parsing.decoding.likeness import likeness, looks_sound, usual, weigh
from parsing.decoding.steps import LOST, find_steps
from parsing.repairs.edits import Edit, digits

KIND = "gbk_shift"
MESSAGE = "GBK 编码丢失一个字节，其后的字整体错位"

# What the numbering of a row becomes when it is in step again.
NUMBERING = re.compile(f"{LOST}[一二三四五六七八九十]）")
# The shortest run, in characters, and by how much weight it must read better.
SHORTEST = 3
GAIN = 3.5
# Leaving a byte out is cheap here, since what comes of it is judged run by run.
COST = 1.5


def usual_share(text: str) -> float:
    """How many of the characters reports print often."""
    return sum(char in usual() for char in text) / len(text) if text else 0.0


def stretches(text: str) -> Iterator[tuple[int, list[bytes]]]:
    """Where a stretch of GBK characters begins, and the bytes of each."""
    start: int = 0
    pieces: list[bytes] = []
    for index, char in enumerate(text):
        data = char.encode("gbk", "ignore")
        if data and not pieces:
            start = index
        if data:
            pieces.append(data)
        elif pieces:
            yield start, pieces
            pieces = []
    if pieces:
        yield start, pieces


def edit_of(text: str, start: int, end: int, chars: list[str]) -> Edit | None:
    """The edit of one run, if the new reading is the better one beyond doubt."""
    before, after = text[start:end], "".join(chars)
    # The last half belongs to a character that whatever follows has swallowed.
    after = after[:-1] if len(after) > 1 and after.endswith(LOST) else after
    if NUMBERING.match(after):
        # What is left of a bracket before a numeral; a full stop at the beginning of a line is half a space.
        is_first = text[start - 1 : start] == "。" and not text[: start - 1].strip("?？|｜ \t　")
        after = ("　（" if is_first else "（") + after[1:]
        start -= is_first
        before = text[start:end]
    rest = after.replace(LOST, "")
    gain = weigh(rest) - weigh(before)
    # The fewer characters, the more of them must be common ones.
    is_common = likeness(rest) >= {1: 2.0, 2: 2.0, 3: 1.2}.get(len(rest), 0.8)
    is_sound = is_common and usual_share(rest) > 0.94
    # Halves of common characters make common ones now and then: many in a row must gain the more.
    is_odd = gain >= (GAIN if usual_share(before) <= 0.7 else 2 * GAIN)
    if not is_sound or not is_odd or len(before) < SHORTEST or digits(before) != digits(after):
        return None
    # A rare character amid damage is made of halves that do not belong together.
    return Edit(start, end, "".join(char if char in usual() else LOST for char in after))


def realigned(text: str, start: int, pieces: list[bytes]) -> Iterator[Edit]:
    """The runs of one stretch that read otherwise once the bytes are in step."""
    data = b"".join(pieces)
    steps = find_steps(data, "gb18030", COST)
    char_at = {at: index for index, at in enumerate(accumulate(map(len, pieces), initial=0))}
    step_at = {at: index for index, at in enumerate(accumulate((size for _, size in steps), initial=0))}
    common = sorted(char_at.keys() & step_at.keys())
    run: tuple[int, int] | None = None
    for first, last in pairwise([*common, common[-1]]):
        chars = [char for char, _ in steps[step_at[first] : step_at[last]]]
        is_changed = "".join(chars) != text[start + char_at[first] : start + char_at[last]]
        if is_changed:
            run = (run[0] if run else first, last)
        elif run:
            chars = [char for char, _ in steps[step_at[run[0]] : step_at[run[1]]]]
            edit = edit_of(text, start + char_at[run[0]], start + char_at[run[1]], chars)
            if edit:
                yield edit
            run = None


def is_likely(text: str) -> bool:
    return not looks_sound(text)


def find(text: str) -> list[Edit]:
    """Runs of four characters or more.

    >>> find("??。ㄒ唬┦盏缴暾垟?/span>")[0].after
    '\u3000（一）收到申請'
    """
    if text.isascii() or not is_likely(text):
        return []
    return [edit for start, pieces in stretches(text) for edit in realigned(text, start, pieces)]
