"""Language wishes of those invited to a meeting, and the rule on interpretation.

The rule is that of the Welsh Language Standards (No. 1) Regulations 2015 (SI 2015/996), Schedule 1, standards 24 to
24B: each person who is invited is asked whether they wish to use Welsh, and where at least 10 per cent of those invited
have said so, simultaneous interpretation is arranged. The compliance notice of the body has the wording that binds it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ahtc_tui.domain.i18n import Language, _, build_in_each_language, gettext_noop, use_language

PERCENT = 10
"""Part of those invited from which interpretation is arranged."""
BOOKING_DAYS = 28
"""Days before a meeting by which the interpreter is booked: interpreters ask for some weeks of notice."""
INTERPRETER_TASK = gettext_noop("Book the interpreter")
"""Title of the task in a back-plan; its action, once it is done, notes that the interpreter is booked."""


@dataclass(frozen=True, slots=True)
class InterpreterAction:
    """Action to book the interpreter of a meeting."""

    ref: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class LanguageWishes:
    """Numbers of those invited to a meeting by the language that they wish to use."""

    invited: int
    welsh: int
    english: int
    booking: InterpreterAction | None = None

    @property
    def unknown(self) -> int:
        """Number of those invited whose wish is not recorded."""
        return self.invited - self.welsh - self.english

    @property
    def requires_interpretation(self) -> bool:
        """Whether at least 10 per cent of those invited, known or not, wish to use Welsh."""
        return self.welsh > 0 and self.welsh * 100 >= self.invited * PERCENT

    @property
    def is_booked(self) -> bool:
        """Whether the action to book the interpreter is done."""
        return self.booking is not None and not self.booking.is_open

    @property
    def is_to_book(self) -> bool:
        """Whether interpretation is required and not booked yet."""
        return self.requires_interpretation and not self.is_booked

    @property
    def summary(self) -> str:
        """The numbers: "Welsh: 2, English: 1, not known: 7, of 10 invited"; empty where nobody is invited."""
        if not self.invited:
            return ""
        if self.unknown == self.invited:
            return _("not known: {unknown} of {invited} invited").format(unknown=self.unknown, invited=self.invited)
        return _("Welsh: {welsh}, English: {english}, not known: {unknown}, of {invited} invited").format(
            welsh=self.welsh, english=self.english, unknown=self.unknown, invited=self.invited
        )

    def describe_interpretation(self, book_by: str) -> str:
        """Return what the rule asks for; empty where it does not apply. `book_by` is the last day for the booking."""
        if not self.requires_interpretation:
            return ""
        if self.is_booked and self.booking:
            return _("interpreter booked ({ref})").format(ref=self.booking.ref)
        steps = [_("offer Welsh and simultaneous interpretation (at least 10% wish to use Welsh)")]
        if book_by:
            steps.append(_("book the interpreter by {date}").format(date=book_by))
        if self.booking:
            steps.append(self.booking.ref)
        return "; ".join(steps)


def compute_booking_day(day: date) -> date:
    """Return the working day by which the interpreter of a meeting on a day is booked."""
    from ahtc_tui.domain.dates.working_days import move_back_to_working_day

    return move_back_to_working_day(day - timedelta(BOOKING_DAYS))


def is_interpreter_task(text: str) -> bool:
    """Return whether the text of a task, in English or Welsh, is to book the interpreter."""
    return text.strip().rstrip(".").casefold() in {name.casefold() for name in _list_task_names()}


def list_interpreter_titles(ref: str, event: str) -> tuple[str, ...]:
    """Return the titles that the action of a meeting may have: with its reference, or with the name of the event."""
    return tuple(f"{prefix}: {name}" for prefix in (ref, event) for name in _list_task_names())


def _list_task_names() -> tuple[str, ...]:
    with use_language(Language.BOTH):
        return build_in_each_language(lambda: _(INTERPRETER_TASK))


def format_event_name(title: str, year: int) -> str:
    """Return the name of an event with its year, as the titles of the actions of a back-plan have it."""
    return title if str(year) in title else f"{title} {year}"


@dataclass(frozen=True, slots=True)
class WelshYear:
    """Figures of a calendar year for the report on the Welsh Language Standards."""

    year: int
    meetings_held: int
    without_known_wishes: int
    """Meetings held without a known language wish, for which nothing can be said about the rule."""
    requiring_interpretation: int
    interpreter_booked: int
    """Meetings held whose interpreter was booked, whether the rule applied or not."""
    issued_welsh: int
    """Copies of minutes issued in Welsh."""
    issued_both: int
    issued_english: int
    contacts_welsh: int
    """People of the register who wish to use Welsh, today."""
    contacts_english: int
    contacts_unknown: int

    @property
    def labelled_figures(self) -> tuple[tuple[str, int], ...]:
        """Label and number of each figure, in the order of the report."""
        return (
            (_("Meetings held"), self.meetings_held),
            (_("Meetings without a known language preference"), self.without_known_wishes),
            (_("Meetings with interpretation"), self.requiring_interpretation),
            (_("Meetings with a booked interpreter"), self.interpreter_booked),
            (_("Minutes issued in Welsh"), self.issued_welsh),
            (_("Minutes issued in Welsh and English"), self.issued_both),
            (_("Minutes issued in English only"), self.issued_english),
            (_("People wishing to use Welsh"), self.contacts_welsh),
            (_("People wishing to use English"), self.contacts_english),
            (_("People whose preference is unknown"), self.contacts_unknown),
        )
