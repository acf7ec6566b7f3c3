"""`./ei bench`: how fast the statistics are, in ratios to other packages measured in the same run on one core.

The exit code is 1 if some numbers were not equal where they must be. A missed speed is told, and no error.
"""

import argparse
import statistics
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.benchmarks import report
from tests.benchmarks.dif import compare_dif
from tests.benchmarks.engine import measure_engine
from tests.benchmarks.invitations import measure_invitations
from tests.benchmarks.irt import Comparison, compare
from tests.benchmarks.items import compare_items
from tests.benchmarks.lists import FEW, measure_lists
from tests.benchmarks.mails import measure_mails, times_of
from tests.benchmarks.peers import peer_python, versions
from tests.benchmarks.report import Row, faster, in_units
from tests.benchmarks.saves import measure_saves, p95

LEAST_GAIN = -0.01
MOST_MEGABYTES = 1000
LARGEST = 100_000
TIMES_BARE_INSERTS, TIMES_BARE_LOOP, TIMES_QUIET = 3, 1.3, 1.5
LIST_MILLISECONDS, TIMES_FEW = 150, 1.5
FIT_ASKED, EAP_ASKED, DIF_ASKED, ITEMS_ASKED = 20, 2, 100, 10


def irt_rows(peer: Path, *, quick: bool) -> Iterator[Row]:
    """Calibration and EAP scores, 40 items of five categories."""
    turns = {1_000: 1, 10_000: 1} if quick else {1_000: 5, 10_000: 5, LARGEST: 3}
    for model in ("grm", "gpcm"):
        for persons, times in turns.items():
            runs = [compare(peer, sizes=(persons,), models=(model,))[0] for _ in range(times)]
            yield _fit_row(runs)
            if persons == LARGEST or quick:
                yield _eap_row(runs)
            if persons == LARGEST:
                yield _memory_row(f"{model.upper()}, fit and EAP", max(run.peak_megabytes for run in runs))


def _fit_row(runs: list[Comparison]) -> Row:
    gain = min(run.gain for run in runs)
    converged = all(run.converged for run in runs)
    note = f"log-likelihood {gain:+.3f}" + ("" if converged else ", not converged")
    if not all(run.peer_converged for run in runs):
        note += "; the peer did not converge"
    return faster(
        f"{runs[0].model.upper()}: fit, N = {runs[0].persons:,}",
        [run.seconds for run in runs],
        [run.peer_seconds for run in runs],
        FIT_ASKED,
        agreement=note,
        agrees=gain >= LEAST_GAIN and converged,
    )


def _eap_row(runs: list[Comparison]) -> Row:
    difference = max(run.largest_eap_difference for run in runs)
    return faster(
        f"{runs[0].model.upper()}: EAP scores, N = {runs[0].persons:,}",
        [run.scoring_seconds for run in runs],
        [run.peer_scoring_seconds for run in runs],
        EAP_ASKED if runs[0].persons == LARGEST else None,
        agreement=f"each from its own fit; largest difference {difference:.4f}",
    )


def _memory_row(name: str, megabytes: float) -> Row:
    return Row(
        f"{name}: peak memory, N = {LARGEST:,}",
        f"{megabytes:.0f} MB",
        asked=f"under {MOST_MEGABYTES} MB",
        holds=megabytes < MOST_MEGABYTES,
        missing_factor=megabytes / MOST_MEGABYTES,
    )


def dif_rows(peer: Path, *, quick: bool) -> Iterator[Row]:
    """DIF of 40 items."""
    persons = 10_000 if quick else LARGEST
    case = compare_dif(peer, persons, turns=1 if quick else 3)
    yield faster(
        f"DIF, N = {persons:,} (peer: from {len(case.studied)} of {case.items} items)",
        [turn["seconds"] for turn in case.turns.ours],
        [turn["seconds"] for turn in case.turns.peer],
        None if quick else DIF_ASKED,
        agreement=f"LR within {case.largest_lr_difference:.1e}",
        agrees=case.agrees,
    )
    if not quick:
        yield _memory_row("DIF", max(turn["peak_megabytes"] for turn in case.turns.ours))


def items_rows(peer: Path, *, quick: bool) -> Iterator[Row]:
    """Item analysis of 40 items."""
    persons = 10_000 if quick else LARGEST
    case = compare_items(peer, persons, turns=1 if quick else 3)
    seconds = [turn["seconds"] for turn in case.turns.ours]
    yield faster(
        f"item analysis, N = {persons:,}",
        seconds,
        [turn["seconds"] for turn in case.turns.peer],
        None if quick else ITEMS_ASKED,
        agreement=f"within {case.largest_difference:.0e}, counts {'equal' if case.same_counts else 'differ'}",
        agrees=case.agrees,
    )
    yield faster(
        "the same, the peer with one covariance matrix",
        seconds,
        [turn["tuned_seconds"] for turn in case.turns.peer],
        None,
    )
    if not quick:
        yield _memory_row("item analysis", max(turn["peak_megabytes"] for turn in case.turns.ours))


