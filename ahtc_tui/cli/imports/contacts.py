"""`ahtc import contacts FILE...`: cards, CSV and workbooks; and `ahtc import meetings FILE...`: calendars."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from ahtc_tui.cli.console import import_report
from ahtc_tui.cli.console.context import Context
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _


def add_kinds(kinds: Any) -> tuple[ArgumentParser, ...]:
    """The flags of these kinds of import."""
    cards: ArgumentParser = kinds.add_parser("contacts", help="people: .vcf, .csv, .xlsx", allow_abbrev=False)
    cards.add_argument("--map", action="append", default=[], metavar='"Column=field"', help="what a column means; kept")
    cards.set_defaults(run=contacts)
    calendars: ArgumentParser = kinds.add_parser("meetings", help="calendars: .ics", allow_abbrev=False)
    calendars.set_defaults(run=meetings)
    return cards, calendars


def contacts(context: Context, chosen: Namespace) -> int:
    """People and organisations; exit code 1 if a question is left."""
    from ahtc_tui.services.imports.contacts.service import import_contacts

    wishes, columns = import_report.wished(chosen), _columns(chosen.map)
    with context.workspace() as workspace:
        report = import_contacts(
            workspace, import_report.files_of(chosen), wishes, columns=columns, apply=not chosen.dry_run
        )
    return import_report.told(context, chosen, report)


def meetings(context: Context, chosen: Namespace) -> int:
    """Meetings of calendars; exit code 1 if a question is left."""
    from ahtc_tui.services.imports.meetings.service import import_meetings

    wishes = import_report.wished(chosen)
    with context.workspace() as workspace:
        report = import_meetings(workspace, import_report.files_of(chosen), wishes, apply=not chosen.dry_run)
    return import_report.told(context, chosen, report)


def _columns(said: list[str]) -> dict[str, str]:
    """ "Column=field" as a table."""
    found = {}
    for words in said:
        heading, equals, field = words.rpartition("=")
        if not equals or not heading.strip() or not field.strip():
            raise BadInput(_('--map wants "Column=field", not "{words}".').format(words=words))
        found[heading.strip()] = field.strip().lower()
    return found
