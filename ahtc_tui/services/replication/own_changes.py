"""Changes under a former device of this copy, which a restored backup lacks: a person decides whether they come in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.imports.report import ImportOptions, Question
from ahtc_tui.domain.text.cleaning import escape_controls
from ahtc_tui.store.replication.line_checks import LARGEST_WALL_MS

if TYPE_CHECKING:
    from ahtc_tui.store.replication.journal_merge import JournalMerge

OWN_CHANGES = "own-changes"
"""The id of the question."""
SHOWN_DEVICES = 3


def is_taken(options: ImportOptions) -> bool:
    """Return whether a person took the changes."""
    return options.answers.get(OWN_CHANGES) == "theirs"


def list_questions(merge: JournalMerge, options: ImportOptions) -> Iterator[Question]:
    """Yield the question about the changes that the other copy has under former devices of this one."""
    offered = merge.chains.offered
    if not offered or options.answers.get(OWN_CHANGES) == "ours":
        return
    times = [min(max(change.wall_ms, 0), LARGEST_WALL_MS) for change in offered]
    days = [format_long_date(datetime.fromtimestamp(wall / 1000, UTC).date()) for wall in (min(times), max(times))]
    devices = ", ".join(sorted({escape_controls(change.device) for change in offered})[:SHOWN_DEVICES])
    count = ngettext("1 change", "{n} changes", len(offered))
    reason = _(
        "only the other copy still has {count} made by this laptop as {devices}, from {first} to {last}. A backup "
        "was restored on this laptop, or a merge was undone"
    ).format(count=count, devices=devices, first=days[0], last=days[1])
    yield Question(OWN_CHANGES, None, "history", None, _("left out"), count, reason, "")
