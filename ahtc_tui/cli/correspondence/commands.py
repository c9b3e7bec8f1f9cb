"""`ahtc meetings circulate`, `answers` and `answered`: agreement of minutes and decisions by correspondence."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from ahtc_tui.cli.console.answers_file import read_text_answers
from ahtc_tui.cli.console.argument_types import read_day
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import format_table, print_message, print_result
from ahtc_tui.cli.console.verbs import JSON, Argument, Verb, declare_force, declare_yes
from ahtc_tui.domain.correspondence.model import Answer, CirculationReport, CirculationState
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.dates.formatting import format_short_date
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.services.paths import resolve_folder, resolve_input_path


def declare_verbs() -> list[Verb]:
    """Return the verbs of agreement by correspondence."""
    until = Argument("--until", "DATE", _("the last date for answers"), required=True)
    text = Argument("ref", "REF", _("a meeting with minutes, or a proposed decision"))
    decided = Argument("--answers", "FILE.json", _('{"question id": "theirs|ours|skip|agreed|changes|objects"}'))
    files = Argument("--files", "FOLDER", _("a folder for the edited files of the answers"))
    return [
        Verb("circulate", circulate, _("save a draft email with the text to each member, to agree by a date")).takes(
            text, Argument("folder", "FOLDER"), until, declare_force(), JSON
        ),
        Verb("answers", print_answers, _("who answered what; with a folder, read answers from saved emails")).takes(
            text, Argument("folder", "FOLDER", nargs="?"), decided, files, declare_force(), JSON
        ),
        Verb("answered", record_answer, _("record one member's answer")).takes(
            text,
            Argument("person", "PERSON"),
            Argument("answer", None, _("what the member answered"), choices=list(Answer)),
            Argument("--file", "FILE", _("the edited file returned with the answer")),
            Argument("--on", "D", _("the answer date; today by default")),
            declare_yes(_("count a late answer, and replace another one")),
            JSON,
        ),
    ]


def circulate(context: Context, args: Namespace) -> int:
    """Write the drafts; returns 1 if a member has no address."""
    from ahtc_tui.services.correspondence.circulation import circulate

    with context.open_workspace() as workspace:
        until = read_day(workspace.today(), args.until)
        folder = resolve_folder(args.folder)
        report = circulate(workspace, args.ref, folder, until, force=args.force, language=context.requested_language)
    print_result(args.json, lambda: serialize_value(report), lambda: map(str, report.files))
    if not args.json:
        for absent in context.show_names(report.without_address):
            print_message(_("{ref}: {name} has no address").format(ref=report.ref, name=absent.name))
        sentence = _("{ref} can be answered until {day}. Nothing was sent. Open each draft and send it.")
        context.print_undoable(sentence.format(ref=report.ref, day=format_long_date(report.until)))
    return 1 if report.without_address else 0


def print_answers(context: Context, args: Namespace) -> int:
    """Print the answers, after reading new ones from a folder; return 1 while there are questions."""
    from ahtc_tui.services.correspondence import answers

    if args.answers and not args.folder:
        raise BadInput(_("--answers is for the questions about a folder of emails. Name the folder."))
    decisions = read_text_answers(args.answers)
    with context.open_workspace() as workspace:
        if args.folder:
            report = answers.read_answer_folder(workspace, args.ref, resolve_input_path(args.folder), decisions)
        else:
            report = answers.list_answers(workspace, args.ref)
        if args.files:
            files = answers.save_files(workspace, args.ref, resolve_folder(args.files), force=args.force)
            if not args.json:
                context.print_notice(ngettext("{n} file saved.", "{n} files saved.", len(files)).format(n=len(files)))
    return _print_report(context, args, report)


def record_answer(context: Context, args: Namespace) -> int:
    """Record one answer and print all; returns 1 if it is late or contradicts another, and was not confirmed."""
    from ahtc_tui.services.correspondence import answers

    with context.open_workspace() as workspace:
        day = read_day(workspace.today(), args.on) if args.on else None
        file = resolve_input_path(args.file) if args.file else None
        answer = Answer(args.answer)
        report = answers.set_answer(workspace, args.ref, args.person, answer, file, day, confirmed=args.yes)
    if report.questions and not args.json:
        print_message(_("Add --yes to count a late answer or to replace the recorded one."))
    return _print_report(context, args, report)


def _print_report(context: Context, args: Namespace, report: CirculationReport) -> int:
    print_result(args.json, report.to_data, lambda: _format_report(context.show_names(report)))
    if not args.json:
        print_message(*(f"{question.id}: {question.reason}" for question in report.questions))
        context.print_notice(format_outcome(report))
    return 1 if report.questions else 0


def _format_report(report: CirculationReport) -> Iterator[str]:
    rows = [
        (member.who, member.answer.label, format_short_date(member.on) if member.on else "", member.file or "")
        for member in report.asked
    ]
    yield from format_table(rows, (None, 22, 12, 28))


def format_outcome(report: CirculationReport) -> str:
    """Return in one sentence where a circulation stands, and how it is confirmed."""
    day = format_long_date(report.until)
    match report.state:
        case CirculationState.AGREED:
            sentence = _("{ref} was agreed by correspondence on {day}.")
            return sentence.format(ref=report.ref, day=format_long_date(report.agreed_on) if report.agreed_on else "")
        case CirculationState.OPEN:
            return _("{ref} can be answered until {date}; so far {counts}.").format(
                ref=report.ref, date=day, counts=report.format_quorum()
            )
        case CirculationState.INQUORATE:
            return _("{ref} has too few answers for a quorum: {counts}.").format(
                ref=report.ref, counts=report.format_quorum()
            )
        case CirculationState.OBJECTED:
            sentence = _("Members object to {ref} ({counts}). `{command}` agrees it nevertheless.")
        case _:
            sentence = _("{ref} can be agreed ({counts}): `{command}` confirms it.")
    command = f"ahtc meetings state {report.ref} agreed --by correspondence"
    return sentence.format(ref=report.ref, counts=report.format_quorum(), command=command)
