"""Issued copies of minutes, and publication: refused while people are named or the minutes are not agreed."""

from __future__ import annotations

import tempfile
from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.documents.meeting_document import Cut, DocumentKind, Edition, MeetingDocument
from ahtc_tui.domain.documents.publication import PublicationRefused, UnresolvedPlace, describe_problems
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.services import record_lookup
from ahtc_tui.services.documents.file_formats import write_format
from ahtc_tui.services.documents.rendering import STORED, build_writers, compose_documents, find_template
from ahtc_tui.store.minutes import lifecycle as stored

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger


def list_unresolved(documents: Sequence[MeetingDocument]) -> tuple[UnresolvedPlace, ...]:
    """Return the unresolved places of a document in all its languages, each once."""
    return tuple(dict.fromkeys(place for document in documents for place in document.unresolved))


def list_untranslated(documents: Sequence[MeetingDocument]) -> tuple[str, ...]:
    """Return the texts without Welsh of a document that goes out: published minutes, or an agenda for the members.

    Empty for a document in English, and for drafts, which print the English text with a mark.
    """
    document = documents[0]
    goes_out = document.cut is Cut.PUBLISHED or (document.kind is DocumentKind.AGENDA and document.cut is not Cut.CHAIR)
    return document.missing_welsh if goes_out else ()


def check_publication(documents: Sequence[MeetingDocument], *, force: bool = False) -> str:
    """Return in English why a document cannot be published yet; empty for other readers, and where it can.

    Raises PublicationRefused with the places, unless `force`.
    """
    document, places, untranslated = documents[0], list_unresolved(documents), list_untranslated(documents)
    is_ready = document.kind is DocumentKind.AGENDA or document.is_agreed or document.cut is not Cut.PUBLISHED
    if is_ready and not places and not untranslated:
        return ""
    if not force:
        problems = describe_problems(places, untranslated, is_agreed=is_ready)
        raise PublicationRefused(document.ref, problems, places, untranslated)
    with use_language(Language.EN):
        return describe_problems(places, untranslated, is_agreed=is_ready)


def store_issued_copy(
    ledger: Ledger, workspace: Workspace, ref: str, edition: Edition, *, force: bool
) -> tuple[int, tuple[MeetingDocument, ...]]:
    """Store the minutes as the next issued version; return its number and its documents.

    Raises NotFound, Refused, BadFile; PublicationRefused for a published copy that is not ready, unless `force`, which
    the label of the step then names.
    """
    today = workspace.today()
    meeting, ref = record_lookup.find_meeting(ledger.cursor, ref)
    version = stored.read_next_version(ledger.cursor, meeting)
    ledger.label = f"issue version {version} of the minutes of {ref}"
    documents = compose_documents(workspace, DocumentKind.MINUTES, ref, replace(edition, issue=(version, today)))
    if problems := check_publication(documents, force=force):
        ledger.label += f", published by force: {problems}"
    template = find_template(workspace, DocumentKind.MINUTES)
    with tempfile.TemporaryDirectory() as folder:
        paths = {ending: Path(folder) / f"minutes{ending}" for ending in STORED}
        for ending, path in paths.items():
            write_format(path, path.name, ending, build_writers(documents, template))
        values = {
            "meeting": meeting,
            "version": version,
            "issued_on": today.isoformat(),
            "state": stored.read_status(ledger.cursor, meeting).state.value,
            "cut": edition.cut.value,
            "language": edition.language.value,
            "marking": documents[0].marking.value,
            "docx": b64encode(paths[".docx"].read_bytes()).decode("ascii"),
            "markdown": paths[".md"].read_bytes().decode("utf-8"),
            "plain": paths[".txt"].read_bytes().decode("utf-8"),
        }
    ledger.add("issues", values)
    return version, documents


@contextmanager
def begin_note_publication(
    workspace: Workspace, ref: str, places: tuple[UnresolvedPlace, ...], *, force: bool
) -> Iterator[None]:
    """Record that a note with details of people is published by force, if what happens meanwhile succeeds.

    Raises PublicationRefused with the places, unless `force`.
    """
    problems = describe_problems(places, is_agreed=True)
    if not problems:
        yield
    elif not force:
        raise PublicationRefused(ref, problems, places, ())
    else:
        with use_language(Language.EN):
            problems = describe_problems(places, is_agreed=True)
        with workspace.database.write(f"publish the note of {ref} by force: {problems}") as ledger:
            ledger.store_step()
            yield


@contextmanager
def begin_paper_publication(
    workspace: Workspace, ref: str, untranslated: tuple[str, ...], *, force: bool
) -> Iterator[None]:
    """Record that a paper with texts without Welsh is published by force, if what happens meanwhile succeeds.

    Raises PublicationRefused with these texts, unless `force`.
    """
    if not untranslated:
        yield
        return
    if not force:
        raise PublicationRefused(ref, describe_problems((), untranslated, is_agreed=True), (), untranslated)
    with use_language(Language.EN):
        problems = describe_problems((), untranslated, is_agreed=True)
    with workspace.database.write(f"publish the paper of {ref} by force: {problems}") as ledger:
        ledger.store_step()
        yield


def _find_issued(
    ledger: Ledger, workspace: Workspace, ref: str, edition: Edition
) -> tuple[MeetingDocument, ...] | None:
    """Return the documents of the last issued copy, if it is for the same readers and has the same text."""
    from ahtc_tui.formats.markdown.rendering import render_markdown

    meeting, ref = record_lookup.find_meeting(ledger.cursor, ref)
    last = next(reversed(stored.read_issues(ledger.cursor, meeting)), None)
    if last is None or (last.cut, last.language) != (edition.cut, edition.language):
        return None
    issue = (last.version, last.issued_on)
    documents = compose_documents(workspace, DocumentKind.MINUTES, ref, replace(edition, issue=issue))
    copy = stored.read_copy(ledger.cursor, meeting, last.version)
    blocks = build_writers(documents, find_template(workspace, DocumentKind.MINUTES)).blocks()
    return documents if copy and copy.markdown == render_markdown(*blocks) else None


@contextmanager
def begin_publication(
    workspace: Workspace, documents: tuple[MeetingDocument, ...], language: Language, *, force: bool
) -> Iterator[tuple[MeetingDocument, ...]]:
    """Yield the documents to be written; record a publication by force, if what happens meanwhile succeeds.

    Minutes become an issued copy, which keeps what was published; another format of the last one is no new version. An
    agenda is a step of the history alone. Raises PublicationRefused as `check_publication` does.
    """
    document, problems = documents[0], check_publication(documents, force=force)
    if not problems:
        yield documents
        return
    with workspace.database.write(f"publish the agenda of {document.ref} by force: {problems}") as ledger:
        if document.kind is DocumentKind.AGENDA:
            ledger.store_step()
            yield documents
        else:
            edition = Edition(document.cut, document.marking, language)
            issued = _find_issued(ledger, workspace, document.ref, edition)
            yield issued or store_issued_copy(ledger, workspace, document.ref, edition, force=True)[1]
