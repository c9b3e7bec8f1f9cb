"""The verbs of `ahtc meetings` during a meeting and after it: attend, minute, close, carry, publish."""

from __future__ import annotations

from argparse import Namespace

from ahtc_tui.cli.console.argument_types import Without, parse_position
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import (
    format_table,
    is_accessible,
    print_json,
    print_lines,
    print_message,
    print_result,
)
from ahtc_tui.cli.console.verbs import JSON, REF, Argument, OneOf, Switch, Verb, declare_yes
from ahtc_tui.cli.minutes import lifecycle
from ahtc_tui.cli.publication import commands as publication
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, ngettext, translated_names
from ahtc_tui.domain.meetings.decisions import read_votes
from ahtc_tui.domain.meetings.kinds import LineKind, Presence
from ahtc_tui.domain.meetings.model import LineRow
from ahtc_tui.domain.minutes.model import Carried
from ahtc_tui.domain.minutes.typed_lines import has_unread_date
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.domain.text.mentions import MENTION
from ahtc_tui.services.meetings import attendance
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.minutes import carry_forward as carry_forward_service
from ahtc_tui.services.minutes import live_minutes
from ahtc_tui.services.minutes import service as minutes
from ahtc_tui.services.minutes.live_minutes import OwedAction
from ahtc_tui.services.minutes.roll_call import voter_interests
from ahtc_tui.services.paths import resolve_path
from ahtc_tui.services.workspace import Workspace


class WithoutState(Without):
    """An option with which no state is given."""

    optional = ("state",)


class WithoutPerson(Without):
    """An option with which neither person nor state is given."""

    optional = ("who", "state")


ATTENDANCE_FLAGS = ("state", "deputy_for", "items", "reason", "arrived", "left")


def declare_verbs() -> list[Verb]:
    """Return the verbs `attend`, `minute`, `close`, `carry` and `publish`, and the verbs of `lifecycle`."""
    return [
        _declare_attend(),
        _declare_minute(),
        Verb("close", close_meeting, _("close a held meeting, and carry open items forward")).takes(
            REF,
            declare_yes(),
            Argument("--pack", "FOLDER", _("save minutes, action log, chasers and the next invitation to files")),
            JSON,
        ),
        Verb("carry", carry_forward, _("items to carry forward, with reasons; --to adds them to an agenda")).takes(
            REF, Argument("--to", "REF2"), JSON
        ),
        *lifecycle.declare_verbs(),
        publication.declare_meeting_verb(),
    ]


def _declare_attend() -> Verb:
    return Verb("attend", set_attendance, _("record a person's attendance")).takes(
        REF,
        Argument("who", "PERSON"),
        Argument("state", "STATE", _("how the person attended, or their absence"), choices=list(Presence)),
        Argument(
            "--for",
            "SEAT_OR_MEMBER",
            _("the seat or member represented by the person"),
            dest="deputy_for",
            action=WithoutState,
        ),
        Argument("--items", "2-4"),
        Argument("--reason", "R"),
        OneOf(
            Argument(
                "--others",
                "STATE",
                _("record everyone invited without an attendance yet"),
                choices=list(Presence),
                action=WithoutPerson,
            ),
            Argument("--remove", None, _("remove the person's attendance"), action=WithoutState, nargs=0),
            Argument("--arrived", "N", _("late arrival, at item N"), type=parse_position, action=WithoutState),
        ),
        Argument("--left", "N", _("early departure, after item N"), type=parse_position, action=WithoutState),
        Switch("--new", _("add the person to the register")),
        Argument("--organisation", "X", _("a new person's organisation")),
        JSON,
    )


def _declare_minute() -> Verb:
    welsh_help = _("the Welsh text of the line, or with --item alone of the title of the item")
    return Verb("minute", write_line, _('add a line: "n: ...", "d: ...", "a: ... @lead due end nov"')).takes(
        REF,
        Argument("text"),
        Argument("--item", "N", type=parse_position),
        Argument("--line", "N", _('replace the text of an existing line, by number: "3.2"')),
        Argument("--remove", "LINE", _("remove a line, with the action or decision"), action=Without),
        Argument("--cy", "WELSH", welsh_help, action=Without),
        Argument(
            "--as",
            "KIND",
            _("change the kind of the line given with --line"),
            dest="kind",
            choices=list(LineKind),
            action=Without,
        ),
        JSON,
    )


def set_attendance(context: Context, args: Namespace) -> int:
    """Record the attendance of a person, or of all others invited; return 1 if no one has an attendance."""
    from ahtc_tui.domain.drafts.minutes import build_attendance_draft

    values = {name: getattr(args, name) for name in ATTENDANCE_FLAGS}
    draft = build_attendance_draft({name: value for name, value in values.items() if value is not None})
    if (args.others or args.remove) and (args.state or draft.given_fields or (args.others and args.who)):
        raise BadInput(_("--others and --remove cannot be combined with a state, items or a reason."))
    with context.open_workspace() as workspace:
        if args.others:
            return _mark_others(context, workspace, args)
        if args.remove:
            name = attendance.remove_attendance(workspace, args.ref, args.who)
            print_result(args.json, lambda: {"name": name, "removed": True}, lambda: [name])
            context.print_undoable(_("The attendance of {name} was removed.").format(name=name))
            return 0
        if args.new:
            row = attendance.add_walk_in(workspace, args.ref, args.who, draft, args.organisation)
        else:
            row = attendance.set_attendance(workspace, args.ref, args.who, draft)
    print_result(
        args.json, lambda: serialize_value(row), lambda: [f"{context.show_names(row).name}  {row.state.label}"]
    )
    return 0


