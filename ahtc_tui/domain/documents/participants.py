"""People who are expected at a meeting, for its attendance sheet and name plates."""

from __future__ import annotations

from dataclasses import dataclass

from ahtc_tui.domain.i18n import gettext_noop
from ahtc_tui.domain.labelled_enum import LabelledEnum
from ahtc_tui.domain.meetings.kinds import Presence

NOT_COMING = frozenset((Presence.APOLOGIES, Presence.ABSENT))


class Capacity(LabelledEnum):
    """Why a person is expected at a meeting."""

    CHAIR = "chair", gettext_noop("Chair")
    MEMBER = "member", gettext_noop("Member")
    DEPUTY = "deputy", gettext_noop("Deputy")
    SPEAKER = "speaker", gettext_noop("Speaker")
    INVITED = "invited", gettext_noop("Invited")
    IN_ATTENDANCE = "in attendance", gettext_noop("In attendance")


@dataclass(slots=True)
class Participant:
    """A person, or a body that has not named its representative."""

    name: str
    """Name of the person; empty where only the body is known."""
    post: str
    organisation: str
    capacity: Capacity
    represents: str = ""
    """Member represented by a deputy."""
    state: Presence | None = None
    is_class: bool = False
    """Whether the organisation is a class ("health boards") whose members are not named."""
    replaced_by: str = ""
    """Name of the deputy who comes instead, where one is recorded."""

    @property
    def is_coming(self) -> bool:
        """Whether a place is laid: no apologies, no deputy instead, and of deputies only those who were recorded."""
        if self.is_class or (self.capacity is Capacity.DEPUTY and self.state is None):
            return False
        return self.state not in NOT_COMING and not self.replaced_by
