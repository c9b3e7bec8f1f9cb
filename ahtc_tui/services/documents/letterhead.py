"""Letterhead and signature of the office, from the settings of the workspace."""

from __future__ import annotations

import re

from ahtc_tui.domain.desk_people import format_author
from ahtc_tui.domain.documents.chasers import Addressee
from ahtc_tui.domain.documents.office_paper import Letterhead
from ahtc_tui.domain.i18n import choose_language, translated_names
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.contacts.own_post import find_own_post_ref
from ahtc_tui.store.documents.external_meetings import read_official


def name_office(workspace: Workspace) -> str:
    """Return the name of the office in the current language."""
    office = workspace.office
    return choose_language(office.name, office.name_cy or None) if office.name or office.name_cy else format_author()


def build_letterhead(workspace: Workspace) -> Letterhead:
    """Return the letterhead in the current language."""
    office = workspace.office
    logo = workspace.root / office.logo if office.logo else None
    address = choose_language(office.address, office.address_cy or None)
    return Letterhead(name_office(workspace), split_lines(address), office.email, logo)


def build_signature(workspace: Workspace) -> tuple[str, ...]:
    """Return the lines under a letter: who holds the post of the office, the post, and the office."""
    with workspace.database.read() as cursor, translated_names():
        official = read_official(cursor, find_own_post_ref(cursor), workspace.today())
    names = (official.holder, official.post) if official else ()
    return tuple(dict.fromkeys(filter(None, (*names, name_office(workspace)))))


def build_addressee_block(addressee: Addressee | None, name: str, holder: str = "") -> tuple[str, ...]:
    """Return the lines of an addressee: person, post, body and postal address, each once.

    `name` is what the letter is sent to, `holder` whoever acts for it on the day, else the reader of the register.
    """
    if addressee is None:
        return (name,)
    person = holder or addressee.reader or ""
    body = choose_language(addressee.organisation, addressee.organisation_cy) if addressee.organisation else ""
    address = (body, *split_lines(addressee.postal_address or ""))
    if not person:
        titles = name.split(", ", 1) if body else [name]
        return tuple(dict.fromkeys(filter(None, (*titles, *address))))
    post = choose_language(addressee.post, addressee.post_cy) if person == addressee.reader and addressee.post else ""
    parts = (part for text in (post or "", "" if addressee.is_reader else name) for part in text.split(", ", 1))
    return tuple(dict.fromkeys(filter(None, (person, *parts, *address))))


def split_lines(address: str) -> tuple[str, ...]:
    """Return the lines of an address, which semicolons separate, else commas."""
    parts = re.split("[;\\n]" if re.search("[;\\n]", address) else ",", address)
    return tuple(line for part in parts if (line := part.strip()))
