"""The verbs of `ahtc actions` that write: add, edit, update, propose, done, reopen."""

from __future__ import annotations

import re
from argparse import Namespace
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.argument_types import collect_flags, parse_field_values
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_lines
from ahtc_tui.cli.console.verbs import REF, Argument, EditVerb, Verb, declare_dry_run, declare_fields
from ahtc_tui.domain.actions.fields import OPTION_NAMES
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.services.actions import service as actions

if TYPE_CHECKING:
    from ahtc_tui.domain.actions.model import ActionRow
    from ahtc_tui.domain.dates.date_as_known import DateAsKnown
    from ahtc_tui.services.workspace import Workspace


def declare_verbs() -> list[Verb]:
    """Return the verbs that write."""
    dry_run = declare_dry_run(_("show the changes of each action, without writing them"))
    day = Argument("--on", "D", _("the date of the update; today by default"))
    meeting = Argument("--meeting", "REF", _("the meeting that closed it; its date is the closing date"), default="")
    evidence = Argument("--evidence", "T", default="")
    return [
        Verb(
            "add",
            add_action,
            _("add an action; prints its reference"),
            Argument("title"),
            *declare_fields(OPTION_NAMES),
        ),
        EditVerb(edit_actions, _("field=value ...; several actions as DP-01,DP-02 in one step"), dry_run),
        Verb("update", update_action, _("add a dated progress update")).takes(
            REF, Argument("text"), Argument("--brag", "L"), Argument("--status", "S"), day
        ),
        Verb("propose", propose_action, _("propose it as complete, by its owner"), REF, evidence),
        Verb("done", close_action, _("close it, by the group"), REF, evidence, meeting, Argument("--on", "D")),
        Verb("reopen", reopen_action, _("open it again"), REF),
    ]


def add_action(context: Context, args: Namespace) -> int:
    """Add an action and print its reference."""
    values = collect_flags(args, OPTION_NAMES)
    return _run_write(
        context,
        lambda workspace: actions.add_action(workspace, _build_draft(workspace, {"title": args.title, **values})),
    )


def edit_actions(context: Context, args: Namespace) -> int:
    """Edit the fields of one action, or of several in one step; --dry-run prints the changes only."""
    refs = [ref for ref in re.split(r"\s*[,;]\s*", args.ref) if ref] or [args.ref]
    fields = parse_field_values(args.fields)
    if len(refs) == 1 and not args.dry_run:
        return _run_write(
            context, lambda workspace: actions.edit_action(workspace, refs[0], _build_draft(workspace, fields))
        )
    with context.open_workspace() as workspace:
        draft = _build_draft(workspace, fields)
        if args.dry_run:
            previews = actions.preview_edit(workspace, refs, draft)
            print_lines(preview.summary for preview in previews)
            number = ngettext("1 action", "{n} actions", sum(bool(preview.changes) for preview in previews))
            context.print_notice(_("{actions} would change; nothing was written.").format(actions=number))
            return 0
        rows = actions.edit_actions(workspace, refs, draft)
    print_lines(row.ref for row in rows)
    number = ngettext("1 action", "{n} actions", len(rows))
    context.print_notice(_("{actions} edited. To undo, run `ahtc undo`.").format(actions=number))
    return 0


def update_action(context: Context, args: Namespace) -> int:
    """Add a progress update to an action, and change its rating or status with it."""
    from ahtc_tui.domain.drafts.actions import build_update_draft

    def write_update(workspace: Workspace) -> ActionRow:
        draft = build_update_draft(args.text, args.brag, args.status, _read_day(workspace, args.on))
        return actions.update_action(workspace, args.ref, draft)

    return _run_write(context, write_update)


def propose_action(context: Context, args: Namespace) -> int:
    """Set the status of an action to proposed complete."""
    return _run_write(context, lambda workspace: actions.propose_action(workspace, args.ref, args.evidence))


def close_action(context: Context, args: Namespace) -> int:
    """Set the status of an action to done, with closing date, evidence and meeting."""
    return _run_write(
        context,
        lambda workspace: actions.close_action(
            workspace, args.ref, _read_day(workspace, args.on), args.evidence, args.meeting
        ),
    )


def _read_day(workspace: Workspace, text: str | None) -> DateAsKnown | None:
    from ahtc_tui.domain.dates.parser import read_date

    return None if text is None else read_date(text, workspace.today())


def reopen_action(context: Context, args: Namespace) -> int:
    """Set the status of a closed action to in progress."""
    return _run_write(context, lambda workspace: actions.reopen_action(workspace, args.ref))


def _run_write(context: Context, use_case: Any) -> int:
    with context.open_workspace() as workspace:
        row: ActionRow = use_case(workspace)
        print_lines([row.ref])
        context.print_notice(
            _("{ref}: {status}. To undo, run `ahtc undo`.").format(ref=row.ref, status=row.status.label)
        )
    return 0


def _build_draft(workspace: Workspace, values: dict[str, str]) -> Any:
    from ahtc_tui.domain.drafts.actions import build_action_draft

    return build_action_draft(values, workspace.today())
