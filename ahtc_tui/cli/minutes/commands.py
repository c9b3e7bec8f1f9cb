"""The verbs of `ahtc meetings` that are used at a meeting and at its end: attend, minute, close, carry."""

from __future__ import annotations

from argparse import Action, ArgumentParser, Namespace, _SubParsersAction
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import format_table, print_json, print_lines, print_message
from ahtc_tui.cli.minutes import lifecycle
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.meetings.model import LineKind, Presence
from ahtc_tui.domain.minutes.model import OWNER
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.services.meetings import attendance
from ahtc_tui.services.minutes import carry_forward as carrying
from ahtc_tui.services.minutes import service as minutes
from ahtc_tui.services.paths import resolve_path

if TYPE_CHECKING:
    from ahtc_tui.domain.minutes.model import Carried
    from ahtc_tui.services.workspace import Workspace


def add_verbs(verbs: _SubParsersAction[ArgumentParser]) -> None:
    """Each verb with its flags."""
    attend = verbs.add_parser("attend", help="how somebody was there", allow_abbrev=False)
    attend.add_argument("ref")
    attend.add_argument("who", metavar="PERSON")
    attend.add_argument("state", choices=[state.value for state in Presence], metavar="STATE")
    attend.add_argument("--for", dest="deputy_for", metavar="POST_OR_PERSON")
    attend.add_argument("--items", metavar="2-4")
    attend.add_argument("--reason", metavar="R")
    attend.add_argument("--new", action="store_true", help="enter them in the register as a new person")
    attend.add_argument("--organisation", metavar="X", help="of a new person")
    attend.set_defaults(run=set_attendance)
    minute = verbs.add_parser(
        "minute", help='a line: "n: ...", "d: ...", "a: ... @owner due end nov"', allow_abbrev=False
    )
    minute.add_argument("ref")
    text = minute.add_argument("text")
    minute.add_argument("--item", type=int, metavar="N")
    minute.add_argument(
        "--line", metavar="N", help='a line that is there, by its number: "3.2"; the words replace its own'
    )
    minute.add_argument(
        "--cy",
        metavar="WELSH",
        action=_build_optional_positional(text),
        help="the Welsh of the line, or with --item alone of the item's title",
    )
    minute.set_defaults(run=write_line)
    close = verbs.add_parser("close", help="it was held: what is open goes forward", allow_abbrev=False)
    close.add_argument("ref")
    close.add_argument("--yes", action="store_true")
    close.add_argument("--pack", metavar="FOLDER", help="minutes, action log, chasers and the next invitation as files")
    close.set_defaults(run=close_meeting)
    carry = verbs.add_parser("carry", help="what goes forward, why; --to puts it on an agenda", allow_abbrev=False)
    carry.add_argument("ref")
    carry.add_argument("--to", metavar="REF2")
    carry.set_defaults(run=carry_forward)
    for verb in (attend, minute, close, carry):
        verb.add_argument("--json", action="store_true")
    lifecycle.add_verbs(verbs)


def _build_optional_positional(positional: Action) -> type[Action]:
    """A flag beside which a positional may be left out. (One that may always be would be taken before the flags.)"""

    class OptionalPositional(Action):
        def __call__(self, _parser: object, args: Namespace, value: Any, _flag: str | None = None) -> None:
            positional.required = False
            setattr(args, self.dest, value)

    return OptionalPositional


def set_attendance(context: Context, args: Namespace) -> int:
    """`meetings attend`."""
    from ahtc_tui.domain.drafts.minutes import build_attendance_draft

    values = {name: getattr(args, name) for name in ("state", "deputy_for", "items", "reason")}
    draft = build_attendance_draft({name: value for name, value in values.items() if value is not None})
    with context.open_workspace() as workspace:
        if args.new:
            row = attendance.add_walk_in(workspace, args.ref, args.who, draft, args.organisation)
        else:
            row = attendance.set_attendance(workspace, args.ref, args.who, draft)
    if args.json:
        print_json(serialize_value(row))
    else:
        print_lines([f"{row.name}  {row.state.value}"])
    return 0


