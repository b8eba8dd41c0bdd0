"""The articles and notices behind the checks and the cells of the forms.

In: `law.toml`.  Out: `Article` objects by key, and the keys to cite for a report year.  Refused (`KeyError`): a key
that the file does not have.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from parsing.templates import Template, load_templates


@dataclass(frozen=True, slots=True)
class Article:
    """One article or notice: the act, the article within it ("" for a notice) and what it says, in short.

    `since` is the year from whose first day on the act applies, where a check must know it.
    """

    key: str
    act: str
    article: str
    gist: str
    since: int | None = None

    @property
    def citation(self) -> str:
        """Act and article: 《…条例》第三十三条."""
        return f"{self.act}{self.article}"


@cache
def load_law() -> Mapping[str, Article]:
    """All articles by key, in the order of the file."""
    data = tomllib.loads(Path(__file__).with_name("law.toml").read_text("utf-8"))
    articles = {}
    for entry in data["articles"]:
        act = data["acts"][entry["act"]]
        article = Article(entry["key"], act["name"], entry.get("article", ""), entry["gist"], act.get("since"))
        articles[article.key] = article
    return articles


def find_article(key: str) -> Article:
    """One article; KeyError names the key when there is none."""
    return load_law()[key]


@cache
def cite(keys: Sequence[str], regime: str | None, form: str | None) -> tuple[str, ...]:
    """The keys that apply: of two sets of regulations the one in force, of the notices that of the form due.

    Where nothing is left, because the year is unknown or an old form was used early, all keys are cited.
    """
    regimes = {template.regime for template in load_templates()}
    forms = {template.form for template in load_templates()} - {None}

    def applies(key: str) -> bool:
        act = key.partition("-")[0]
        return (act == regime if act in regimes else True) and (key == form if key in forms else True)

    return tuple(key for key in keys if applies(key)) or tuple(keys)


def form_of(due: Template | None) -> str | None:
    return due.form if due else None
