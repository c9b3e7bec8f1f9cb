"""`ahtc contacts reviews`, `subject-access` and `erase`, and `ahtc export foi`: duties under information law."""

from __future__ import annotations

from argparse import Namespace

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import format_section, format_table, print_json, print_lines, print_message
from ahtc_tui.cli.console.verbs import (
    JSON,
    Argument,
    Switch,
    Verb,
    declare_dry_run,
    declare_export,
    declare_force,
    declare_yes,
)
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.privacy.data_protection import ErasureReport, format_subject_answer, translate_use
from ahtc_tui.domain.privacy.foi_requests import format_request_answer
from ahtc_tui.domain.record_names import format_record_noun
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.services.paths import resolve_path

TEXTS_SHOWN = 12
"""Texts of each kind that are printed; --json has all."""


def declare_verbs() -> list[Verb]:
    """Return the verbs of data protection, which belong to `ahtc contacts`."""
    person = Argument("person", "PERSON")
    return [
        Verb("reviews", print_reviews, _("people due for review")).takes(
            Switch("--all", _("everyone, by the date of the review")), JSON
        ),
        Verb("subject-access", write_subject_access, _("all personal data held about a person: one .zip")).takes(
            person,
            Argument("out", "OUT.zip"),
            Argument("--received", "D", _("the request date; today by default")),
            declare_force(),
            JSON,
        ),
        Verb("erase", erase_person, _("erase a person; use --dry-run first")).takes(
            person,
            declare_dry_run(_("show what is erased and what is kept")),
            declare_yes(),
            Argument("--reason", "T", _("the reason, without the name"), default=""),
            Argument("--also", "WORD", _("another word to identify the person"), action="append", default=[]),
            Argument("--exports", None, _("remove exported files containing the name"), choices=("remove",)),
            JSON,
        ),
    ]


def print_reviews(context: Context, args: Namespace) -> None:
    """Print the people whose review is due, or with --all everyone."""
    from ahtc_tui.services.privacy import data_protection

    with context.open_workspace() as workspace:
        rows = data_protection.list_reviews(workspace, everybody=args.all)
    if args.json:
        print_json([serialize_value(row) for row in rows])
        return
    cells = [
        (
            row.ref,
            row.name,
            _("review on {date}").format(date=format_long_date(row.review_on))
            + ("" if row.by_default else _(", as stated")),
            _("last: {what} {day}").format(what=translate_use(row.last_use), day=format_long_date(row.last_used)),
            row.lawful_basis or _("no lawful basis recorded"),
            _("informed {day}").format(day=row.told_on) if row.told_on else _("not informed"),
        )
        for row in rows
    ]
    print_lines(format_table(cells, (24, 24, 38, 34, None, 26)))
    context.print_notice(_("{n} to review").format(n=sum(row.days_over >= 0 for row in rows)))


def write_subject_access(context: Context, args: Namespace) -> None:
    """Write the archive of a subject access request."""
    from ahtc_tui.domain.dates.parser import read_date_alone
    from ahtc_tui.services.privacy.subject_access import answer_subject_request

    target = resolve_path(args.out)
    with context.open_workspace() as workspace:
        received = read_date_alone(args.received, workspace.today()).latest if args.received else None
        report = answer_subject_request(workspace, args.person, target, received, force=args.force)
    if args.json:
        print_json({**serialize_value(report), "counts": dict(report.counts), "marking": "official-sensitive"})
    else:
        print_lines([report.file])
        context.print_notice(_("{name}: {due}").format(name=report.name, due=format_subject_answer(report)))


def erase_person(context: Context, args: Namespace) -> int:
    """Erase a person, after a preview and after the reference was typed; returns 1 if something is left to decide."""
    from ahtc_tui.services.privacy import erasure

    remove = args.exports == "remove"
    with context.open_workspace() as workspace:
        if args.dry_run or not args.yes:
            preview = erasure.preview_erasure(workspace, args.person, args.also)
            if args.dry_run:
                return _print_report(context, preview, args.json)
            print_message(*format_erasure(preview))
            _confirm_erasure(context, preview)
        report = erasure.erase_person(workspace, args.person, reason=args.reason, also=args.also, exports=remove)
    return _print_report(context, report, args.json)


