"""The verbs of `ahtc meetings` before a meeting: agenda, template, papers, forward."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _MutuallyExclusiveGroup, _SubParsersAction
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.argument_types import pairs
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, table
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import plain

if TYPE_CHECKING:
    from ahtc_tui.domain.meetings.model import AgendaRow
    from ahtc_tui.services.workspace import Workspace


def add_verbs(verbs: _SubParsersAction[ArgumentParser]) -> None:
    """Each verb with its flags."""
    agenda = _verb(verbs, "agenda", "the agenda; --add, --edit, --move or --remove an item", agenda_, "ref")
    act = _item_flags(agenda)
    agenda.add_argument("--standing", action="store_true")
    act.add_argument("--edit", nargs="+", metavar=("N", "field=value"))
    act.add_argument("--move", type=int, metavar="N")
    agenda.add_argument("--to", type=int, metavar="M", help="with --move: the number that the item gets")
    act.add_argument("--remove", type=int, metavar="N")
    act.add_argument("--put-off", type=int, metavar="N", help="move an item to the forward plan of the group")
    act.add_argument("--from-template", action="store_true", help="the items of the group's template")
    template = _verb(verbs, "template", "what a new agenda of a group begins with", template_, "group")
    act = _item_flags(template)
    template.add_argument("--closing", action="store_true", help="it comes after the items of the day")
    act.add_argument("--remove", type=int, metavar="N")
    act.add_argument("--from", dest="source", metavar="REF", help="the standing items of a meeting's agenda")
    papers = _verb(verbs, "papers", "the papers of a meeting", papers_, "ref")
    act = papers.add_mutually_exclusive_group()
    act.add_argument("--add", metavar="TITLE")
    papers.add_argument("--item", type=int, metavar="N")
    papers.add_argument("--author", metavar="X")
    papers.add_argument("--due", metavar="D", help="to the secretariat; when papers go out unless given")
    act.add_argument("--published", metavar="N")
    act.add_argument("--withheld", nargs=2, metavar=("N", "REASON"))
    act.add_argument("--remove", metavar="N")
    forward = _verb(verbs, "forward", "what a group means to take later", forward_, "group")
    act = _item_flags(forward)
    forward.add_argument("--for", dest="for_on", metavar="D", help="the meeting it is meant for: a day, a month")
    act.add_argument("--take", nargs=2, metavar=("N", "REF"), help="put it on the agenda of a meeting")
    act.add_argument("--remove", type=int, metavar="N")


def _verb(verbs: _SubParsersAction[ArgumentParser], name: str, words: str, run: Any, of: str) -> ArgumentParser:
    parser = verbs.add_parser(name, help=words, allow_abbrev=False)
    parser.add_argument(of, metavar=of.upper())
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run)
    return parser


def _item_flags(parser: ArgumentParser) -> _MutuallyExclusiveGroup:
    """The flags of a new item; what is returned takes the other acts, of which a command does one: one undo."""
    act = parser.add_mutually_exclusive_group()
    act.add_argument("--add", metavar="TITLE")
    parser.add_argument("--presenter", metavar="X")
    parser.add_argument("--minutes", type=int, metavar="N")
    parser.add_argument("--section", metavar="S")
    return act


def _given(chosen: Namespace, *names: str) -> dict[str, Any]:
    """What was given beside the title of a new item."""
    values = {name: getattr(chosen, name) for name in names}
    return {"title": chosen.add, **{name: value for name, value in values.items() if value not in (None, False)}}


ITEM = ("presenter", "minutes", "section")


def agenda_(context: Context, chosen: Namespace) -> int:
    """`meetings agenda`: do what the flags say, then show it."""
    from ahtc_tui.services.meetings import service as meetings

    if (chosen.move is None) != (chosen.to is None):
        raise BadInput(_("--move and --to go together: the item and the number that it gets."))
    with context.workspace() as workspace:
        _change_agenda(context, workspace, chosen)
        card = meetings.show_meeting(workspace, chosen.ref)
    if chosen.json:
        print_json(plain(card.agenda))
    else:
        print_lines(table([_item_line(item) for item in card.agenda], (3, 5, None, 30, 8)))
        for item in card.agenda:
            print_lines(f"     {paper.ref}  {paper.title}, {paper.standing.lower()}" for paper in item.papers)
    if card.minutes_over:
        one, more = (
            _("The agenda is {n} minute longer than the meeting."),
            _("The agenda is {n} minutes longer than the meeting."),
        )
        context.say(say_number(card.minutes_over, one, more))
    return 0


def _change_agenda(context: Context, workspace: Workspace, chosen: Namespace) -> None:
    from ahtc_tui.services.meetings import agenda, agenda_template, forward_plan

    ref = chosen.ref
    if chosen.from_template:
        count = agenda_template.use_template(workspace, ref)
        came = say_number(count, _("{n} item came from the template."), _("{n} items came from the template."))
        context.say(came)
    if chosen.add is not None:
        from ahtc_tui.domain.drafts.minutes import agenda_draft

        agenda.add_item(workspace, ref, agenda_draft(_given(chosen, *ITEM, "standing")))
    if chosen.edit:
        from ahtc_tui.domain.drafts.agenda import item_edit

        agenda.edit_item(workspace, ref, number(chosen.edit[0]), item_edit(pairs(chosen.edit[1:])))
    if chosen.move is not None:
        agenda.move_item(workspace, ref, chosen.move, chosen.to)
    if chosen.remove is not None:
        agenda.remove_item(workspace, ref, chosen.remove)
    if chosen.put_off is not None:
        forward_plan.put_off(workspace, ref, chosen.put_off)


def _item_line(item: AgendaRow) -> tuple[str, ...]:
    clock = f"{item.starts:%H:%M}" if item.starts else ""
    arising = f" ({', '.join(one.ref for one in item.matters)})" if item.matters else ""
    minutes = f"{item.minutes} min" if item.minutes else ""
    return str(item.position), clock, f"{item.title}{arising}", item.presenter or "", minutes


def number(text: str) -> int:
    """The number of an item as it was typed. Raises BadInput."""
    if not text.isdecimal():
        raise BadInput(_('"{text}" is not the number of an item.').format(text=text))
    return int(text)


def template_(context: Context, chosen: Namespace) -> int:
    """`meetings template`."""
    from ahtc_tui.services.meetings import agenda_template

    with context.workspace() as workspace:
        if chosen.source is not None:
            agenda_template.keep_as_template(workspace, chosen.source)
        if chosen.add is not None:
            from ahtc_tui.domain.drafts.agenda import template_draft

            draft = template_draft(_given(chosen, *ITEM, "closing"))
            agenda_template.add_to_template(workspace, chosen.group, draft)
        if chosen.remove is not None:
            agenda_template.remove_from_template(workspace, chosen.group, chosen.remove)
        rows, own = agenda_template.show_template(workspace, chosen.group)
    if chosen.json:
        print_json([{**plain(row), "own": own} for row in rows])
        return 0
    said = {True: _("after the items"), False: ""}
    lines = [
        (str(row.position), row.title, row.presenter or "", f"{row.minutes or ''}", said[row.closing]) for row in rows
    ]
    print_lines(table(lines, (3, None, 30, 4, 16)))
    if not own:
        context.say(_("The group has no template of its own: this is what --from-template uses."))
    return 0


def papers_(context: Context, chosen: Namespace) -> int:
    """`meetings papers`."""
    from ahtc_tui.services.meetings import papers

    with context.workspace() as workspace:
        if chosen.add is not None:
            from ahtc_tui.domain.drafts.agenda import paper_draft

            draft = paper_draft(_given(chosen, "item", "author", "due"), workspace.today())
            papers.add_paper(workspace, chosen.ref, draft)
        if chosen.published is not None:
            papers.publish_paper(workspace, chosen.ref, chosen.published)
        if chosen.withheld is not None:
            papers.withhold_paper(workspace, chosen.ref, *chosen.withheld)
        if chosen.remove is not None:
            papers.remove_paper(workspace, chosen.ref, chosen.remove)
        rows = papers.list_papers(workspace, chosen.ref)
    if chosen.json:
        print_json([plain(row) for row in rows])
        return 0
    lines = [
        (row.ref, f"{row.item or '–'}", row.title, row.author or "", str(row.due or ""), row.standing) for row in rows
    ]
    print_lines(table(lines, (20, 3, None, 30, 18, 30)))
    context.say(say_number(len(rows), _("{n} paper"), _("{n} papers")))
    return 0


def forward_(context: Context, chosen: Namespace) -> int:
    """`meetings forward`."""
    from ahtc_tui.services.meetings import forward_plan

    with context.workspace() as workspace:
        if chosen.add is not None:
            from ahtc_tui.domain.drafts.agenda import forward_draft

            draft = forward_draft(_given(chosen, *ITEM, "for_on"), workspace.today())
            forward_plan.add_forward(workspace, chosen.group, draft)
        if chosen.take is not None:
            position, ref = chosen.take
            place = forward_plan.take_forward(workspace, chosen.group, number(position), ref)
            context.say(_("On the agenda of {ref} as item {n}.").format(ref=ref.upper(), n=place))
        if chosen.remove is not None:
            forward_plan.remove_forward(workspace, chosen.group, chosen.remove)
        rows = forward_plan.list_forward(workspace, chosen.group)
    if chosen.json:
        print_json([plain(row) for row in rows])
        return 0
    lines = [
        (str(row.position), row.title, row.presenter or "", f"{row.minutes or ''}", str(row.for_on or ""))
        for row in rows
    ]
    print_lines(table(lines, (3, None, 30, 4, 18)))
    context.say(_("{n} in the forward plan").format(n=len(rows)))
    return 0
