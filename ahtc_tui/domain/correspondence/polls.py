"""A date poll: options, the answers of members, and which options have a quorum."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.keys import NO_KEY, RowKey
from ahtc_tui.domain.labelled_enum import LabelledEnum


class PollAnswer(LabelledEnum):
    """Whether a member can come at a time."""

    YES = "yes", gettext_noop("yes")
    MAYBE = "maybe", gettext_noop("maybe")
    NO = "no", gettext_noop("no")


@dataclass(frozen=True, slots=True)
class PollOptionRow:
    """A proposed time with its answers."""

    n: int
    starts: datetime
    yes: int
    maybe: int
    no: int
    quorate: bool | None
    """Whether the members who can come are a quorum; None if the group has no quorum."""
    uid: str
    can_come: tuple[str, ...] = ()
    may_come: tuple[str, ...] = ()
    cannot_come: tuple[str, ...] = ()
    key: RowKey = NO_KEY


@dataclass(frozen=True, slots=True)
class PollQuestion:
    """A mail of which a person has to read the answers."""

    source: str
    who: str
    reason: str


@dataclass(frozen=True, slots=True)
class PollReport:
    """A poll with its options, and who has not answered."""

    ref: str
    group: str
    title: str
    minutes: int
    sent_on: date
    options: tuple[PollOptionRow, ...]
    waiting: tuple[str, ...]
    """Members without an answer to any option."""
    meeting: str | None = None
    """The meeting that was made of the chosen option."""
    questions: tuple[PollQuestion, ...] = ()
    members: tuple[str, ...] = ()

    @property
    def best_option(self) -> PollOptionRow | None:
        """The first of the options with a quorum that most can come to; None without one, or once one is chosen."""
        quorate = [option for option in self.options if option.quorate]
        is_open = quorate and not self.meeting
        return max(quorate, key=lambda option: (option.yes, option.maybe)) if is_open else None

    @property
    def state(self) -> str:
        """Whether an option was chosen, in words."""
        return _("{ref} was created from it").format(ref=self.meeting) if self.meeting else _("open for answers")
