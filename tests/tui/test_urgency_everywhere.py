"""The urgency of an action is the same on screen, in lists, in JSON and on its card, and is the sum of its terms."""

from __future__ import annotations

import json
from contextlib import redirect_stdout
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ahtc_tui.cli.actions.commands import format_action_table
from ahtc_tui.cli.main import run
from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope, Sort
from ahtc_tui.domain.actions.model import Brag, Priority, Status
from ahtc_tui.domain.actions.urgency import TERM_LABELS
from ahtc_tui.services.actions.service import Page, list_action_page, show_action
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.actions.list import action_columns
from ahtc_tui.tui.actions.screen import build_sections, build_urgency_sections
from ahtc_tui.tui.widgets.detail_pane import Line
from tests.builders import TODAY

DAYS = st.integers(-40, 400).map(lambda ago: (TODAY - timedelta(days=ago)).isoformat())
"""Recent enough that each day has another weight."""
FIELDS: Any = {
    "due": st.integers(-20, 12).map(lambda ago: (TODAY - timedelta(days=ago)).isoformat())
    | st.just("9999-12-31 words ASAP")
    | st.just("2013-12-31 month by the end of 2013"),
    "brag": st.sampled_from([*Brag]),
    "priority": st.sampled_from([*Priority]),
    "review_on": DAYS,
    "raised_on": DAYS,
}
ACTIONS = st.lists(
    st.fixed_dictionaries({"status": st.sampled_from([*Status])}, optional=FIELDS), min_size=2, max_size=4
)


@pytest.mark.long
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None)
@given(ACTIONS, st.booleans())
def test_urgency_is_the_same_everywhere_and_is_the_sum_of_its_terms(
    workspace: Workspace, fields: list[dict[str, Any]], waits: bool
) -> None:
    with workspace.database.write("made up") as ledger:
        [count] = ledger.cursor.execute("SELECT count(*) FROM actions").fetchone()
        rows = [{"ref": f"MU-{n}", "title": "x", **row_fields} for n, row_fields in enumerate(fields, start=count)]
        keys = ledger.add_all("actions", rows)
        if waits:
            ledger.add("dependencies", {"action": keys[0], "blocked_by": keys[1]})
    listed = {
        row["ref"]: row["urgency"] for row in run_json(workspace, "actions", "list", "--all", "--sort", "urgency")
    }
    assert list(listed.values()) == sorted(listed.values(), reverse=True)
    placed = list_action_page(workspace, ActionFilter(ActionScope.ALL), Sort.URGENCY, Page())
    column = next(urgency_column for urgency_column in action_columns(TODAY, ("urgency",)))
    on_screen = {row.ref: column.render((place, row)) for place, row in placed}
    as_text = dict(
        zip(on_screen, format_action_table([row for _place, row in placed], ("urgency",), TODAY), strict=True)
    )
    for ref in (row["ref"] for row in rows):
        figure = listed[ref]
        explanation = run_json(workspace, "actions", "why", ref)
        assert explanation["urgency"] == figure == round(sum(term["contribution"] for term in explanation["terms"]), 2)
        assert run_json(workspace, "actions", "show", ref)["urgency"] == figure
        assert on_screen[ref] == as_text[ref].strip() == f"{figure:.2f}"
        card = show_action(workspace, ref)
        on_card = list_plain_lines(build_sections(card, TODAY))
        assert (f"URGENCY  {figure:.2f} (w explains)" in on_card) == card.row.is_open
        *named, total = [
            line.strip()
            for line in list_plain_lines(build_urgency_sections(card.row, TODAY))
            if line.strip()[-1:].isalpha()
        ]
        assert named == [f"{term['contribution']:+.2f}  {TERM_LABELS[term['term']]}" for term in explanation["terms"]]
        assert total == f"{figure:.2f}  total"


def run_json(workspace: Workspace, *words: str) -> Any:
    """Run a command and return its JSON output."""
    out = StringIO()
    with redirect_stdout(out):
        assert run(["--workspace", str(workspace.root), "--as-at", TODAY.isoformat(), *words, "--json"]) == 0
    return json.loads(out.getvalue())


def list_plain_lines(sections: Any) -> list[str]:
    """Return the `Line` texts of a card."""
    return [section.text for section in sections if isinstance(section, Line)]
