"""The verbs of `ahtc meetings` before a meeting: agenda, template, papers, forward."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _MutuallyExclusiveGroup, _SubParsersAction
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.argument_types import parse_field_values
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import format_table, print_json, print_lines
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.serialization import serialize_value

if TYPE_CHECKING:
    from ahtc_tui.domain.meetings.model import AgendaRow
    from ahtc_tui.services.workspace import Workspace


def add_verbs(verbs: _SubParsersAction[ArgumentParser]) -> None:
    """Each verb with its flags."""
    agenda = _add_verb(verbs, "agenda", "the agenda; --add, --edit, --move or --remove an item", edit_agenda, "ref")
    act = _add_item_flags(agenda)
    agenda.add_argument("--standing", action="store_true")
    act.add_argument("--edit", nargs="+", metavar=("N", "field=value"))
    act.add_argument("--move", type=int, metavar="N")
    agenda.add_argument("--to", type=int, metavar="M", help="with --move: the number that the item gets")
    act.add_argument("--remove", type=int, metavar="N")
    act.add_argument("--put-off", type=int, metavar="N", help="move an item to the forward plan of the group")
    act.add_argument("--from-template", action="store_true", help="the items of the group's template")
    template = _add_verb(verbs, "template", "what a new agenda of a group begins with", edit_template, "group")
    act = _add_item_flags(template)
    template.add_argument("--closing", action="store_true", help="it comes after the items of the day")
    act.add_argument("--remove", type=int, metavar="N")
    act.add_argument("--from", dest="source", metavar="REF", help="the standing items of a meeting's agenda")
    papers = _add_verb(verbs, "papers", "the papers of a meeting", edit_papers, "ref")
    act = papers.add_mutually_exclusive_group()
    act.add_argument("--add", metavar="TITLE")
    papers.add_argument("--item", type=int, metavar="N")
    papers.add_argument("--author", metavar="X")
    papers.add_argument("--due", metavar="D", help="to the secretariat; when papers go out unless given")
    act.add_argument("--published", metavar="N")
    act.add_argument("--withheld", nargs=2, metavar=("N", "REASON"))
    act.add_argument("--remove", metavar="N")
    forward = _add_verb(verbs, "forward", "what a group means to take later", edit_forward_plan, "group")
    act = _add_item_flags(forward)
    forward.add_argument("--for", dest="for_on", metavar="D", help="the meeting it is meant for: a day, a month")
    act.add_argument("--take", nargs=2, metavar=("N", "REF"), help="put it on the agenda of a meeting")
    act.add_argument("--remove", type=int, metavar="N")


def _add_verb(
    verbs: _SubParsersAction[ArgumentParser], name: str, words: str, run: Any, subject: str
) -> ArgumentParser:
    parser = verbs.add_parser(name, help=words, allow_abbrev=False)
    parser.add_argument(subject, metavar=subject.upper())
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run)
    return parser


def _add_item_flags(parser: ArgumentParser) -> _MutuallyExclusiveGroup:
    """The flags of a new item; what is returned takes the other acts, of which a command does one: one undo."""
    act = parser.add_mutually_exclusive_group()
    act.add_argument("--add", metavar="TITLE")
    parser.add_argument("--presenter", metavar="X")
    parser.add_argument("--minutes", type=int, metavar="N")
    parser.add_argument("--section", metavar="S")
    return act


def _collect_item_values(args: Namespace, *names: str) -> dict[str, Any]:
    """What was given beside the title of a new item."""
    values = {name: getattr(args, name) for name in names}
    return {"title": args.add, **{name: value for name, value in values.items() if value not in (None, False)}}


ITEM_FLAGS = ("presenter", "minutes", "section")


def edit_agenda(context: Context, args: Namespace) -> int:
    """`meetings agenda`: do what the flags say, then show it."""
    from ahtc_tui.services.meetings import service as meetings

    if (args.move is None) != (args.to is None):
        raise BadInput(_("--move and --to go together: the item and the number that it gets."))
    with context.open_workspace() as workspace:
        _change_agenda(context, workspace, args)
        card = meetings.show_meeting(workspace, args.ref)
    if args.json:
        print_json(serialize_value(card.agenda))
    else:
        print_lines(format_table([_item_cells(item) for item in card.agenda], (3, 5, None, 30, 8)))
        for item in card.agenda:
            print_lines(f"     {paper.ref}  {paper.title}, {paper.publication_state.lower()}" for paper in item.papers)
    if card.minutes_over:
        context.print_notice(
            ngettext(
                "The agenda is {n} minute longer than the meeting.",
                "The agenda is {n} minutes longer than the meeting.",
                card.minutes_over,
            )
        )
    return 0


def _change_agenda(context: Context, workspace: Workspace, args: Namespace) -> None:
    from ahtc_tui.services.meetings import agenda, agenda_template, forward_plan

    ref = args.ref
    if args.from_template:
        count = agenda_template.apply_template(workspace, ref)
        message = ngettext("{n} item came from the template.", "{n} items came from the template.", count)
        context.print_notice(message)
    if args.add is not None:
        from ahtc_tui.domain.drafts.minutes import build_agenda_draft

        agenda.add_item(workspace, ref, build_agenda_draft(_collect_item_values(args, *ITEM_FLAGS, "standing")))
    if args.edit:
        from ahtc_tui.domain.drafts.agenda import build_item_edit

        agenda.edit_item(
            workspace, ref, parse_item_number(args.edit[0]), build_item_edit(parse_field_values(args.edit[1:]))
        )
    if args.move is not None:
        agenda.move_item(workspace, ref, args.move, args.to)
    if args.remove is not None:
        agenda.remove_item(workspace, ref, args.remove)
    if args.put_off is not None:
        forward_plan.postpone_item(workspace, ref, args.put_off)


def _item_cells(item: AgendaRow) -> tuple[str, ...]:
    clock = f"{item.starts:%H:%M}" if item.starts else ""
    matters = f" ({', '.join(matter.ref for matter in item.matters)})" if item.matters else ""
    minutes = f"{item.minutes} min" if item.minutes else ""
    return str(item.position), clock, f"{item.title}{matters}", item.presenter or "", minutes


def parse_item_number(text: str) -> int:
    """The number of an item as it was typed. Raises BadInput."""
    if not text.isdecimal():
        raise BadInput(_('"{text}" is not the number of an item.').format(text=text))
    return int(text)


def edit_template(context: Context, args: Namespace) -> int:
    """`meetings template`."""
    from ahtc_tui.services.meetings import agenda_template

    with context.open_workspace() as workspace:
        if args.source is not None:
            agenda_template.save_as_template(workspace, args.source)
        if args.add is not None:
            from ahtc_tui.domain.drafts.agenda import build_template_draft

            draft = build_template_draft(_collect_item_values(args, *ITEM_FLAGS, "closing"))
            agenda_template.add_to_template(workspace, args.group, draft)
        if args.remove is not None:
            agenda_template.remove_from_template(workspace, args.group, args.remove)
        rows, own = agenda_template.show_template(workspace, args.group)
    if args.json:
        print_json([{**serialize_value(row), "own": own} for row in rows])
        return 0
    closing_words = {True: _("after the items"), False: ""}
    lines = [
        (str(row.position), row.title, row.presenter or "", f"{row.minutes or ''}", closing_words[row.closing])
        for row in rows
    ]
    print_lines(format_table(lines, (3, None, 30, 4, 16)))
    if not own:
        context.print_notice(_("The group has no template of its own: this is what --from-template uses."))
    return 0


def edit_papers(context: Context, args: Namespace) -> int:
    """`meetings papers`."""
    from ahtc_tui.services.meetings import papers

    with context.open_workspace() as workspace:
        if args.add is not None:
            from ahtc_tui.domain.drafts.agenda import build_paper_draft

            draft = build_paper_draft(_collect_item_values(args, "item", "author", "due"), workspace.today())
            papers.add_paper(workspace, args.ref, draft)
        if args.published is not None:
            papers.publish_paper(workspace, args.ref, args.published)
        if args.withheld is not None:
            papers.withhold_paper(workspace, args.ref, *args.withheld)
        if args.remove is not None:
            papers.remove_paper(workspace, args.ref, args.remove)
        rows = papers.list_papers(workspace, args.ref)
    if args.json:
        print_json([serialize_value(row) for row in rows])
        return 0
    lines = [
        (row.ref, f"{row.item or '–'}", row.title, row.author or "", str(row.due or ""), row.publication_state)
        for row in rows
    ]
    print_lines(format_table(lines, (20, 3, None, 30, 18, 30)))
    context.print_notice(ngettext("{n} paper", "{n} papers", len(rows)))
    return 0


def edit_forward_plan(context: Context, args: Namespace) -> int:
    """`meetings forward`."""
    from ahtc_tui.services.meetings import forward_plan

    with context.open_workspace() as workspace:
        if args.add is not None:
            from ahtc_tui.domain.drafts.agenda import build_forward_draft

            draft = build_forward_draft(_collect_item_values(args, *ITEM_FLAGS, "for_on"), workspace.today())
            forward_plan.add_forward_item(workspace, args.group, draft)
        if args.take is not None:
            position, ref = args.take
            place = forward_plan.take_forward_item(workspace, args.group, parse_item_number(position), ref)
            context.print_notice(_("On the agenda of {ref} as item {n}.").format(ref=ref.upper(), n=place))
        if args.remove is not None:
            forward_plan.remove_forward_item(workspace, args.group, args.remove)
        rows = forward_plan.list_forward_items(workspace, args.group)
    if args.json:
        print_json([serialize_value(row) for row in rows])
        return 0
    lines = [
        (str(row.position), row.title, row.presenter or "", f"{row.minutes or ''}", str(row.for_on or ""))
        for row in rows
    ]
    print_lines(format_table(lines, (3, None, 30, 4, 18)))
    context.print_notice(_("{n} in the forward plan").format(n=len(rows)))
    return 0
