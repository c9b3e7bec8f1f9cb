"""`ahtc meetings poll`, `poll-answers`, `poll-answer` and `poll-choose`: the search for a date."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from ahtc_tui.cli.console.argument_types import parse_position
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import format_table, print_message, print_result
from ahtc_tui.cli.console.verbs import JSON, Argument, Verb, declare_force
from ahtc_tui.domain.correspondence.polls import PollAnswer, PollReport
from ahtc_tui.domain.dates.formatting import format_wall_time
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.services.paths import resolve_folder, resolve_input_path


def declare_verbs() -> list[Verb]:
    """Return the verbs of date polls."""
    poll = Argument("poll", "POLL", _("the date poll, by reference"))
    number = Argument("number", "N", _("the option's number"), type=parse_position)
    out = Argument("--out", "FOLDER", _("the folder for the files; by default one in the exports"), dest="folder")
    return [
        Verb(
            "poll", start_poll, _("ask a group's members for a date, by a draft email with a calendar entry each")
        ).takes(
            Argument("group"),
            Argument("title"),
            Argument(
                "--option",
                '"DATE TIME"',
                _("a proposed time; repeat it for each"),
                action="extend",
                nargs="+",
                required=True,
            ),
            Argument(
                "--minutes", "N", _("the meeting's length in minutes; 60 by default"), type=parse_position, default=60
            ),
            out,
            declare_force(),
            JSON,
        ),
        Verb("poll-answers", print_poll, _("who can come when; with a folder, read answers from saved emails")).takes(
            poll, Argument("folder", "FOLDER", nargs="?"), JSON
        ),
        Verb("poll-answer", record_answer, _("record a member's answer to an option")).takes(
            poll,
            Argument("person", "PERSON"),
            number,
            Argument("answer", None, _("whether the member can come"), choices=list(PollAnswer)),
            JSON,
        ),
        Verb("poll-choose", choose_option, _("create the meeting of an option, and withdraw the others")).takes(
            poll, number, out, declare_force(), JSON
        ),
    ]


def start_poll(context: Context, args: Namespace) -> int:
    """Start a poll and print its reference and files; returns 1 if a member has no address."""
    from ahtc_tui.services.correspondence.polls import add_poll

    with context.open_workspace() as workspace:
        folder = resolve_folder(args.folder) if args.folder else None
        written = add_poll(
            workspace, args.group, args.title, args.option, folder, minutes=args.minutes, force=args.force
        )
    data = {"ref": written.ref, "files": list(map(str, written.files)), "without_address": written.without_address}
    poll = serialize_value(written.poll)
    print_result(args.json, lambda: {**poll, **data}, lambda: [written.ref, *map(str, written.files)])
    _name_unreached(written.without_address, args.json)
    context.print_undoable(_("Nothing was sent for {ref}; open the draft and send it.").format(ref=written.ref))
    return 1 if written.without_address else 0


def _name_unreached(names: tuple[str, ...], as_json: bool) -> None:
    if not as_json:
        print_message(*(_("{name} has no address").format(name=name) for name in names))


def print_poll(context: Context, args: Namespace) -> int:
    """Print a poll, after reading answers from a folder; returns 1 while there are questions."""
    from ahtc_tui.services.correspondence import polls

    with context.open_workspace() as workspace:
        if args.folder:
            report = polls.read_poll_folder(workspace, args.poll, resolve_input_path(args.folder))
        else:
            report = polls.show_poll(workspace, args.poll)
    return _print_report(context, args, report)


def record_answer(context: Context, args: Namespace) -> int:
    """Record one answer and print the poll."""
    from ahtc_tui.services.correspondence import polls

    with context.open_workspace() as workspace:
        report = polls.set_poll_answer(workspace, args.poll, args.person, args.number, PollAnswer(args.answer))
    return _print_report(context, args, report)


def choose_option(context: Context, args: Namespace) -> int:
    """Make the meeting of an option; prints its reference and the files; returns 1 if a member has no address."""
    from ahtc_tui.services.correspondence import polls

    with context.open_workspace() as workspace:
        folder = resolve_folder(args.folder) if args.folder else None
        written = polls.choose_option(workspace, args.poll, args.number, folder, force=args.force)
    meeting, files = written.poll.meeting or "", list(map(str, written.files))
    data = {"ref": meeting, "poll": written.ref, "files": files, "without_address": written.without_address}
    print_result(args.json, lambda: serialize_value(data), lambda: [meeting, *files])
    _name_unreached(written.without_address, args.json)
    sentence = _("{ref} was created. Nothing was sent. Send the invitation and the withdrawals.")
    context.print_undoable(sentence.format(ref=meeting))
    return 1 if written.without_address else 0


def _print_report(context: Context, args: Namespace, report: PollReport) -> int:
    print_result(args.json, lambda: serialize_value(report), lambda: _format_report(report))
    if not args.json:
        print_message(*(f"{question.source}: {question.reason}" for question in report.questions))
        if report.waiting:
            context.print_notice(_("No answer yet: {names}").format(names=", ".join(report.waiting)))
    return 1 if report.questions else 0


def _format_report(report: PollReport) -> Iterator[str]:
    yield f"{report.ref}  {report.title}  ({report.state})"
    heads = ("", _("Time"), *(answer.label for answer in PollAnswer), "", "")
    rows = [
        (
            str(option.n),
            format_wall_time(option.starts),
            *(str(count) for count in (option.yes, option.maybe, option.no)),
            format_quorate(option.quorate),
            ", ".join(option.can_come),
        )
        for option in report.options
    ]
    yield from format_table([heads, *rows], (3, 28, 8, 8, 8, 12, None))


def format_quorate(quorate: bool | None) -> str:
    """Return whether an option has a quorum; empty where the group has none recorded."""
    if quorate is None:
        return ""
    return _("quorum") if quorate else _("no quorum")
