"""`ahtc actions`: the verbs that write: add, edit, update, propose, done, reopen."""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.argument_types import add_edit_verb, collect_flags, parse_field_values
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_lines
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.services.actions import service as actions

if TYPE_CHECKING:
    from ahtc_tui.domain.actions.model import ActionRow
    from ahtc_tui.domain.dates.date_as_known import DateAsKnown
    from ahtc_tui.services.workspace import Workspace

FIELDS = (
    "lead",
    "objective",
    "due",
    "meeting",
    "group",
    "detail",
    "status",
    "brag",
    "priority",
    "review_on",
    "support",
    "partners",
    "partner_text",
    "confidence",
    "blocked_by",
    "marking",
    "repeat",
)
"""What `add` takes as flags; `edit` takes the same as field=value."""


def add_verbs(verbs: Any) -> None:
    """The verbs, beside those that read."""
    adding: ArgumentParser = verbs.add_parser("add", help="a new action; prints its reference", allow_abbrev=False)
    adding.add_argument("title")
    for field in FIELDS:
        adding.add_argument(f"--{field.replace('_', '-')}", dest=field)
    adding.set_defaults(run=add_action)
    editing = add_edit_verb(verbs, "field=value ...; several as DP-01,DP-02 in one step", edit_actions)
    editing.add_argument("--dry-run", action="store_true", help="only say what would become of each")
    updating = verbs.add_parser("update", help="a dated line of progress", allow_abbrev=False)
    updating.add_argument("ref")
    updating.add_argument("text")
    updating.add_argument("--brag", metavar="L")
    updating.add_argument("--status", metavar="S")
    updating.add_argument("--on", metavar="D", help="the day on which it was said; today unless given")
    updating.set_defaults(run=update_action)
    proposing = verbs.add_parser("propose", help="its owner says that it is complete", allow_abbrev=False)
    proposing.add_argument("ref")
    proposing.add_argument("--evidence", metavar="T", default="")
    proposing.set_defaults(run=propose_action)
    closing = verbs.add_parser("done", help="the group closes it", allow_abbrev=False)
    closing.add_argument("ref")
    closing.add_argument("--evidence", metavar="T", default="")
    closing.add_argument("--meeting", metavar="REF", default="", help="where the group agreed; its day counts")
    closing.add_argument("--on", metavar="D")
    closing.set_defaults(run=close_action)
    opening = verbs.add_parser("reopen", help="open it again", allow_abbrev=False)
    opening.add_argument("ref")
    opening.set_defaults(run=reopen_action)


def add_action(context: Context, args: Namespace) -> int:
    """`actions add`."""
    values = collect_flags(args, FIELDS)
    return _run_write(
        context,
        lambda workspace: actions.add_action(workspace, _build_draft(workspace, {"title": args.title, **values})),
    )


def edit_actions(context: Context, args: Namespace) -> int:
    """`actions edit`: one action, or several with a comma between."""
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
    context.print_notice(_("{actions} edited. `ahtc undo` takes it back.").format(actions=number))
    return 0


def update_action(context: Context, args: Namespace) -> int:
    """`actions update`."""
    from ahtc_tui.domain.drafts.actions import build_update_draft

    def write_update(workspace: Workspace) -> ActionRow:
        draft = build_update_draft(args.text, args.brag, args.status, _read_day(workspace, args.on))
        return actions.update_action(workspace, args.ref, draft)

    return _run_write(context, write_update)


def propose_action(context: Context, args: Namespace) -> int:
    """`actions propose`."""
    return _run_write(context, lambda workspace: actions.propose_action(workspace, args.ref, args.evidence))


def close_action(context: Context, args: Namespace) -> int:
    """`actions done`."""
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
    """`actions reopen`."""
    return _run_write(context, lambda workspace: actions.reopen_action(workspace, args.ref))


def _run_write(context: Context, use_case: Any) -> int:
    with context.open_workspace() as workspace:
        row: ActionRow = use_case(workspace)
        print_lines([row.ref])
        context.print_notice(
            _("{ref}: {status}. `ahtc undo` takes it back.").format(ref=row.ref, status=row.status.label)
        )
    return 0


def _build_draft(workspace: Workspace, values: dict[str, str]) -> Any:
    from ahtc_tui.domain.drafts.actions import build_action_draft

    return build_action_draft(values, workspace.today())
