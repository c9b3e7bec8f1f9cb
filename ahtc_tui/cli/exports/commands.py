"""`ahtc export KIND OUT`: files for other programs and other people."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction

from ahtc_tui.cli.actions.filter_flags import add_filter_flags, filter_from, sort_from
from ahtc_tui.cli.backup import full_export
from ahtc_tui.cli.console import write_messages
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, tell
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
from ahtc_tui.domain.actions.filters import Sort, Which
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.paths import place


def build(parser: ArgumentParser, _command: str) -> None:
    """Each kind of file."""
    kinds = parser.add_subparsers(required=True, metavar="KIND")
    log = kinds.add_parser("actions", help="the action log: .xlsx .csv .json", allow_abbrev=False)
    log.add_argument("out", metavar="OUT")
    add_filter_flags(log)
    log.add_argument("--sort", choices=[sort.value for sort in Sort], help="ref, or as the view says")
    log.set_defaults(run=actions)
    invites = kinds.add_parser("invites", help="meetings: .ics, or a folder of .eml drafts", allow_abbrev=False)
    invites.add_argument("out", metavar="OUT")
    which = invites.add_mutually_exclusive_group(required=True)
    which.add_argument("--meeting", metavar="REF")
    which.add_argument("--group", metavar="X")
    which.add_argument("--all", action="store_true", dest="every")
    invites.add_argument("--method", choices=("publish", "request", "cancel"), default="publish")
    invites.set_defaults(run=invite)
    papers = meeting_documents.add_kinds(kinds)
    for kind in (
        log,
        invites,
        _add_chasers(kinds),
        deadlines.add_kind(kinds),
        contacts.add_kind(kinds),
        returns.add_kind(kinds),
        attendance.add_kind(kinds),
        plan.add_kind(kinds),
        *evidence.add_kinds(kinds),
        *papers,
        *office_papers.add_kinds(kinds),
        decisions.add_kind(kinds),
        meeting_documents.add_after(kinds),
        meeting_pack.add_kind(kinds),
        foi_requests.add_kind(kinds),
        full_export.add_export(kinds),
        changes_since.add_kind(kinds),
        dashboard.add_kind(kinds),
    ):
        kind.add_argument("--marking", choices=[marking.value for marking in Marking], default=Marking.OFFICIAL.value)
        kind.add_argument("--force", action="store_true", help="write over a file that is there")
        kind.add_argument("--json", action="store_true")


def _add_chasers(kinds: _SubParsersAction[ArgumentParser]) -> ArgumentParser:
    parser: ArgumentParser = kinds.add_parser(
        "chasers", help="late and soon due actions: a folder of .eml drafts", allow_abbrev=False
    )
    parser.add_argument("out", metavar="OUT_FOLDER")
    parser.add_argument("--lead", metavar="X")
    parser.add_argument("--again", action="store_true", help="what was chased within seven days as well")
    parser.set_defaults(run=chasers)
    return parser


def actions(context: Context, chosen: Namespace) -> int:
    """The action log."""
    from ahtc_tui.services.exports.action_log import export_actions

    target = place(chosen.out)
    with context.office() as workspace:
        done = export_actions(
            workspace,
            target,
            filter_from(workspace, chosen),
            sort_from(workspace, chosen, Sort.REF),
            marking=Marking(chosen.marking),
            words=_said(chosen),
            force=chosen.force,
        )
    what = say_number(done.count, _("1 action"), _("{n} actions"))
    return write_messages.file(context, chosen, target, what, done.marking, actions=done.count)


def _said(chosen: Namespace) -> str:
    """What was left out, in words; nothing where the default stands."""
    said = [
        f"{name} {getattr(chosen, name)}" for name in ("lead", "group", "objective", "meeting") if getattr(chosen, name)
    ]
    said += [_(name) for name in ("late", "continuing") if getattr(chosen, name)]
    said += [_("due before {day}").format(day=chosen.due_before)] if chosen.due_before else []
    said += [" ".join(chosen.words)] if chosen.words else []
    said += [_("view {name}").format(name=chosen.view)] if chosen.view else []
    return ", ".join([_(f"{chosen.which or Which.OPEN} actions"), *said])


def invite(context: Context, chosen: Namespace) -> int:
    """Invitations; exit code 1 if a meeting or an invitee was left out."""
    from ahtc_tui.services.meetings.calendar_files import invite_files

    with context.office() as workspace:
        report = invite_files(
            workspace,
            place(chosen.out),
            meeting=chosen.meeting,
            group=chosen.group,
            all_meetings=chosen.every,
            method=chosen.method,
            force=chosen.force,
        )
    if chosen.json:
        from ahtc_tui.domain.serialization import plain

        print_json(plain(report))
    else:
        print_lines(str(path) for path in report.files)
        for left in report.left_out:
            tell(_("{ref} left out: {reason}").format(ref=left.ref, reason=left.reason))
        for absent in report.without_address:
            tell(_("{ref}: {name} has no address").format(ref=absent.ref, name=absent.name))
        for sentence in report.advice:
            tell(sentence)
    return 1 if report.left_out or report.without_address else 0


def chasers(context: Context, chosen: Namespace) -> int:
    """Mail drafts to leads; exit code 1 if a lead has no address or an action no lead."""
    from ahtc_tui.services.exports.chasers import write_chasers

    with context.office() as workspace:
        report = write_chasers(
            workspace,
            place(chosen.out),
            chosen.lead,
            chosen.again,
            marking=Marking(chosen.marking),
            force=chosen.force,
        )
    if chosen.json:
        from ahtc_tui.domain.serialization import plain

        print_json(plain(report))
    else:
        print_lines(str(path) for path in report.files)
        for left in report.left_out:
            context.say(_("{ref} ({lead}) left out: {reason}").format(ref=left.ref, lead=left.lead, reason=left.reason))
        for absent in report.without_address:
            tell(_("{name} has no address: send {file} by other means").format(name=absent.name, file=absent.file.name))
        for ref in report.no_lead:
            tell(_("{ref} is led by nobody: there is nobody to chase").format(ref=ref))
        said = _("Chased: {n}. `ahtc undo` forgets that.") if report.chased else _("There is nobody to chase now.")
        context.say(said.format(n=len(report.chased)))
    return 1 if report.without_address or report.no_lead else 0
