"""`make precision`: what every check raises on reports of which people know the answer.

In: the labelled material of `labelled`.  Out: a Markdown table on standard output, what was wrong or missed under it,
and `parsing/audit/measured.toml`, which the catalogue of the method page shows.  Where the real reports are not beside
the checkout their figures stay as they were, and the output says so.
"""

from __future__ import annotations

from parsing.audit.measured import FILE, load_measured
from parsing.audit.measured import count_reports as measured_reports
from tests.precision.counting import Tallies, count, count_reports, write_table, write_toml
from tests.precision.labelled import OWN, SHARED, Answer, optional_flags, real_reports


def keep_real(tallies: Tallies) -> Tallies:
    """The tallies with those of the real reports as they were measured last."""
    kept = {check: sources["real"] for check, sources in load_measured().items() if "real" in sources}
    return {
        check: {**({"real": kept[check]} if check in kept else {}), **sources} for check, sources in tallies.items()
    }


def list_mistakes(answers: list[Answer]) -> list[str]:
    """Every answer that is not as it should be, and every flag of a real report that nobody has judged."""
    lines = []
    for one in answers:
        lines += [f"- wrong: {check} on {one.source} {one.name}" for check in sorted(one.raised & one.barred)]
        lines += [f"- missed: {check} on {one.source} {one.name}" for check in sorted(one.due - one.raised)]
        unjudged = one.raised - one.due - one.barred if one.source == "real" else set()
        for check in sorted(unjudged):
            word = "left open by gold" if check in optional_flags(one.name) else "NOT JUDGED"
            lines.append(f"- {word}: {check} on {one.source} {one.name}")
    return lines


def main() -> int:
    real = list(real_reports())
    answers = [*real, *(one for make in OWN.values() for one in make())]
    tallies, reports = count(answers), count_reports(answers)
    if real:
        print(f"real reports: {len(real)}, from {SHARED.name} beside the checkout")
    else:
        print("real reports: none beside the checkout; their figures stay as they were measured last")
        tallies, reports = keep_real(tallies), {"real": measured_reports().get("real", 0), **reports}
    print("reports by source: " + ", ".join(f"{source} {number}" for source, number in reports.items()))
    print(f"\n{write_table(tallies)}\n")
    print("\n".join(list_mistakes(answers) or ["nothing wrong, nothing missed"]))
    FILE.write_text(write_toml(tallies, reports), "utf-8")
    print(f"\nwritten: {FILE.name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
