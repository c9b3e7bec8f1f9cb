"""Generates damaged files, each from an intact file and a seed, so that a fault can be reproduced.

python -m tests.faults.mutants 2000        reads so many and prints what became of them
"""

from __future__ import annotations

import random
import re
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.returns.headings import resolve_heading
from ahtc_tui.formats.ics.meetings import read_meetings
from ahtc_tui.formats.ics.replies import read_answers
from ahtc_tui.formats.sheets.contacts import read_contact_sheets
from ahtc_tui.formats.sheets.reader import read_book
from ahtc_tui.formats.vcard.reader import read_vcards
from tests.formats.sheets.odd_books import ODD_WORKBOOKS, save_workbook

CSV = (
    "sep=;\r\nRef;Action;Lead;Due date;Status;Update\r\nDP-01;Train the staff;Bawso, AHTC;03/02/2014;Ongoing;"
    '"No change – ‘yet’\r\nsee last quarter"\r\nDP-02;Write the guide;;ASAP;Wedi’i gwblhau;ŵ ŷ\r\n;Total;;;;2\r\n'
)
CONTACTS = "First Name,Last Name,E-mail Address,Company\r\nSPOC,Gwent,spoc@example.invalid,Gwent Police\r\n"


def _join_lines(text: str) -> str:
    """Return a calendar or card with mixed line endings."""
    ends = ("\r\n", "\n", "\r\n")
    return "".join(line.strip() + ends[number % 3] for number, line in enumerate(text.strip().splitlines()))


ICS = _join_lines("""
    BEGIN:VCALENDAR
    VERSION:2.0
    PRODID:-//x//y//EN
    METHOD:REPLY
    BEGIN:VTIMEZONE
    TZID:GMT Standard Time
    BEGIN:STANDARD
    DTSTART:16010101T020000
    TZOFFSETFROM:+0100
    TZOFFSETTO:+0000
    RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
    END:STANDARD
    END:VTIMEZONE
    BEGIN:VEVENT
    UID:one@example.invalid
    DTSTAMP:20131101T090000Z
    DTSTART;TZID=GMT Standard Time:20131210T100000
    DTEND;TZID=GMT Standard Time:20131210T120000
    SUMMARY:Leadership Group
    RRULE:FREQ=MONTHLY;COUNT=6
    EXDATE;TZID=GMT Standard Time:20140110T100000
    ATTENDEE;PARTSTAT=ACCEPTED:mailto:spoc@example.invalid
    END:VEVENT
    BEGIN:VEVENT
    UID:two@example.invalid
    DTSTAMP:20131101T090000Z
    DTSTART;VALUE=DATE:20140301
    SUMMARY:Training\\, all day
    END:VEVENT
    END:VCALENDAR
""")
VCF = _join_lines("""
    BEGIN:VCARD
    VERSION:3.0
    N:Gwent;SPOC;;;
    FN:SPOC Gwent
    ORG:Gwent Police;Unit
    TITLE:SPOC
    EMAIL;TYPE=work:spoc@example.invalid
    TEL:01633 000000
    END:VCARD
    BEGIN:VCARD
    VERSION:2.1
    N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C5=B4yn;Post
    EMAIL;INTERNET:post@example.invalid
    END:VCARD
""")

READERS: dict[str, tuple[Callable[[Path], object], ...]] = {
    "xlsx": (lambda path: [list(table.lines) for table in read_book(path, resolve_heading).tables],),
    "csv": (
        lambda path: [list(table.lines) for table in read_book(path, resolve_heading).tables],
        lambda path: read_contact_sheets(path, {}),
    ),
    "ics": (read_meetings, read_answers),
    "vcf": (read_vcards,),
}
KINDS = tuple(READERS)
_NUMBER = re.compile(rb"\d+")
_LARGE = (b"0", b"-1", b"65536", b"1048577", b"2147483648", b"99999999999999999999")


