"""Exports for correspondence: invitations, chasers, returns, deadlines, and folders for vdirsyncer, khal and khard."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from ahtc_tui.cli.actions.filter_flags import build_filter, declare_filters
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, print_message
from ahtc_tui.cli.console.terminal_signs import format_file
from ahtc_tui.cli.console.verbs import Argument, OneOf, Switch, Verb, declare_export
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.i18n import _, gettext_noop, ngettext
from ahtc_tui.domain.labelled_enum import LabelledEnum
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.services.paths import resolve_folder, resolve_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ahtc_tui.services.exports.exchange_folders import FolderExport
    from ahtc_tui.services.workspace import Workspace


class InvitationMethod(LabelledEnum):
    """Purpose of a calendar file."""

    PUBLISH = "publish", gettext_noop("publish")
    REQUEST = "request", gettext_noop("request")
    CANCEL = "cancel", gettext_noop("cancel")


def declare_kinds() -> list[Verb]:
    """Return the kinds of export for correspondence."""
    events = Switch("--as-events", _("all-day events, because Outlook reads no to-dos in calendar files"))
    meetings = OneOf(
        Argument("--meeting", "REF"), Argument("--group", "X"), Switch("--all", dest="every"), required=True
    )
    method = Argument("--method", choices=list(InvitationMethod), default=InvitationMethod.PUBLISH.value)
    again = Switch("--again", _("include actions chased within seven days"))
    return [
        declare_export("invites", write_invitations, meetings, method),
        declare_export("chasers", write_chaser_drafts, Argument("--lead", "X"), again),
        declare_export("returns", write_return_workbooks, *declare_filters()),
        declare_export("deadlines", write_deadlines, *declare_filters(), events),
        declare_export("calendars", write_calendars),
        declare_export("cards", write_cards),
    ]


def write_invitations(context: Context, args: Namespace) -> int:
    """Write invitations; returns 1 if an invitee has no address, or a meeting with a day was left out."""
    from ahtc_tui.services.meetings.calendar_files import write_invitation_files

    with context.open_for_export() as workspace:
        report = write_invitation_files(
            workspace,
            resolve_path(args.out),
            meeting=args.meeting,
            group=args.group,
            all_meetings=args.every,
            method=args.method,
            marking=Marking(args.marking),
            force=args.force,
        )
    if args.json:
        print_json(serialize_value(report))
    else:
        print_lines(format_file(path) for path in report.files)
        for left in report.left_out:
            print_message(_("{ref} left out: {reason}").format(ref=left.ref, reason=left.reason))
        for absent in context.show_names(report.without_address):
            print_message(_("{ref}: {name} has no address").format(ref=absent.ref, name=absent.name))
        print_message(*report.advice)
        if count := len(report.left_out):
            context.print_notice(ngettext("{n} meeting left out.", "{n} meetings left out.", count))
    return 1 if any(left.needs_decision for left in report.left_out) or report.without_address else 0


def write_chaser_drafts(context: Context, args: Namespace) -> int:
    """Write mail drafts to leads; returns 1 if a lead has no address or an action has no lead."""
    from ahtc_tui.services.exports.chasers import write_chasers

    with context.open_for_export() as workspace:
        report = write_chasers(
            workspace,
            resolve_folder(args.out),
            args.lead,
            args.again,
            marking=Marking(args.marking),
            force=args.force,
            language=context.requested_language,
        )
    if args.json:
        print_json(serialize_value(report))
    else:
        print_lines(format_file(path) for path in report.files)
        for left in report.left_out:
            context.print_notice(
                _("{ref} ({lead}) left out: {reason}").format(ref=left.ref, lead=left.lead, reason=left.reason)
            )
        for absent in report.without_address:
            print_message(
                _("{name} has no address. Send {file} another way").format(name=absent.name, file=absent.file.name)
            )
        for ref in report.no_lead:
            print_message(_("{ref} has no lead to chase").format(ref=ref))
        count = len(report.chased)
        context.print_notice(
            ngettext(
                "1 lead chased. To undo the record of chasing, run `ahtc undo`.",
                "{n} leads chased. To undo the record of chasing, run `ahtc undo`.",
                count,
            )
            if count
            else _("There are no leads to chase.")
        )
    return 1 if report.without_address or report.no_lead else 0


def write_return_workbooks(context: Context, args: Namespace) -> int:
    """Write a workbook for each lead; returns 1 if a lead has no address or an action has no lead."""
    from ahtc_tui.services.exports.returns import write_returns

    with context.open_for_export() as workspace:
        report = write_returns(
            workspace,
            resolve_folder(args.out),
            build_filter(workspace, args),
            marking=Marking(args.marking),
            force=args.force,
            language=context.requested_language,
        )
    without_lead = [file for file in report.files if file.lead is None]
    if args.json:
        print_json(serialize_value(report))
    else:
        print_lines(format_file(path) for file in report.files for path in (file.file, file.letter) if path)
        for absent in report.without_address:
            print_message(
                _("{name} has no address. Send {file} another way").format(name=absent.name, file=absent.file.name)
            )
        for file in without_lead:
            sentence = _("Without a lead, so in {file} for the office: {refs}")
            print_message(sentence.format(refs=", ".join(file.actions), file=file.file.name))
        count = sum(len(file.actions) for file in report.files)
        actions = ngettext("1 action", "{n} actions", count)
        workbooks = ngettext("1 workbook", "{n} workbooks", len(report.files))
        message = _("{actions} in {workbooks}. To undo the record of sending, run `ahtc undo`.")
        sentence = message.format(actions=actions, workbooks=workbooks) if count else _("Nothing to send.")
        context.print_notice(sentence)
    return 1 if report.without_address or without_lead else 0


def write_deadlines(context: Context, args: Namespace) -> int:
    """Write due dates as a calendar; actions without a day are named and counted, and need no decision."""
    from ahtc_tui.services.exports.deadlines import export_deadlines

    with context.open_for_export() as workspace:
        report = export_deadlines(
            workspace,
            resolve_path(args.out),
            build_filter(workspace, args),
            as_events=args.as_events,
            marking=Marking(args.marking),
            force=args.force,
        )
    if args.json:
        print_json(serialize_value(report))
    else:
        print_lines([format_file(report.file)])
        for left in report.left_out:
            print_message(_("{ref} left out: {reason}").format(ref=left.ref, reason=left.reason))
        for undated in report.undated:
            print_message(
                _("{ref} is exported without a date: {reason}").format(ref=undated.ref, reason=undated.reason)
            )
        context.print_notice(ngettext("1 action saved.", "{n} actions saved.", report.actions))
        if count := len(report.left_out):
            context.print_notice(
                ngettext("{n} action without a date left out.", "{n} actions without a date left out.", count)
            )
    return 0


def write_calendars(context: Context, args: Namespace) -> int:
    """Write the meetings that changed; return 1 if one was left as it is, apart from those without a day."""
    from ahtc_tui.services.exports.exchange_folders import export_calendars

    return _write_folder(context, args, export_calendars)


def write_cards(context: Context, args: Namespace) -> int:
    """Write the contacts that changed; return 1 if one was left as it is."""
    from ahtc_tui.services.exports.exchange_folders import export_cards

    return _write_folder(context, args, export_cards)


def _write_folder(context: Context, args: Namespace, export: Callable[[Workspace, Path, Marking], FolderExport]) -> int:
    with context.open_for_export() as workspace:
        report = export(workspace, resolve_folder(args.out), Marking(args.marking))
    if args.json:
        print_json(serialize_value(report))
    else:
        print_lines([format_file(report.folder)])
        for left in report.left_out:
            print_message(_("{ref} left out: {reason}").format(ref=left.ref, reason=left.reason))
        counts = (
            ngettext("1 file saved", "{n} files saved", report.written),
            ngettext("1 unchanged", "{n} unchanged", report.unchanged),
            ngettext("1 file removed", "{n} files removed", report.removed) if report.removed else "",
        )
        context.print_notice(", ".join(filter(None, counts)) + ".")
    return 1 if report.needs_decision else 0
