"""Releases of published documents, and the free texts that a person decides about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.i18n import ENGLISH_ONLY, Language, _, gettext_noop, use_language
from ahtc_tui.domain.labelled_enum import LabelledEnum

ID_LENGTH = 12


class PublishedDocument(LabelledEnum):
    """A document that leaves the office; each has releases of its own."""

    MINUTES = "minutes", gettext_noop("Minutes")
    AGENDA = "agenda", gettext_noop("Agenda")
    NOTE = "note", gettext_noop("Note of the meeting")
    PAPER = "paper", gettext_noop("Paper")
    DASHBOARD = "dashboard", gettext_noop("Dashboard")
    HIGHLIGHT = "highlight", gettext_noop("Highlight report")
    TRANSPARENCY = "transparency", gettext_noop("Transparency return")


class TextDecision(LabelledEnum):
    """Decision of a person about a text."""

    KEEP = "keep", gettext_noop("keep")
    REWORD = "reword", gettext_noop("reword")
    WITHHOLD = "withhold", gettext_noop("withhold")


class Mark(LabelledEnum):
    """A finding of a check in a text. Marks only order the release list."""

    PERSON = "person", gettext_noop("person")
    CONTACT = "contact", gettext_noop("contact details")
    HEALTH = "health", gettext_noop("health")
    CRIME = "crime", gettext_noop("crime")
    PERSONAL = "personal", gettext_noop("personal circumstances")
    SMALL_GROUP = "small group", gettext_noop("small group")
    MARKING = "marking", gettext_noop("marking")
    NAME = "name", gettext_noop("possible name")
    WELSH = "welsh", gettext_noop("no Welsh")


@dataclass(frozen=True, slots=True)
class FreeText:
    """A text of a page that a person typed, as it would be printed and as it was typed."""

    place: str
    """Number of the paragraph or item, or the heading."""
    kind: str
    """Field of the page ("decision", "venue")."""
    printed: str
    """The English of the page: names of people without public office are replaced by their post."""
    printed_cy: str | None
    """Text on the Welsh page, which may be English with a mark; None if it is the same."""
    text: str
    """The English as it was typed."""
    text_cy: str | None
    """The Welsh as it was typed; None where there is none, and for names."""
    needs_welsh: bool = False
    """Whether a Welsh page prints the English with a mark."""

    @property
    def id(self) -> str:
        """A key of the content: the same text at two places is one text, and a changed one is another."""
        content = "\0".join((self.text, self.text_cy or ""))
        return sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:ID_LENGTH]


@dataclass(frozen=True, slots=True)
class DecidedText:
    """A decision of a person about a text: the wording that may be printed."""

    text: str
    text_cy: str | None
    decision: TextDecision
    wording: str | None
    wording_cy: str | None

    def print_text(self, language: Language, *, needs_welsh: bool) -> str:
        """Return what a page in a language prints."""
        if self.decision is TextDecision.WITHHOLD:
            with use_language(language):
                return _("[withheld]")
        english = self.wording or ""
        if language is not Language.CY:
            return english
        if self.wording_cy:
            return self.wording_cy
        return f"{ENGLISH_ONLY} {english}" if needs_welsh or self.text_cy else english


@dataclass(frozen=True, slots=True)
class TextRow:
    """A text of the release list."""

    id: str
    place: str
    kind: str
    text: str
    text_cy: str | None
    marks: tuple[Mark, ...]
    decision: TextDecision | None
    """None while the text waits for a decision."""
    released: str | None
    """The wording that is printed; None while the text waits, and where it is withheld."""
    released_cy: str | None
    printed: str
    """Text that is printed if it is kept."""
    printed_cy: str | None


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """A release, without its content."""

    number: int
    released_on: date
    released_by: str | None
    """Post of the person who released it; None where it is not known."""
    marking: Marking

    @property
    def signature(self) -> str:
        """Day, and the post that released it where it is known."""
        day = format_long_date(self.released_on)
        return f"{day} ({self.released_by})" if self.released_by else day


class ListState(LabelledEnum):
    """Whether the page is released as it is now."""

    OPEN = "open", gettext_noop("not released")
    RELEASED = "released", gettext_noop("released")


@dataclass(frozen=True, slots=True)
class ReleaseList:
    """Texts that would be published: those without a decision first, with the marked ones at the top."""

    ref: str
    document: PublishedDocument
    release: int
    """Number of the release; of an open list that which the next one will have."""
    state: ListState
    texts: tuple[TextRow, ...]
    released_on: date | None = None
    released_by: str | None = None
    releases: tuple[ReleaseRow, ...] = ()
    """Every release of the document, the newest first."""

    @property
    def waiting(self) -> tuple[TextRow, ...]:
        """The texts without a decision."""
        return tuple(text for text in self.texts if text.decision is None)