def write_mutants(folder: Path, count: int, first: int = 0) -> Iterator[tuple[int, Path]]:
    """Yield damaged files of each kind in turn, with their seeds."""
    sound = list(_list_sound_files(folder))
    for seed in range(first, first + count):
        kind = KINDS[seed % len(KINDS)]
        chance = random.Random(seed)
        data = chance.choice([data for sound_kind, data in sound if sound_kind == kind])
        path = folder / f"mutant.{kind}"
        path.write_bytes(
            _damage_part(data, chance) if kind == "xlsx" and chance.random() < 0.75 else _damage_bytes(data, chance)
        )
        yield seed, path


def read_mutant(path: Path) -> list[str]:
    """Return the result of each reader: "read" or the sentence of its error. Other exceptions pass."""
    outcomes = []
    for reader in READERS[path.suffix[1:]]:
        try:
            reader(path)
            outcomes.append("read")
        except BadFile as error:
            outcomes.append(str(error))
    assert not any("\n" in sentence for sentence in outcomes)
    return outcomes


def _list_sound_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for odd in ODD_WORKBOOKS[:32:3]:
        if not odd.trap.startswith(("a space in", "a word in")):
            yield "xlsx", save_workbook(odd, folder / "sound.xlsx").read_bytes()
    for encoding in ("utf-8", "utf-16", "cp1252"):
        yield "csv", CSV.encode(encoding, "replace")
    yield "csv", CONTACTS.encode()
    yield "ics", ICS.encode()
    yield "ics", ICS.replace("METHOD:REPLY", "METHOD:PUBLISH").encode()
    yield "vcf", VCF.encode()


def _damage_bytes(data: bytes, chance: random.Random) -> bytes:
    """Apply one to six faults: flipped bits, lost, doubled, moved or replaced pieces, huge numbers, a cut end."""
    hurt = bytearray(data)
    for _hurt in range(chance.randint(1, 6)):
        if not hurt:
            break
        at = chance.randrange(len(hurt))
        end = min(len(hurt), at + chance.choice((1, 2, 8, 40, 400)))
        match chance.randrange(8):
            case 0:
                hurt[at] ^= 1 << chance.randrange(8)
            case 1:
                del hurt[at:end]
            case 2:
                hurt[at:at] = hurt[at:end] * chance.choice((1, 2, 50))
            case 3:
                hurt[at:end] = chance.randbytes(end - at)
            case 4:
                del hurt[at + 1 :]
            case 5:
                hurt[at:at] = chance.choice((b"\0", b'"', b"\r\r\n", b"<", b"&x;", b"\xff\xfe", b";" * 300, b"\x1b]0;"))
            case _:
                numbers = list(_NUMBER.finditer(hurt))
                if numbers:
                    number = chance.choice(numbers)
                    hurt[number.start() : number.end()] = chance.choice(_LARGE)
    return bytes(hurt)


def _damage_part(data: bytes, chance: random.Random) -> bytes:
    """Return the workbook with one damaged part, in an intact archive."""
    output = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as sound, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as packed:
        hurt = chance.choice([name for name in sound.namelist() if not name.startswith("docProps")])
        for name in sound.namelist():
            part = sound.read(name)
            packed.writestr(name, _damage_bytes(part, chance) if name == hurt else part)
    return output.getvalue()


def main(count: int) -> None:
    """Read a number of damaged files and print the results."""
    import resource

    outcomes: Counter[str] = Counter()
    slowest = (0.0, 0)
    with TemporaryDirectory() as folder:
        for seed, path in write_mutants(Path(folder), count):
            start = time.perf_counter()
            try:
                outcome_texts = read_mutant(path)
            except Exception as error:
                outcome_texts = [f"FAULT {type(error).__name__}"]
                print(seed, path.suffix, repr(error)[:300])  # noqa: T201
            slowest = max(slowest, (time.perf_counter() - start, seed))
            outcomes.update(
                "read" if text == "read" else text.replace(str(path), "FILE")[:70] for text in outcome_texts
            )
    for outcome, times in outcomes.most_common(40):
        print(f"{times:6} {outcome}")  # noqa: T201
    peaks = [
        resource.getrusage(process).ru_maxrss // 1024 for process in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    print(f"slowest {slowest[0]:.2f} s (seed {slowest[1]}); peak {peaks[0]} MB, child {peaks[1]} MB")  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]))
