"""Markup → tags in order, each with the text behind it.

In: the text of a page, however broken.  Out: `Markup`: names, attributes, texts.  Comments, scripts, form controls and
hidden parts are taken out.  Refused: more markup than any report has (`TooLarge`).

A tree is never built.  Every pattern ends at the next `<` or `>`, so the work grows with the length of the page only,
whatever is nested in it; and rows outside a table, which a browser would run together, stay rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

# The longest markup that is read once scripts, styles and comments are gone, in characters.
LONGEST_MARKUP = 6_000_000
# Ends of elements that must not run together where both are digits: 12<sup>3</sup> is not 123.
SEAM = "\x1f"
# What stands for a cell, a row, a table that is hidden: it is counted and not drawn.
HIDDEN_CELL, HIDDEN_TABLE = "gone-cell", "gone-table"

# A quoted value with `<` in it has usually lost its closing quote; then the tag ends at the next `>`.
TAG = re.compile(
    r"""<(/?[a-zA-Z!?][^\s<>/]*+|/)"""
    r"""((?>[^'"<>]*+(?:(?:"[^"<]*+"|'[^'<]*+')[^'"<>]*+)*+(?=>)|[^>]*+))>"""
)
# Scripts and styles run to the end of the file where they are not closed, as in a browser.
UNSEEN = re.compile(
    r"<(?:!--(?:-?>|.*?--!?>)|[sS](?:(?i:cript)\b.*?(?:</(?i:script)[^>]*>|\Z)|(?i:tyle)\b.*?(?:</(?i:style)[^>]*>|\Z)))",
    re.DOTALL,
)
CUT_OFF = re.compile(r"<(?:[/a-zA-Z!?]|$)")
# title="<font color=red>…</font>": markup in a value that is closed.
MARKUP_VALUE = re.compile(r'="<(?!/?t[drh]|/?table)[^"]{0,400}(?<!=)"(?=[\s/>])')
# These are left out only where they are closed.
LEFT_OUT = frozenset(
    ("noscript", "template", "select", "textarea", "button", "svg", "iframe", "object", "datalist", "xml", "nav")
)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|(?<!\S)hidden(?=[\s=/]|$)", re.IGNORECASE)
APART = re.compile(r"display\s*:\s*(?:inline-block|table-cell|inline-flex)|float\s*:\s*[lr]", re.IGNORECASE)
STYLE_WORDS = ("none", "hidden", "inline-", "table-cell", "float")
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
VOID = frozenset(("input", "img", "br", "hr", "meta", "link", "col", "area", "base", "embed", "param", "source"))


class TooLarge(ValueError):
    """More than any report has; the message says what and how much, in Chinese."""


class Markup(NamedTuple):
    """Names of tags in lower case (`/td` for an end), their attributes, the text behind each; `first` is before all."""

    first: str
    names: list[str]
    attributes: list[str]
    texts: list[str]


def read_markup(text: str) -> Markup:
    """The tags of a page that a reader of it sees something of."""
    text = drop_unseen(text.replace("\0", ""))
    if len(text) > LONGEST_MARKUP:
        raise TooLarge(f"去掉脚本和样式后仍有 {len(text):,} 个字符，最多读 {LONGEST_MARKUP:,} 个")
    if '="<' in text:
        text = MARKUP_VALUE.sub('=""', text)
    # Behind the last tag that is closed a `<` begins a tag that was cut off.
    end = text.rfind(">") + 1
    text = text[:end] + CUT_OFF.split(text[end:])[0]
    parts = TAG.split(text.replace("&nbsp;", "\u00a0"))
    names = parts[1::3]
    if not "".join(names).islower():
        names = [name.lower() for name in names]
    return drop_parts(Markup(parts[0], names, parts[2::3], parts[3::3]))


def drop_unseen(text: str) -> str:
    """Without comments, scripts and styles; a comment that is never closed hides nothing."""
    last = text.rfind("-->") + 3
    if (open_at := text.find("<!--", max(0, last))) >= 0:
        text = text[:open_at] + text[open_at:].replace("<!--", "<!")
    return UNSEEN.sub("", text)


def drop_parts(markup: Markup) -> Markup:
    """Without form controls and what the page hides."""
    names, attributes, texts = markup.names, markup.attributes, markup.texts
    starts: dict[str, set[int]] = {}
    present = LEFT_OUT.intersection(names)
    if present:
        for index, name in enumerate(names):
            if name in present:
                starts.setdefault(name, set()).add(index)
    styles = "\n".join(set(attributes)).lower()
    if any(word in styles for word in STYLE_WORDS):
        for index in hidden_tags(markup):
            starts.setdefault(names[index], set()).add(index)
    if not starts:
        return markup
    before = [0, *accumulate(map(len, texts))]
    kept_from = 0
    whole = Markup(markup.first, [], [], [])
    for start, end in sorted(span for name, at in starts.items() for span in spans_of(names, name, at)):
        # Scripts show such parts later; what holds the larger half of the page is the page.
        if start < kept_from or 2 * (before[end] - before[start]) > before[-1]:
            continue
        stand_ins = stand_in(names[start : end + 1])
        whole.names.extend((*names[kept_from:start], *stand_ins, "gone"))
        whole.attributes.extend((*attributes[kept_from:start], *[""] * len(stand_ins), ""))
        whole.texts.extend((*texts[kept_from:start], *[""] * len(stand_ins), texts[end]))
        kept_from = end + 1
    whole.names.extend(names[kept_from:])
    whole.attributes.extend(attributes[kept_from:])
    whole.texts.extend(texts[kept_from:])
    return whole


def hidden_tags(markup: Markup) -> Iterator[int]:
    """Indices of the tags that begin something hidden; what a style sets apart gets a seam before it."""
    names, attributes, texts = markup.names, markup.attributes, markup.texts
    # Word gives thousands of tags the same few styles.
    different = [value for value in set(attributes) if len(value) >= len(" hidden")]
    apart = {value for value in different if APART.search(value)}
    hidden = {value for value in different if hides(value)}
    for index, value in enumerate(attributes) if apart or hidden else ():
        if names[index] in VOID:
            continue
        if value in apart and index:
            texts[index - 1] += SEAM
        if value in hidden:
            yield index


def hides(attributes: str) -> bool:
    """Whether a tag with these attributes is hidden; class="a hidden b" is a name, not the attribute."""
    hidden = HIDDEN.search(attributes)
    return hidden is not None and (":" in hidden[0] or HIDDEN.search(QUOTED.sub('""', attributes)) is not None)


def spans_of(names: Sequence[str], name: str, starts: set[int]) -> Iterator[tuple[int, int]]:
    """First and last tag of the elements that begin at `starts`; one that is never closed has none."""
    open_at: list[int] = []
    closing = f"/{name}"
    for index, one in enumerate(names):
        if one == name:
            open_at.append(index)
        elif one == closing and open_at:
            start = open_at.pop()
            if start in starts:
                yield start, index


def stand_in(names: Sequence[str]) -> list[str]:
    """What keeps the count of tables, rows and cells right where a hidden part is taken out."""
    own = {"tr": ["tr"], "td": [HIDDEN_CELL], "th": [HIDDEN_CELL]}.get(names[0], [])
    return [*own, *[HIDDEN_TABLE] * names.count("table")]
