"""`ahtc actions`: the verbs that write: add, edit, update, propose, done, reopen."""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.argument_types import edit_verb, flags_given, pairs
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_lines
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.i18n import _
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
    adding.set_defaults(run=add)
    editing = edit_verb(verbs, "field=value ...; several as DP-01,DP-02 in one step", edit)
    editing.add_argument("--dry-run", action="store_true", help="only say what would become of each")
    updating = verbs.add_parser("update", help="a dated line of progress", allow_abbrev=False)
    updating.add_argument("ref")
    updating.add_argument("text")
    updating.add_argument("--brag", metavar="L")
    updating.add_argument("--status", metavar="S")
    updating.add_argument("--on", metavar="D", help="the day on which it was said; today unless given")
    updating.set_defaults(run=update)
    proposing = verbs.add_parser("propose", help="its owner says that it is complete", allow_abbrev=False)
    proposing.add_argument("ref")
    proposing.add_argument("--evidence", metavar="T", default="")
    proposing.set_defaults(run=propose)
    closing = verbs.add_parser("done", help="the group closes it", allow_abbrev=False)
    closing.add_argument("ref")
    closing.add_argument("--evidence", metavar="T", default="")
    closing.add_argument("--meeting", metavar="REF", default="", help="where the group agreed; its day counts")
    closing.add_argument("--on", metavar="D")
    closing.set_defaults(run=done)
    opening = verbs.add_parser("reopen", help="open it again", allow_abbrev=False)
    opening.add_argument("ref")
    opening.set_defaults(run=reopen)


def add(context: Context, chosen: Namespace) -> int:
    """`actions add`."""
    given = flags_given(chosen, FIELDS)
    return _write(
        context, lambda workspace: actions.add_action(workspace, _draft(workspace, {"title": chosen.title, **given}))
    )


def edit(context: Context, chosen: Namespace) -> int:
    """`actions edit`: one action, or several with a comma between."""
    refs = [ref for ref in re.split(r"\s*[,;]\s*", chosen.ref) if ref] or [chosen.ref]
    fields = pairs(chosen.fields)
    if len(refs) == 1 and not chosen.dry_run:
        return _write(context, lambda workspace: actions.edit_action(workspace, refs[0], _draft(workspace, fields)))
    with context.workspace() as workspace:
        draft = _draft(workspace, fields)
        if chosen.dry_run:
            edits = actions.preview_edit(workspace, refs, draft)
            print_lines(one.line for one in edits)
            said = say_number(sum(bool(one.changes) for one in edits), _("1 action"), _("{n} actions"))
            context.say(_("{actions} would change; nothing was written.").format(actions=said))
            return 0
        rows = actions.edit_actions(workspace, refs, draft)
    print_lines(row.ref for row in rows)
    said = say_number(len(rows), _("1 action"), _("{n} actions"))
    context.say(_("{actions} edited. `ahtc undo` takes it back.").format(actions=said))
    return 0


def update(context: Context, chosen: Namespace) -> int:
    """`actions update`."""
    from ahtc_tui.domain.drafts.actions import update_draft

    def write(workspace: Workspace) -> ActionRow:
        draft = update_draft(chosen.text, chosen.brag, chosen.status, _day(workspace, chosen.on))
        return actions.update_action(workspace, chosen.ref, draft)

    return _write(context, write)


def propose(context: Context, chosen: Namespace) -> int:
    """`actions propose`."""
    return _write(context, lambda workspace: actions.propose_action(workspace, chosen.ref, chosen.evidence))


def done(context: Context, chosen: Namespace) -> int:
    """`actions done`."""
    return _write(
        context,
        lambda workspace: actions.close_action(
            workspace, chosen.ref, _day(workspace, chosen.on), chosen.evidence, chosen.meeting
        ),
    )


def _day(workspace: Workspace, typed: str | None) -> DateAsKnown | None:
    from ahtc_tui.domain.dates.parser import read_date

    return None if typed is None else read_date(typed, workspace.today())


def reopen(context: Context, chosen: Namespace) -> int:
    """`actions reopen`."""
    return _write(context, lambda workspace: actions.reopen_action(workspace, chosen.ref))


def _write(context: Context, use_case: Any) -> int:
    with context.workspace() as workspace:
        row: ActionRow = use_case(workspace)
        print_lines([row.ref])
        context.say(_("{ref}: {status}. `ahtc undo` takes it back.").format(ref=row.ref, status=row.status.label))
    return 0


def _draft(workspace: Workspace, fields: dict[str, str]) -> Any:
    from ahtc_tui.domain.drafts.actions import action_draft

    return action_draft(fields, workspace.today())
