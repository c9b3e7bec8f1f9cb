"""The kind `foi` of `ahtc export`: the records on a subject, for a freedom of information request."""

from __future__ import annotations

from argparse import Namespace

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines
from ahtc_tui.cli.console.verbs import OUT, Argument, Verb
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.privacy.foi_requests import format_request_answer
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.services.paths import resolve_path


def declare_kinds() -> list[Verb]:
    """Return the kind `foi` of `ahtc export`."""
    return [
        Verb("foi", write_foi_response, _("a freedom of information request: all records on a subject, .zip")).takes(
            Argument("subject", "WORDS", _("a record matches if it has all of them")),
            OUT,
            Argument("--received", "D", _("the date of the request; today by default")),
        )
    ]


def write_foi_response(context: Context, args: Namespace) -> int:
    """Write the archive; returns 1 if it contains names or addresses to check."""
    from ahtc_tui.domain.dates.parser import read_date
    from ahtc_tui.services.privacy.foi_requests import answer_request

    context.refuse_other_language(_("The archive contains records in their own language: leave out --lang."))
    with context.open_workspace() as workspace:
        received = read_date(args.received, workspace.today()).latest if args.received else None
        report = answer_request(
            workspace, args.subject, resolve_path(args.out), received, Marking(args.marking), force=args.force
        )
    if args.json:
        print_json(serialize_value(report))
    else:
        print_lines([report.file])
        context.print_notice(format_request_answer(report))
    return 1 if report.redactions else 0
