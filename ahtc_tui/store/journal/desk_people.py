"""The people at this desk, by account: a setting that other copies of the database do not take over."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

from ahtc_tui.domain.desk_people import DeskPerson
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.fields import read_setting, store_setting
from ahtc_tui.store.records.rows import select_column

DESK_PEOPLE = "desk_people"
"""The setting: JSON with name and post by account."""


def list_desk_people(cursor: Cursor) -> dict[str, DeskPerson]:
    """Return the people who gave their name and post, by account."""
    people = json.loads(read_setting(cursor, DESK_PEOPLE) or "{}")
    return {account: DeskPerson(account, *details) for account, details in people.items()}


def read_post(cursor: Cursor, account: str) -> str:
    """Return the post of the person at an account; empty where it is not known."""
    person = list_desk_people(cursor).get(account)
    return person.post if person else ""


def store_desk_person(cursor: Cursor, person: DeskPerson) -> None:
    """Store the name and post of the person at an account."""
    _store_people(cursor, [*(list_desk_people(cursor) | {person.account: person}).values()])


def find_accounts(cursor: Cursor, is_named_in: Callable[[str], bool]) -> set[str]:
    """Return the accounts whose person has a name or post that names an erased person."""
    people = list_desk_people(cursor).values()
    return {person.account for person in people if is_named_in(f"{person.name}\n{person.post}")}


def forget_desk_people(cursor: Cursor, is_named_in: Callable[[str], bool]) -> None:
    """Remove the people whose name or post names an erased person."""
    people = list_desk_people(cursor)
    if forgotten := find_accounts(cursor, is_named_in):
        _store_people(cursor, [person for account, person in people.items() if account not in forgotten])


def _store_people(cursor: Cursor, people: Iterable[DeskPerson]) -> None:
    text = json.dumps({person.account: [person.name, person.post] for person in people}, ensure_ascii=False)
    store_setting(cursor, DESK_PEOPLE, text)


def list_accounts(cursor: Cursor) -> list[str]:
    """Return the accounts that wrote steps, on this computer or another."""
    return select_column(cursor, "SELECT DISTINCT user FROM step ORDER BY user")


def list_posts(cursor: Cursor) -> dict[str, str]:
    """Return the post of each account that wrote a step; empty where it is not known."""
    people = list_desk_people(cursor)
    return {account: people[account].post if account in people else "" for account in list_accounts(cursor)}
