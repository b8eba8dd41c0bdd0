"""What a clause speaks of: applications, reviews, disclosure, or one of the many things that are no metric.

In: folded text.  Out: topic codes, the last one named before a place.  Refused: a topic defined twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from parsing.extraction.claims.alternatives import Alternatives
from parsing.extraction.claims.wordings import WordingError, load_entries

HAN = re.compile(r"[\u4e00-\u9fff\d]")
# The heading of a part says what it speaks of where no word does.
SECTION_TOPICS = {"s2": "disclosure", "s3": "applications"}


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic; with a `reason` its figures are no claims, and that is why."""

    code: str
    words: tuple[str, ...]
    reason: str | None = None
    is_weak: bool = False


class Naming(NamedTuple):
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
def topic_wordings() -> Alternatives:
    return Alternatives([word for word, _ in topic_entries()])


def find_namings(text: str, start: int = 0, end: int | None = None) -> list[Naming]:
    """All places of a stretch where a topic is named, in order.

    >>> [one.code for one in find_namings("因政府信息公开申请行政复议、提起行政诉讼")]
    ['review', 'litigation']
    """
    hits = topic_wordings().find_all(text, start, len(text) if end is None else end)
    return [Naming(hit.start, hit.end, topic_entries()[hit.number][1]) for hit in hits]


@lru_cache(maxsize=4096)
def topics_in(text: str) -> tuple[str, ...]:
    """The topics that a text names, in order; a figure's words are asked several times while it is decided."""
    return tuple(topic_entries()[hit.number][1] for hit in topic_wordings().find_all(text, 0, len(text)))


@cache
def weak_topics() -> frozenset[str]:
    return frozenset(topic.code for topic in load_topics().values() if topic.is_weak)


def is_weak(topic: str) -> bool:
    return topic in weak_topics()


@lru_cache(maxsize=4096)
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