def _confirm_erasure(context: Context, preview: ErasureReport) -> None:
    """Ask for the reference of the person. Raises Refused for another answer, and without a terminal."""
    question = _("This cannot be undone. Type {ref} to erase: ").format(ref=preview.ref)
    if context.read_answer(question) != preview.ref:
        raise Refused(_("Nothing was erased. Type the reference at the prompt, or add --yes."))


def _print_report(context: Context, report: ErasureReport, as_json: bool) -> int:
    if as_json:
        print_json(serialize_value(report))
    else:
        print_lines(format_erasure(report))
        if report.done:
            context.print_notice(_("Erased. Neither this nor earlier changes can be undone."))
    if report.unfinished:
        print_message(f"ahtc: {report.unfinished}")
    return 1 if report.has_undecided else 0


def format_erasure(report: ErasureReport) -> list[str]:
    """Return the report of an erasure as text, for the command line and the screen."""
    head = _("Erased on {day}") if report.done else _("What would be removed")
    instead = [_("Replaced in text with: {words}").format(words=report.instead)] if report.instead else []
    counts = [
        (format_record_noun(row.table), *(str(n) if n else "" for n in (row.goes, row.instead, row.words)))
        for row in report.tables
    ]
    rows = (
        format_table([("", _("remove"), _("post or nobody"), _("other words")), *counts], (24, 6, 16, 12))
        if counts
        else []
    )
    lines = ngettext("1 change in the journal", "{n} changes in the journal", report.journal_lines)
    journal = [lines] if report.journal_lines else []
    texts = [f"{format_record_noun(text.table, 1)}: {text.excerpt}" for text in report.texts]
    left = [f"{format_record_noun(mention.table, 1)}: {mention.text}" for mention in report.left]
    return [
        head.format(day=format_long_date(report.on)),
        *format_section(_("Rows"), rows + journal),
        *format_section(_("Text afterwards"), [*instead, *_shorten_lines(texts)]),
        *format_section(
            _("To check: may mean the person, and is kept; --also WORD removes a word"), _shorten_lines(left)
        ),
        *format_section(_("Not removed from text, because it is shared with another person"), report.shared),
        *format_section(_("Files with the name; --exports remove deletes exports and logs"), report.files),
        *format_section(_("Files removed"), report.removed),
        *format_section(_("Kept: older backups. Restoring one erases the person again"), report.backups),
    ]


def _shorten_lines(lines: list[str]) -> list[str]:
    more = ["... " + _("and {n} more").format(n=len(lines) - TEXTS_SHOWN)] if len(lines) > TEXTS_SHOWN else []
    return [" ".join(line.split()) for line in lines[:TEXTS_SHOWN]] + more


def declare_kinds() -> list[Verb]:
    """Return the kind `foi` of `ahtc export`."""
    received = Argument("--received", "D", _("the request date; today by default"))
    return [declare_export("foi", write_foi_response, received)]


def write_foi_response(context: Context, args: Namespace) -> int:
    """Write the archive; returns 1 if it contains names or addresses to check."""
    from ahtc_tui.domain.dates.parser import read_date_alone
    from ahtc_tui.services.privacy.data_protection import answer_request

    with context.open_for_export() as workspace:
        received = read_date_alone(args.received, workspace.today()).latest if args.received else None
        report = answer_request(
            workspace, args.subject, resolve_path(args.out), received, Marking(args.marking), force=args.force
        )
    if args.json:
        print_json(serialize_value(report))
    else:
        print_lines([report.file])
        context.print_notice(format_request_answer(report))
    return 1 if report.redactions else 0
