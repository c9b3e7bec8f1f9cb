"""The verbs of `ahtc actions` that write: add, edit, update, propose, done, reopen."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from ahtc_tui.cli.console.argument_types import (
    Without,
    collect_flags,
    parse_field_values,
    parse_position,
)
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_result
from ahtc_tui.cli.console.verbs import (
    REF,
    Argument,
    EditVerb,
    OneOf,
    Verb,
    declare_dry_run,
    declare_options,
    declare_yes,
)
from ahtc_tui.cli.console.write_messages import print_kept_words, print_written
from ahtc_tui.domain.actions.fields import ACTION_FIELDS
from ahtc_tui.domain.actions.model import ActionRow, Status
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.errors import NotFound, Refused
from ahtc_tui.domain.fields.model import Place, list_choices_by_field, list_names
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.workspace import Workspace

if TYPE_CHECKING:
    from ahtc_tui.domain.actions.changes import EditPreview
    from ahtc_tui.domain.drafts.actions import ActionDraft

Value = TypeVar("Value")
OPTION_NAMES = list_names(ACTION_FIELDS, Place.ADD)
FILTER_PATTERN = re.compile(r"^[@#!-]|[:<>]| OR ")
"""Characters that only a filter can contain, not a list of references."""


def declare_verbs() -> list[Verb]:
    """Return the verbs that write."""
    several = (
        declare_dry_run(_("show the changes of each action, without saving them")),
        declare_yes(_("change all actions matching a filter, without asking")),
    )
    refs = Argument("ref", "REF", _("a reference, several (DP-01,DP-02), or a filter (@bawso)"))
    meeting = Argument("--meeting", "REF", _("the closing meeting; it gives the closing date"), default="")
    evidence = Argument("--evidence", "T", default="")
    return [
        Verb(
            "add",
            add_action,
            _("add an action; prints the reference"),
            Argument("title"),
            *declare_options(ACTION_FIELDS),
        ),
        EditVerb(
            edit_actions,
            list_choices_by_field(ACTION_FIELDS),
            *several,
            help_text=_("change fields with field=value; several actions as DP-01,DP-02 in one step"),
        ),
        _declare_update_verb(refs, several),
        Verb("propose", propose_action, _("propose it as complete, for the lead"), REF, evidence),
        Verb("done", close_actions, _("close it, by the group")).takes(
            refs, evidence, meeting, Argument("--on", "D"), *several
        ),
        Verb("reopen", reopen_action, _("reopen it"), REF),
        Verb("merge", merge_actions, _("merge the second action into the first, with both histories")).takes(
            REF, Argument("merged", "REF2", _("the action to close; the history of each names the other"))
        ),
        Verb("split", split_action, _("split off an action for each title; prints their references")).takes(
            REF, Argument("titles", "TITLE", _("a new action's title"), nargs="+")
        ),
    ]


def _declare_update_verb(refs: Argument, several: Sequence[Argument]) -> Verb:
    day = Argument("--on", "D", _("the update date; today by default"))
    of_update = (
        Argument("--by", "WHO", _("who reported it (a person, post or organisation)"), dest="said_by"),
        OneOf(
            Argument("--edit", "N", _("correct an update instead; 1 is the latest"), type=parse_position),
            Argument(
                "--remove", "N", _("remove an update instead; 1 is the latest"), type=parse_position, action=Without
            ),
        ),
    )
    return Verb("update", update_actions, _("add a dated progress update, correct one or remove it")).takes(
        refs,
        Argument("text"),
        Argument("--brag", "L"),
        Argument("--status", "S"),
        day,
        *of_update,
        *several,
    )


def add_action(context: Context, args: Namespace) -> None:
    """Add an action and print its reference."""
    from ahtc_tui.domain.drafts.actions import build_action_draft

    values = collect_flags(args, ("title", *OPTION_NAMES))
    with context.open_workspace() as workspace:
        draft = build_action_draft(values, workspace.today())
        row = actions.add_action(workspace, draft)
        _print_written(context, workspace, row)
    print_kept_words(context, draft, row)


def edit_actions(context: Context, args: Namespace) -> None:
    """Edit the fields of one action, or of several in one step; --dry-run prints the changes only."""
    from ahtc_tui.domain.drafts.actions import build_action_draft

    with context.open_workspace() as workspace:
        draft = build_action_draft(parse_field_values(args.fields), workspace.today())
        closes = draft.status is Status.DONE
        draft = _add_slip_reason(context, args, workspace, draft)
        change = _Change(actions.edit_actions, actions.preview_edit, draft, closes)
        rows = _write_several(context, args, workspace, change)
    if rows:
        print_kept_words(context, draft, rows[0])


def _add_slip_reason(context: Context, args: Namespace, workspace: Workspace, draft: ActionDraft) -> ActionDraft:
    """Ask why a date moves that has moved before; without a terminal, say how to give the reason."""
    if args.dry_run or draft.reason or "due" not in draft.given_fields or FILTER_PATTERN.search(args.ref):
        return draft
    rows = [actions.show_action(workspace, ref).row for ref in list_refs(context, args, workspace)]
    refs = ", ".join(row.ref for row in rows if row.slips and row.due != draft.due)
    if not refs:
        return draft
    question = _("The date of {refs} has moved before. Why does it move again?").format(refs=refs)
    if reason := context.read_answer(f"{question} "):
        return draft.model_copy(update={"reason": reason})
    context.print_notice(_("The date of {refs} has moved before. Record why with reason=...").format(refs=refs))
    return draft


def update_actions(context: Context, args: Namespace) -> None:
    """Add a progress update to one action or several, and change their rating or status with it; or mend one."""
    from ahtc_tui.domain.drafts.actions import build_update_draft

    if (args.text is None) is (args.remove is None):
        args.parser.error(_("an update needs a text, and --remove takes none"))
    if args.remove and (args.brag or args.status or args.on or args.said_by):
        args.parser.error(_("--remove takes no other values of the update"))
    if args.dry_run and (args.edit or args.remove):
        args.parser.error(_("--dry-run shows a new update and is not for --edit or --remove"))
    with context.open_workspace() as workspace:
        if args.remove:
            _print_written(context, workspace, actions.remove_update(workspace, args.ref, args.remove))
            return
        day = _read_day(workspace, args.on)
        draft = build_update_draft(args.text, args.brag, args.status, day, args.said_by)
        if args.edit:
            _print_written(context, workspace, actions.correct_update(workspace, args.ref, args.edit, draft))
        else:
            closes = draft.status is Status.DONE
            _write_several(
                context, args, workspace, _Change(actions.update_actions, actions.preview_update, draft, closes)
            )


def close_actions(context: Context, args: Namespace) -> None:
    """Close one action or several as done; asks where one waits for an open action."""
    with context.open_workspace() as workspace:
        closure = actions.Closure(_read_day(workspace, args.on), args.evidence, args.meeting)
        change = _Change(actions.close_actions, actions.preview_closure, closure, closes=True)
        _write_several(context, args, workspace, change)


class _Change(NamedTuple, Generic[Value]):
    """A change of several actions: how it is written, how it is previewed, and whether it closes them."""

    write: Callable[[Workspace, Sequence[str], Value], list[ActionRow]]
    preview: Callable[[Workspace, Sequence[str], Value], list[EditPreview]]
    value: Value
    closes: bool


def _write_several(
    context: Context, args: Namespace, workspace: Workspace, change: _Change[Value]
) -> Sequence[ActionRow]:
    """Change the actions that the argument names in one step and return them, or print what would change."""
    refs = list_refs(context, args, workspace)
    if args.dry_run:
        _print_previews(context, change.preview(workspace, refs, change.value))
        return ()
    if change.closes:
        _confirm_closing(context, workspace, refs, args.yes)
    rows = change.write(workspace, refs, change.value)
    if len(rows) == 1:
        _print_written(context, workspace, rows[0])
    else:
        print_result(
            args.json, lambda: [context.serialize_record(row.ref) for row in rows], lambda: (row.ref for row in rows)
        )
        context.print_undoable(ngettext("1 action edited.", "{n} actions edited.", len(rows)))
    return rows


def _print_previews(context: Context, previews: Sequence[EditPreview]) -> None:
    print_result(
        context.as_json,
        lambda: [
            {"ref": preview.ref, "changes": [change._asdict() for change in preview.changes]} for preview in previews
        ],
        lambda: (preview.summary for preview in previews),
    )
    number = ngettext("1 action", "{n} actions", sum(bool(preview.changes) for preview in previews))
    context.print_notice(_("{actions} would change. Nothing was saved.").format(actions=number))


def list_refs(context: Context, args: Namespace, workspace: Workspace) -> list[str]:
    """Return the references in an argument such as "DP-01,DP-02", or of the actions that a filter matches.

    A filter must be confirmed on the terminal or with --yes. Raises NotFound where nothing matches, Refused without a
    confirmation.
    """
    if not FILTER_PATTERN.search(args.ref):
        return [ref for ref in re.split(r"\s*[,;]\s*", args.ref) if ref] or [args.ref]
    rows = actions.list_actions(workspace, actions.resolve_filter(workspace, texts=(args.ref,)))
    if not rows:
        raise NotFound(_('No action matches "{filter}".').format(filter=args.ref))
    question = ngettext("Change 1 action?", "Change {n} actions?", len(rows))
    if not args.dry_run and not context.confirm(question, args.yes):
        raise Refused(_("Nothing was changed. Use --dry-run to see the changes and --yes to save them."))
    return [row.ref for row in rows]


def merge_actions(context: Context, args: Namespace) -> None:
    """Merge an action into another and print the one that goes on."""
    from ahtc_tui.services.actions.joining import merge_actions as merge

    with context.open_workspace() as workspace:
        row = merge(workspace, args.ref, args.merged)
    print_result(args.json, lambda: {"ref": row.ref, "merged": args.merged.upper()}, lambda: [row.ref])
    context.print_undoable(_("{merged} was merged into {ref}.").format(merged=args.merged.upper(), ref=row.ref))


def split_action(context: Context, args: Namespace) -> None:
    """Split off actions and print their references."""
    from ahtc_tui.services.actions.joining import split_action as split

    with context.open_workspace() as workspace:
        rows = split(workspace, args.ref, args.titles)
    refs = [row.ref for row in rows]
    print_result(args.json, lambda: {"ref": args.ref.upper(), "split": refs}, lambda: refs)
    names = ", ".join(refs)
    context.print_undoable(_("{refs} split off from {ref}.").format(refs=names, ref=args.ref.upper()))


def propose_action(context: Context, args: Namespace) -> None:
    """Set the status of an action to proposed complete."""
    with context.open_workspace() as workspace:
        _print_written(context, workspace, actions.propose_action(workspace, args.ref, args.evidence))


def _read_day(workspace: Workspace, text: str | None) -> DateAsKnown | None:
    from ahtc_tui.domain.dates.parser import read_date

    return None if text is None else read_date(text, workspace.today())


def reopen_action(context: Context, args: Namespace) -> None:
    """Set the status of a closed action to in progress."""
    with context.open_workspace() as workspace:
        _print_written(context, workspace, actions.reopen_action(workspace, args.ref))


def _print_written(context: Context, workspace: Workspace, row: ActionRow) -> None:
    """Print the reference of an action, or all of it as JSON; on stderr its status and how to undo."""
    print_written(context, row.ref)
    context.print_undoable(f"{row.ref}: {row.status.label}.")


def _confirm_closing(context: Context, workspace: Workspace, refs: Sequence[str], yes: bool) -> None:
    """Ask before actions are closed that wait for an open one or are continuing duties.

    Raises Refused without a confirmation.
    """
    from ahtc_tui.services.actions.dependencies import list_closing_doubts

    if doubts := list_closing_doubts(workspace, refs):
        sentence = " ".join(doubts)
        question = ngettext("Close it anyway?", "Close them anyway?", len(doubts))
        if not context.confirm(f"{sentence} {question}", yes):
            raise Refused(_("{blocked} Add --yes to close it anyway.").format(blocked=sentence))
