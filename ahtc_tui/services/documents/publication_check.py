"""The check before the minutes of a meeting are published: what is shared, what is withheld and why, what is left."""

from __future__ import annotations

from dataclasses import dataclass

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.documents.meeting_document import Cut, DocumentKind, Edition, MeetingDocument
from ahtc_tui.domain.documents.publication import UnresolvedPlace, describe_problems, describe_withholding
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import Language, _, ngettext
from ahtc_tui.domain.meetings.kinds import MeetingState
from ahtc_tui.domain.meetings.model import MeetingCard, PaperRow
from ahtc_tui.services.documents.publication import list_unresolved
from ahtc_tui.services.documents.rendering import compose_documents
from ahtc_tui.services.meetings.service import show_meeting
from ahtc_tui.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class PaperCheck:
    """A paper: whether it is published, and why not; without a reason it is not decided yet."""

    ref: str
    title: str
    published: bool
    reason: str | None

    @property
    def is_undecided(self) -> bool:
        """Whether it is neither published nor withheld."""
        return not self.published and self.reason is None


@dataclass(frozen=True, slots=True)
class WithheldPart:
    """A part of the meeting that a published copy leaves out, and why."""

    part: str
    reason: str


@dataclass(frozen=True, slots=True)
class PublicationCheck:
    """The result of the check."""

    ref: str
    ready: bool
    """Whether the minutes can be published, and each paper is published or withheld."""
    problems: str
    """What prevents publication, as a clause; empty where nothing does."""
    marking: Marking
    minutes: str
    """State of the minutes."""
    attendance: int
    lines: int
    decisions: int
    actions: int
    withheld: tuple[WithheldPart, ...]
    papers: tuple[PaperCheck, ...]
    unresolved: tuple[UnresolvedPlace, ...]
    missing_welsh: tuple[str, ...]

    @property
    def state(self) -> str:
        """Whether the minutes can be published, or what prevents it, in one sentence without a full stop."""
        if self.ready:
            return _("can be published")
        return self.problems or _("marked {marking}").format(marking=self.marking.label)


def check_meeting(workspace: Workspace, ref: str) -> PublicationCheck:
    """Return what a published copy of the minutes, in both languages, shares and withholds.

    Raises NotFound; Refused for a cancelled meeting.
    """
    card = show_meeting(workspace, ref)
    if card.row.state is MeetingState.CANCELLED:
        raise Refused(_("{ref} is cancelled: it has no minutes.").format(ref=card.row.ref))
    documents = compose_documents(
        workspace, DocumentKind.MINUTES, ref, Edition(Cut.PUBLISHED, Marking.OFFICIAL, Language.BOTH)
    )
    welsh, document = documents
    papers = tuple(map(_check_paper, card.papers))
    places = list_unresolved(documents)
    problems = describe_problems(places, welsh.missing_welsh, is_agreed=document.is_agreed)
    undecided = sum(paper.is_undecided for paper in papers)
    if undecided:
        sentence = ngettext("{n} paper to decide on", "{n} papers to decide on", undecided)
        problems = "; ".join(part for part in (problems, sentence) if part)
    return PublicationCheck(
        document.ref,
        not problems and document.marking is Marking.OFFICIAL,
        problems,
        document.marking,
        document.minutes_status,
        sum(len(group.people) for group in document.attendance),
        sum(len(item.lines) for item in document.agenda),
        len(document.decisions),
        len(document.actions),
        tuple(_list_withheld(document, card)),
        papers,
        places,
        welsh.missing_welsh,
    )


def _check_paper(paper: PaperRow) -> PaperCheck:
    reason = describe_withholding(paper.withheld_because) if paper.withheld_because and not paper.published else None
    return PaperCheck(paper.ref, paper.shown_title, paper.published, reason)


def _list_withheld(document: MeetingDocument, card: MeetingCard) -> list[WithheldPart]:
    """Return the parts that every published copy leaves out, as far as this meeting has them."""
    notes = [item.note for item in card.agenda if item.note] + ([card.note] if card.note else [])
    reasons = [row.reason for row in card.attendance if row.reason]
    parts = [
        WithheldPart(_("Names of people who do not hold public office"), _("personal data; their post is printed"))
    ]
    if reasons:
        parts.append(
            WithheldPart(_("Reasons for apologies ({n})").format(n=len(reasons)), _("given for the chair alone"))
        )
    if notes:
        parts.append(WithheldPart(_("Notes of the secretariat ({n})").format(n=len(notes)), _("written for the chair")))
    if card.row.link:
        parts.append(WithheldPart(_("Link to join the meeting"), _("for members only")))
    if document.decisions or document.actions:
        parts.append(WithheldPart(_("References of records"), _("for the office")))
    if document.marking is not Marking.OFFICIAL:
        reason = _("marked {marking}: --up-to official leaves out what is marked higher")
        parts.append(WithheldPart(_("The whole copy"), reason.format(marking=document.marking.label)))
    return parts
