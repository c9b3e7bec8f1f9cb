"""What people are called in the paper of a meeting: name with initials, then initials; published, by their post."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ahtc_tui.domain.documents.meeting_document import AttendanceGroup, Cut, initials, one_line
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.model import Presence

if TYPE_CHECKING:
    from ahtc_tui.domain.actions.model import ActionRow
    from ahtc_tui.store.documents.meeting_documents import Attendee

NOT_THERE = (Presence.APOLOGIES, Presence.ABSENT)


@dataclass
class Names:
    """What each person is called for one kind of reader."""

    cut: Cut
    short: dict[str, str]
    """Name to short name in the register."""
    private: dict[str, str]
    """Name to post or organisation, of those whose names are not published."""
    labels: dict[str, str] = field(default_factory=dict)
    """Name to the initials that stand for it in this paper."""
    welsh: dict[str, str] = field(default_factory=dict)
    """Name to Welsh name, for a paper in Welsh."""
    met: set[str] = field(default_factory=set)
    """Names that are withheld in this paper."""

    def introduce(self, people: list[Attendee]) -> None:
        """Give everybody who was there their initials, in the order of the list.

        Whoever is not in the register has no post to be named by, so that a published paper withholds the name.
        """
        if self.cut is Cut.PUBLISHED:
            self.private |= {one.words: "" for one in people if one.words}
        for one in people:
            for name in (one.person, one.words):
                if name and not self._may_be_named(name):
                    self.met.add(name)
                elif name and name not in self.labels:
                    self.labels[name] = initials(name, set(self.labels.values()))
            if one.kind == "post" and one.person in self.labels:
                self.labels[one.name or ""] = self.labels[one.person or ""]

    def _may_be_named(self, name: str) -> bool:
        return self.cut is not Cut.PUBLISHED or name not in self.private

    def text(self, words: str | None) -> str:
        """User text for these readers: one line; published, with posts in the place of private names."""
        line = one_line(words)
        if self.cut is Cut.PUBLISHED:
            for name in sorted(self.private, key=len, reverse=True):
                if name in line:
                    line = re.sub(rf"\b{re.escape(name)}\b", lambda _found, name=name: self.named(name), line)  # type: ignore[misc]
        return line

    def named(self, name: str | None) -> str:
        """A party in full: its name, or what stands for it."""
        if not name:
            return ""
        if self.cut is Cut.PUBLISHED and name in self.private:
            self.met.add(name)
            return one_line(self.said(self.private[name])) or _("[name withheld]")
        return one_line(self.said(name))

    def said(self, name: str | None) -> str:
        """A name in the language of the paper."""
        return self.welsh.get(name or "", name or "")

    def by(self, name: str | None) -> str:
        """A party in the narrow column: initials, else short name, else in full."""
        if not name:
            return ""
        return self.labels.get(name) or one_line(self.short.get(name)) or self.named(name)

    def action_by(self, action: ActionRow) -> str:
        """Who leads an action, and who helps."""
        return ", ".join(self.by(name) for name in (action.lead, *action.support) if name)

    def person(self, one: Attendee) -> str:
        """Somebody in the list of who was there, with initials or short name, office and what else is to be said."""
        if one.words is not None:
            return self._with(self.named(one.words), self.labels.get(one.words, ""), "", one)
        body = one_line(self.said(one.organisation))
        post = one.name if one.kind == "post" else one.post
        office = one_line(self.said(post)).removesuffix(f", {one_line(one.organisation)}").removesuffix(f", {body}")
        if one.person in self.labels:
            return self._with(one_line(one.person), self.labels[one.person], office, one)
        who = office or self.named(one.person or one.name)
        if one.kind in ("organisation", "group") or who == body:
            who = "" if one.state in NOT_THERE else _("represented")
        return self._with(who, one_line(one.short) if one.kind == "post" else "", "", one)

    def _with(self, who: str, short: str, office: str, one: Attendee) -> str:
        said = f"{who} ({short})" if short and short != who else who
        if office and office != who:
            said += f", {office}"
        if one.chair and one.state in (Presence.PRESENT, Presence.ONLINE, Presence.PART):
            said += f" – {_('Chair')}"
        if one.deputy_for and one.deputy_for != one.organisation:
            said += ", " + _("for {name}").format(name=self.named(one.deputy_for))
        if one.items:
            said += " " + _("(items {numbers})").format(numbers=one_line(one.items))
        if one.reason and self.cut is not Cut.PUBLISHED:
            said = " – ".join(part for part in (said, self.text(one.reason)) if part)
        return said


def _headings() -> dict[Presence | None, str]:
    """Under which word each stands, in the order of the page; None is the secretariat, however it was there."""
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


def _stands_under(one: Attendee) -> Presence | None:
    return None if one.secretary and one.state not in NOT_THERE else one.state


def attendance(people: list[Attendee], names: Names) -> tuple[AttendanceGroup, ...]:
    """Who was there and who was not, by organisation; the chair's comes first, people without one come last."""
    groups = []
    for state, heading in _headings().items():
        of_state = [one for one in people if _stands_under(one) is state]
        bodies: dict[str, list[Attendee]] = {}
        for one in sorted(of_state, key=lambda one: not one.chair):
            body = one.organisation or (one.name if one.kind in ("organisation", "group") else "") or ""
            bodies.setdefault(body, []).append(one)
        order = sorted(bodies, key=lambda body: (body == "", not any(one.chair for one in bodies[body]), body.lower()))
        for body in order:
            said = dict.fromkeys(names.person(one) for one in bodies[body])
            groups.append(AttendanceGroup(heading, one_line(names.said(body)), tuple(filter(None, said))))
            heading = ""
    return tuple(groups)
