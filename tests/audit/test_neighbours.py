"""The compact prints of reports: what they keep, whom they find, and that a few reports say what all of them say."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random

import numpy as np
import pytest

from parsing import parse_folder
from parsing.audit.likeness import Index
from parsing.audit.neighbours import Neighbours, common_sentences, group_agencies
from parsing.audit.prints import NOTHING, SAMPLED, Print, decode, draft, encode, hash_sentence, print_of
from parsing.audit.windows import MEASURED
from parsing.extraction.identity import may_be_same
from parsing.model import Report
from tests.audit.copies import make_copies

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples"
SENTENCE_HASH = 14612851130428427076
ARRAYS = ("sentences", "lengths", "hashes", "places")


@cache
def reports() -> tuple[Report, ...]:
    """The samples and three hundred reports that copy each other; of one id, the first."""
    return tuple({one.report_id: one for one in reversed((*parse_folder(SAMPLES), *make_copies(7, 300)))}.values())


@cache
def whole() -> Index:
    return Index(reports())


@cache
def previous() -> tuple[int | None, ...]:
    """For each report one of the same agency of the year before, if there is one."""
    facts = [one.particulars for one in reports()]
    places = {(one.agency, one.year): at for at, one in enumerate(facts)}
    return tuple(places.get((one.agency, one.year - 1)) if one.agency and one.year else None for one in facts)


def arrays(one: Print) -> list[list[int]]:
    return [getattr(one, name).tolist() for name in ARRAYS]


def test_the_hash_of_a_sentence_is_the_same_in_every_run() -> None:
    assert hash_sentence("全年共公开政府信息0条,没有遗漏。") == SENTENCE_HASH
    assert hash_sentence("\ud800") != hash_sentence("\ud801")


def test_a_print_is_read_as_it_was_written() -> None:
    prints = [print_of(one) for one in reports()]
    assert [arrays(decode(encode(one))) for one in prints] == [arrays(one) for one in prints]
    assert max(len(encode(one)) for one in prints) < 2048
    long = Print(*(np.array([at], dtype=kind) for at, kind in ((1, "u8"), (70_000, "i8"), (8, "u4"), (69_000, "i8"))))
    assert arrays(decode(encode(long))) == [[1], [70_000], [8], [69_000]]


def test_bytes_of_another_version_or_a_part_of_a_print_are_refused() -> None:
    data = encode(print_of(make_copies(1, 3)[2]))
    for wrong in (b"", b"\x02" + data[1:], data[:5], data[:-1], data + b"\x00"):
        with pytest.raises(ValueError, match=r"print|buffer"):
            decode(wrong)


def test_a_print_without_common_sentences_is_that_of_the_text_without_them() -> None:
    chance = Random(3)
    for report in reports()[:120]:
        drafted, one = draft(report), print_of(report)
        for common in (NOTHING, frozenset(one for one in drafted.sentences if chance.random() < 0.3)):
            own, left = drafted.keep_own(common), one.without(common)
            assert left.hashes.tolist() == own.hashes[own.hashes % SAMPLED == 0].tolist()
            assert int(left.lengths.sum()) == own.size
            assert all(0 <= place <= own.size - 16 for place in left.places.tolist())


def nearest_by_definition(position: int, but: int | None) -> list[int]:
    """What `Neighbours.nearest` finds, pair by pair."""
    index, every = whole(), reports()
    facts = [one.particulars for one in every]
    year, sampled = facts[position].year or 0, samples_of(position) - (samples_of(but) if but is not None else set())
    shared = {}
    for other, one in enumerate(facts):
        count = len(sampled & samples_of(other))
        if count and year - (one.year or 0) in (0, 1) and index.near.groups[other] != index.near.groups[position]:
            shared[other] = count
    least = sorted(shared.values(), reverse=True)[:MEASURED][-1] if len(shared) >= MEASURED else 1
    found = [other for other, count in shared.items() if count >= least]
    found.sort(key=lambda one: (-shared[one], year - (facts[one].year or 0), every[one].report_id))
    name = facts[position].agency
    return [one for one in found if name and facts[one].agency and not may_be_same(name, facts[one].agency or "")][:4]


@cache
def samples_of(position: int) -> set[int]:
    return set(whole().near.hashes[position].tolist())


def test_the_nearest_are_those_that_share_most_by_definition() -> None:
    found = 0
    for position in range(len(reports())):
        for but in {None, previous()[position]}:
            expected = nearest_by_definition(position, but)
            assert whole().near.nearest(position, but) == expected
            found += len(expected)
    assert found > 500 and len(whole().near.common) >= 3


def tell(index: Index, position: int, but: int | None, ids: Sequence[str]) -> list[tuple[object, ...]]:
    """What an index says of one report, its fellows called by their ids."""
    told: list[tuple[object, ...]] = [(index.near.size(position), index.own(position).places.tolist())]
    for one in index.resembling(position, but):
        places = index.copied_places(position, one.position, but).tolist()
        told.append((ids[one.position], one.copied, one.size, places))
    if but is not None:
        past = index.measure(position, but)
        told.append((past.copied, past.size))
    return told


def test_a_few_reports_with_the_common_sentences_of_all_say_what_all_say() -> None:
    every = reports()
    for position, but in enumerate(previous()):
        near = whole().near.nearest(position, but)
        opened = [position, *([] if but is None else [but]), *near]
        few = Index([every[at] for at in opened], common=whole().near.common)
        ids = [every[at].report_id for at in opened]
        expected = tell(whole(), position, but, [one.report_id for one in every])
        assert tell(few, 0, None if but is None else 1, ids) == expected


class Opened(Sequence[Report]):
    """Reports that remember who was asked for."""

    def __init__(self) -> None:
        self.asked: set[int] = set()

    def __len__(self) -> int:
        return len(reports())

    def __getitem__(self, at: int) -> Report:  # type: ignore[override]
        self.asked.add(at)
        return reports()[at]


def test_only_reports_that_may_share_enough_are_opened() -> None:
    near = pickle.loads(pickle.dumps(whole().near))
    found = opened = met = 0
    for position, but in enumerate(previous()):
        shelf = Opened()
        index = Index(shelf, near=near)
        alike = index.resembling(position, but, 0.35)
        assert alike == [one for one in whole().resembling(position, but) if one.share >= 0.35]
        others = shelf.asked - {position, but}
        assert others <= set(near.nearest(position, but)) and others >= {one.position for one in alike}
        found, opened, met = found + len(alike), opened + len(others), met + len(near.nearest(position, but))
    # The made-up reports are so short that their estimates are wide.
    assert found > 200 and opened < 0.9 * met


def test_an_estimate_is_near_and_seldom_too_low() -> None:
    differences = []
    for position, but in enumerate(previous()):
        for one in whole().resembling(position, but):
            assert whole().near.may_share(position, one.position, one.share, but)
            differences.append(whole().near.estimate(position, one.position, but) - one.share)
    assert len(differences) > 500
    assert -0.02 < np.median(differences) < 0.1
    assert whole().near.estimate(0, 0) == 1.0 or whole().near.size(0) == 0


def test_the_window_of_two_years_is_enough() -> None:
    every = reports()
    kept = [at for at, one in enumerate(every) if one.particulars.year in (2020, 2021)]
    part = [every[at] for at in kept]
    facts = [one.particulars for one in part]
    near = Neighbours(
        map(print_of, part), [one.agency for one in facts], [one.year for one in facts],
        [one.report_id for one in part], whole().near.common, whole().near.groups[kept],
    )  # fmt: skip
    for position, at in enumerate(kept):
        if every[at].particulars.year == 2021:
            assert [kept[one] for one in near.nearest(position)] == whole().near.nearest(at)


def test_a_sentence_is_common_from_half_of_the_agencies_on() -> None:
    def printed(*sentences: int) -> Print:
        nothing = np.empty(0, dtype=np.int64)
        return Print(np.array(sentences, dtype=np.uint64), nothing, nothing.astype(np.uint32), nothing)

    names = [f"{name}山镇" for name in "甲乙丙丁戊己庚辛壬癸子丑"]
    prints = [printed(1, *([2] if at < 6 else []), *([3] if at < 5 else []), 4, 4) for at in range(11)]
    groups = group_agencies(names)
    assert common_sentences([*prints, printed(3, 1 << 63)], groups) == {1, 2, 3, 4}
    assert common_sentences([*prints, printed(2, 1 << 63)], groups) == {1, 2, 4}
    assert common_sentences(prints[:4], group_agencies(names[:4])) == frozenset()
    assert common_sentences(prints[:6], group_agencies(names[:1] * 6)) == frozenset()
    assert common_sentences([], group_agencies([])) == frozenset()
