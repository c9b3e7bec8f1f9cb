"""Cards and calendars with changed, removed or repeated bytes are read or refused with one sentence."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.imports.contacts import ContactFile
from ahtc_tui.domain.imports.meetings import CalendarFile
from ahtc_tui.formats.ics.meetings import read_meetings
from ahtc_tui.formats.vcard.reader import read_vcards
from tests.formats.ics.test_ics_meetings import REFUSED, START, WARNED, WINDOWS_ZONE, create_calendar, create_event
from tests.formats.vcard.test_vcard_read import ODD_CARDS, OUTLOOK

PIECES: tuple[bytes, ...] = (
    b"\r\n",
    b"\n ",
    b":",
    b";",
    b'"',
    b"=\n",
    b"\\",
    b"END:VEVENT\n",
    b"BEGIN:VEVENT\n",
    b"END:VCARD\n",
)
PIECES += (b"BEGIN:VCARD\n", b";TZID=x", b"\x00", b"9999999999", b"\xff\xfe", b"\xc3", b"=C3", b"BEGIN:VALARM\n")
CARDS = [OUTLOOK.encode(), *(data if isinstance(data, bytes) else data.encode() for data, _names in ODD_CARDS.values())]
SERIES = create_event(
    "UID:s", START, "RRULE:FREQ=WEEKLY;COUNT=6", "EXDATE:20131112T100000", "ATTENDEE;CN=x:mailto:x@example.org"
)
CALENDARS = [
    create_calendar(one, SERIES, head=WINDOWS_ZONE).encode() for one in (*REFUSED.values(), *WARNED.values(), SERIES)
]


def mutate_bytes(chance: random.Random, data: bytes) -> bytes:
    """Return the bytes after some random changes."""
    for _accident in range(chance.randint(1, 10)):
        place = chance.randint(0, len(data))
        length = chance.randint(1, 120)
        head, tail = data[:place], data[place:]
        data = chance.choice(
            (
                head + bytes([chance.randrange(256)]) + tail[1:],
                head + tail[length:],
                head + tail[:length] + tail,
                head + chance.choice(PIECES) + tail,
                head if len(head) > 40 else data,
            )
        )
    return data


@pytest.mark.sample(4)
@pytest.mark.parametrize("seed", range(4))
def test_a_changed_file_gives_rows_or_one_sentence(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    for _turn in range(250):
        card, invitation = tmp_path / "x.vcf", tmp_path / "x.ics"
        card.write_bytes(mutate_bytes(chance, chance.choice(CARDS)))
        invitation.write_bytes(mutate_bytes(chance, chance.choice(CALENDARS)))
        for result in (read_mutated_file(card), read_mutated_file(invitation)):
            assert isinstance(result, set) or len(result.splitlines()) == 1


def read_mutated_file(file: Path) -> set[str] | str:
    """Return the sentence that refuses a file, or the places of its cards or events, each read or warned about."""
    try:
        contents: ContactFile | CalendarFile = read_vcards(file) if file.suffix == ".vcf" else read_meetings(file)
    except BadFile as error:
        return str(error)
    refused = {warning.cell for warning in contents.warnings if re.fullmatch(r"(VEVENT|card) \d+", warning.cell)}
    entries = contents.contacts if isinstance(contents, ContactFile) else contents.events
    places = {entry.position for entry in entries} | refused
    assert places == list_places(file, contents.read)
    return places


def list_places(file: Path, count: int) -> set[str]:
    """Return the places of every card or event of a file."""
    word = "card" if file.suffix == ".vcf" else "VEVENT"
    return {f"{word} {n}" for n in range(1, count + 1)}
