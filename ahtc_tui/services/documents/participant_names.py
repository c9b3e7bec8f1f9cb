"""Names of people in the document of a meeting: name with initials, then initials; in published copies the post."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ahtc_tui.domain.documents.meeting_document import AttendanceGroup, Cut, build_initials
from ahtc_tui.domain.i18n import ENGLISH_ONLY, Language, _, use_language
from ahtc_tui.domain.meetings.kinds import Presence
from ahtc_tui.domain.text.cleaning import clean_line
from ahtc_tui.domain.text.collation import build_sort_key
from ahtc_tui.services.documents.private_names import PrivateNames

if TYPE_CHECKING:
    from ahtc_tui.domain.actions.model import ActionRow
    from ahtc_tui.store.documents.meeting_documents import Attendee

NOT_THERE = (Presence.APOLOGIES, Presence.ABSENT)


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
    welsh: dict[str, str] = field(default_factory=dict)
    """Welsh names by name, for a document in Welsh."""

    def assign_initials(self, people: list[Attendee]) -> None:
        """Assign initials to all attendees, in order.

        People who are not in the register have no post to be named by: a published document withholds their names.
        """
        if self.cut is Cut.PUBLISHED:
            self.private.add_unregistered(attendee.words for attendee in people if attendee.words)
        for attendee in people:
            for name in (attendee.person, attendee.words):
                if name and name in self.private:
                    self.private.withheld.add(name)
                elif name and name not in self.labels:
                    self.labels[name] = build_initials(name, set(self.labels.values()))
            if attendee.kind == "post" and attendee.person in self.labels:
                self.labels[attendee.name or ""] = self.labels[attendee.person or ""]

    def format_text(self, words: str | None) -> str:
        """Return user text as one line; in a published document with posts instead of private names."""
        line = clean_line(words)
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
        """Return an attendee with initials or short name, post and remarks."""
        if attendee.words is not None:
            initials = self.labels.get(attendee.words, "")
            return self._join_details(self.format_party(attendee.words), initials, "", attendee)
        body = clean_line(self.translate_name(attendee.organisation))
        post = attendee.name if attendee.kind == "post" else attendee.post
        office = (
            clean_line(self.translate_name(post))
            .removesuffix(f", {clean_line(attendee.organisation)}")
            .removesuffix(f", {body}")
        )
        if attendee.person in self.labels:
            return self._join_details(clean_line(attendee.person), self.labels[attendee.person], office, attendee)
        label = office or self.format_party(attendee.person or attendee.name)
        if attendee.kind in ("organisation", "group") or label == body:
            label = "" if attendee.state in NOT_THERE else _("represented")
        return self._join_details(label, clean_line(attendee.short) if attendee.kind == "post" else "", "", attendee)

    def _join_details(self, label: str, short: str, office: str, attendee: Attendee) -> str:
        text = f"{label} ({short})" if short and short != label else label
        if office and office != label:
            text += f", {office}"
        if attendee.chair and attendee.state in (Presence.PRESENT, Presence.ONLINE, Presence.PART):
            text += " – " + _("Chair")
        if attendee.deputy_for and attendee.deputy_for != attendee.organisation:
            text += ", " + _("for {name}").format(name=self.format_party(attendee.deputy_for))
        if attendee.items:
            text += " " + _("(items {numbers})").format(numbers=clean_line(attendee.items))
        if attendee.reason and self.cut is Cut.CHAIR:
            text = " – ".join(part for part in (text, self.format_text(attendee.reason)) if part)
        return text


def _list_headings() -> dict[Presence | None, str]:
    """Return the headings by attendance, in order of the page; None is the secretariat."""
    return {
        Presence.PRESENT: _("Present"),
        Presence.PART: _("Present in part"),
        Presence.ONLINE: _("Online"),
        Presence.DEPUTY: _("Deputies"),
        Presence.IN_ATTENDANCE: _("In attendance"),
        None: _("Secretariat"),
        Presence.APOLOGIES: _("Apologies"),
        Presence.ABSENT: _("Absent"),
    }


def _find_heading_state(attendee: Attendee) -> Presence | None:
    return None if attendee.secretary and attendee.state not in NOT_THERE else attendee.state


def build_attendance(people: list[Attendee], names: ParticipantNames) -> tuple[AttendanceGroup, ...]:
    """Return the attendance by organisation; the chair's comes first, people without an organisation last."""
    groups = []
    for state, heading in _list_headings().items():
        of_state = [attendee for attendee in people if _find_heading_state(attendee) is state]
        bodies: dict[str, list[Attendee]] = {}
        for attendee in sorted(of_state, key=lambda attendee: not attendee.chair):
            body = attendee.organisation or (attendee.name if attendee.kind in ("organisation", "group") else "") or ""
            bodies.setdefault(body, []).append(attendee)
        order = sorted(
            bodies,
            key=lambda body: (
                body == "",
                not any(attendee.chair for attendee in bodies[body]),
                build_sort_key(names.translate_name(body), str.lower),
            ),
        )
        for body in order:
            lines = dict.fromkeys(names.format_attendee(attendee) for attendee in bodies[body])
            groups.append(AttendanceGroup(heading, clean_line(names.translate_name(body)), tuple(filter(None, lines))))
            heading = ""
    return tuple(groups)
