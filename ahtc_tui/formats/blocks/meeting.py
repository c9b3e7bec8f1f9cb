"""Agenda and minutes as blocks, and the labels of their parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.desk_people import format_author
from ahtc_tui.domain.documents.meeting_document import (
    ActionEntry,
    AttendanceGroup,
    DocumentKind,
    ItemEntry,
    MeetingDocument,
    PaperEntry,
)
from ahtc_tui.domain.i18n import _, gettext_noop, pgettext, use_language
from ahtc_tui.domain.meetings.kinds import LineKind
from ahtc_tui.domain.text.cleaning import shorten_text
from ahtc_tui.formats.blocks.model import MAX_TITLE, Block, BlockDocument, BulletList, Facts, Heading, Paragraph, Table

_LABELS = {
    "page": gettext_noop("Page"),
    "of": gettext_noop("of"),
    "meeting": gettext_noop("Meeting"),
    "date": gettext_noop("Date"),
    "time": gettext_noop("Time"),
    "venue": gettext_noop("Venue"),
    "link": gettext_noop("Link"),
    "reference": gettext_noop("Reference"),
    "attendance": gettext_noop("Attendance"),
    "agenda": gettext_noop("Items"),
    "item": gettext_noop("Item"),
    "presenter": gettext_noop("Presenter"),
    "minutes": gettext_noop("Length"),
    "starts": gettext_noop("Time"),
    "agenda_table": gettext_noop("List of agenda items"),
    "action_table": gettext_noop("List of actions"),
    "decision_table": gettext_noop("List of decisions"),
    "amendment_table": gettext_noop("Amendments by paragraph"),
    "paper": gettext_noop("Paper"),
    "papers": gettext_noop("Papers"),
    "due": gettext_noop("Due"),
    "action_by": gettext_noop("Action by"),
    "action": gettext_noop("Action"),
    "lead": gettext_noop("Lead"),
    "actions": gettext_noop("Summary of actions"),
    "decision": gettext_noop("Decision"),
    "decisions": gettext_noop("Decisions"),
    "brief": gettext_noop("Open actions from previous meetings"),
    "next_meeting": gettext_noop("Date of next meeting"),
    "note": gettext_noop("Secretariat note"),
    "interest": gettext_noop("Interest"),
    "state": gettext_noop("Status"),
    "version": gettext_noop("Version"),
    "amendments": gettext_noop("Amendments"),
    "paragraph": gettext_noop("Paragraph"),
    "was": gettext_noop("As agreed"),
    "now": gettext_noop("As amended"),
    "amended_by": gettext_noop("Amended by"),
    "none_agreed": gettext_noop("No actions were agreed."),
    "no_attendance": gettext_noop("Attendance was not recorded."),
    "no_items": gettext_noop("No items yet."),
}


def build_meeting_blocks(document: MeetingDocument) -> BlockDocument:
    """Return agenda or minutes as blocks, in the language of the document."""
    with use_language(document.language):
        return BlockDocument(
            document.language,
            format_file_title(document),
            format_subject(document),
            document.marking.label,
            format_author(),
            tuple(_build_blocks(document)),
        )


def _format_heading(document: MeetingDocument) -> str:
    return f"{document.group}: {document.kind.label.lower()}"


def format_file_title(document: MeetingDocument) -> str:
    """Return the title of a file in the current language, shortened where programs would cut it.

    It is "Minutes 24 January 2014: Leadership Group", so that two minutes of one group have different titles.
    """
    if document.day is None:
        return _format_heading(document)
    start = f"{document.kind.label} {format_long_date(document.day)}: "
    return start + shorten_text(document.group, MAX_TITLE - len(start))


def format_subject(document: MeetingDocument) -> str:
    """Return the reference and day, for the properties of a file."""
    return ", ".join(part for part in (document.ref, document.when) if part)


def _build_blocks(document: MeetingDocument) -> Iterator[Block]:
    labels = build_labels()
    yield Heading(1, _format_heading(document))
    facts = (
        (labels["meeting"], document.title),
        (labels["date"], document.when),
        (labels["time"], document.time),
        (labels["venue"], document.where),
        (labels["link"], document.link),
        (labels["reference"], document.ref),
        (labels["state"], document.format_status()),
    )
    yield Facts(tuple((label, value) for label, value in facts if value))
    for text in (document.remark, document.warning):
        if text:
            yield Paragraph("", text)
    if document.note:
        yield Paragraph(document.note, f"{labels['note']}:")
    yield from _build_brief(document.brief, labels)
    if document.kind is DocumentKind.MINUTES:
        yield from _build_minutes(document, labels)
    else:
        yield from _build_agenda(document, labels)
    if document.papers:
        yield Heading(2, labels["papers"])
        yield BulletList(tuple(map(_format_paper, document.papers)))
    if document.next_meeting:
        yield Heading(2, labels["next_meeting"])
        yield Paragraph(document.next_meeting)


def _format_paper(paper: PaperEntry) -> str:
    title = " ".join(part for part in (paper.ref, paper.title) if part)
    name = f"{title} ({paper.author})" if paper.author else title
    return ". ".join(part for part in (name, paper.withheld) if part)


def _build_agenda(document: MeetingDocument, labels: dict[str, str]) -> Iterator[Block]:
    yield Heading(2, labels["agenda"])
    if not document.agenda:
        yield Paragraph(labels["no_items"])
    for item in document.agenda:
        if item.section:
            yield Paragraph("", item.section)
        facts = ", ".join(part for part in (item.at, item.presenter, item.minutes) if part)
        yield Paragraph(item.title + (f" ({facts})" if facts else ""), number=f"{item.number}.")
        for paper in item.papers:
            yield Paragraph(paper, f"{labels['paper']}:", is_indented=True)
        if item.note:
            yield Paragraph(item.note, f"{labels['note']}:", is_indented=True)
        for interest in item.interests:
            yield Paragraph(interest, f"{labels['interest']}:", is_indented=True)
        yield from _build_brief(item.brief, labels)


def _build_minutes(document: MeetingDocument, labels: dict[str, str]) -> Iterator[Block]:
    yield Heading(2, labels["attendance"])
    yield from _build_attendance(document.attendance)
    if not document.attendance:
        yield Paragraph(labels["no_attendance"])
    for item in document.agenda:
        yield from _build_item(item, labels)
    if document.decisions:
        yield Heading(2, labels["decisions"])
        decided = tuple((decision.ref or "–", decision.text) for decision in document.decisions)
        yield Table((labels["number"], labels["decision"]), decided, labels["decision_table"]).without_empty_columns()
    yield Heading(2, labels["actions"])
    yield _build_action_table(document.actions, labels) if document.actions else Paragraph(labels["none_agreed"])
    if document.amendments:
        yield Heading(2, labels["amendments"])
        rows = tuple(
            (amendment.number, amendment.was, amendment.now, amendment.by) for amendment in document.amendments
        )
        yield Table(
            tuple(labels[name] for name in ("paragraph", "was", "now", "amended_by")), rows, labels["amendment_table"]
        )


def _build_attendance(groups: Sequence[AttendanceGroup]) -> Iterator[Block]:
    for group in groups:
        yield Heading(3, group.heading)
        yield BulletList(group.people)


def _build_item(item: ItemEntry, labels: dict[str, str]) -> Iterator[Block]:
    if item.section:
        yield Paragraph("", item.section)
    yield Heading(2, f"{item.number}. {item.title}")
    if item.silence:
        yield Paragraph(item.silence)
    for line in item.lines:
        match line.kind:
            case LineKind.ACTION:
                lead = f"{labels['action_by']}: {line.lead}" if line.lead else ""
                bracket = "; ".join(part for part in (lead, line.due) if part)
                yield Paragraph(line.text, _format_label(labels["action"], line.ref), line.number, bracket=bracket)
            case LineKind.DECISION:
                yield Paragraph(line.text, _format_label(labels["decision"], line.ref), line.number)
            case LineKind.NOTE:
                yield Paragraph(line.text, number=line.number)
    yield from _build_brief(item.brief, labels)


def _format_label(label: str, ref: str) -> str:
    return f"{' '.join(part for part in (label, ref) if part)}:"


def _build_brief(actions: Sequence[ActionEntry], labels: dict[str, str]) -> Iterator[Block]:
    if actions:
        yield Paragraph("", labels["brief"])
        yield _build_action_table(actions, labels)


def _build_action_table(actions: Sequence[ActionEntry], labels: dict[str, str]) -> Table:
    headings = (labels["number"], labels["action"], labels["lead"], labels["due"])
    rows = tuple((action.ref or "–", action.text, action.lead or "–", action.due or "–") for action in actions)
    return Table(headings, rows, labels["action_table"]).without_empty_columns()


def build_labels() -> dict[str, str]:
    """Return name to label, for Word templates, Markdown and plain text."""
    return {name: _(label) for name, label in _LABELS.items()} | {"number": pgettext("number", "No.")}
