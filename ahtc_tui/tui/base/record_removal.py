"""Removal of a record from its list."""

from __future__ import annotations

from ahtc_tui.domain.i18n import _
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.widgets.confirm import Confirm, errors_as_toasts, show_toast


async def remove_record(app: DeskApp, noun: str, ref: str) -> None:
    """Remove a record of this kind after a question that lists what goes with it."""
    from ahtc_tui.services.records import removal

    with errors_as_toasts(app):
        plan = await app.desk.run(removal.plan_removal, noun, ref)
        confirm = Confirm(plan.question, default=False)
        if bool(plan.used_by) or await app.push_screen_wait(confirm):
            await app.desk.run(removal.remove_record, noun, ref)
            show_toast(app, _("{ref} removed").format(ref=ref))
            app.changed.publish(None)
