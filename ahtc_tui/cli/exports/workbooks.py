"""Exports of records as workbooks, of contacts as vCards or CSV, and of external meetings as CSV."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from ahtc_tui.cli.console.argument_types import read_day
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_message, print_result
from ahtc_tui.cli.console.terminal_signs import format_file
from ahtc_tui.cli.console.verbs import Argument, Switch, Verb, declare_export, declare_filter_words, declare_kind_filter
from ahtc_tui.cli.console.write_messages import print_written_file
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.evidence.small_counts import format_hidden
from ahtc_tui.domain.filters.model import FilterNoun, join_arguments
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.services.paths import resolve_path


def declare_kinds() -> list[Verb]:
    """Return the kinds `contacts`, `transparency`, `attendance`, `plan`, `matrix` and `evidence`."""
    period = (Argument("--from", "D", dest="from_"), Argument("--to", "D"))
    return [
        declare_export(
            "contacts",
            write_contacts,
            declare_filter_words(FilterNoun.CONTACTS),
            declare_kind_filter(),
            Argument("--organisation", "X"),
            Argument("--area", "X"),
            Argument("--group", "X", _("a group's members")),
            Argument("--list", "NAME", _("the contacts on a circulation list")),
            Switch("--mail-merge", _("the columns of a letter for a mail merge: .csv")),
            Argument("--vcard", None, _("the version of a .vcf file"), choices=("3", "4"), default="3"),
        ),
        declare_export(
            "transparency",
            write_transparency,
            Argument("--from", "D", _("the start date"), dest="from_", required=True),
            Argument("--to", "D", _("the end date"), required=True),
        ),
        declare_export("attendance", write_attendance, Argument("--group", "X"), *period),
        declare_export("plan", write_plan),
        declare_export("matrix", write_matrix, declare_filter_words(FilterNoun.PRACTICES)),
        declare_export("evidence", write_evidence, declare_filter_words(FilterNoun.FIGURES)),
    ]


def write_contacts(context: Context, args: Namespace) -> None:
    """Write the contacts that match the filters."""
    from ahtc_tui.services.exports.contacts import ContactSelection, export_contacts

    target = resolve_path(args.out)
    selection = ContactSelection(
        PartyKind(args.kind) if args.kind else None,
        args.organisation,
        args.area,
        args.group,
        args.list,
        join_arguments(args.words),
    )
    with context.open_for_export() as workspace:
        count = export_contacts(
            workspace,
            target,
            selection,
            version=int(args.vcard),
            marking=Marking(args.marking),
            mail_merge=args.mail_merge,
            force=args.force,
        )
    print_written_file(context, args, target, ngettext("1 contact", "{n} contacts", count), contacts=count)


def write_transparency(context: Context, args: Namespace) -> int:
    """Write the external meetings of a period; returns 1 if contacts with private people were left out."""
    from ahtc_tui.services.documents.transparency import export_transparency

    target = resolve_path(args.out)
    with context.open_for_export() as workspace:
        first, last = read_day(workspace.today(), args.from_), read_day(workspace.today(), args.to)
        report = export_transparency(
            workspace,
            target,
            first,
            last,
            marking=Marking(args.marking),
            force=args.force,
            is_published=args.cut is not None,
        )
    period = {"from": first.isoformat(), "to": last.isoformat()}
    print_result(args.json, lambda: serialize_value(report) | period, lambda: [format_file(report.file)])
    if not args.json:
        context.print_notice(
            ngettext("1 meeting with an organisation.", "{n} meetings with organisations.", report.meetings)
        )
    if report.private:
        sentence = _("Left out, with private people only: {refs}")
        print_message(sentence.format(refs=", ".join(report.private)))
    if report.other_kinds:
        sentence = _("Emails, letters and training sessions are not part of the return: {n}.")
        context.print_notice(sentence.format(n=report.other_kinds))
    if report.governments:
        sentence = _(
            "Left out as departments and devolved administrations of the UK: {names}. A body of another country has "
            "the type international."
        )
        context.print_notice(sentence.format(names=", ".join(report.governments)))
    return 1 if report.private else 0


def write_attendance(context: Context, args: Namespace) -> None:
    """Write attendance by seat and by person."""
    from ahtc_tui.services.meetings.attendance import export_attendance

    target = resolve_path(args.out)
    with context.open_for_export() as workspace:
        first = read_day(workspace.today(), args.from_) if args.from_ else None
        last = read_day(workspace.today(), args.to) if args.to else None
        marking = Marking(args.marking)
        count = export_attendance(workspace, target, args.group, first, last, marking=marking, force=args.force)
    print_written_file(context, args, target, ngettext("1 line", "{n} lines", count), rows=count)


def write_plan(context: Context, args: Namespace) -> None:
    """Write the plan with progress, charts and timeline."""
    from ahtc_tui.services.exports.plan import export_plan

    target = resolve_path(args.out)
    with context.open_for_export() as workspace:
        report = export_plan(workspace, target, marking=Marking(args.marking), force=args.force)
    description = ngettext("1 action", "{n} actions", report.count)
    print_written_file(context, args, target, description, report.marking, actions=report.count)


def write_matrix(context: Context, args: Namespace) -> None:
    """Write good practice by place."""
    from ahtc_tui.services.exports.plan import export_matrix

    target = resolve_path(args.out)
    marking, words = Marking(args.marking), join_arguments(args.words)
    with context.open_for_export() as workspace:
        count = export_matrix(workspace, target, marking=marking, words=words, force=args.force)
    description = ngettext("1 known cell", "{n} known cells", count)
    print_written_file(context, args, target, description, cells=count)


def write_evidence(context: Context, args: Namespace) -> int:
    """Write figures and data sets; returns 1 if the value of a figure is hidden."""
    from ahtc_tui.services.exports.plan import export_evidence

    target = resolve_path(args.out)
    marking, words = Marking(args.marking), join_arguments(args.words)
    with context.open_for_export() as workspace:
        report = export_evidence(workspace, target, marking=marking, words=words, force=args.force)
    description = ngettext("1 figure", "{n} figures", report.figures)
    print_written_file(
        context, args, target, description, figures=report.figures, small=list(report.small), limit=report.limit
    )
    return print_small_counts(report.small, report.limit)


def print_small_counts(refs: Sequence[str], limit: int) -> int:
    """Name the figures whose values are hidden; returns 1 if there are any, else 0."""
    for ref in refs:
        print_message(format_hidden(ref, limit))
    return 1 if refs else 0
