"""The verbs of `ahtc meetings` that are used at a meeting and at its end: agenda, attend, minute, close, carry."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from typing import TYPE_CHECKING

from ahtc_tui.cli.context import Context
from ahtc_tui.cli.output import print_json, print_lines, table
from ahtc_tui.domain.as_data import plain
from ahtc_tui.domain.meetings import Presence
from ahtc_tui.domain.words import _
from ahtc_tui.services import attendance, carrying, meetings, minutes

if TYPE_CHECKING:
    from ahtc_tui.domain.minutes import Carried


def add_verbs(verbs: _SubParsersAction[ArgumentParser]) -> None:
    """Each verb with its flags."""
    agenda = verbs.add_parser("agenda", help="the agenda, or one more item of it", allow_abbrev=False)
    agenda.add_argument("ref")
    agenda.add_argument("--add", metavar="TITLE")
    agenda.add_argument("--presenter", metavar="X")
    agenda.add_argument("--minutes", type=int, metavar="N")
    agenda.add_argument("--section", metavar="S")
    agenda.add_argument("--standing", action="store_true")
    agenda.set_defaults(run=show_agenda)
    attend = verbs.add_parser("attend", help="how somebody was there", allow_abbrev=False)
    attend.add_argument("ref")
    attend.add_argument("who", metavar="PERSON")
    attend.add_argument("state", choices=[state.value for state in Presence], metavar="STATE")
    attend.add_argument("--for", dest="deputy_for", metavar="POST_OR_PERSON")
    attend.add_argument("--items", metavar="2-4")
    attend.add_argument("--reason", metavar="R")
    attend.set_defaults(run=set_attendance)
    minute = verbs.add_parser(
        "minute", help='a line: "n: ...", "d: ...", "a: ... @owner due end nov"', allow_abbrev=False
    )
    minute.add_argument("ref")
    minute.add_argument("text")
    minute.add_argument("--item", type=int, metavar="N")
    minute.set_defaults(run=add_line)
    close = verbs.add_parser("close", help="it was held: what is open goes forward", allow_abbrev=False)
    close.add_argument("ref")
    close.add_argument("--yes", action="store_true")
    close.set_defaults(run=close_meeting)
    carry = verbs.add_parser(
        "carry", help="what goes forward and why; --to puts it on another agenda", allow_abbrev=False
    )
    carry.add_argument("ref")
    carry.add_argument("--to", metavar="REF2")
    carry.set_defaults(run=carry_forward)
    for verb in (agenda, attend, minute, close, carry):
        verb.add_argument("--json", action="store_true")


def show_agenda(context: Context, chosen: Namespace) -> int:
    """`meetings agenda`: show it, or add an item first."""
    with context.workspace() as workspace:
        if chosen.add is not None:
            from ahtc_tui.domain.drafts.minutes import agenda_draft

            given = {name: getattr(chosen, name) for name in ("presenter", "minutes", "section", "standing")}
            draft = agenda_draft({"title": chosen.add, **{name: value for name, value in given.items() if value}})
            minutes.add_item(workspace, chosen.ref, draft)
        card = meetings.show_meeting(workspace, chosen.ref)
    if chosen.json:
        print_json(plain(card.agenda))
        return 0
    rows = [
        (str(item.position), item.title, item.presenter or "", f"{item.minutes} min" if item.minutes else "")
        for item in card.agenda
    ]
    print_lines(table(rows, (3, None, 30, 8)))
    return 0


def set_attendance(context: Context, chosen: Namespace) -> int:
    """`meetings attend`."""
    from ahtc_tui.domain.drafts.minutes import attendance_draft

    given = {name: getattr(chosen, name) for name in ("state", "deputy_for", "items", "reason")}
    draft = attendance_draft({name: value for name, value in given.items() if value is not None})
    with context.workspace() as workspace:
        row = attendance.set_attendance(workspace, chosen.ref, chosen.who, draft)
    if chosen.json:
        print_json(plain(row))
    else:
        print_lines([f"{row.name}  {row.state.value}"])
    return 0


def add_line(context: Context, chosen: Namespace) -> int:
    """`meetings minute`: prints the reference of the action or decision that the line makes."""
    with context.workspace() as workspace:
        line = minutes.add_line(workspace, chosen.ref, chosen.text, chosen.item)
    if chosen.json:
        print_json(plain(line))
    else:
        print_lines([line.action or line.decision or f"{line.item or '-'}.{line.position}"])
    return 0


def close_meeting(context: Context, chosen: Namespace) -> int:
    """`meetings close`: exit code 1 where something goes forward and no next meeting takes it."""
    with context.workspace() as workspace:
        if not context.confirmed(_("Close {ref}?").format(ref=chosen.ref), chosen.yes):
            context.say(_("Nothing was changed: add --yes to close it."))
            return 1
        carried, following = carrying.close_meeting(workspace, chosen.ref)
    _print_carried(carried, chosen.json, following)
    waiting = [verdict for verdict in carried if verdict.goes_forward]
    if waiting and following is None:
        context.say(_("{n} items wait for a next meeting: `ahtc meetings carry REF --to REF2`.").format(n=len(waiting)))
        return 1
    return 0


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
    rows = [(str(one.position), one.item, said[one.goes_forward], one.reason) for one in carried]
    print_lines([*table(rows, (3, None, 12, 40)), *([_("carried to {to}").format(to=to)] if to else [])])
