"""The words on the drawn screen of a laptop, compared with what honest people wrote."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from collections.abc import Mapping, Set
from pathlib import Path
from typing import Any, NamedTuple

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.journal.replay import ROW
from tests.builders import TODAY, query_rows
from tests.journeys.hands import open_desk

CONTACTS = "6"
CARD_EDGE = "▏"
SCREEN = (160, 60)
WORD = re.compile(r"\w+")
HOSTILE_WORDS = {"altered", "another", "intruder", "noise", "rewritten"}
PERSON_QUERY = """SELECT p.id, p.name, p.email, p.short, d.role, d.note FROM parties p JOIN people d ON d.id = p.id
 WHERE NOT p.deleted AND p.kind = 'person'"""
FIELDS = (("parties", "name"), ("parties", "email"), ("parties", "short"), ("people", "role"), ("people", "note"))
LINES = 'SELECT id, field, salt FROM change WHERE "table" = ? AND row_id = ? AND field IN (?, ?)'


class Written(NamedTuple):
    """What an honest person wrote in a line, and what they had seen."""

    value: str | None
    parents: str


def split_words(text: object) -> set[str]:
    return {word.lower() for word in WORD.findall("" if text is None else str(text))}


def read_cards(office: Workspace, folder: Path) -> list[str]:
    """Return the text of every card of a contact as the screen draws it, from a copy of the workspace."""
    copy = open_workspace(shutil.copytree(office.root, folder), TODAY)

    async def read() -> list[str]:
        async with open_desk(copy, SCREEN) as hands:
            await hands.press_keys(CONTACTS)
            cards = [_cut_card(hands.text)]
            for _row in hands.rows[1:]:
                await hands.press_keys("down")
                cards.append(_cut_card(hands.text))
            return cards

    try:
        return asyncio.run(read())
    finally:
        copy.close()
        shutil.rmtree(folder)


def _cut_card(screen: str) -> str:
    return "\n".join(line.partition(CARD_EDGE)[2].strip() for line in screen.splitlines() if CARD_EDGE in line)


def check_cards(office: Workspace, cards: list[str], written: Mapping[RowKey, Written], hostile: Set[RowKey]) -> None:
    """Each live person has a card with the stored words, which are those that honest people wrote last.

    A field with a line of somebody hostile shows that noise, or what it replaced; hostile words need such a line.
    """
    people = query_rows(office, PERSON_QUERY)
    honest = {key: line for key, line in written.items() if key not in hostile}
    remaining = [split_words(card) for card in cards]
    for key, *values in people:
        words = split_words(" ".join(str(value) for value in values if value is not None))
        card = next((shown for shown in remaining if words <= shown), None)
        assert card is not None, "a card does not show what is stored"
        remaining.remove(card)
        for (table, field), value in zip(FIELDS, values, strict=True):
            heads = find_honest_heads(office, (table, key, field), honest)
            if heads is None:
                continue
            assert value in heads, "a field has another value than an honest person wrote"
            assert any(split_words(head) <= card for head in heads), "the screen has other words than honest people"
    held = {key: value for key, value, _user in query_rows(office, "SELECT id, value, user FROM change")}
    explained = split_words(" ".join(str(held[key]) for key in hostile if key in held))
    explained |= split_words("intruder another") if explained else set()
    shown_words = set[str]().union(*map(split_words, cards)) & HOSTILE_WORDS
    assert shown_words <= explained, "the screen has words that no line of this laptop explains"


def find_honest_heads(
    office: Workspace, place: tuple[str, RowKey, str], written: Mapping[RowKey, Written]
) -> list[Any] | None:
    """Return the values of a field that nobody replaced; None where somebody else wrote it, or it was redacted."""
    *record, field = place
    lines = query_rows(office, LINES, *record, ROW, field)
    if any(salt is None or key not in written for key, _field, salt in lines):
        return None
    replaced = {parent for key, *_rest in lines for parent in json.loads(written[key].parents)}
    heads = [read_value(written[key]) for key, name, _salt in lines if name == field and key.hex() not in replaced]
    first: dict[str, Any] = next((read_value(written[key]) for key, name, _salt in lines if name == ROW), {})
    return heads or [first.get(field)]


def read_value(line: Written) -> Any:
    return None if line.value is None else json.loads(line.value)