def _mark_others(context: Context, workspace: Workspace, args: Namespace) -> int:
    """Record the attendance of all others who are invited, and print how many; return 1 if no one has an attendance."""
    from ahtc_tui.domain.drafts.minutes import build_attendance_draft

    count = attendance.mark_remaining(workspace, args.ref, build_attendance_draft({"state": args.others}))
    print_result(args.json, lambda: {"marked": count, "state": args.others}, lambda: [str(count)])
    if count:
        context.print_undoable(ngettext("{n} attendance was recorded.", "{n} attendances were recorded.", count))
        return 0
    if meetings.show_meeting(workspace, args.ref).attendance:
        context.print_notice(_("The attendance of everyone invited is recorded already."))
        return 0
    print_message(_("No attendance was recorded, because nobody is invited. Record each person by name."))
    return 1


def write_line(context: Context, args: Namespace) -> None:
    """Add or edit a line of minutes; prints the reference of its action or decision, or its number."""
    if args.kind and not args.line:
        raise BadInput(_("--as needs --line with the number of the line."))
    if args.remove is not None:
        _remove_line(context, args)
        return
    if args.text is None and not args.kind and (args.cy is None or (args.line is None and args.item is None)):
        raise BadInput(_("Give the text of the line, or the Welsh text with --cy and --line or --item."))
    with context.open_workspace() as workspace:
        lines = _write_lines(workspace, args)
        with translated_names():
            owed_actions = live_minutes.list_owed_actions(workspace, args.ref) if lines else []
        for line in lines:
            _print_votes(context, workspace, args.ref, line)
    if not lines:
        data = {"line": args.line, "item": args.item, "text_cy": args.cy}
        print_result(args.json, lambda: data, lambda: [str(args.line or args.item)])
        return
    _print_reading(context, lines, {action.ref: action for action in owed_actions})
    print_result(
        args.json,
        lambda: {**serialize_value(lines[0]), **({"lines": serialize_value(lines)} if len(lines) > 1 else {})},
        lambda: _list_spoken(lines) if is_accessible() and not context.quiet else _list_refs(lines),
    )


def _remove_line(context: Context, args: Namespace) -> None:
    """Remove a line, and print its number with its action or decision."""
    if any(value is not None for value in (args.text, args.item, args.line, args.cy, args.kind)):
        raise BadInput(_("--remove takes the number of a line and nothing else."))
    with context.open_workspace() as workspace:
        line = minutes.remove_paragraph(workspace, args.ref, args.remove)
    data = {"line": line.number, "removed": True, "action": line.action, "decision": line.decision}
    print_result(args.json, lambda: data, lambda: [line.number])
    outcome = line.action or line.decision
    removed = _("Line {n} and {ref} removed.").format(n=line.number, ref=outcome)
    context.print_undoable(removed if outcome else _("Line {n} removed.").format(n=line.number))


def _list_refs(lines: list[LineRow]) -> list[str]:
    """Return the references of the actions and decisions of lines, and the numbers of notes."""
    return [line.action or line.decision or line.number for line in lines]


def _list_spoken(lines: list[LineRow]) -> list[str]:
    """Return number and kind of each line, without actions, of which the reading is printed."""
    return ["  ".join(filter(None, (line.number, line.kind.label, line.decision))) for line in lines if not line.action]


def _write_lines(workspace: Workspace, args: Namespace) -> list[LineRow]:
    """Write the text, the kind or the Welsh that is given; return the lines, none for Welsh alone."""

    if args.text is not None and args.line:
        return [minutes.edit_paragraph(workspace, args.ref, args.line, args.text, args.cy)]
    if args.text is not None:
        return minutes.add_lines(workspace, args.ref, args.text, args.item, args.cy)
    if args.kind:
        return [minutes.change_paragraph_kind(workspace, args.ref, args.line, LineKind(args.kind))]
    if args.line:
        minutes.translate_line(workspace, args.ref, args.line, args.cy)
    else:
        minutes.translate_item(workspace, args.ref, args.item, args.cy)
    return []


def _print_votes(context: Context, workspace: Workspace, ref: str, line: LineRow) -> None:
    """Print the result of a vote, and whether more votes were counted than are present."""
    if votes := read_votes(line.votes):
        context.print_notice(context.show_names(line).format_votes())
        for interest in voter_interests(workspace, ref, line.key):
            context.print_notice(_("Check the interest before the vote counts: {interest}").format(interest=interest))
        present = attendance.count_votes_present(workspace, ref, line.item)
        if votes.total > present:
            sentence = _("More votes are counted ({n}) than the attendance allows ({m}).")
            context.print_notice(sentence.format(n=votes.total, m=present))


