"""The verb of `ahtc meetings` that answers a proposed time."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.verbs import REF, Argument, Verb, declare_force
from ahtc_tui.cli.console.write_messages import print_data
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.kinds import TimeDecision


def declare_verbs() -> list[Verb]:
    """Return the verb."""
    decision = Argument(
        "decision",
        None,
        _("accept moves the meeting and writes its invitation, or replies; propose asks the organiser elsewhere"),
        choices=list(TimeDecision),
    )
    when_help = _('the proposed time: "12 February 2014, 10am"; not needed in a reply to an invitation from elsewhere')
    when = Argument("when", "WHEN", when_help, nargs="?")
    return [
        Verb("answer", answer_proposal, _("draft the answer to a proposed time as a calendar file")).takes(
            REF, decision, when, Argument("out", "OUT.ics"), declare_force()
        )
    ]


def answer_proposal(context: Context, args: Namespace) -> None:
    """Write the answer and print its path; name the new time of a meeting that was moved."""
    from ahtc_tui.cli.meetings.card import format_when
    from ahtc_tui.services.meetings.answers import write_time_answer

    with context.open_workspace() as workspace:
        row = write_time_answer(
            workspace, args.ref, TimeDecision(args.decision), args.when, Path(args.out), force=args.force
        )
    print_data(context, [args.out], ref=row.ref, file=args.out)
    if args.decision == TimeDecision.ACCEPT and args.when:
        sentence = _("{ref} is now on {when}. To undo, run `ahtc undo`. Nothing was sent: send the file to the guests.")
        context.print_notice(sentence.format(ref=row.ref, when=format_when(row)))
