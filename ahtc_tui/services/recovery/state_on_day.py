"""The state of the workspace on the day of --as-at, for commands that only read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.journal.queries import LaterSteps, find_later_steps


class StateOnDay(NamedTuple):
    """The state of a workspace on a day."""

    workspace: Workspace
    note: str
    """Note on what is left out, or cannot be; empty where nothing was written after the day."""


@contextmanager
def open_state_on_day(workspace: Workspace, day: date) -> Iterator[StateOnDay]:
    """Yield the workspace as it was at the end of a day; it refuses writes if anything is left out.

    Raises StoreError if there is no room for a copy of the database.
    """
    with workspace.database.read() as cursor:
        later = find_later_steps(cursor, day)
    note = _describe_later_steps(later, day)
    if not later.hidden:
        yield StateOnDay(workspace, note)
        return
    from ahtc_tui.store.backup.snapshot import write_snapshot
    from ahtc_tui.store.engine.creation import create_temporary_file
    from ahtc_tui.store.replication.state_on_day import remove_steps

    database = workspace.database
    with create_temporary_file(database.path) as part:
        write_snapshot(database, part)
        with closing(database.open_other(part)) as copy:
            remove_steps(copy, later.hidden)
            copy.read_only_reason = _(
                "These are the records of {day}, and this command would change them. Leave out --as-at."
            ).format(day=format_long_date(day))
            yield StateOnDay(replace(workspace, database=copy), note)


def _describe_later_steps(later: LaterSteps, day: date) -> str:
    sentences = []
    if later.hidden:
        sentence = ngettext(
            "These are the records of {day}, without 1 later step.",
            "These are the records of {day}, without {n} later steps.",
            len(later.hidden),
            day=format_long_date(day),
        )
        sentences.append(sentence)
    if later.shown:
        sentence = _("The journal begins on {day}. Entries since then are shown as they are now.")
        sentences.append(sentence.format(day=format_long_date(later.begins_on)))
    return " ".join(sentences)
