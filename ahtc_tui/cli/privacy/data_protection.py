"""`ahtc contacts reviews`, `subject-access` and `erase`: what the law asks of whoever keeps contacts."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, section, table
from ahtc_tui.domain.dates.date_as_known import long_date
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.privacy.data_protection import say_answer
from ahtc_tui.domain.record_names import record_words
from ahtc_tui.domain.serialization import plain
from ahtc_tui.services.paths import place

if TYPE_CHECKING:
    from ahtc_tui.domain.privacy.data_protection import ErasureReport

SHOWN = 12
"""Texts of each sort that are printed; --json has them all."""


def build(verbs: Any) -> None:
    """The verbs."""
    due: ArgumentParser = verbs.add_parser("reviews", help="people whose review is due", allow_abbrev=False)
    due.add_argument("--all", action="store_true", help="everybody, by the day of the review")
    due.set_defaults(run=reviews)
    access: ArgumentParser = verbs.add_parser(
        "subject-access", help="everything held on a person: one .zip", allow_abbrev=False
    )
    access.add_argument("person", metavar="PERSON")
    access.add_argument("out", metavar="OUT.zip")
    access.add_argument("--received", metavar="D", help="the day on which the request came; today unless said")
    access.add_argument("--force", action="store_true", help="write over a file that is there")
    access.set_defaults(run=subject_access)
    erasing: ArgumentParser = verbs.add_parser(
        "erase", help="erase a person for good; look with --dry-run first", allow_abbrev=False
    )
    erasing.add_argument("person", metavar="PERSON")
    erasing.add_argument("--dry-run", action="store_true", help="show what goes and what stays")
    erasing.add_argument("--yes", action="store_true", help="do it without asking")
    erasing.add_argument("--reason", default="", metavar="T", help="why, without the name")
    erasing.add_argument("--also", action="append", default=[], metavar="WORD", help="a word that means the person too")
    erasing.add_argument("--exports", choices=("remove",), help="remove exported files that hold the name")
    erasing.set_defaults(run=erase)
    for verb in (due, access, erasing):
        verb.add_argument("--json", action="store_true")


def reviews(context: Context, chosen: Namespace) -> int:
    """`contacts reviews`."""
    from ahtc_tui.services.privacy import data_protection

    with context.workspace() as workspace:
        rows = data_protection.reviews(workspace, everybody=chosen.all)
    if chosen.json:
        print_json([plain(row) for row in rows])
        return 0
    shown = [
        (
            row.ref,
            row.name,
            _("review on {day}").format(day=row.review_on) + ("" if row.by_default else _(", as said")),
            _("last: {what} {day}").format(what=row.last_use, day=row.last_used),
            row.lawful_basis or _("no lawful basis"),
            _("told {day}").format(day=row.told_on) if row.told_on else _("not told"),
        )
        for row in rows
    ]
    print_lines(table(shown, (24, 24, 34, 26, None, 26)))
    context.say(_("{n} to review").format(n=sum(row.days_over >= 0 for row in rows)))
    return 0


def subject_access(context: Context, chosen: Namespace) -> int:
    """`contacts subject-access`."""
    from ahtc_tui.domain.dates.parser import read_date
    from ahtc_tui.services.privacy.subject_access import answer

    target = place(chosen.out)
    with context.workspace() as workspace:
        received = read_date(chosen.received, workspace.today()).latest if chosen.received else None
        done = answer(workspace, chosen.person, target, received, force=chosen.force)
    if chosen.json:
        print_json({**plain(done), "counts": dict(done.counts), "marking": "official-sensitive"})
    else:
        print_lines([done.file])
        context.say(_("{name}: {due}").format(name=done.name, due=say_answer(done)))
    return 0


def erase(context: Context, chosen: Namespace) -> int:
    """`contacts erase`: the dry run is always shown; the act asks for the reference to be typed."""
    from ahtc_tui.services.privacy import erasure as erasing

    remove = chosen.exports == "remove"
    with context.workspace() as workspace:
        if chosen.dry_run or not chosen.yes:
            told = erasing.preview(workspace, chosen.person, chosen.also)
            if chosen.dry_run:
                return _told(context, told, chosen.json)
            print_lines(lines_of(told))
            _ask(context, told)
        done = erasing.erase_person(workspace, chosen.person, reason=chosen.reason, also=chosen.also, exports=remove)
    return _told(context, done, chosen.json)


def _ask(context: Context, told: ErasureReport) -> None:
    """Have the reference typed. Raises Refused for another word, and where there is no terminal."""
    question = _("This cannot be undone. Type {ref} to erase: ").format(ref=told.ref)
    if context.typed(question) != told.ref:
        raise Refused(_("Nothing was erased: type the reference when asked, or add --yes."))


def _told(context: Context, report: ErasureReport, as_json: bool) -> int:
    if as_json:
        print_json(plain(report))
    else:
        print_lines(lines_of(report))
        if report.done:
            context.say(_("Erased. It cannot be undone, and neither can what was done before it."))
    return 1 if report.undecided else 0


def lines_of(report: ErasureReport) -> list[str]:
    """A report as people read it, on the command line and on the screen."""
    head = _("Erased on {day}") if report.done else _("What would go")
    instead = [_("In texts stands instead: {words}").format(words=report.instead)] if report.instead else []
    counts = [
        (record_words(one.table), *(str(n) if n else "" for n in (one.goes, one.instead, one.words)))
        for one in report.tables
    ]
    rows = table([("", _("go"), _("post or nobody"), _("other words")), *counts], (24, 6, 16, 12)) if counts else []
    lines = say_number(report.journal_lines, _("1 line of the journal"), _("{n} lines of the journal"))
    journal = [lines] if report.journal_lines else []
    texts = [f"{record_words(one.table, 1)}: {one.excerpt}" for one in report.texts]
    left = [f"{record_words(one.table, 1)}: {one.text}" for one in report.left]
    return [
        head.format(day=long_date(report.on)),
        *section(_("Rows"), rows + journal),
        *section(_("Texts afterwards"), [*instead, *_some(texts)]),
        *section(_("To look at: may mean the person, and stays; --also WORD takes a word out"), _some(left)),
        *section(_("Not taken out of texts: somebody else has it too"), report.shared),
        *section(_("Files that hold the name; --exports remove takes exports and logs away"), report.files),
        *section(_("Files removed"), report.removed),
        *section(_("Stays: older backups. Whoever restores one has the person erased again"), report.backups),
    ]


def _some(lines: list[str]) -> list[str]:
    more = [_("... and {n} more").format(n=len(lines) - SHOWN)] if len(lines) > SHOWN else []
    return [" ".join(line.split()) for line in lines[:SHOWN]] + more
