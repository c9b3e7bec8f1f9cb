"""`ahtc decisions`: the decision register, and `ahtc export decisions`."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.lists import print_list
from ahtc_tui.cli.console.output import format_card_rows, format_conflict, print_json, print_lines
from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.console.record_verbs import declare_record_verbs, declare_remove_verb, print_record_ref
from ahtc_tui.cli.console.verbs import (
    JSON,
    REF,
    Argument,
    Switch,
    Verb,
    add_verbs,
    declare_export,
    declare_filter_words,
)
from ahtc_tui.cli.console.write_messages import print_written_file
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.filters.model import FilterNoun, join_arguments
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.meetings.decisions import Decision
from ahtc_tui.domain.meetings.fields import DECISION_FIELDS, build_decision_rows
from ahtc_tui.domain.replication.conflict_marks import ConflictMarks
from ahtc_tui.domain.serialization import serialize_record
from ahtc_tui.services.meetings import decisions
from ahtc_tui.services.paths import resolve_path

if TYPE_CHECKING:
    from datetime import date

    from ahtc_tui.domain.drafts.minutes import DecisionDraft


def register(parser: CommandParser, _command: str) -> None:
    """Declare the verbs of `decisions`."""
    add_verbs(
        parser,
        Verb(
            "list",
            print_decisions,
            _("matching decisions, latest first"),
            Argument("--group", "X"),
            declare_filter_words(FilterNoun.DECISIONS),
            JSON,
        ),
        Verb("show", print_decision, _("one decision"), REF, JSON),
        *declare_record_verbs(
            "text",
            DECISION_FIELDS,
            _build_decision_draft,
            decisions.add_decision,
            decisions.edit_decision,
            print_record_ref,
            add_help=_("add a decision made outside the minutes; prints the reference"),
        ),
        declare_remove_verb("decision"),
        Verb("link", link_action, _("link an action to carry it out")).takes(
            REF, Argument("action", "ACTION"), Switch("--remove", _("remove the link")), JSON
        ),
    )


def _build_decision_draft(values: dict[str, Any], today: date) -> DecisionDraft:
    from ahtc_tui.domain.drafts.minutes import build_decision_draft

    return build_decision_draft(values, today)


def print_decisions(context: Context, args: Namespace) -> None:
    """Print the decisions that match, the latest first."""
    with context.open_workspace() as workspace:
        rows = decisions.list_decisions(workspace, join_arguments(args.words), args.group)
    count = ngettext("1 decision", "{n} decisions", len(rows))
    print_list(context, rows, _decision_data, _decision_cells, (16, 18, None, 28, 24), count)


def _decision_cells(row: Decision) -> tuple[str, ...]:
    return row.ref, str(row.decided_on or "–"), row.shown_text, row.body or "", _format_status(row)


def _format_status(row: Decision) -> str:
    return _("superseded by {ref}").format(ref=row.superseded_by) if row.superseded_by else row.status.label


def _decision_data(row: Decision) -> dict[str, Any]:
    return serialize_record(row, "decided_on")


def print_decision(context: Context, args: Namespace) -> None:
    """Print all of one decision."""
    with context.open_workspace() as workspace:
        row = decisions.show_decision(workspace, args.ref)
    _print_card(row, args.json, context.marks)


def _print_card(row: Decision, as_json: bool, marks: ConflictMarks) -> None:
    if as_json:
        print_json(_decision_data(row), marks)
        return
    facts = format_card_rows(build_decision_rows(row))
    print_lines([f"{row.ref}  {row.shown_text}", "", *facts, *format_conflict(marks, row.ref)])


def link_action(context: Context, args: Namespace) -> None:
    """Link an action to a decision, or remove the link."""
    with context.open_workspace() as workspace:
        row = decisions.link_decision(workspace, args.ref, args.action, args.remove)
    _print_card(row, args.json, context.marks)


def declare_kinds() -> list[Verb]:
    """Return the kind `decisions` of `ahtc export`."""
    filter_words = declare_filter_words(FilterNoun.DECISIONS)
    return [declare_export("decisions", write_decision_register, Argument("--group", "X"), filter_words)]


def write_decision_register(context: Context, args: Namespace) -> None:
    """Write the decision register as a workbook, CSV or Markdown."""
    target, words = resolve_path(args.out), join_arguments(args.words)
    with context.open_for_export() as workspace:
        count = decisions.export_decisions(workspace, target, words, args.group, Marking(args.marking), args.force)
    description = ngettext("1 decision", "{n} decisions", count)
    print_written_file(context, args, target, description, decisions=count)
