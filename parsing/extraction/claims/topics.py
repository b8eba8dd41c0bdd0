"""What a clause speaks of: applications, reviews, disclosure, or one of the many things that are no metric.

In: folded text.  Out: topic codes, the last one named before a place.  Refused: a topic defined twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from parsing.extraction.claims.wordings import WordingError, load_entries

# The heading of a part says what it speaks of where no word does.
# What may begin a match: the first character of every run in a wording, and all of a class.
RUNS = re.compile(r"(?<![\u4e00-\u9fff\d“])[\u4e00-\u9fff\d“]|(?<=\[)[\u4e00-\u9fff]+(?=\])")
HAN = re.compile(r"[\u4e00-\u9fff\d]")
SECTION_TOPICS = {"s2": "disclosure", "s3": "applications"}


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic; with a `reason` its figures are no claims, and that is why."""

    code: str
    words: tuple[str, ...]
    reason: str | None = None
    is_weak: bool = False


@dataclass(frozen=True, slots=True)
class Naming:
    """A place where a topic is named: text[start:end]."""

    start: int
    end: int
    code: str


@cache
def load_topics() -> dict[str, Topic]:
    topics = load_entries("topics.toml", "topics", Topic)
    if len({topic.code for topic in topics}) < len(topics):
        raise WordingError("topics.toml: a topic is defined twice")
    return {topic.code: topic for topic in topics}


def length_of(word: str) -> int:
    """How many characters a wording can match at most, conditions on what stands around it left out.

    >>> length_of("申请(?:事项)?(?!(?:行政)?复议|表)"), length_of("(?<!公开)信件")
    (4, 2)
    """
    length, depth = 0, 0
    for index, char in enumerate(word):
        if depth:
            depth += (char == "(") - (char == ")")
        elif word.startswith(("(?!", "(?<", "(?="), index):
            depth = 1
        else:
            length += bool(HAN.match(char))
    return length


@cache
def topic_entries() -> tuple[tuple[str, str], ...]:
    """Every wording with its topic, the longer first."""
    entries = [(word, topic.code) for topic in load_topics().values() for word in topic.words]
    return tuple(sorted(entries, key=lambda entry: -length_of(entry[0])))


@cache
def topic_pattern() -> re.Pattern[str]:
    """All wordings in one pattern; an empty group behind each says which, and leaves its first character in front.

    With the group before the wording the search is ten times slower: no first character could be ruled out.  For
    the same reason nothing is tried where no wording has a character that could be its first.
    """
    words = "|".join(f"(?:{word})()" for word, _ in topic_entries())
    firsts = {char for word, _ in topic_entries() for run in RUNS.findall(word) for char in run}
    return re.compile(f"(?=[{''.join(sorted(firsts))}])(?:{words})")


def find_namings(text: str, start: int = 0, end: int | None = None) -> list[Naming]:
    """All places of a stretch where a topic is named, in order.

    >>> [one.code for one in find_namings("因政府信息公开申请行政复议、提起行政诉讼")]
    ['review', 'litigation']
    """
    found = topic_pattern().finditer(text, start, len(text) if end is None else end)
    return [Naming(*match.span(), topic_entries()[(match.lastindex or 1) - 1][1]) for match in found]


def topics_in(text: str) -> list[str]:
    return [one.code for one in find_namings(text)]


def is_weak(topic: str) -> bool:
    return load_topics()[topic].is_weak


def last_topic(text: str) -> str | None:
    """The topic named last; one of the common words only where there is no other.

    >>> last_topic("通过12345热线收到政府信息公开申请"), last_topic("“县长信箱”有效信件受理")
    ('applications', 'mailbox')
    """
    named = topics_in(text)
    return next((one for one in reversed(named) if not is_weak(one)), named[-1] if named else None)


def reason_of(topic: str | None) -> str | None:
    """Why figures of this topic are no claims; None for topics that have metrics."""
    return load_topics()[topic].reason if topic else None
