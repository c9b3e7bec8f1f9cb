"""Names of people in the document of a meeting: name with initials, then initials; in published copies the post."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.documents.meeting_document import AttendanceGroup, Cut, build_initials
from ahtc_tui.domain.i18n import ENGLISH_ONLY, Language, _, mark_untranslated, use_language
from ahtc_tui.domain.meetings.attended_items import format_items
from ahtc_tui.domain.meetings.kinds import Presence
from ahtc_tui.domain.publication.marks import SMALL_GROUP
from ahtc_tui.domain.text.cleaning import capitalise, clean_line
from ahtc_tui.domain.text.collation import build_sort_key
from ahtc_tui.services.documents.private_names import PrivateNames, format_representative

if TYPE_CHECKING:
    from ahtc_tui.domain.actions.model import ActionRow
    from ahtc_tui.store.documents.meeting_documents import Attendee

NOT_THERE = (Presence.APOLOGIES, Presence.ABSENT)
PRESENT = (Presence.PRESENT, Presence.PART, Presence.ONLINE, Presence.DEPUTY)


@dataclass
class ParticipantNames:
    """Names of people as one kind of reader sees them."""

    cut: Cut
    short: dict[str, str]
    """Short names of the register by name."""
    private: PrivateNames = field(default_factory=PrivateNames)
    """People whose names are not published; empty for other readers."""
    labels: dict[str, str] = field(default_factory=dict)
    """Initials by name, in this document."""
    originals: dict[str, str] = field(default_factory=dict)
    """The text as it was typed by the text in which names were replaced."""
    welsh: dict[str, str] = field(default_factory=dict)
    """Welsh names by name, for a document in Welsh."""
    people: list[Attendee] = field(default_factory=list)
    """Everybody whose attendance is recorded."""

    def assign_initials(self, people: list[Attendee]) -> None:
        """Assign initials to all attendees, in order.

        People who are not in the register have no post to be named by: a published document withholds their names.
        """
        self.people = people
        if self.cut is Cut.PUBLISHED:
            self.private.add_unregistered(attendee.words for attendee in people if attendee.words)
        for attendee in people:
            for name in (attendee.person, attendee.words):
                if name and name in self.private:
                    self.private.withheld.add(name)
                elif name and name not in self.labels:
                    self.labels[name] = build_initials(name, set(self.labels.values()))
            if attendee.kind is PartyKind.POST and attendee.person in self.labels:
                self.labels[attendee.name or ""] = self.labels[attendee.person or ""]

    def spell_out_names(self) -> None:
        """Use full names in narrow columns too: an agenda has no list of attendance that explains initials."""
        self.labels.clear()
        self.short.clear()

    def format_text(self, words: str | None) -> str:
        """Return user text as one line; in a published document with posts instead of private names."""
        line = clean_line(words)
        printed = self._replace_names(line)
        if printed != line:
            self.originals[printed] = line
        return printed

    def _replace_names(self, line: str) -> str:
        prefix = f"{ENGLISH_ONLY} "
        if line.startswith(prefix):
            with use_language(Language.EN):
                return prefix + self.private.replace_names(line.removeprefix(prefix), str)
        return self.private.replace_names(line, self.translate_name)

    def format_party(self, name: str | None) -> str:
        """Return the full name of a party, or its replacement."""
        if not name:
            return ""
        if name in self.private:
            self.private.withheld.add(name)
            return clean_line(self.translate_name(self.private.find_label(name))) or _("[name withheld]")
        return clean_line(self.translate_name(name))

    def translate_name(self, name: str | None) -> str:
        """Return a name in the language of the document."""
        return self.welsh.get(name or "", name or "")

    def format_short_name(self, name: str | None) -> str:
        """Return a party for a narrow column: initials, else short name, else full name."""
        if not name:
            return ""
        return self.labels.get(name) or clean_line(self.short.get(name)) or self.format_party(name)

    def format_owners(self, action: ActionRow) -> str:
        """Return who leads and supports an action."""
        return ", ".join(self.format_short_name(name) for name in (action.lead, *action.support) if name)

    def format_attendee(self, attendee: Attendee) -> str:
        """Return an attendee on one line: name with initials, or post with its short name; organisation; remarks."""
        body = clean_line(self.translate_name(attendee.organisation))
        if attendee.words is not None:
            label, short, office = self.format_party(attendee.words), self.labels.get(attendee.words, ""), ""
        elif attendee.person in self.labels:
            label, short = clean_line(attendee.person), self.labels[attendee.person]
            office = self._format_office(attendee, body)
        else:
            label = self._format_office(attendee, body) or self.format_party(attendee.person or attendee.name)
            short, office = clean_line(attendee.short) if attendee.kind is PartyKind.POST else "", ""
        details = dict.fromkeys(part for part in (office, body) if part and part != label)
        if label == body and attendee.person and attendee.person in self.private:
            label = capitalise(format_representative(body))
            details.clear()
        name = f"{label} ({short})" if short and short != label else label
        return ", ".join((name, *details)) + self._format_remarks(attendee)

    def _format_office(self, attendee: Attendee, body: str) -> str:
        """Return the post of an attendee without the name of its organisation, which follows it."""
        post = attendee.name if attendee.kind is PartyKind.POST else attendee.post
        return (
            clean_line(self.translate_name(post))
            .removesuffix(f", {clean_line(attendee.organisation)}")
            .removesuffix(f", {body}")
        )

    def _format_remarks(self, attendee: Attendee) -> str:
        is_present = attendee.state in PRESENT
        remarks = [_("Chair")] if attendee.chair and is_present else []
        if attendee.deputy_for and attendee.deputy_for != attendee.organisation:
            remarks.append(_("for {name}").format(name=self.format_party(attendee.deputy_for)))
        if attendee.state is Presence.ONLINE:
            remarks.append(_("online"))
        if attendee.items:
            remarks.append(format_items(clean_line(attendee.items)))
        elif attendee.state is Presence.PART:
            remarks.append(_("part of the meeting"))
        if attendee.reason and self.cut is Cut.CHAIR:
            remarks.append(self.format_text(mark_untranslated(attendee.reason)))
        return f" ({'; '.join(remarks)})" if remarks else ""

    def list_small_groups(self) -> Iterator[frozenset[str]]:
        """Yield the names of each post and body by which at most `SMALL_GROUP` people are known in a published
        document, where one of them sent apologies without being named.
        """
        sizes = Counter(label for attendee in self.people for label in _list_labels(attendee))
        absent = dict.fromkeys(label for attendee in self.list_unnamed_apologies() for label in _list_labels(attendee))
        for label in absent:
            if sizes[label] <= SMALL_GROUP:
                forms = (label, self.short.get(label), self.welsh.get(label))
                yield frozenset(filter(None, map(clean_line, forms)))

    def list_unnamed_apologies(self) -> list[Attendee]:
        """Return who sent apologies and is printed as a post or body."""
        absent = [attendee for attendee in self.people if attendee.state is Presence.APOLOGIES]
        return [attendee for attendee in absent if (attendee.person or attendee.words) not in self.labels]


def _list_labels(attendee: Attendee) -> set[str]:
    """Return the names of the post and the bodies by which an attendee is known."""
    own = () if attendee.kind in (None, PartyKind.PERSON) else (attendee.name,)
    body = attendee.organisation or ""
    labels = {*own, attendee.post, body} - {None, ""}
    return {part for label in labels if label for part in (label, label.removesuffix(f", {body}"))}


def build_attendance(people: list[Attendee], names: ParticipantNames) -> tuple[AttendanceGroup, ...]:
    """Return who was present, in attendance and absent, by organisation; the chair first, other people last.

    A published copy names those who sent apologies, and not those who were absent without.
    """
    groups = []
    for heading, states in _list_headings().items():
        if names.cut is Cut.PUBLISHED and Presence.ABSENT in states:
            continue
        attendees = [attendee for attendee in people if _find_heading_state(attendee) in states]
        attendees.sort(key=lambda attendee: _build_order(attendee, names))
        lines = dict.fromkeys(map(names.format_attendee, attendees))
        if lines:
            kind = "apologies" if Presence.APOLOGIES in states else "attendance"
            groups.append(AttendanceGroup(heading, tuple(lines), kind))
    return tuple(groups)


def _list_headings() -> dict[str, tuple[Presence | None, ...]]:
    """Return the kinds of attendance by heading, in order of the page; None is the secretariat."""
    return {
        _("Present"): PRESENT,
        _("In attendance"): (Presence.IN_ATTENDANCE,),
        _("Secretariat"): (None,),
        _("Apologies"): (Presence.APOLOGIES,),
        _("Absent"): (Presence.ABSENT,),
    }


def _find_heading_state(attendee: Attendee) -> Presence | None:
    return None if attendee.secretary and attendee.state not in NOT_THERE else attendee.state


def _build_order(attendee: Attendee, names: ParticipantNames) -> tuple[bool, bool, object]:
    is_body = attendee.kind in (PartyKind.ORGANISATION, PartyKind.GROUP)
    body = attendee.organisation or (attendee.name if is_body else "") or ""
    if names.cut is not Cut.PUBLISHED:  # whose two languages have one order, so that a release has each text in both
        body = names.translate_name(body)
    return not attendee.chair, body == "", build_sort_key(body, str.lower)
