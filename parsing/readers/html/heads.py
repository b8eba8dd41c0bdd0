"""What the head of a page says of it and the page itself does not show: publication, source, title.

In: the attributes of the meta tags, the titles, and the words that the page shows.  Out: address, name and content of
each such entry as printed.  Refused: what the page shows anyway, and entries about the site and not about the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import unescape

Shown = Callable[[], Iterable[str]]

# Names of the entries by what they tell, in lower case; the first that has a value is taken.
NAMES = {
    "date": ("pubdate", "publishdate", "publish_date", "publishtime", "article:published_time", "og:release_date"),
    "source": ("contentsource", "source", "article:author", "publisher"),
    "title": ("articletitle", "og:title"),
}
ATTRIBUTE = re.compile(r"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
DATE_SHOWN = re.compile(
    r"(?:[发發][布佈表文稿]|公[布佈开開]|上[网網传傳])(?:日期|[时時][间間])\W{0,8}(?:19|20)\d\d"
)
SOURCE_SHOWN = re.compile(
    r"(?:[来來]源|(?:[发發][布佈文]|公[开開]|[责責]任|制作|所[属屬])(?:[机機][构構关關]|[单單]位))\W{0,8}[\u4e00-\u9fff]"
)
# A title without a year is that of a column of the site.
REPORT_TITLE = re.compile(r"20\d\d.*公[开開].*(?:[报報]告|年[报報])|公[开開].*20\d\d.*(?:[报報]告|年[报報])")
SHORTEST_TITLE = 6


def read_entries(metas: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Name as printed and content of every entry, by its name in lower case."""
    found: dict[str, tuple[str, str]] = {}
    for attributes in metas:
        values = {name.lower(): one or two or bare for name, one, two, bare in ATTRIBUTE.findall(attributes)}
        name = values.get("name") or values.get("property") or ""
        content = " ".join(unescape(values.get("content", "")).split())
        if name and content:
            found.setdefault(name.lower(), (name, content))
    return found


def is_told(title: str, texts: Iterable[str]) -> bool:
    """Whether the page shows its title, or a part of it that is a title of its own."""
    plain = "".join(title.split())
    bare = ("".join(text.split()) for text in texts)
    return any(plain in text or (len(text) >= SHORTEST_TITLE and text in plain) for text in bare)


def read_head(metas: Sequence[str], titles: Sequence[str], shown: Shown) -> Iterator[tuple[str, str, str]]:
    """Address, name and content of what only the head tells; the title has no name.

    `shown` gives the paragraphs and rows that the page shows.
    """
    entries = read_entries(metas)
    chosen = {kind: next((entries[name] for name in names if name in entries), None) for kind, names in NAMES.items()}
    named = chosen["title"]
    title = named[1] if named else titles[0] if titles else ""
    if REPORT_TITLE.search(title) and not is_told(title, shown()):
        yield f"meta[{named[0]}]" if named else "title", "", title
    for kind, pattern in (("source", SOURCE_SHOWN), ("date", DATE_SHOWN)):
        entry = chosen[kind]
        if entry and not any(pattern.search(text) for text in shown()):
            yield f"meta[{entry[0]}]", *entry
