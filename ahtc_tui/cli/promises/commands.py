"""`ahtc promises`: the register of promises, with their outcomes."""

from __future__ import annotations

from argparse import Namespace
from functools import partial
from typing import Any

from ahtc_tui.cli.console.argument_types import collect_flags
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.lists import print_list
from ahtc_tui.cli.console.output import format_card_rows, format_conflict, format_section, print_json, print_lines
from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.console.record_verbs import declare_remove_verb
from ahtc_tui.cli.console.verbs import (
    JSON,
    REF,
    Argument,
    EditVerb,
    Switch,
    Verb,
    add_verbs,
    declare_fields,
    declare_filter_words,
)
from ahtc_tui.cli.console.write_messages import edit_draft, print_written_ref, save_draft
from ahtc_tui.domain.filters.model import FilterNoun, join_arguments
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.promises.model import (
    Promise,
    PromiseOutcome,
    PromiseStatus,
    build_promise_rows,
    format_outcome,
    format_status,
)
from ahtc_tui.domain.replication.conflict_marks import ConflictMarks
from ahtc_tui.domain.serialization import serialize_record
from ahtc_tui.services.promises import service as promises

FIELDS = ("text", "text_cy", "by", "to", "on", "meeting", "contact", "due", "status", "outcome", "note")
EDITED_FIELDS = dict.fromkeys((*FIELDS[:-1], "closed_on", "source", "note"), ()) | {"status": PromiseStatus}
"""The fields that `edit` takes, with the choices of each."""


def register(parser: CommandParser, _command: str) -> None:
    """Declare the verbs of `promises`."""
    by = Argument("--by", "WHO", _("the person, post or body making the promise"))
    to = Argument("--to", "WHO", _("the recipient (a person, post or body)"))
    add_verbs(
        parser,
        Verb("list", print_promises, _("matching promises, latest first")).takes(
            to,
            by,
            Argument("--from", "D", _("made on this date or later"), dest="first"),
            Argument("--until", "D", _("made on this date or earlier"), dest="last"),
            declare_filter_words(FilterNoun.PROMISES),
            JSON,
        ),
        Verb("show", print_promise, _("one promise and what became of it"), REF, JSON),
        _declare_add(by, to),
        EditVerb(edit_promise, EDITED_FIELDS),
        Verb("link", link_record, _("link a resulting action, decision or paper")).takes(
            REF,
            Argument("record", "REF", _("a resulting action, decision or paper")),
            Switch("--remove", _("remove the link")),
            JSON,
        ),
        declare_remove_verb("promise"),
    )


def _declare_add(by: Argument, to: Argument) -> Verb:
    return Verb("add", add_promise, _("add a promise; prints the reference")).takes(
        Argument("text"),
        *declare_fields(("text_cy",)),
        to,
        by,
        Argument("--on", "D", _("the date of the promise; by default the date of the meeting or contact, or today")),
        Argument("--meeting", "REF", _("the meeting")),
        Argument("--contact", "REF", _("the logged contact")),
        Argument("--due", "D"),
        Argument("--followed-by", "REF", _("a resulting action, decision or paper"), action="append"),
        Argument("--status", help_text=_("how it ended"), choices=list(PromiseStatus)),
        Argument("--outcome", "TEXT", _("what became of it")),
        Argument("--note", "T"),
        JSON,
    )


def print_promises(context: Context, args: Namespace) -> None:
    """Print the promises that match, each with its outcome."""
    with context.open_workspace() as workspace:
        today, words = workspace.today(), join_arguments(args.words)
        rows = promises.list_promises(workspace, words, args.to, args.by, args.first, args.last)
    count = ngettext("1 promise", "{n} promises", len(rows))
    print_list(
        context,
        rows,
        lambda row: _promise_data(row) | {"late": row.is_late(today)},
        lambda row: (
            row.ref,
            str(row.on or "–"),
            f"{row.by or '–'} → {row.to or '–'}",
            row.shown_text,
            str(row.due or "–"),
            format_status(row, today),
        ),
        (8, 18, 30, None, 18, 40),
        count,
    )


def _promise_data(row: Promise) -> dict[str, Any]:
    return serialize_record(row, "on", "due", "closed_on")


def print_promise(context: Context, args: Namespace) -> None:
    """Print all of one promise."""
    with context.open_workspace() as workspace:
        row = promises.show_promise(workspace, args.ref)
    _print_card(row, args.json, context.marks)


def _print_card(row: Promise, as_json: bool, marks: ConflictMarks) -> None:
    if as_json:
        print_json(_promise_data(row), marks)
        return
    became = format_section(_("What became of it"), [_format_line(outcome) for outcome in row.became])
    print_lines(
        [
            f"{row.ref}  {row.shown_text}",
            "",
            *format_card_rows(build_promise_rows(row)),
            *became,
            *format_conflict(marks, row.ref),
        ]
    )


def _format_line(outcome: PromiseOutcome) -> str:
    return f"{format_outcome(outcome)}  {outcome.shown_title}"


def add_promise(context: Context, args: Namespace) -> None:
    """Add a promise and print its reference."""
    from ahtc_tui.domain.drafts.promises import build_promise_draft

    add = partial(promises.add_promise, followed_by=tuple(args.followed_by or ()))
    print_written_ref(context, save_draft(context, build_promise_draft, add, collect_flags(args, FIELDS)).ref)


def edit_promise(context: Context, args: Namespace) -> None:
    """Edit the fields of a promise."""
    from ahtc_tui.domain.drafts.promises import build_promise_draft

    print_written_ref(context, edit_draft(context, args, build_promise_draft, promises.edit_promise).ref)


def link_record(context: Context, args: Namespace) -> None:
    """Link a record that followed from a promise, or remove the link."""
    with context.open_workspace() as workspace:
        row = promises.link_promise(workspace, args.ref, args.record, args.remove)
    _print_card(row, args.json, context.marks)
