"""Time of each view of the plan, and its ratio to counting in SQL: `python -m benchmarks.plan_views [FOLDER]`.

10,000 actions, 50,000 updates with a status, 4,000 slips; medians of seven.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.workspaces import TODAY, generate_workspace

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace

FIRST, LAST = date(2013, 9, 30), date(2013, 12, 31)
RAW = "SELECT objective, status, brag, count(*), sum(due_day < '2014') FROM actions WHERE NOT deleted GROUP BY 1, 2, 3"
RAW_UPDATES = "SELECT action, max(said_on) FROM updates WHERE NOT deleted AND status IS NOT NULL GROUP BY 1"


def add_history(workspace: Workspace) -> None:
    """Add updates with a status and slips, from which earlier positions of the plan are computed."""
    chance = random.Random(5)
    statuses = ("in_progress", "on_hold", "planned")
    with workspace.database.write("made-up past", kind="load") as ledger:
        actions = [key for (key,) in ledger.cursor.execute("SELECT id FROM actions WHERE due IS NOT NULL LIMIT 4000")]
        ledger.add_all(
            "slips",
            [
                {"action": key, "slipped_on": _choose_day(chance), "from_due": "2013-09-30", "to_due": "2013-12-31"}
                for key in actions
            ],
        )
        updates = [
            {
                "action": chance.choice(actions),
                "said_on": _choose_day(chance),
                "text": "-",
                "status": chance.choice(statuses),
            }
            for _number in range(25_000)
        ]
        ledger.add_all("updates", updates)


def _choose_day(chance: random.Random) -> str:
    return (TODAY - timedelta(days=chance.randint(0, 300))).isoformat()


def list_views(workspace: Workspace) -> dict[str, Callable[[], object]]:
    """Service calls of the screens, by name."""
    from ahtc_tui.domain.actions.filters import ActionFilter, Sort
    from ahtc_tui.domain.plan.periods import PlanGrouping
    from ahtc_tui.services import search
    from ahtc_tui.services.actions import service as actions
    from ahtc_tui.services.commissions import service as commissions
    from ahtc_tui.services.evidence import practice, recommendations, sessions
    from ahtc_tui.services.evidence import service as evidence
    from ahtc_tui.services.plan import periods
    from ahtc_tui.services.plan import service as plan
    from ahtc_tui.services.today import show_today

    def build_comparison(by: PlanGrouping) -> Callable[[], object]:
        return lambda: periods.compare_plan(workspace, FIRST, LAST, by)

    def build_page(sort: Sort, action_filter: ActionFilter) -> Callable[[], object]:
        return lambda: actions.list_actions(workspace, action_filter, sort, 128)

    return {
        "today": lambda: show_today(workspace),
        "search": lambda: search.search_records(workspace, "training gwent"),
        **{f"actions by {sort.value}": build_page(sort, ActionFilter()) for sort in Sort},
        "actions without update": build_page(Sort.DUE, ActionFilter(no_update_since=LAST)),
        "count of open actions": lambda: actions.count_actions(workspace, ActionFilter()),
        "why": lambda: actions.explain_urgency(workspace, "MW-1"),
        **{f"compare by {by.value}": build_comparison(by) for by in PlanGrouping},
        "trend": lambda: periods.show_trend(workspace),
        "burn-down": lambda: periods.show_burn_down(workspace),
        "plan": lambda: plan.show_plan(workspace),
        "timeline": lambda: plan.show_timeline(workspace),
        "card of an action": lambda: actions.show_action(workspace, "MW-1"),
        "matrix": lambda: practice.show_matrix(workspace),
        "sessions missing": lambda: sessions.list_missing_authorities(workspace, "12m"),
        "data sets": lambda: evidence.list_data_sets(workspace),
        "figures": lambda: evidence.list_figures(workspace),
        "recommendations": lambda: recommendations.list_recommendations(workspace),
        "paper": lambda: commissions.show_commission(workspace, "celg-4-31-13"),
    }


def measure_milliseconds(call: Callable[[], object]) -> float:
    """Median of seven runs in milliseconds, after one unmeasured run."""
    call()
    times = []
    for _round in range(7):
        start = time.perf_counter()
        call()
        times.append((time.perf_counter() - start) * 1000)
    return median(times)


def measure_views(root: Path) -> None:
    """Create the workspace, measure every view and print."""
    from ahtc_tui.services.opening import open_workspace

    generate_workspace(root, 10_000, 25_000)
    with closing(open_workspace(root, TODAY)) as workspace:
        add_history(workspace)
        with workspace.database.read() as cursor:
            floor = measure_milliseconds(lambda: [cursor.execute(query).fetchall() for query in (RAW, RAW_UPDATES)])
        sys.stdout.write(f"{'raw SQL over actions and updates':34} {floor:8.1f} ms\n")
        for name, call in list_views(workspace).items():
            milliseconds = measure_milliseconds(call)
            sys.stdout.write(f"{name:34} {milliseconds:8.1f} ms {milliseconds / floor:6.2f} x raw\n")


if __name__ == "__main__":
    with TemporaryDirectory(prefix="ahtc-plan-") as passing:
        measure_views(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(passing) / "office")
