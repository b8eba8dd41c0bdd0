"""An agency against the others of its level and year: what lies far outside of what they report.

In: the view of a report, and the figures of its peers in the corpus.  Out: verdicts, notes only.  Nothing is said of
fewer than ten peers, and a count or share must lie outside with its whole interval of chance (99 %).
"""

from __future__ import annotations

from collections.abc import Iterator
from math import exp, sqrt

from parsing.audit.companions import Peers
from parsing.audit.evaluators import both_known
from parsing.audit.operands import Number, Sum
from parsing.audit.registry import check
from parsing.audit.results import PASSED, Finding, Verdict, failed, not_applicable, plain, show
from parsing.audit.views import ReportView

FEWEST_PEERS = 10
# Median absolute deviations, scaled to standard deviations; 99 % of chance on both sides.
SCALE, FENCE, CHANCE = 1.4826, 3.5, 2.576
# On the scale of logarithms: peers that happen to agree still differ by half.
LEAST_DEVIATION = 0.4
DECIDED = "t3.result_total.total"
FEWEST_DECIDED, FEWEST_OF_ALL = 20, 200
TIMES_THE_SHARE = 2
TOO_FEW = f"这一批里同级机关该年度的数不到 {FEWEST_PEERS} 个"
PEERS_IN_LIMITS = "机关的职能、人口不同，数字相差悬殊可以是正常的；只与同一批里同一层级、同一年度的报告比较。"


def fences(middle: float, deviation: float) -> tuple[float, float]:
    """Below and above which a count is far from the others, by their median and deviation on the scale of logarithms.

    >>> [round(fence, 1) for fence in fences(2.5, 0.2)]
    [2.0, 48.4]
    """
    reach = FENCE * max(SCALE * deviation, LEAST_DEVIATION)
    return exp(middle - reach) - 1, exp(middle + reach) - 1


def poisson_interval(count: Number) -> tuple[float, float]:
    """What a count may be by chance (Wilson and Hilferty's approximation).

    >>> [round(bound, 1) for bound in poisson_interval(10)]
    [3.7, 21.4]
    """
    above = count + 1
    high = above * (1 - 1 / (9 * above) + CHANCE / (3 * sqrt(above))) ** 3
    low = count * max(1 - 1 / (9 * count) - CHANCE / (3 * sqrt(count)), 0) ** 3 if count else 0.0
    return low, high


def wilson_interval(part: Number, whole: Number) -> tuple[float, float]:
    """What a share may be by chance.

    >>> [round(bound, 3) for bound in wilson_interval(15, 30)]
    [0.287, 0.713]
    """
    share, square = part / whole, CHANCE**2
    middle = (share + square / (2 * whole)) / (1 + square / whole)
    half = CHANCE * sqrt(share * (1 - share) / whole + square / (4 * whole**2)) / (1 + square / whole)
    return middle - half, middle + half


def peers_of(view: ReportView, address: str) -> Peers | None:
    """The agencies of the level and year, this one among them; None where too few have a number at the address."""
    found = view.companions.peers(view.report.particulars)
    return found if found and len(found.members) >= FEWEST_PEERS <= len(found.ranked(address)) else None


def stands_apart(view: ReportView, address: str, is_low_odd: bool) -> Verdict:
    """Whether a count lies outside the fences with its whole interval of chance."""
    peers, own = peers_of(view, address), view.sum(address)
    if peers is None:
        return not_applicable(TOO_FEW)
    if unknown := both_known(own):
        return unknown
    low, high = fences(*peers.spread(address))
    least, greatest = poisson_interval(max(own.value, 0))
    if least <= high and (greatest >= low or not is_low_odd):
        return PASSED
    ranked = peers.ranked(address)
    middle = ranked.middle()
    sign, fence = (">", round(high)) if least > high else ("<", round(low))
    message = (
        f"{own.title('full')}为 {show(own.value)}；这一批里 {len(ranked)} 个同级机关该年度的中位数是"
        f" {show(middle.value)}，按各机关的离散程度，一般{'不超过' if sign == '>' else '不少于'} {fence}。"
    )
    formula = f"{show(own.value)} {sign} {fence}（中位数 {show(middle.value)}，对数尺度 {FENCE} 个稳健标准差）"
    usual = middle.operand(view.tables[address.partition(".")[0]])
    evidence = (*own.evidence("left"), usual.evidence("context"))
    return failed(Finding(message, evidence, middle.value, own.value, formula, own.is_doubtful))


