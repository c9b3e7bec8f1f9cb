"""The verbs of `ahtc actions` that write: add, edit, update, propose, done, reopen."""

from __future__ import annotations

import re
from argparse import Namespace

from ahtc_tui.cli.console.argument_types import collect_flags, parse_field_values
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_result
from ahtc_tui.cli.console.verbs import REF, Argument, EditVerb, Verb, declare_dry_run, declare_fields
from ahtc_tui.cli.console.write_messages import print_kept_words, print_written_ref, save_draft
from ahtc_tui.domain.actions.fields import OPTION_NAMES
from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.services.actions import service as actions
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


def add_action(context: Context, args: Namespace) -> None:
    """Add an action and print its reference."""
    from ahtc_tui.domain.drafts.actions import build_action_draft

    values = collect_flags(args, ("title", *OPTION_NAMES))
    _print_written(context, save_draft(context, build_action_draft, actions.add_action, values))


def edit_actions(context: Context, args: Namespace) -> None:
    """Edit the fields of one action, or of several in one step; --dry-run prints the changes only."""
    from ahtc_tui.domain.drafts.actions import build_action_draft

    refs = [ref for ref in re.split(r"\s*[,;]\s*", args.ref) if ref] or [args.ref]
    with context.open_workspace() as workspace:
        draft = build_action_draft(parse_field_values(args.fields), workspace.today())
        if args.dry_run:
            previews = actions.preview_edit(workspace, refs, draft)
            print_result(
                args.json,
                lambda: [{"ref": preview.ref, "changes": serialize_value(preview.changes)} for preview in previews],
                lambda: (preview.summary for preview in previews),
            )
            number = ngettext("1 action", "{n} actions", sum(bool(preview.changes) for preview in previews))
            context.print_notice(_("{actions} would change; nothing was written.").format(actions=number))
        elif len(refs) == 1:
            _print_written(context, actions.edit_action(workspace, refs[0], draft))
            print_kept_words(context, draft)
        else:
            rows = actions.edit_actions(workspace, refs, draft)
            print_result(args.json, lambda: [{"ref": row.ref} for row in rows], lambda: (row.ref for row in rows))
            context.print_undoable(ngettext("1 action edited.", "{n} actions edited.", len(rows)))
            print_kept_words(context, draft)


def update_action(context: Context, args: Namespace) -> None:
    """Add a progress update to an action, and change its rating or status with it."""
    from ahtc_tui.domain.drafts.actions import build_update_draft

    with context.open_workspace() as workspace:
        draft = build_update_draft(args.text, args.brag, args.status, _read_day(workspace, args.on))
        _print_written(context, actions.update_action(workspace, args.ref, draft))


def propose_action(context: Context, args: Namespace) -> None:
    """Set the status of an action to proposed complete."""
    with context.open_workspace() as workspace:
        _print_written(context, actions.propose_action(workspace, args.ref, args.evidence))


def close_action(context: Context, args: Namespace) -> None:
    """Set the status of an action to done, with closing date, evidence and meeting."""
    with context.open_workspace() as workspace:
        closed_on = _read_day(workspace, args.on)
        _print_written(context, actions.close_action(workspace, args.ref, closed_on, args.evidence, args.meeting))


def _read_day(workspace: Workspace, text: str | None) -> DateAsKnown | None:
    from ahtc_tui.domain.dates.parser import read_date

    return None if text is None else read_date(text, workspace.today())


def reopen_action(context: Context, args: Namespace) -> None:
    """Set the status of a closed action to in progress."""
    with context.open_workspace() as workspace:
        _print_written(context, actions.reopen_action(workspace, args.ref))


def _print_written(context: Context, row: ActionRow) -> None:
    print_written_ref(context, row.ref, row.status.label)
