"""The list of what is carried forward when a meeting closes."""

from __future__ import annotations

from collections.abc import Sequence

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.minutes.model import Carried
from ahtc_tui.tui.widgets.plain import fit_cell

ITEM_WIDTH = 27
"""Cells of the title of an item, before the reason."""


def format_verdicts(verdicts: Sequence[Carried]) -> str:
    """Return the items that are carried forward, then those that are not, one line each with the reason."""
    groups = {True: _("CARRIED FORWARD"), False: _("NOT CARRIED FORWARD")}
    blocks = []
    for goes_forward, heading in groups.items():
        group_verdicts = [verdict for verdict in verdicts if verdict.goes_forward is goes_forward]
        lines = [
            f"{verdict.position or '–':>2}  {fit_cell(verdict.item, ITEM_WIDTH)}  {verdict.reason}"
            for verdict in group_verdicts
        ]
        blocks += ["\n".join((f"{heading}  {len(group_verdicts)}", *lines))] if group_verdicts else []
    return "\n\n".join(blocks)
