"""The verbs of `ahtc meetings` for the life cycle of minutes: state, gaps, issue, issued, compare, amend."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from ahtc_tui.cli.console.argument_types import parse_field_values, parse_position
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import format_table, print_json, print_lines, print_message, print_result
from ahtc_tui.cli.console.verbs import JSON, REF, Argument, Verb
from ahtc_tui.cli.desk import ask_desk_person
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.correspondence.model import AnswerState
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.dates.formatting import format_short_date
from ahtc_tui.domain.documents.meeting_document import Cut
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.minutes.checks import Gap
from ahtc_tui.domain.minutes.lifecycle import IssueRow, MinutesState, MinutesStatus
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.services.workspace import Workspace


def declare_verbs() -> list[Verb]:
    """Return the verbs of the life cycle of minutes."""
    states = list(MinutesState)
    cuts, markings = list(Cut), list(Marking)
    return [
        Verb("state", set_state, _("show the minutes status, or set it")).takes(
            REF,
            Argument("state", "STATE", nargs="?", choices=states),
            Argument("--at", "MEETING", _("the agreeing meeting")),
            Argument("--by", None, _("agreed by the answers of the members"), choices=("correspondence",)),
            Argument("--subject-to", "WORDS"),
            JSON,
        ),
        Verb("gaps", print_gaps, _("what is missing in the minutes; exit code 1 if anything is"), REF, JSON),
        Verb("issue", issue_minutes, _("save a copy of the minutes as the next version")).takes(
            REF,
            Argument("--cut", choices=cuts, default=Cut.CIRCULATED.value),
            Argument("--marking", choices=markings, default=Marking.OFFICIAL.value),
            JSON,
        ),
        Verb("issued", print_issues, _("the issued copies"), REF, JSON),
        Verb("transcript", print_transcript, _("the transcript, until the minutes are agreed"), REF, JSON),
        Verb("compare", print_comparison, _("the differences between two issued copies")).takes(
            REF,
            Argument("one", "VERSION", type=parse_position),
            Argument("other", "VERSION", type=parse_position),
            JSON,
        ),
        Verb("amend", amend_minutes, _("amend a line of agreed minutes, or the date, time, venue or title")).takes(
            REF,
            Argument("change", "LINE TEXT", _('a line and the text (3.2 "..."), or field=value'), nargs="+"),
            Argument("--reason", "R"),
            JSON,
        ),
    ]


def lifecycle_data(workspace: Workspace, ref: str) -> dict[str, Any]:
    """Return state, issued copies and amendments of the minutes for `meetings show --json`."""
    from ahtc_tui.services.minutes import lifecycle

    status = lifecycle.show_minutes_state(workspace, ref)
    return {
        "minutes_state": status.state.value,
        "agreed_at": status.agreed_at,
        "agreed_subject_to": status.subject_to,
        "issued": serialize_value(lifecycle.list_issues(workspace, ref)),
        "amendments": serialize_value(lifecycle.list_amendments(workspace, ref)),
    }


def set_state(context: Context, args: Namespace) -> None:
    """Print the state of the minutes, after setting it if one is given."""
    from ahtc_tui.services.minutes import lifecycle

    if args.by:
        agree_by_correspondence(context, args)
        return
    with context.open_workspace() as workspace:
        if args.state:
            state = MinutesState(args.state)
            status = lifecycle.set_state(workspace, args.ref, state, args.at, args.subject_to)
            if destroyed := status.destroyed_quotations:
                context.print_notice(lifecycle.format_destroyed(destroyed))
        else:
            status = lifecycle.show_minutes_state(workspace, args.ref)
    print_result(args.json, lambda: _status_data(status), lambda: [f"{status.ref}  {status}"])


def print_transcript(context: Context, args: Namespace) -> None:
    """Print the stored transcript of a meeting: time, speaker and words."""
    from ahtc_tui.services.imports.minutes.transcripts import read_quotations

    with context.open_workspace() as workspace:
        quotations = read_quotations(workspace, args.ref)
    print_result(
        args.json,
        lambda: [{**serialize_value(row), "at": row.clock} for row in quotations],
        lambda: [f"{row.clock}  {row.speaker or '–'}  {row.text}" for row in quotations],
    )


def agree_by_correspondence(context: Context, args: Namespace) -> None:
    """Confirm that the answers to a circulated text agree it, and print its state: minutes, or a decision."""
    from ahtc_tui.services.correspondence import circulation
    from ahtc_tui.services.minutes import lifecycle

    if args.state != MinutesState.AGREED or args.at or args.subject_to:
        raise BadInput(_("`--by correspondence` is for the state `agreed` alone, without `--at` and `--subject-to`."))
    with context.open_workspace() as workspace:
        report = circulation.agree_by_correspondence(workspace, args.ref)
        is_decision = circulation.show_decision(workspace, args.ref) is not None
        status = None if is_decision else lifecycle.show_minutes_state(workspace, args.ref)
    data = _status_data(status) if status else {"ref": report.ref, "status": "agreed"}
    day = format_long_date(report.agreed_on) if report.agreed_on else ""
    text = str(status) if status else _("Agreed by correspondence on {date}").format(date=day)
    data |= {"agreed_by": "correspondence", "agreed_on": serialize_value(report.agreed_on)}
    data |= {"counted": report.counted, "quorum": report.quorum}
    print_result(args.json, lambda: data, lambda: [f"{report.ref}  {text}"])
    if destroyed := report.destroyed_quotations:
        context.print_notice(lifecycle.format_destroyed(destroyed))
    if objecting := report.list_answering(AnswerState.OBJECTS):
        context.print_notice(_("Agreed although these members object: {names}.").format(names=", ".join(objecting)))


def _status_data(status: MinutesStatus) -> dict[str, Any]:
    return {
        "ref": status.ref,
        "minutes_state": status.state.value,
        "agreed_at": status.agreed_at,
        "agreed_subject_to": status.subject_to,
        "agreed_by": "correspondence" if status.by_correspondence else None,
        "agreed_on": serialize_value(status.agreed_on),
        "locked": status.is_locked,
    }


def print_gaps(context: Context, args: Namespace) -> int:
    """Print what is missing in the minutes; returns 1 if anything is."""
    from ahtc_tui.services.minutes.checks import list_gaps

    with context.open_workspace() as workspace:
        gaps = list_gaps(workspace, args.ref)
    if args.json:
        print_json(serialize_value(gaps))
    else:
        print_lines(_format_gaps(context.show_names(gaps)))
        sentence = ngettext("{n} gap", "{n} gaps", len(gaps))
        context.print_notice(sentence if gaps else _("Nothing is missing."))
    return 1 if gaps else 0


def _format_gaps(gaps: list[Gap]) -> list[str]:
    rows = [(gap.line or str(gap.item or "–"), gap.kind.label, gap.ref or "", gap.shown_text) for gap in gaps]
    return format_table(rows, (6, 36, 14, None))


def warn_of_gaps(context: Context, workspace: Workspace, ref: str) -> int:
    """Print the gaps of the minutes on stderr and return their number."""
    from ahtc_tui.services.minutes.checks import list_gaps

    gaps = list_gaps(workspace, ref)
    print_message(*_format_gaps(context.show_names(gaps)))
    return len(gaps)


def issue_minutes(context: Context, args: Namespace) -> int:
    """Issue the minutes as the next version; returns 1 if they have gaps or need a check."""
    from ahtc_tui.services.documents.meeting_documents import list_minutes_warnings
    from ahtc_tui.services.minutes import lifecycle

    cut, language = Cut(args.cut), context.language
    with context.open_workspace() as workspace:
        missing = warn_of_gaps(context, workspace, args.ref)
        warnings = list_minutes_warnings(workspace, args.ref, cut, language)
        row = lifecycle.issue_minutes(workspace, args.ref, cut, language, Marking(args.marking))
    print_message(*warnings)
    print_result(args.json, lambda: serialize_value(row), lambda: [_format_issue(row)])
    if missing:
        message = ngettext("Issued with {n} gap. See above.", "Issued with {n} gaps. See above.", missing)
        context.print_notice(message)
    return 1 if missing or warnings else 0


def _format_issue(row: IssueRow) -> str:
    version = _("version {n}, {day}").format(n=row.version, day=format_short_date(row.issued_on))
    return "  ".join((version, row.state.label, row.cut.label, row.language.value))


def print_issues(context: Context, args: Namespace) -> None:
    """Print the issued copies of the minutes."""
    from ahtc_tui.services.minutes import lifecycle

    with context.open_workspace() as workspace:
        rows = lifecycle.list_issues(workspace, args.ref)
    if args.json:
        print_json(serialize_value(rows))
    else:
        print_lines(_format_issue(row) for row in rows)
        context.print_notice(ngettext("{n} copy issued", "{n} copies issued", len(rows)))


def print_comparison(context: Context, args: Namespace) -> None:
    """Print the differences between two issued copies."""
    from ahtc_tui.services.minutes import lifecycle

    with context.open_workspace() as workspace:
        differences = lifecycle.compare_copies(workspace, args.ref, args.one, args.other)
    if args.json:
        print_json({"from": args.one, "to": args.other, "differences": serialize_value(differences)})
        return
    lines: list[str] = []
    for difference in differences:
        lines += [
            difference.heading or _("Heading"),
            *(f"- {line}" for line in difference.was),
            *(f"+ {line}" for line in difference.now),
            "",
        ]
    print_lines(lines[:-1])
    differing = ngettext("{n} passage differs", "{n} passages differ", len(differences))
    context.print_notice(differing if differences else _("The two copies are identical."))


def amend_minutes(context: Context, args: Namespace) -> None:
    """Amend a line of agreed minutes, or fields of its meeting, and print both texts."""
    from ahtc_tui.domain.drafts.meetings import build_meeting_draft
    from ahtc_tui.services.minutes import lifecycle

    is_line = "=" not in args.change[0]
    if is_line and len(args.change) != 2:
        sentence = _('Give the number of a line and the new text, like 3.2 "Adopt the pathway.", or field=value.')
        raise BadInput(sentence)
    with context.open_workspace() as workspace:
        ask_desk_person(context, workspace)
        if is_line:
            paragraph, text = args.change
            rows = [lifecycle.amend_paragraph(workspace, args.ref, paragraph, text, args.reason or "")]
        else:
            draft = build_meeting_draft(parse_field_values(args.change), workspace.today())
            rows = lifecycle.amend_meeting(workspace, args.ref, draft, args.reason or "")
    if args.json:
        fields = {"ref": args.ref.upper(), "amendments": serialize_value(rows)}
        print_json(serialize_value(rows[0]) if is_line else fields)
        return
    for row in rows:
        was, now = _("was: {text}").format(text=row.shown_was or "–"), _("is: {text}").format(text=row.shown_now or "–")
        print_lines([f"{row.place}  {was}", f"{row.place}  {now}"])