def engine_rows(_peer: Path, *, quick: bool) -> Iterator[Row]:
    """House scale, one person at a time."""
    persons = 1_000 if quick else 10_000
    runs = [measure_engine(persons) for _ in range(1 if quick else 3)]
    difference = max(run.largest_difference for run in runs)
    times_bare = statistics.median(run.seconds / run.bare_seconds for run in runs)
    yield Row(
        f"house scale, {persons:,} people one by one",
        in_units(statistics.median(run.seconds for run in runs)),
        f"none; bare matrix {in_units(statistics.median(run.bare_seconds for run in runs))}",
        agreement=f"{times_bare:.0f} times the bare matrix; scores within {difference:.0e}",
        agrees=all(run.agrees for run in runs),
    )


def invitation_rows(_peer: Path, *, quick: bool) -> Iterator[Row]:
    """Many people invited in one transaction, beside bare INSERTs of the same rows."""
    people = 500 if quick else 5_000
    runs = [measure_invitations(people) for _ in range(1 if quick else 3)]
    bare = [run.bare_seconds for run in runs]
    for name, seconds in (
        (f"{people:,} invitations: rows, tokens, mails queued", [run.seconds for run in runs]),
        ("the same from a list that waits, with its checks", [run.list_seconds for run in runs]),
    ):
        times = statistics.median(mine / theirs for mine, theirs in zip(seconds, bare, strict=True))
        same = all(run.same_rows for run in runs)
        yield Row(
            name,
            in_units(statistics.median(seconds)),
            in_units(statistics.median(bare)),
            asked=f"at most {TIMES_BARE_INSERTS} times the bare INSERTs",
            holds=times <= TIMES_BARE_INSERTS,
            missing_factor=times / TIMES_BARE_INSERTS,
            agreement=f"{times:.2f} times; the rows are {'' if same else 'not '}the same",
            agrees=same,
        )


def mail_rows(_peer: Path, *, quick: bool) -> Iterator[Row]:
    """Mails sent over a server that is slow to answer, beside a bare loop."""
    case = measure_mails(30 if quick else 200, 1 if quick else 3)
    times = times_of(case)
    yield Row(
        f"{case.mails:,} mails over a server that answers after 20 ms",
        in_units(statistics.median(case.seconds)),
        in_units(statistics.median(case.bare_seconds)),
        asked=f"at most {TIMES_BARE_LOOP} times the bare loop",
        holds=times <= TIMES_BARE_LOOP,
        missing_factor=times / TIMES_BARE_LOOP,
        agreement=f"{times:.2f} times; {'every mail' if case.all_arrived else 'NOT every mail'} arrived",
        agrees=case.all_arrived,
    )


def save_rows(_peer: Path, *, quick: bool) -> Iterator[Row]:
    """Candidates' saves while mails go out, beside saves with nothing else going on."""
    case = measure_saves(20 if quick else 1_000, 1 if quick else 5)
    times = statistics.median(case.ratios)
    n_saves = sum(map(len, (*case.quiet, *case.mailing)))
    yield Row(
        f"a save's p95 while {case.mails:,} mails go out",
        in_units(statistics.median(map(p95, case.mailing))),
        f"quiet: {in_units(statistics.median(map(p95, case.quiet)))}",
        ratios=case.ratios,
        asked=f"at most {TIMES_QUIET} times the quiet p95",
        holds=times <= TIMES_QUIET,
        missing_factor=times / TIMES_QUIET,
        agreement=f"{n_saves:,} saves acknowledged; {'every mail' if case.all_arrived else 'NOT every mail'} arrived",
        agrees=case.all_arrived,
    )


def list_rows(_peer: Path, *, quick: bool) -> Iterator[Row]:
    """An opening's list with 10,000 candidates beside one with 100, by the clock."""
    many = 500 if quick else 10_000
    for kind in ("sqlite", "postgresql"):
        case = measure_lists(kind, many, 2 if quick else 12)
        few, lots = (p95(side) for side in case.all_pages)
        yield Row(
            f"a list of {many:,} candidates, p95 of {len(case.all_pages[1]):,} pages, {kind}",
            in_units(lots),
            f"{FEW} candidates: {in_units(few)}",
            ratios=(case.ratio,),
            asked=f"under {LIST_MILLISECONDS} ms, at most {TIMES_FEW} times those of {FEW}",
            holds=case.ratio <= TIMES_FEW and 1000 * lots < LIST_MILLISECONDS,
            missing_factor=max(case.ratio / TIMES_FEW, 1000 * lots / LIST_MILLISECONDS),
        )


CASES: dict[str, Callable[..., Iterator[Row]]] = {
    "irt": irt_rows,
    "dif": dif_rows,
    "items": items_rows,
    "engine": engine_rows,
    "invitations": invitation_rows,
    "mails": mail_rows,
    "saves": save_rows,
    "lists": list_rows,
}


def main() -> int:
    """Measure, and say what came out."""
    parser = argparse.ArgumentParser(prog="./ei bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small samples, one turn; shows that everything runs")
    parser.add_argument("--only", choices=CASES, action="append", help="measure this alone; may be given again")
    parser.add_argument("--write", action="store_true", help=f"put the table into {report.DOCUMENT.name}")
    given = parser.parse_args()
    if given.write and (given.quick or given.only):
        parser.error("--write is for a whole run, without --quick and --only")
    peer, rows = peer_python(), []
    for name in given.only or CASES:
        sys.stderr.write(f"bench: {name} ...\n")
        rows += CASES[name](peer, quick=given.quick)
    sys.stderr.write(report.as_text(rows))
    if given.write:
        report.write(rows, {"peers": ", ".join(f"{name} {number}" for name, number in versions().items())})
    return 0 if all(row.agrees for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