def write_line(context: Context, args: Namespace) -> int:
    """`meetings minute`: prints the reference of the action or decision that the line makes, else its number."""
    from ahtc_tui.services.minutes import welsh_text

    if args.text is None and (args.cy is None or (args.line is None and args.item is None)):
        raise BadInput(_("Say what the line says, or with --cy and --line or --item what it is in Welsh."))
    with context.open_workspace() as workspace:
        line = None
        if args.text is not None and args.line:
            line = minutes.edit_paragraph(workspace, args.ref, args.line, args.text, args.cy)
        elif args.text is not None:
            line = minutes.add_line(workspace, args.ref, args.text, args.item, args.cy)
        elif args.line:
            welsh_text.translate_line(workspace, args.ref, args.line, args.cy)
        else:
            welsh_text.translate_item(workspace, args.ref, args.item, args.cy)
    if line is None:
        data = {"line": args.line, "item": args.item, "text_cy": args.cy}
        print_json(data) if args.json else print_lines([str(args.line or args.item)])
        return 0
    if line.kind is LineKind.ACTION:
        for word in OWNER.findall(line.text):
            context.print_notice(_('"@{word}" is nobody, or more than one: it stays in the words.').format(word=word))
    if args.json:
        print_json(serialize_value(line))
    else:
        print_lines([line.action or line.decision or f"{line.item or '-'}.{line.position}"])
    return 0


def close_meeting(context: Context, args: Namespace) -> int:
    """`meetings close`: exit code 1 where something goes forward and no next meeting takes it."""
    with context.open_workspace() as workspace:
        missing = lifecycle.warn_of_gaps(workspace, args.ref)
        if not context.confirm(_("Close {ref}?").format(ref=args.ref), args.yes):
            if args.json:
                _print_carried(carrying.list_carried_items(workspace, args.ref), True, None)
            context.print_notice(_("Nothing was changed: add --yes to close it."))
            return 1
        carried, next_meeting = carrying.close_meeting(workspace, args.ref)
        _print_carried(carried, args.json, next_meeting)
        if missing:
            context.print_notice(
                ngettext("Closed with {n} gap: see above.", "Closed with {n} gaps: see above.", missing)
            )
        exit_code = _write_post_meeting_files(context, workspace, args) if args.pack else 0
    waiting = [verdict for verdict in carried if verdict.goes_forward]
    if waiting and next_meeting is None:
        sentence = ngettext("{n} item waits", "{n} items wait", len(waiting))
        context.print_notice(
            _("{items} for a next meeting: `ahtc meetings carry {ref} --to REF`.").format(
                items=sentence, ref=args.ref.upper()
            )
        )
        return 1
    return exit_code


def _write_post_meeting_files(context: Context, workspace: Workspace, args: Namespace) -> int:
    """The files after the meeting; 1 where something of them is left to a person."""
    from ahtc_tui.services.exports.post_meeting_pack import write_post_meeting_pack

    report = write_post_meeting_pack(workspace, args.ref, resolve_path(args.pack))
    for path in report.files:
        context.print_notice(_("Written: {path}").format(path=path))
    for sentence in report.left:
        print_message(sentence)
    return 1 if report.left else 0


def carry_forward(context: Context, args: Namespace) -> int:
    """`meetings carry`."""
    with context.open_workspace() as workspace:
        if args.to:
            carried = carrying.carry_items(workspace, args.ref, args.to)
        else:
            carried = carrying.list_carried_items(workspace, args.ref)
    _print_carried(carried, args.json, args.to)
    return 0


def _print_carried(carried: list[Carried], as_json: bool, to: str | None) -> None:
    if as_json:
        print_json(serialize_value(carried))
        return
    labels = {True: _("goes forward"), False: _("stays")}
    rows = [
        (str(verdict.position or "–"), verdict.item, labels[verdict.goes_forward], verdict.reason)
        for verdict in carried
    ]
    print_lines([*format_table(rows, (3, None, 12, 40)), *([_("carried to {to}").format(to=to)] if to else [])])
