"""`ahtc export KIND OUT`: files for other programs and other people."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction

from ahtc_tui.cli.actions.filter_flags import add_filter_flags, build_filter, choose_sort
from ahtc_tui.cli.backup import full_export
from ahtc_tui.cli.console import write_messages
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, print_message
from ahtc_tui.cli.exports import (
    attendance,
    contacts,
    dashboard,
    deadlines,
    evidence,
    meeting_documents,
    meeting_pack,
    office_papers,
    plan,
    returns,
)
from ahtc_tui.cli.meetings import decisions
from ahtc_tui.cli.plan import changes_since
from ahtc_tui.cli.privacy import foi_requests
from ahtc_tui.domain.actions.filters import ActionScope, Sort
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.services.paths import resolve_path


def build(parser: ArgumentParser, _command: str) -> None:
    """Each kind of file."""
    kinds = parser.add_subparsers(required=True, metavar="KIND")
    log = kinds.add_parser("actions", help="the action log: .xlsx .csv .json", allow_abbrev=False)
    log.add_argument("out", metavar="OUT")
    add_filter_flags(log)
    log.add_argument("--sort", choices=[sort.value for sort in Sort], help="ref, or as the view says")
    log.set_defaults(run=write_action_log)
    invites = kinds.add_parser("invites", help="meetings: .ics, or a folder of .eml drafts", allow_abbrev=False)
    invites.add_argument("out", metavar="OUT")
    subject_group = invites.add_mutually_exclusive_group(required=True)
    subject_group.add_argument("--meeting", metavar="REF")
    subject_group.add_argument("--group", metavar="X")
    subject_group.add_argument("--all", action="store_true", dest="every")
    invites.add_argument("--method", choices=("publish", "request", "cancel"), default="publish")
    invites.set_defaults(run=write_invitations)
    papers = meeting_documents.add_kinds(kinds)
    for kind in (
        log,
        invites,
        _add_chasers_kind(kinds),
        deadlines.add_kind(kinds),
        contacts.add_kind(kinds),
        returns.add_kind(kinds),
        attendance.add_kind(kinds),
        plan.add_kind(kinds),
        *evidence.add_kinds(kinds),
        *papers,
        *office_papers.add_kinds(kinds),
        decisions.add_kind(kinds),
        meeting_documents.add_post_meeting_kind(kinds),
        meeting_pack.add_kind(kinds),
        foi_requests.add_kind(kinds),
        full_export.add_export_kind(kinds),
        changes_since.add_kind(kinds),
        dashboard.add_kind(kinds),
    ):
        kind.add_argument("--marking", choices=[marking.value for marking in Marking], default=Marking.OFFICIAL.value)
        kind.add_argument("--force", action="store_true", help="write over a file that is there")
        kind.add_argument("--json", action="store_true")


def _add_chasers_kind(kinds: _SubParsersAction[ArgumentParser]) -> ArgumentParser:
    parser: ArgumentParser = kinds.add_parser(
        "chasers", help="late and soon due actions: a folder of .eml drafts", allow_abbrev=False
    )
    parser.add_argument("out", metavar="OUT_FOLDER")
    parser.add_argument("--lead", metavar="X")
    parser.add_argument("--again", action="store_true", help="what was chased within seven days as well")
    parser.set_defaults(run=write_chaser_drafts)
    return parser


def write_action_log(context: Context, args: Namespace) -> int:
    """The action log."""
    from ahtc_tui.services.exports.action_log import export_actions

    target = resolve_path(args.out)
    with context.open_for_export() as workspace:
        report = export_actions(
            workspace,
            target,
            build_filter(workspace, args),
            choose_sort(workspace, args, Sort.REF),
            marking=Marking(args.marking),
            words=_describe_filter(args),
            force=args.force,
        )
    description = ngettext("1 action", "{n} actions", report.count)
    return write_messages.print_written_file(context, args, target, description, report.marking, actions=report.count)


def _describe_filter(args: Namespace) -> str:
    """What was left out, in words; nothing where the default stands."""
    conditions = [
        f"{name} {getattr(args, name)}" for name in ("lead", "group", "objective", "meeting") if getattr(args, name)
    ]
    conditions += [_(name) for name in ("late", "continuing") if getattr(args, name)]
    conditions += [_("due before {day}").format(day=args.due_before)] if args.due_before else []
    conditions += [" ".join(args.words)] if args.words else []
    conditions += [_("view {name}").format(name=args.view)] if args.view else []
    return ", ".join([_(f"{args.which or ActionScope.OPEN} actions"), *conditions])


def write_invitations(context: Context, args: Namespace) -> int:
    """Invitations; exit code 1 if a meeting or an invitee was left out."""
    from ahtc_tui.services.meetings.calendar_files import write_invitation_files

    with context.open_for_export() as workspace:
        report = write_invitation_files(
            workspace,
            resolve_path(args.out),
            meeting=args.meeting,
            group=args.group,
            all_meetings=args.every,
            method=args.method,
            force=args.force,
        )
    if args.json:
        from ahtc_tui.domain.serialization import serialize_value

        print_json(serialize_value(report))
    else:
        print_lines(str(path) for path in report.files)
        for left in report.left_out:
            print_message(_("{ref} left out: {reason}").format(ref=left.ref, reason=left.reason))
        for absent in report.without_address:
            print_message(_("{ref}: {name} has no address").format(ref=absent.ref, name=absent.name))
        for sentence in report.advice:
            print_message(sentence)
    return 1 if report.left_out or report.without_address else 0


def write_chaser_drafts(context: Context, args: Namespace) -> int:
    """Mail drafts to leads; exit code 1 if a lead has no address or an action no lead."""
    from ahtc_tui.services.exports.chasers import write_chasers

    with context.open_for_export() as workspace:
        report = write_chasers(
            workspace,
            resolve_path(args.out),
            args.lead,
            args.again,
            marking=Marking(args.marking),
            force=args.force,
        )
    if args.json:
        from ahtc_tui.domain.serialization import serialize_value

        print_json(serialize_value(report))
    else:
        print_lines(str(path) for path in report.files)
        for left in report.left_out:
            context.print_notice(
                _("{ref} ({lead}) left out: {reason}").format(ref=left.ref, lead=left.lead, reason=left.reason)
            )
        for absent in report.without_address:
            print_message(
                _("{name} has no address: send {file} by other means").format(name=absent.name, file=absent.file.name)
            )
        for ref in report.no_lead:
            print_message(_("{ref} is led by nobody: there is nobody to chase").format(ref=ref))
        sentence = _("Chased: {n}. `ahtc undo` forgets that.") if report.chased else _("There is nobody to chase now.")
        context.print_notice(sentence.format(n=len(report.chased)))
    return 1 if report.without_address or report.no_lead else 0
