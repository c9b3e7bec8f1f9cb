"""Commands on one action, for every screen that shows it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import CLOSED_STATUSES, Status
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.actions import service as actions
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.base.party_options import list_candidates, list_meeting_candidates
from ahtc_tui.tui.widgets.confirm import errors_as_toasts
from ahtc_tui.tui.widgets.pick_list import Pick

if TYPE_CHECKING:
    from ahtc_tui.domain.actions.model import ActionRow
    from ahtc_tui.tui.actions.form import ActionChoices
    from ahtc_tui.tui.base.service_threads import Desk
    from ahtc_tui.tui.widgets.form import FormScreen


async def edit_action(app: DeskApp, ref: str) -> None:
    """Edit the action in its form."""
    from ahtc_tui.tui.actions.form import ActionForm

    with errors_as_toasts(app):
        card, desk = await app.desk.open_record(actions.show_action, ref)
        await app.open_form(ActionForm(desk, await list_choices(app), card), _("{ref} edited").format(ref=ref))


async def list_choices(app: DeskApp) -> ActionChoices:
    """Return the parties, groups, objectives and meetings that the form of an action offers."""
    from ahtc_tui.services.plan import service as plan
    from ahtc_tui.tui.actions.form import ActionChoices
    from ahtc_tui.tui.widgets.owner_field import Candidate

    objectives = [
        Candidate(f"{row.number} {row.shown_title}", str(row.number), (row.ref,))
        for row in (await app.desk.show(plan.show_plan)).objectives
    ]
    parties, groups = await list_candidates(app), await list_candidates(app, "group")
    return ActionChoices(parties, groups, objectives, await list_meeting_candidates(app))


async def update_action(app: DeskApp, ref: str) -> None:
    """Add an update, or correct one of the latest."""
    from ahtc_tui.tui.actions.form import UpdateForm

    with errors_as_toasts(app):
        card, desk = await app.desk.open_record(actions.show_action, ref)
        form = UpdateForm(desk, card.row, await list_candidates(app), card.updates)
        await app.open_form(form, _("{ref} updated").format(ref=ref))


async def propose_action(app: DeskApp, ref: str) -> None:
    """Propose the action as complete, with evidence."""
    from ahtc_tui.tui.actions.form import ProposeForm

    await _open_form(app, ref, ProposeForm, _("{ref} proposed as complete"))


async def close_action(app: DeskApp, ref: str) -> None:
    """Close the action with evidence, meeting and date."""
    from ahtc_tui.tui.actions.form import CloseForm

    if await _confirm_closing(app, ref):
        form = partial(CloseForm, meetings=await list_meeting_candidates(app))
        await _open_form(app, ref, form, _("{ref} closed as done"))


async def _confirm_closing(app: DeskApp, ref: str) -> bool:
    """Ask before an action is closed that waits for an open one or is a continuing duty."""
    from ahtc_tui.services.actions.dependencies import list_closing_doubts
    from ahtc_tui.tui.widgets.confirm import Confirm

    doubts = await app.desk.run(list_closing_doubts, [ref])
    question = " ".join((*doubts, _("Close it anyway?")))
    return not doubts or await app.push_screen_wait(Confirm(question, yes=_("close it"), default=False))


async def _open_form(app: DeskApp, ref: str, form: Callable[[Desk, ActionRow], FormScreen], message: str) -> None:
    """Read the action again and open a form on it."""
    with errors_as_toasts(app):
        card, desk = await app.desk.open_record(actions.show_action, ref)
        await app.open_form(form(desk, card.row), message.format(ref=ref))


async def close_as_done(app: DeskApp, ref: str) -> None:
    """Close the action as done, today."""
    with errors_as_toasts(app):
        if not await _confirm_closing(app, ref):
            return
        await app.desk.run(actions.close_action, ref)
        app.announce_write(_("{ref} closed as done").format(ref=ref))


async def choose_status(app: DeskApp, ref: str) -> None:
    """Choose another status from the list of all that are open; closing has other keys."""
    from ahtc_tui.domain.drafts.actions import build_action_draft

    with errors_as_toasts(app):
        before = (await app.desk.run(actions.show_action, ref)).row.status
        statuses = [status for status in Status if status not in CLOSED_STATUSES]
        labels = {status.value: status.label for status in statuses}
        first = statuses.index(before) if before in statuses else 0
        options = [(value, "") for value in labels]
        status = await app.push_screen_wait(Pick(_("Status of {ref}").format(ref=ref), options, first, labels=labels))
        if status is not None and status != before:
            await app.desk.run(actions.edit_action, ref, build_action_draft({"status": status}))
            app.announce_write(_("{ref} is now {status}").format(ref=ref, status=labels[status].lower()))


async def move_date(app: DeskApp, ref: str, days: int) -> None:
    """Move the due date by some days; of a continuing duty, the review date."""
    with errors_as_toasts(app):
        day = await app.desk.run(actions.move_date, ref, days)
        app.announce_write(_("{name} moved to {day}").format(name=ref, day=day))


COMMANDS: Mapping[str, Callable[[DeskApp, str], Awaitable[None]]] = {
    "edit": edit_action,
    "update": update_action,
    "done": close_as_done,
    "status": choose_status,
    "propose": propose_action,
    "close": close_action,
    "earlier": lambda app, ref: move_date(app, ref, -1),
    "later": lambda app, ref: move_date(app, ref, 1),
    "next_week": lambda app, ref: move_date(app, ref, 7),
}
