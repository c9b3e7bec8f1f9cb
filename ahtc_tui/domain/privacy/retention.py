"""The retention schedule: how long each class of records is kept, since when, on what basis, and what happens then."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ahtc_tui.domain.dates.date_as_known import add_units
from ahtc_tui.domain.dates.names import AMOUNTS, UNITS
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, gettext_noop, ngettext, pgettext_noop
from ahtc_tui.domain.labelled_enum import LabelledEnum, find_member

NEVER = "never"
"""The period of a class that is always kept."""
PERIOD_UNITS = tuple(name for name, (unit, _factor) in UNITS.items() if unit != "working days" and len(name) > 2)
PERIOD_PATTERN = rf"^(?:{NEVER}|(?P<count>[0-9]{{1,3}}) (?P<unit>{'|'.join(PERIOD_UNITS)}))$"
"""A period as a setting has it, in English or Welsh."""


class RetentionClass(LabelledEnum):
    """A class of records with a period of its own."""

    WORKING_MINUTES = "working minutes", gettext_noop("working minutes"), "working_minutes"
    TRANSCRIPTS = "transcripts", gettext_noop("transcripts")
    AGREED_MINUTES = "agreed minutes", gettext_noop("agreed minutes"), "agreed_minutes"
    RESOLUTIONS = "resolutions", gettext_noop("resolutions")
    PAPERS = "papers", gettext_noop("papers")
    INTERESTS = "registers of interests", gettext_noop("registers of interests"), "registers_of_interests"
    CONTACTS = "contact data", gettext_noop("contact data"), "contact_data"
    ANSWERS = "answers to requests", gettext_noop("answers to requests"), "answers_to_requests"
    EXPORTS = "exports", gettext_noop("exports")
    BACKUPS = "backups", gettext_noop("backups")

    @property
    def setting(self) -> str:
        """Name of its setting: "working_minutes"."""
        return self.value.replace(" ", "_")


class Disposal(LabelledEnum, context="retention"):
    """Action on records at the end of their period, or the reason why there is none yet."""

    KEEP = "keep", pgettext_noop("retention", "keep")
    DESTROY = "destroy", pgettext_noop("retention", "destroy")
    TRANSFER = "transfer", pgettext_noop("retention", "transfer")
    HOLD = "hold", pgettext_noop("retention", "held")


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """The default of a class: its period, what it counts from, its basis, and what follows."""

    period: str
    what: str
    trigger: str
    basis: str
    disposal: Disposal = Disposal.DESTROY

    def format_basis(self, period: str) -> str:
        """Return period, trigger and basis as a sentence."""
        if period == NEVER:
            sentence = _("always kept; the default is {period} {trigger}")
            return sentence.format(period=format_period(self.period), trigger=_(self.trigger))
        trigger, basis = _(self.trigger), _(self.basis)
        return f"{format_period(period)} {trigger}. {basis}"


RULES: Mapping[RetentionClass, RetentionRule] = {
    RetentionClass.WORKING_MINUTES: RetentionRule(
        "3 months",
        gettext_noop("issued drafts of minutes, removed lines and files of answers"),
        gettext_noop("after the minutes are agreed"),
        gettext_noop("Schedules of UK councils destroy drafts and notes once the minutes are confirmed."),
    ),
    RetentionClass.TRANSCRIPTS: RetentionRule(
        "0 days",
        gettext_noop("transcripts of meetings"),
        gettext_noop("after the minutes are agreed"),
        gettext_noop("A recording or transcript is used to write the minutes and is not kept afterwards."),
    ),
    RetentionClass.AGREED_MINUTES: RetentionRule(
        "20 years",
        gettext_noop("agreed minutes of meetings"),
        gettext_noop("after the meeting"),
        gettext_noop("Public records go to an archive by 20 years and stay there (Public Records Act 1958)."),
        Disposal.TRANSFER,
    ),
    RetentionClass.RESOLUTIONS: RetentionRule(
        "20 years",
        gettext_noop("entries of the decision register"),
        gettext_noop("after the decision"),
        gettext_noop("Public records go to an archive by 20 years and stay there (Public Records Act 1958)."),
        Disposal.TRANSFER,
    ),
    RetentionClass.PAPERS: RetentionRule(
        "6 years",
        gettext_noop("files of papers"),
        gettext_noop("after the meeting"),
        gettext_noop("Schedules of UK councils keep agendas and reports for six years (Limitation Act 1980)."),
    ),
    RetentionClass.INTERESTS: RetentionRule(
        "6 years",
        gettext_noop("ended interests"),
        gettext_noop("after the interest ended"),
        gettext_noop("Schedules of UK councils keep register entries for six years after the term of office."),
    ),
    RetentionClass.CONTACTS: RetentionRule(
        "2 years",
        gettext_noop("people linked to no current record"),
        gettext_noop("after the last use"),
        gettext_noop("Personal data is kept no longer than needed (UK GDPR, Article 5(1)(e))."),
    ),
    RetentionClass.ANSWERS: RetentionRule(
        "3 years",
        gettext_noop("archives of answers to FOI and subject access requests"),
        gettext_noop("after the answer"),
        gettext_noop("The Code under section 46 of the Freedom of Information Act asks for a period; this is usual."),
    ),
    RetentionClass.EXPORTS: RetentionRule(
        "1 year",
        gettext_noop("files in the exports folder"),
        gettext_noop("after they were made"),
        gettext_noop("They are copies. The records themselves stay."),
    ),
    RetentionClass.BACKUPS: RetentionRule(
        "1 year",
        gettext_noop("backups of the database, without the newest"),
        gettext_noop("after they were made"),
        gettext_noop("A backup still holds what was destroyed since it was made."),
    ),
}


class Period(NamedTuple):
    """A number of days, weeks, months or years."""

    unit: str
    number: int

    def add_to(self, day: date) -> date:
        """Return the day at this distance after a day, at most the last day of the calendar."""
        try:
            return add_units(day, self.number, self.unit)
        except (ValueError, OverflowError):
            return date.max


def read_period(text: str) -> Period | None:
    """Return the period that a setting names: "6 years", "18 months"; None for "never". Raises BadInput."""
    match = re.fullmatch(PERIOD_PATTERN, text)
    if match is None:
        sentence = _('"{text}" is not a period. Enter one like `6 years`, `18 months` or `never`.')
        raise BadInput(sentence.format(text=text))
    if match["count"] is None:
        return None
    unit, factor = UNITS[match["unit"]]
    return Period(unit, int(match["count"]) * factor)


def format_period(text: str) -> str:
    """Return the period of a setting in the language of the interface: "6 years"."""
    period = read_period(text)
    return ngettext(*AMOUNTS[period.unit], period.number) if period else text


def find_class(text: str) -> RetentionClass | None:
    """Return the class that a text names; None for other text."""
    return find_member(text, RetentionClass)


def find_due_day(trigger: date, period: Period | None) -> date | None:
    """Return the first day on which records are due; None where they are always kept."""
    return period.add_to(trigger) if period else None


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """A class of records in one state: how many, and since or until when."""

    retention_class: RetentionClass
    what: str
    count: int
    basis: str
    due: date | None
    """The earliest day on which one of them is due; None where none ever is."""
    action: Disposal

    def to_data(self) -> dict[str, object]:
        """Return what JSON shows."""
        return {
            "class": self.retention_class.value, "what": self.what, "count": self.count, "basis": self.basis,
            "due": self.due.isoformat() if self.due else None, "action": self.action.value,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class HoldRow:
    """A hold: records that are not destroyed while a request or an inquiry needs them."""

    ref: str
    reason: str
    held_on: date
    released_on: date | None


@dataclass(frozen=True, slots=True)
class DisposedRow:
    """Number of records of a class that a run destroyed or transferred."""

    retention_class: RetentionClass
    what: str
    count: int

    def to_data(self) -> dict[str, object]:
        """Return what JSON and a certificate show."""
        return {"class": self.retention_class.value, "what": self.what, "count": self.count}


@dataclass(frozen=True, slots=True)
class DisposalReport:
    """The result of a run, or of its dry run."""

    destroyed: tuple[DisposedRow, ...]
    transferred: tuple[DisposedRow, ...]
    held: int
    """Number of due records that are held."""
    certificate: str | None = None
    folder: str | None = None
    """Folder with the records for transfer."""
    remaining: tuple[str, ...] = ()
    """Sentences about files that could not be removed, or that still hold destroyed records."""

    def to_data(self) -> dict[str, object]:
        """Return what JSON shows."""
        return {
            "certificate": self.certificate,
            "destroyed": [row.to_data() for row in self.destroyed],
            "transferred": [row.to_data() for row in self.transferred],
            "held": self.held,
            "folder": self.folder,
            "remaining": list(self.remaining),
        }


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """An entry of the history: a certificate and what it certifies."""

    ref: str
    made_on: date
    made_by: str
    destroyed: tuple[DisposedRow, ...]
    transferred: tuple[DisposedRow, ...]
