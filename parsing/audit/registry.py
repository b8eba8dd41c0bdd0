"""What a check is, and the one list of them.

In: functions decorated with `@check(...)`.  Out: `Check` objects in the order of their modules.  Refused
(`RegistryError`): an id used twice, a check without a reason (docstring), legal basis, title, formula or limits.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from parsing.audit.results import Verdict
from parsing.audit.views import ReportView
from parsing.findings import Consequence, Severity
from parsing.templates import load_templates

# The modules of checks in the order of the catalogue, and what each family is called.
FAMILIES = {
    "articulation": "表三、表四的勾稽关系",
    "disputes": "表四：起诉与纠正",
    "documents": "表二：规章和规范性文件",
    "disclosure": "表二：事项、决定、收费和采购",
    "indicators": "统计表：合计",
    "indicator_limits": "统计表：大小与有无",
    "provincial": "地方自定统计表",
    "denials": "正文与表格：有无",
    "narrative": "正文与表格：件数",
    "breakdowns": "正文与表格：分项",
    "statements": "正文前后",
    "form": "格式",
    "contents": "规定的内容",
    "dates": "日期与期限",
    "personal": "正文：个人信息",
    "years": "上下年度：表格",
    "quotations": "上下年度：正文",
    "copying": "文字雷同与残留",
    "peers": "同级机关之间",
    "rollup": "政府与下属机关",
}


class RegistryError(ValueError):
    """A check that may not be registered; the message names it and says why."""


class Demand(Protocol):
    """Something that must hold at one place of a report; a `Verdict` is one that is decided already."""

    def decide(self, tolerance: float) -> Verdict: ...


Body = Callable[[ReportView], Iterable[Demand]]


@dataclass(frozen=True, eq=False)
class Check:
    """One check: everything that a person needs to know about it is data; `body` yields what must hold.

    `needs` are cell addresses whose tables the report must have; alternatives are parted by `|`.  `tolerance` is in
    the unit of the operands.  `legal` are keys of `law.toml`, of both regimes where the check spans both.  A check that
    is not `joined` looks at nothing but its report, so that its verdict stands whatever other reports come beside.
    """

    id: str
    title: str
    severity: Severity
    consequence: Consequence
    legal: tuple[str, ...]
    formula: str
    limits: str
    needs: tuple[str, ...]
    tolerance: float
    body: Body
    joined: bool = False

    @property
    def family(self) -> str:
        """The module that holds the check; `FAMILIES` has its Chinese name."""
        return self.body.__module__.rpartition(".")[2]

    @property
    def why(self) -> str:
        """Why the relation must hold: the docstring."""
        return inspect.getdoc(self.body) or ""

    @cached_property
    def alternatives(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(need.split("|")) for need in self.needs)

    @cached_property
    def layouts(self) -> tuple[str, ...]:
        """The layouts of tables on which the check can run, in the order of the eras; () when it needs no table."""
        wanted = {address for group in self.alternatives for address in group}
        tables = [table for template in load_templates() for table in template.tables]
        return tuple(dict.fromkeys(table.layout for table in tables if wanted & set(table.addresses())))


_registered: dict[str, Check] = {}


def refuse_unless(is_given: object, check_id: str, what: str) -> None:
    if not is_given:
        raise RegistryError(f"{check_id}: {what}")


def check(
    check_id: str,
    title: str,
    *,
    severity: Severity,
    consequence: Consequence,
    legal: tuple[str, ...],
    formula: str,
    limits: str,
    needs: tuple[str, ...] = (),
    tolerance: float = 0,
    joined: bool = False,
) -> Callable[[Body], Body]:
    """Register the decorated function as the body of a check."""

    def register(body: Body) -> Body:
        refuse_unless(check_id not in _registered, check_id, "the id is used twice")
        refuse_unless(inspect.getdoc(body), check_id, "no docstring says why the relation must hold")
        for what, given in (("title", title), ("legal basis", legal), ("formula", formula), ("limits", limits)):
            refuse_unless(given, check_id, f"no {what}")
        _registered[check_id] = Check(
            check_id, title, severity, consequence, legal, formula, limits, needs, tolerance, body, joined
        )
        return body

    return register


def registered() -> tuple[Check, ...]:
    """All checks that were registered so far, by family, then as they stand in the module."""
    order = {family: rank for rank, family in enumerate(FAMILIES)}
    return tuple(sorted(_registered.values(), key=lambda one: order.get(one.family, len(order))))