def _print_reading(context: Context, lines: list[LineRow], owed_actions: dict[str, OwedAction]) -> None:
    """Print the number of lines, and the owners and date of each action; and what was not understood."""
    if len(lines) > 1:
        context.print_notice(_("{n} lines, because a prefix follows the end of a sentence.").format(n=len(lines)))
    for line in lines:
        if line.action is None:
            continue
        for word in MENTION.findall(line.text):
            context.print_notice(
                _('"@{word}" matches no contact, or more than one: it is kept as text.').format(word=word)
            )
        action = owed_actions[line.action]
        if not action.due and has_unread_date(line.text):
            context.print_notice(_('No date was read after "due". The words are kept as text.'))
        context.print_notice(f"{action.ref}: {action}")


def _name_without_objective(context: Context, workspace: Workspace, ref: str) -> None:
    """Print the actions that a meeting agreed without an objective, and the command that gives one."""
    from ahtc_tui.services.minutes.service import list_without_objective

    actions, _objectives = list_without_objective(workspace, ref)
    if actions:
        sentence = ngettext(
            "{n} action has no objective. To set it, run `ahtc actions edit {refs} objective=N`.",
            "{n} actions have no objective. To set it, run `ahtc actions edit {refs} objective=N`.",
            len(actions),
            refs=",".join(action.ref for action in actions),
        )
        context.print_notice(sentence)


def close_meeting(context: Context, args: Namespace) -> int:
    """Close a meeting; returns 1 if items carried forward have no next meeting."""
    with context.open_workspace() as workspace:
        missing = lifecycle.warn_of_gaps(context, workspace, args.ref)
        if not context.confirm(_("Close {ref}?").format(ref=args.ref), args.yes):
            if args.json:
                _print_carried(carry_forward_service.list_carried_items(workspace, args.ref), True, None)
            context.print_notice(_("Nothing was changed. Add --yes to close it."))
            return 1
        carried, next_meeting = carry_forward_service.close_meeting(workspace, args.ref)
        _print_carried(carried, args.json, next_meeting)
        if missing:
            context.print_notice(
                ngettext("Closed with {n} gap. See above.", "Closed with {n} gaps. See above.", missing)
            )
        _name_without_objective(context, workspace, args.ref)
        exit_code = _write_post_meeting_files(context, workspace, args) if args.pack else 0
    exit_code = _print_questions(context, carried) or exit_code
    waiting = [verdict for verdict in carried if verdict.goes_forward]
    if waiting and next_meeting is None:
        sentence = ngettext(
            "{n} item is not carried forward, because no next meeting is planned. "
            "Run `ahtc meetings carry {ref} --to REF`.",
            "{n} items are not carried forward, because no next meeting is planned. "
            "Run `ahtc meetings carry {ref} --to REF`.",
            len(waiting),
            ref=args.ref.upper(),
        )
        context.print_notice(sentence)
        return 1
    return exit_code


def _print_questions(context: Context, carried: list[Carried]) -> int:
    """Name the items that were carried too often; returns 1 if there are any."""
    questions = [verdict for verdict in carried if verdict.is_question]
    for verdict in questions:
        sentence = _(
            '"{item}" is carried again. Drop it (`ahtc meetings agenda REF --remove N`), move it to the forward plan '
            "(`--put-off N`), or join it to another item."
        )
        context.print_notice(sentence.format(item=verdict.shown_item))
    return int(bool(questions))


def _write_post_meeting_files(context: Context, workspace: Workspace, args: Namespace) -> int:
    """Write the files after a meeting; returns 1 if something is left to decide."""
    from ahtc_tui.services.exports.post_meeting_pack import write_post_meeting_pack

    report = write_post_meeting_pack(workspace, args.ref, resolve_path(args.pack))
    for path in report.files:
        context.print_notice(_("Saved: {path}").format(path=path))
    print_message(*report.left)
    return 1 if report.left else 0


def carry_forward(context: Context, args: Namespace) -> int:
    """Print the items to carry forward, or with --to add them to an agenda; returns 1 for items carried too often."""
    with context.open_workspace() as workspace:
        if args.to:
            carried = carry_forward_service.carry_items(workspace, args.ref, args.to)
        else:
            carried = carry_forward_service.list_carried_items(workspace, args.ref)
    _print_carried(carried, args.json, args.to)
    return _print_questions(context, carried)


def _print_carried(carried: list[Carried], as_json: bool, to: str | None) -> None:
    if as_json:
        print_json(serialize_value(carried))
        return
    labels = {True: _("carried forward"), False: _("not carried forward")}
    rows = [
        (str(verdict.position or "–"), verdict.shown_item, labels[verdict.goes_forward], verdict.reason)
        for verdict in carried
    ]
    print_lines([*format_table(rows, (3, None, 20, 40)), *([_("carried to {to}").format(to=to)] if to else [])])
