"""How a repair changes text: edits on a string, and a Text that keeps the way back to the original.

In: a Text and the edits of one repair.  Out: the mended Text and one Repair an edit.  Refused: edits
that overlap, are out of order, change a digit or make one figure of two (a figure is never repaired).  Only what is
no part of the report (markup, spam in a name) is taken away with the digits in it, and then as a whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from parsing.model import Locator, Repair, Text


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace `text[start:end]` by `after`; `is_foreign` says that it is no part of the report and goes as a whole."""

    start: int
    end: int
    after: str
    is_foreign: bool = field(default=False, repr=False)

    def changes_figure(self, before: str) -> bool:
        """Whether digits differ; foreign text may go with its digits, but no word may stand in its place."""
        return digits(before) != digits(self.after) and not (self.is_foreign and not self.after.strip())


def digits(text: str) -> str:
    return "".join(char for char in text if char.isdecimal())


def place_in(text: Text, index: int) -> Locator:
    """The place of the `index`-th character of the clean text in the original."""
    raw_index = text.raw_index(index)
    before = text.raw[:raw_index]
    if text.where.column is None:
        return text.where
    if "\n" not in before:
        return text.where._replace(column=text.where.column + raw_index)
    lines = before.split("\n")
    return text.where._replace(line=(text.where.line or 1) + len(lines) - 1, column=len(lines[-1]) + 1)


def apply_edits(text: Text, edits: Sequence[Edit], kind: str) -> tuple[Text, list[Repair]]:
    """Make the edits; every new character keeps the place of the stretch that it came from."""
    clean, pieces, origin, repairs, done = text.clean, [], [], [], 0
    for edit in edits:
        before = clean[edit.start : edit.end]
        around = clean[max(0, edit.start - 1) : edit.start], clean[edit.end : edit.end + 1]
        joins = not edit.after and all(char.isdecimal() for char in around)
        if edit.start < done or joins or edit.changes_figure(before):
            raise ValueError(f"{kind}: edit {edit} overlaps another one or changes a figure")
        pieces += [clean[done : edit.start], edit.after]
        origin += [text.raw_index(index) for index in range(done, edit.start)]
        last = max(edit.start, edit.end - 1)
        origin += [text.raw_index(min(edit.start + step, last)) for step in range(len(edit.after))]
        done = edit.end
        repairs.append(Repair(kind, before, edit.after, place_in(text, edit.start)))
    pieces.append(clean[done:])
    origin += [text.raw_index(index) for index in range(done, len(clean) + 1)]
    return Text(text.raw, text.where, "".join(pieces), tuple(origin)), repairs
