"""What is looked for first, so that most of a text need not be tried: every match must have it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsing.extraction import agencies, particulars
from parsing.extraction.claims import dates, figures, periods, topics
from parsing.extraction.claims import reading as claims
from parsing.extraction.claims.alternatives import DIGIT, Alternatives, Hit, beginnings
from parsing.extraction.folding import squash
from parsing.extraction.particulars import find_title
from parsing.extraction.passages import make_passage
from parsing.model import Locator, Text
from parsing.readers import read_document

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
TOPIC_WORDINGS = [word for word, _ in topics.topic_entries()]
NOISE_WORDINGS = [word for word, _ in figures.noise_patterns()]
LISTS = [TOPIC_WORDINGS, NOISE_WORDINGS]
# Pieces of texts in which much matches and much nearly does.
PIECES = sorted({piece for words in LISTS for word in words for piece in re.findall("[\u4e00-\u9fff]+", word)})
MARKS = [*"0123456789", "2021", "٣", "①", *"A.@-:/+()|,。;:“”〔〕年月日条件号第", "www.", ".gov", "二〇二一"]
TEXTS = st.lists(st.sampled_from([*PIECES, *MARKS]), max_size=12).map("".join)


def lines() -> list[str]:
    """The lines of the samples, folded."""
    texts = [read_document(path.read_bytes()).text for path in sorted(SAMPLES.glob("*.txt"))]
    return [squash(line)[0] for text in texts for line in text.splitlines()]


def all_at_once(words: Sequence[str], text: str) -> list[Hit]:
    """Every wording tried everywhere."""
    pattern = re.compile("|".join(f"(?:{word})()" for word in words))
    return [Hit(*match.span(), (match.lastindex or 1) - 1) for match in pattern.finditer(text)]


@pytest.mark.parametrize("words", LISTS, ids=["topics", "noise"])
def test_what_a_wording_can_begin_with_is_known(words: list[str]) -> None:
    assert [word for word in words if beginnings(word) is None] == []


@pytest.mark.parametrize("words", LISTS, ids=["topics", "noise"])
def test_trying_only_what_can_begin_finds_the_same_in_the_samples(words: list[str]) -> None:
    alternatives = Alternatives(words)
    found = [alternatives.find_all(line, 0, len(line)) for line in lines()]
    assert sum(map(len, found)) > 100
    assert found == [all_at_once(words, line) for line in lines()]


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(LISTS), TEXTS)
def test_trying_only_what_can_begin_finds_the_same_anywhere(words: list[str], text: str) -> None:
    assert Alternatives(words).find_all(text, 0, len(text)) == all_at_once(words, text)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from([*TOPIC_WORDINGS, *NOISE_WORDINGS]).flatmap(lambda word: st.tuples(
    st.just(word), st.from_regex(re.compile(word)),
)))  # fmt: skip
def test_every_match_begins_with_a_character_that_was_foreseen(example: tuple[str, str]) -> None:
    word, text = example
    known = beginnings(word) or frozenset()
    first = [text[match.start()] for match in re.finditer(word, text)]
    assert [char for char in first if not (char in known or (char.isdecimal() and DIGIT in known))] == []


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("申请(?:事项)?(?!表)", "申"),
        ("(?:经?(?:行政)?复议后)?(?:提起)?诉讼", "经行复提诉"),
        ("(?<=[路街])\\d+号", DIGIT),
        ("^[一-三]{1,2}、", "一丁丂七丄丅丆万丈三"),
        ("“?(?:110|119)", "“1"),
        ("x{0,2}y+?z", "xy"),
    ],
)
def test_what_a_pattern_begins_with(word: str, known: str) -> None:
    assert beginnings(word) == ({DIGIT} if known == DIGIT else set(known))


@pytest.mark.parametrize("word", ["[^,]报道", ".报道", "(?i:source)", "[一-龥]报道", "(?:[a-z]|\\w)x"])
def test_a_pattern_that_can_begin_with_anything_is_tried_everywhere(word: str) -> None:
    assert beginnings(word) is None
    text = "甲乙报道Source甲x"
    assert Alternatives(["甲", word]).find_all(text, 0, len(text)) == all_at_once(["甲", word], text)


def test_a_wording_that_can_be_empty_is_tried_everywhere() -> None:
    assert beginnings("(?:申请)?") is None


def test_digits_of_other_scripts_are_digits() -> None:
    assert Alternatives(["第\\d+条", "\\d+"]).find_around("按第٣条", 0, 2) == Hit(1, 4, 0)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_a_text_without_figure_has_none(text: str) -> None:
    found = figures.find_figures(text)
    if found.amounts or found.spans:
        assert figures.any_figure().search(text)


@settings(max_examples=200, deadline=None)
@given(st.from_regex(claims.GROUPED))
def test_digits_in_groups_have_a_grouping_comma(text: str) -> None:
    assert claims.GROUPING_COMMA.search(text)


@settings(max_examples=200, deadline=None)
@given(st.from_regex(dates.DATE))
def test_every_date_has_a_beginning(text: str) -> None:
    match = next(dates.DATE.finditer(text))
    run = text[match.start() :]
    is_whole = not text[: match.start()][-1:].isdecimal()
    if is_whole and (run[0].isdecimal() or run[1] in "零〇○九"):
        assert match.start() in [one.start() for one in dates.BEGINNING.finditer(text)]


@settings(max_examples=200, deadline=None)
@given(st.from_regex(periods.part_pattern()))
def test_every_announcement_of_parts_has_their_number(text: str) -> None:
    assert periods.number_of_parts().search(text)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(particulars.TITLES).flatmap(lambda title: st.from_regex(title, fullmatch=True)))
def test_every_title_has_the_words_of_all_titles(text: str) -> None:
    assert [word for word in particulars.IN_EVERY_TITLE if word not in text] == []


def titled(text: str) -> re.Match[str] | None:
    return find_title(make_passage([Text.untouched(text, Locator(1, 1))]))


def test_a_title_begins_within_the_first_characters() -> None:
    title = "某镇2021年政府信息公开工作年度报告"
    assert [bool(titled("123456"[:count] + "|" + title)) for count in (0, 5, 6)] == [True, True, False]


@pytest.mark.parametrize("label", [one.removeprefix("(?i:").removesuffix(")") for one in particulars.META_LABELS])
def test_every_label_of_a_page_names_the_agency_behind_it(label: str) -> None:
    for written in (label, label.upper(), f"Content{label.title()}"):
        for border in ":|":
            match = particulars.META.search(f"某某|{written}{border}某县财政局|2021")
            assert match and match["agency"] == "某县财政局"
    assert not particulars.META.search(f"{label}某县财政局:")


@pytest.mark.parametrize("ending", [ending for ending, _ in agencies.endings()])
def test_a_name_with_marks_around_it_is_a_name(ending: str) -> None:
    name = f"甲乙{ending}"
    assert agencies.agency_in(f"附件1:“{name}”(2021年度)".replace("2021", "")) == agencies.agency_in(name) == name


@pytest.mark.parametrize("seed", range(50))
def test_white_space_goes_except_one_between_digits(seed: int) -> None:
    random = Random(seed)
    text = "".join(random.choice("12 年　度\u200b,") for _ in range(20))
    folded, places = squash(text)
    gaps = re.compile("(?<=[12])[ 　\u200b]+(?=[12])|[ 　\u200b]+")
    between = re.compile("(?<=[12])[ 　\u200b]+(?=[12])")
    assert folded == gaps.sub(lambda gap: " " if between.match(text, gap.start()) else "", text)
    assert len(places) == len(folded) + 1
    kept = [text[place] for place, char in zip(places, folded, strict=False) if char != " "]
    assert kept == [*folded.replace(" ", "")]