@check(
    "P.APPLICATIONS",
    "收到的申请比同级机关多出许多",
    severity="info",
    consequence="note",
    legal=("R2019-50-2", "R2007-32"),
    formula=f"收到申请件数（99% 区间）≤ 同级机关的对数中位数 + {FENCE} 个稳健标准差",
    limits=PEERS_IN_LIMITS,
    needs=("t3.new_received.total|b.applications_received",),
    joined=True,
)
def applications(view: ReportView) -> Iterator[Verdict]:
    """同级机关收到的申请一般在一个量级，多出许多的，可能是多写了一位，也可能遇到了集中申请，值得看一看。"""
    address = "t3.new_received.total" if view.has("t3.new_received.total") else "b.applications_received"
    yield stands_apart(view, address, is_low_odd=False)


@check(
    "P.DISCLOSED",
    "主动公开的信息数与同级机关相差悬殊",
    severity="info",
    consequence="note",
    legal=("R2007-32",),
    formula=f"主动公开信息数（99% 区间）在同级机关的对数中位数 ± {FENCE} 个稳健标准差之内",
    limits=PEERS_IN_LIMITS,
    needs=("b.disclosed_total",),
    joined=True,
)
def disclosed(view: ReportView) -> Iterator[Verdict]:
    """同级机关公开的信息一般在一个量级，相差悬殊的，可能是口径不同，或者多写、少写了一位。"""
    yield stands_apart(view, "b.disclosed_total", is_low_odd=True)


@check(
    "P.DENIED_SHARE",
    "不予公开的比例比同级机关高出许多",
    severity="info",
    consequence="note",
    legal=("R2019-36", "R2019-50-2"),
    formula=f"不予公开 ÷ 办理结果总计（99% 区间的下限）≤ {TIMES_THE_SHARE} × 同级机关合计的比例",
    limits=f"办结不到 {FEWEST_DECIDED} 件的不比；{PEERS_IN_LIMITS}",
    needs=(DECIDED,),
    joined=True,
)
def denied_share(view: ReportView) -> Iterator[Verdict]:
    """公开为常态、不公开为例外；不予公开的比例远高于同级机关的，应当看看理由是否成立。"""
    rows = (row.code for row in view.table("t3").rows if row.code.startswith("denied_"))
    addresses = tuple(f"t3.{code}.total" for code in rows)
    denied, decided = view.sum(*addresses, name="不予公开各项之和"), view.sum(DECIDED)
    peers = peers_of(view, DECIDED)
    if peers is None:
        yield not_applicable(TOO_FEW)
    elif unknown := both_known(denied, decided):
        yield unknown
    elif decided.value < FEWEST_DECIDED or peers.total((DECIDED,)) < FEWEST_OF_ALL:
        yield not_applicable("办结的申请太少，比例没有意义")
    else:
        yield share_apart(denied, decided, peers.total(addresses) / peers.total((DECIDED,)), len(peers.members))


def share_apart(part: Sum, whole: Sum, usual: float, count: int) -> Verdict:
    """Whether a share is larger than a multiple of the usual one, by more than chance."""
    least, _ = wilson_interval(part.value, whole.value)
    if least <= TIMES_THE_SHARE * usual:
        return PASSED
    share, common = plain(round(100 * part.value / whole.value, 1)), plain(round(100 * usual, 1))
    message = (
        f"表三：办结 {show(whole.value)} 件中不予公开 {show(part.value)} 件，占 {share}%；"
        f"这一批里 {count} 个同级机关合计占 {common}%。"
    )
    formula = f"{show(part.value)} ÷ {show(whole.value)} = {share}%，99% 区间下限 {round(100 * least, 1)}%"
    formula += f" > {TIMES_THE_SHARE} × {common}%"
    evidence = (*part.evidence("left"), *whole.evidence("left"))
    return failed(Finding(message, evidence, common, share, formula, part.is_doubtful or whole.is_doubtful))
