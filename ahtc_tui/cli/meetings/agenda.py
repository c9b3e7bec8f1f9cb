"""The verbs of `ahtc meetings` before a meeting: agenda, template, papers, forward, invite."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from ahtc_tui.cli.console.argument_types import Without, parse_field_values, parse_position, refuse_without_add
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.lists import print_list
from ahtc_tui.cli.console.output import format_section, format_table, print_json, print_lines, print_result
from ahtc_tui.cli.console.verbs import JSON, REF, Argument, OneOf, Switch, Verb, declare_fields, declare_options
from ahtc_tui.domain.actions.model import PaperMarking
from ahtc_tui.domain.dates.formatting import format_clock, measure_clock
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.fields.model import Place, list_names
from ahtc_tui.domain.i18n import Language, _, get_current_language, ngettext
from ahtc_tui.domain.meetings.agenda import ForwardRow
from ahtc_tui.domain.meetings.card import format_leaving_out
from ahtc_tui.domain.meetings.fields import ITEM_FIELDS
from ahtc_tui.domain.meetings.invitations import InviteList
from ahtc_tui.domain.meetings.model import AgendaRow, PaperRow
from ahtc_tui.domain.minutes.model import format_overrun
from ahtc_tui.domain.publication.withholding import REASONS, list_reasons
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.domain.text.sizes import format_size
from ahtc_tui.services.paths import resolve_path
from ahtc_tui.services.workspace import Workspace

ITEM_FLAGS = tuple(name for name in list_names(ITEM_FIELDS, Place.ADD) if name != "standing")
PAPER_FLAGS = ("title_cy", "item", "author", "due", "marking")


class WithoutReference(Without):
    """An option with which no meeting is named."""

    optional = ("ref",)


def declare_verbs() -> list[Verb]:
    """Return the verbs before a meeting; each command does one act, which is one undo."""
    add, remove = Argument("--add", "TITLE"), Argument("--remove", "N", type=parse_position)
    item = declare_options(field for field in ITEM_FIELDS if field.name in ITEM_FLAGS)
    group = Argument("group", "GROUP")
    source = Argument("--from", "REF", _("the standing items of a meeting's agenda"), dest="source")
    closing = Switch("--closing", _("place it after the items of the day"))
    take = Argument("--take", ("N", "REF"), _("move it to the agenda of a meeting"), nargs=2)
    intended = Argument("--for", "D", _("the date or month of the intended meeting"), dest="for_on")
    return [
        Verb("agenda", edit_agenda, _("the agenda; --add, --edit, --move or --remove an item")).takes(
            REF,
            OneOf(
                add,
                Argument("--edit", ("N", "field=value"), nargs="+"),
                Argument("--move", "N", type=parse_position),
                remove,
                Argument("--put-off", "N", _("move an item to the forward plan of the group"), type=parse_position),
                Switch("--from-template", _("add the items from the group's template")),
            ),
            *item,
            Switch("--standing"),
            Argument("--to", "M", _("the new number of the item given with --move"), type=parse_position),
            JSON,
        ),
        Verb("template", edit_template, _("the first items of each new agenda of a group")).takes(
            group, OneOf(add, remove, source), *item, closing, JSON
        ),
        _declare_papers(),
        _declare_invite(),
        Verb("forward", edit_forward_plan, _("the forward plan of a group")).takes(
            group, OneOf(add, take, remove), *item, intended, JSON
        ),
    ]


def _declare_invite() -> Verb:
    return Verb(
        "invite", print_or_invite, _("the invitations by area; --area, --list and --who invite more contacts")
    ).takes(
        REF,
        Argument("--area", "A", _("every contact of an area; may be repeated"), action="append", default=[]),
        Argument("--list", "L", _("a circulation list"), action="append", default=[], dest="lists"),
        Argument("--who", "X", _("one contact"), action="append", default=[]),
        Argument(
            "--remove",
            "WHO",
            _("take a contact off the list; the next invitations include a cancellation"),
            action="append",
            default=[],
        ),
        Argument("--again", "WHO", _("invite a contact again and ask for a new answer"), action="append", default=[]),
        JSON,
    )


def _declare_papers() -> Verb:
    return Verb("papers", edit_papers, _("a meeting's papers")).takes(
        REF,
        OneOf(
            Argument("--add", "TITLE"),
            Argument("--published", "N"),
            Argument("--withheld", "N"),
            Argument("--remove", "N"),
            Argument("--attach", ("N", "FILE"), _("attach a file to a paper"), nargs=2),
            Argument("--detach", "N", _("remove a paper's file")),
            Argument("--save", ("N", "OUT"), _("save the file of a paper"), nargs=2),
            Argument(
                "--reasons",
                None,
                _("the reasons for withholding a paper"),
                action=WithoutReference,
                nargs=0,
            ),
        ),
        Argument("--reason", "ID", _("the reason, from --reasons"), choices=[reason.id for reason in REASONS]),
        Argument("--note", "TEXT", _("an internal note on why the paper is withheld, never printed")),
        *declare_fields(("title_cy",)),
        Argument("--item", "N", type=parse_position),
        Argument("--author", "X"),
        Argument("--due", "D", _("the date due at the secretariat; when papers go out by default")),
        Argument("--marking", "M", choices=list(PaperMarking)),
        JSON,
    )


def _collect_item_values(args: Namespace, *names: str) -> dict[str, Any]:
    """Return title and options of a new item."""
    values = {name: getattr(args, name) for name in names}
    return {"title": args.add, **{name: value for name, value in values.items() if value not in (None, False)}}


def edit_agenda(context: Context, args: Namespace) -> None:
    """Change the agenda according to the options, then print it."""
    from ahtc_tui.services.meetings import service as meetings

    if (args.move is None) != (args.to is None):
        raise BadInput(_("--move and --to go together: the item and the new number."))
    refuse_without_add(args, *ITEM_FLAGS, "standing")
    with context.open_workspace() as workspace:
        _change_agenda(context, workspace, args)
        card = meetings.show_meeting(workspace, args.ref)
    if args.json:
        print_json(serialize_value(card.agenda), marks=context.marks)
    else:
        cells, widths = [_item_cells(item) for item in card.agenda], (3, measure_clock(), None, 30, 8, 12)
        for item, line in zip(card.agenda, format_table(cells, widths, marks=context.marks), strict=True):
            print_lines([line])
            print_lines(f"     {paper.summary}" for paper in item.papers)
            print_lines(f"     {interest}" for interest in item.interests)
        if papers := [paper.summary for paper in card.papers_without_item]:
            print_lines(format_section(_("Papers without an agenda item"), papers))
    if card.minutes_over:
        context.print_notice(" ".join(filter(None, (format_overrun(card.minutes_over), format_leaving_out(card)))))


def _change_agenda(context: Context, workspace: Workspace, args: Namespace) -> None:
    from ahtc_tui.services.meetings import agenda, agenda_template

    ref = args.ref
    if args.from_template:
        count = agenda_template.apply_template(workspace, ref)
        message = ngettext("{n} item was added from the template.", "{n} items were added from the template.", count)
        context.print_notice(message)
    if args.add is not None:
        from ahtc_tui.domain.drafts.minutes import build_agenda_draft

        agenda.add_item(workspace, ref, build_agenda_draft(_collect_item_values(args, *ITEM_FLAGS, "standing")))
    if args.edit:
        from ahtc_tui.domain.drafts.meetings import build_item_edit

        agenda.edit_item(
            workspace, ref, parse_item_number(args.edit[0]), build_item_edit(parse_field_values(args.edit[1:]))
        )
    if args.move is not None:
        agenda.move_item(workspace, ref, args.move, args.to)
    if args.remove is not None:
        agenda.remove_item(workspace, ref, args.remove)
    if args.put_off is not None:
        agenda.postpone_item(workspace, ref, args.put_off)


def _item_cells(item: AgendaRow) -> tuple[str, ...]:
    clock = format_clock(item.starts) if item.starts else ""
    matters = f" ({', '.join(matter.ref for matter in item.matters)})" if item.matters else ""
    minutes = _("{n} min").format(n=item.minutes) if item.minutes else ""
    outcome = item.outcome.label if item.outcome else ""
    return str(item.position), clock, f"{item.shown_title}{matters}", item.presenter or "", minutes, outcome


def parse_item_number(text: str) -> int:
    """Return the number of an agenda item. Raises BadInput."""
    if not text.isdecimal():
        raise BadInput(_('"{text}" is not the number of an item.').format(text=text))
    return int(text)


def edit_template(context: Context, args: Namespace) -> None:
    """Change the agenda template of a group according to the options, then print it."""
    from ahtc_tui.services.meetings import agenda_template

    refuse_without_add(args, *ITEM_FLAGS, "closing")
    with context.open_workspace() as workspace:
        if args.source is not None:
            agenda_template.save_as_template(workspace, args.source)
        if args.add is not None:
            from ahtc_tui.domain.drafts.meetings import build_template_draft

            draft = build_template_draft(_collect_item_values(args, *ITEM_FLAGS, "closing"))
            agenda_template.add_to_template(workspace, args.group, draft)
        if args.remove is not None:
            agenda_template.remove_from_template(workspace, args.group, args.remove)
        rows, own = agenda_template.show_template(workspace, args.group)
    if args.json:
        print_json([{**serialize_value(row), "own": own} for row in rows])
        return
    closing_words = {True: _("after the items"), False: ""}
    lines = [
        (
            str(row.position),
            row.shown_title,
            row.presenter or "",
            f"{row.minutes or ''}",
            closing_words[row.closing],
        )
        for row in rows
    ]
    print_lines(format_table(lines, (3, None, 30, 4, 16)))
    if not own:
        context.print_notice(_("The group has no template, so --from-template uses this one."))


def edit_papers(context: Context, args: Namespace) -> None:
    """Change the papers of a meeting according to the options, then print them."""
    from ahtc_tui.services.meetings import papers

    if args.reasons:
        _print_reasons(args)
        return
    refuse_without_add(args, *PAPER_FLAGS)
    if (args.withheld is None) != (args.reason is None) or (args.note is not None and args.withheld is None):
        raise BadInput(_("--withheld N and --reason ID belong together; --note goes with them."))
    with context.open_workspace() as workspace:
        if args.add is not None:
            from ahtc_tui.domain.drafts.meetings import build_paper_draft

            draft = build_paper_draft(_collect_item_values(args, *PAPER_FLAGS), workspace.today())
            papers.add_paper(workspace, args.ref, draft)
        if args.published is not None:
            papers.publish_paper(workspace, args.ref, args.published)
        if args.withheld is not None:
            papers.withhold_paper(workspace, args.ref, args.withheld, args.reason, args.note)
        if args.remove is not None:
            papers.remove_paper(workspace, args.ref, args.remove)
        _change_paper_file(workspace, args)
        rows = papers.list_papers(workspace, args.ref)
    count = ngettext("{n} paper", "{n} papers", len(rows))
    print_list(context, rows, serialize_value, _paper_cells, (20, 3, None, 30, 18, 30, 30), count)


def _print_reasons(args: Namespace) -> None:
    rows = list_reasons()
    basis = "basis_cy" if get_current_language() is Language.CY else "basis"
    cells = [(row["id"], row["en"], row["cy"], row[basis]) for row in rows]
    print_result(args.json, lambda: rows, lambda: format_table(cells, (20, 50, 50, None)))


def _paper_cells(row: PaperRow) -> tuple[str, ...]:
    file = f"{row.file}, {format_size(row.file_size)}" if row.file and row.file_size else _("no file")
    author, due = row.author or "", str(row.due or "")
    return row.ref, f"{row.item or '–'}", row.marked_title, author, due, row.publication_state, file


def _change_paper_file(workspace: Workspace, args: Namespace) -> None:
    from ahtc_tui.services.meetings import paper_files

    if args.attach is not None:
        number, name = args.attach
        paper_files.attach_file(workspace, args.ref, number, resolve_path(name))
    if args.detach is not None:
        paper_files.detach_file(workspace, args.ref, args.detach)
    if args.save is not None:
        number, name = args.save
        paper_files.save_file(workspace, args.ref, number, resolve_path(name))


def edit_forward_plan(context: Context, args: Namespace) -> None:
    """Change the forward plan of a group according to the options, then print it."""
    from ahtc_tui.services.meetings import agenda as forward_plan

    refuse_without_add(args, *ITEM_FLAGS)
    with context.open_workspace() as workspace:
        if args.add is not None:
            from ahtc_tui.domain.drafts.meetings import build_forward_draft

            draft = build_forward_draft(_collect_item_values(args, *ITEM_FLAGS, "for_on"), workspace.today())
            forward_plan.add_forward_item(workspace, args.group, draft)
        if args.take is not None:
            position, ref = args.take
            place = forward_plan.take_forward_item(workspace, args.group, parse_item_number(position), ref)
            context.print_notice(_("Added to the agenda of {ref} as item {n}.").format(ref=ref.upper(), n=place))
        if args.remove is not None:
            forward_plan.remove_forward_item(workspace, args.group, args.remove)
        rows = forward_plan.list_forward_items(workspace, args.group)
    count = _("{n} in the forward plan").format(n=len(rows))
    print_list(context, rows, serialize_value, _forward_cells, (3, None, 30, 4, 18), count)


def _forward_cells(row: ForwardRow) -> tuple[str, ...]:
    return str(row.position), row.shown_title, row.presenter or "", f"{row.minutes or ''}", str(row.for_on or "")


def print_or_invite(context: Context, args: Namespace) -> None:
    """Invite contacts by area, list or name, then print the invitations."""
    from ahtc_tui.services.meetings import invitations as service

    with context.open_workspace() as workspace:
        invitations = service.show_invitations(workspace, args.ref)
        if args.area or args.lists or args.who:
            invitations = service.invite_guests(workspace, args.ref, args.area, args.lists, args.who)
        if args.again:
            invitations = service.invite_again(workspace, args.ref, args.again)
        if args.remove:
            invitations = service.remove_guests(workspace, args.ref, args.remove)
    if args.json:
        areas = [{**serialize_value(area), "without_address": area.without_address} for area in invitations.areas]
        print_json({**serialize_value(invitations), "areas": areas, "total": invitations.total}, marks=context.marks)
    else:
        print_lines(_format_invitations(invitations))
    if args.remove or args.again:
        context.print_undoable(_("The list of {ref} was changed.").format(ref=invitations.ref))
    elif invitations.added:
        context.print_undoable(ngettext("1 contact invited", "{n} contacts invited", len(invitations.added)) + ".")


def _format_invitations(invitations: InviteList) -> list[str]:
    invited = ngettext("1 invited", "{n} invited", invitations.total)
    lines = [f"{invitations.ref}  {invitations.title}: {invited}"]
    for area in invitations.areas:
        rows = [
            (
                f"{guest.name} ({guest.holder})" if guest.holder else guest.name,
                "" if guest.email else _("no address"),
                guest.reply.label,
            )
            for guest in area.guests
        ]
        heading = area.area or _("No area")
        lines += format_section(f"{heading} ({len(rows)})", format_table(rows, (None, 12, 14)))
    return lines
