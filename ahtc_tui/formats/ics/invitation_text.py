"""The words of an invitation: what a calendar entry and the letter that carries it say. Never a control character."""

from __future__ import annotations

import re
import unicodedata

from ahtc_tui.domain.dates.date_as_known import long_date
from ahtc_tui.domain.dates.formatting import long_date_with_day
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.model import LONDON, AgendaRow, MeetingCard, MeetingRow
from ahtc_tui.domain.meetings.series_description import say_holidays, say_rule

_LINE_END = re.compile("\r\n|[\r\n\u2028\u2029]")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")


def plain(text: str | None) -> str:
    """The text with one kind of line end, and without control characters and lone surrogates."""
    lines = _LINE_END.sub("\n", text or "")
    return "".join(sign for sign in lines if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cs")).strip()


def one_line(text: str | None) -> str:
    """The text on one line."""
    return " ".join(plain((text or "").replace("\t", " ")).split("\n"))


def address(email: str | None) -> str | None:
    """An address that mail and calendars accept, without "mailto:"; None where there is none to use."""
    bare = (email or "").strip().removeprefix("mailto:")
    return bare if _ADDRESS.fullmatch(bare) else None


def uri(link: str | None) -> str | None:
    """The link where it is a URI (RFC 3986); None where it is words, which the description still carries."""
    bare = one_line(link)
    return bare if _URI.fullmatch(bare) else None


def description(card: MeetingCard) -> str:
    """The marking, then what a guest needs to know, then the agenda as a numbered list."""
    row = card.row
    facts = [
        _("Time to be confirmed.") if row.starts is None and not row.all_day else "",
        _fact(_("Repeats"), _repeats(row)),
        _fact(_("Occasion"), card.occasion),
        _fact(_("Host"), card.host),
        _fact(_("Keynote"), card.keynote),
        _fact(_("Join online"), row.link),
    ]
    parts = [row.marking.label, "\n".join(fact for fact in facts if fact), _agenda(card.agenda)]
    return "\n\n".join(part for part in parts if part)


def subject(card: MeetingCard, *, cancelled: bool) -> str:
    """The subject of a letter, the marking first: "OFFICIAL: Leadership Group, 1 July 2026"."""
    what = _("Cancelled: {title}") if cancelled else "{title}"
    title = what.format(title=one_line(card.row.title))
    day = f", {long_date(card.row.day.latest)}" if card.row.day else ""
    return f"{card.row.marking.label}: {title}{day}"


def letter(card: MeetingCard, *, cancelled: bool) -> str:
    """The text for a reader without a calendar."""
    row = card.row
    verb = _("This meeting is cancelled.") if cancelled else _("You are invited to this meeting.")
    facts = [
        _fact(_("What"), row.title),
        _fact(_("When"), _when(card)),
        _fact(_("Where"), row.where),
        _fact(_("Organiser"), card.organiser),
    ]
    marking, _gap, rest = description(card).partition("\n\n")
    parts = [marking, verb, "\n".join(fact for fact in facts if fact), rest]
    return "\n\n".join(part for part in parts if part) + "\n"


def _when(card: MeetingCard) -> str:
    row = card.row
    if row.day is None:
        return ""
    day = long_date_with_day(row.day.latest)
    if row.all_day or row.starts is None:
        last = f" – {long_date_with_day(row.ends.date())}" if row.ends and row.ends.date() > row.day.latest else ""
        return day + last
    hours = f"{row.starts:%H:%M}"
    if row.ends:
        same_day = row.ends.date() == row.day.latest
        hours += f"–{row.ends:%H:%M}" if same_day else f" – {long_date_with_day(row.ends.date())}, {row.ends:%H:%M}"
    zone = "" if row.tz == LONDON else f" ({one_line(row.tz)})"
    return f"{day}, {hours}{zone}"


def _repeats(row: MeetingRow) -> str:
    if not row.recurrence:
        return ""
    return ", ".join(part for part in (say_rule(row.recurrence), say_holidays(row.on_holiday)) if part)


def _fact(name: str, value: str | None) -> str:
    return f"{name}: {one_line(value)}" if value else ""


def _agenda(items: tuple[AgendaRow, ...]) -> str:
    if not items:
        return ""
    lines, section = [_("Agenda")], None
    for number, item in enumerate(sorted(items, key=lambda item: item.position), start=1):
        if item.section and item.section != section:
            lines.append(one_line(item.section))
        section = item.section
        lines.append(f"{number}. {_agenda_item(item)}")
    return "\n".join(lines)


def _agenda_item(item: AgendaRow) -> str:
    presenter = f" – {one_line(item.presenter)}" if item.presenter else ""
    minutes = " " + _("({minutes} min)").format(minutes=item.minutes) if item.minutes else ""
    return f"{one_line(item.title)}{presenter}{minutes}"
