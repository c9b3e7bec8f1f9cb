"""The verbs of `ahtc meetings` that are used at a meeting and at its end: attend, minute, close, carry."""

from __future__ import annotations

from argparse import Action, ArgumentParser, Namespace, _SubParsersAction
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, table, tell
from ahtc_tui.cli.minutes import lifecycle
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.model import LineKind, Presence
from ahtc_tui.domain.minutes.model import OWNER
from ahtc_tui.domain.serialization import plain
from ahtc_tui.services.meetings import attendance
from ahtc_tui.services.minutes import carry_forward as carrying
from ahtc_tui.services.minutes import service as minutes
from ahtc_tui.services.paths import place

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
        action=_without(text),
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


def _without(positional: Action) -> type[Action]:
    """A flag beside which a positional may be left out. (One that may always be would be taken before the flags.)"""

    class Without(Action):
        def __call__(self, _parser: object, chosen: Namespace, value: Any, _flag: str | None = None) -> None:
            positional.required = False
            setattr(chosen, self.dest, value)

    return Without


def set_attendance(context: Context, chosen: Namespace) -> int:
    """`meetings attend`."""
    from ahtc_tui.domain.drafts.minutes import attendance_draft

    given = {name: getattr(chosen, name) for name in ("state", "deputy_for", "items", "reason")}
    draft = attendance_draft({name: value for name, value in given.items() if value is not None})
    with context.workspace() as workspace:
        if chosen.new:
            row = attendance.add_walk_in(workspace, chosen.ref, chosen.who, draft, chosen.organisation)
        else:
            row = attendance.set_attendance(workspace, chosen.ref, chosen.who, draft)
    if chosen.json:
        print_json(plain(row))
    else:
        print_lines([f"{row.name}  {row.state.value}"])
    return 0


def write_line(context: Context, chosen: Namespace) -> int:
    """`meetings minute`: prints the reference of the action or decision that the line makes, else its number."""
    from ahtc_tui.services.minutes import welsh_text

    if chosen.text is None and (chosen.cy is None or (chosen.line is None and chosen.item is None)):
        raise BadInput(_("Say what the line says, or with --cy and --line or --item what it is in Welsh."))
    with context.workspace() as workspace:
        line = None
        if chosen.text is not None and chosen.line:
            line = minutes.reword_line(workspace, chosen.ref, chosen.line, chosen.text, chosen.cy)
        elif chosen.text is not None:
            line = minutes.add_line(workspace, chosen.ref, chosen.text, chosen.item, chosen.cy)
        elif chosen.line:
            welsh_text.translate_line(workspace, chosen.ref, chosen.line, chosen.cy)
        else:
            welsh_text.translate_item(workspace, chosen.ref, chosen.item, chosen.cy)
    if line is None:
        said = {"line": chosen.line, "item": chosen.item, "text_cy": chosen.cy}
        print_json(said) if chosen.json else print_lines([str(chosen.line or chosen.item)])
        return 0
    if line.kind is LineKind.ACTION:
        for word in OWNER.findall(line.text):
            context.say(_('"@{word}" is nobody, or more than one: it stays in the words.').format(word=word))
    if chosen.json:
        print_json(plain(line))
    else:
        print_lines([line.action or line.decision or f"{line.item or '-'}.{line.position}"])
    return 0


def close_meeting(context: Context, chosen: Namespace) -> int:
    """`meetings close`: exit code 1 where something goes forward and no next meeting takes it."""
    with context.workspace() as workspace:
        missing = lifecycle.tell_gaps(workspace, chosen.ref)
        if not context.confirmed(_("Close {ref}?").format(ref=chosen.ref), chosen.yes):
            if chosen.json:
                _print_carried(carrying.what_goes_forward(workspace, chosen.ref), True, None)
            context.say(_("Nothing was changed: add --yes to close it."))
            return 1
        carried, following = carrying.close_meeting(workspace, chosen.ref)
        _print_carried(carried, chosen.json, following)
        if missing:
            context.say(
                say_number(missing, _("Closed with {n} gap: see above."), _("Closed with {n} gaps: see above."))
            )
        left = _write_pack(context, workspace, chosen) if chosen.pack else 0
    waiting = [verdict for verdict in carried if verdict.goes_forward]
    if waiting and following is None:
        sentence = say_number(len(waiting), _("{n} item waits"), _("{n} items wait"))
        context.say(
            _("{items} for a next meeting: `ahtc meetings carry {ref} --to REF`.").format(
                items=sentence, ref=chosen.ref.upper()
            )
        )
        return 1
    return left


def _write_pack(context: Context, workspace: Workspace, chosen: Namespace) -> int:
    """The files after the meeting; 1 where something of them is left to a person."""
    from ahtc_tui.services.exports.post_meeting_pack import write_after

    report = write_after(workspace, chosen.ref, place(chosen.pack))
    for path in report.files:
        context.say(_("Written: {path}").format(path=path))
    for sentence in report.left:
        tell(sentence)
    return 1 if report.left else 0


def carry_forward(context: Context, chosen: Namespace) -> int:
    """`meetings carry`."""
    with context.workspace() as workspace:
        if chosen.to:
            carried = carrying.carry(workspace, chosen.ref, chosen.to)
        else:
            carried = carrying.what_goes_forward(workspace, chosen.ref)
    _print_carried(carried, chosen.json, chosen.to)
    return 0


def _print_carried(carried: list[Carried], as_json: bool, to: str | None) -> None:
    if as_json:
        print_json(plain(carried))
        return
    said = {True: _("goes forward"), False: _("stays")}
    rows = [(str(one.position or "–"), one.item, said[one.goes_forward], one.reason) for one in carried]
    print_lines([*table(rows, (3, None, 12, 40)), *([_("carried to {to}").format(to=to)] if to else [])])
