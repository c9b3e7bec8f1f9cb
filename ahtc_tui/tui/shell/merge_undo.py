"""Undoes the last merge below later work: a question for each record with such work, then one for the merge."""

from __future__ import annotations

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.text.step_labels import format_step_label
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.shell.reversal_progress import may_reverse
from ahtc_tui.tui.widgets.confirm import Confirm, errors_as_toasts, show_toast


def start_merge_undo(app: DeskApp) -> None:
    """Ask and undo in a worker of the app."""
    app.run_worker(_undo_merge(app), group="write")


async def _undo_merge(app: DeskApp) -> None:
    from ahtc_tui.services.replication import merge_undo

    with errors_as_toasts(app):
        merge = await app.desk.run(merge_undo.find_merge_undo)
        kept: list[str] = []
        for record in merge.records:
            question = Confirm(record.format_question(), yes=_("keep"), no=_("take it back"))
            if await app.push_screen_wait(question):
                kept.append(record.id)
        step = (await app.desk.run(merge_undo.find_merge_undo, kept)).step
        if await may_reverse(app, step, "", _("undo")):
            await app.desk.run(merge_undo.undo_last_merge, merge, kept)
            label = format_step_label(step.label)
            show_toast(app, _("Undone: {label}   ctrl+r to redo").format(label=label), undo=False)
            app.changed.publish(None)
