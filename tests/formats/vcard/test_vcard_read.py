"""Cards of many programs are read with their accents; an invalid card does not affect the others."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import pytest

from ahtc_tui.domain.contacts.model import ContactPointKind, PartyKind
from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.imports.contacts import ContactFile, ImportedContact
from ahtc_tui.formats.vcard.reader import read_vcards

OUTLOOK = """\
BEGIN:VCARD
VERSION:2.1
N;LANGUAGE=en-gb;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Wyn;Si=C3=A2n;;Dr;AM
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Si=C3=A2n Wyn, AM
ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Heddlu D=
yfed-Powys=C5=B4;Uned Gwarchod
TITLE;ENCODING=QUOTED-PRINTABLE:T=C5=B7 Gwyn=
=20lead
TEL;HOME;VOICE:01267 111111
TEL;WORK;VOICE:01267 222020
TEL;WORK;FAX:01267 000000
ADR;WORK;PREF;ENCODING=QUOTED-PRINTABLE:;;Pencadlys=0D=0AHeddlu;Llangunnor;;SA31 2PF
EMAIL;PREF;INTERNET:sian.wyn@example.invalid
PHOTO;TYPE=JPEG;ENCODING=BASE64:
 /9j/4AAQSkZJRgABAQEAYABgAAD
/2wBDAAoHBwgHBgoICAgLCgoLDhgQDg0NDh0VFhEYIx8l

REV:20131105T101500Z
END:VCARD
"""


def create_card(*lines: str, version: str = "3.0") -> str:
    """Create one card from the lines."""
    return "\r\n".join(("BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""))


def read_cards(folder: Path, data: str | bytes) -> ContactFile:
    file = folder / "cards.vcf"
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_vcards(file)


def test_an_outlook_card_is_read(tmp_path: Path) -> None:
    contents = read_cards(tmp_path, OUTLOOK.replace("\n", "\r\n"))
    assert contents.contacts == (
        ImportedContact(
            "card 1",
            "Siân Wyn",
            organisation="Heddlu Dyfed-PowysŴ",
            unit="Uned Gwarchod",
            role="Tŷ Gwyn lead",
            postnominal="AM",
            emails=("sian.wyn@example.invalid",),
            phones=("01267 222020", "01267 111111"),
            point_kinds={"01267111111": ContactPointKind.HOME},
        ),
    )
    (warning,) = contents.warnings
    assert warning.reason == "the register has no field for ADR (1), PHOTO (1): left out"


SIAN = "FN:Siân Wyn"
ODD_CARDS: dict[str, tuple[str | bytes, list[str]]] = {
    "a mark at the beginning": (b"\xef\xbb\xbf" + create_card(SIAN).encode(), ["Siân Wyn"]),
    "UTF-16": (create_card(SIAN).encode("utf-16"), ["Siân Wyn"]),
    "UTF-16 without a mark": (create_card("FN:Zoë Ŵyn").encode("utf-16-le"), ["Zoë Ŵyn"]),
    "UTF-32": (create_card("FN:Zoë Ŵyn").encode("utf-32"), ["Zoë Ŵyn"]),
    "Windows Latin": (create_card(SIAN).encode("cp1252"), ["Siân Wyn"]),
    "two character sets in one file": (
        create_card(SIAN).encode() + create_card("FN:Siôn").encode("cp1252"),
        ["Siân Wyn", "Siôn"],
    ),
    "a character set of its own line": (create_card("FN;CHARSET=ISO-8859-1:Si\xe2n").encode("latin-1"), ["Siân"]),
    "a character set that there is not": (create_card("FN;CHARSET=x-none:Si\xe2n").encode("latin-1"), ["Siân"]),
    "line ends of two carriage returns": (create_card(SIAN).replace("\r\n", "\r\r\n"), ["Siân Wyn"]),
    "line ends of an old Mac": (create_card(SIAN).replace("\r\n", "\r"), ["Siân Wyn"]),
    "a letter folded between its bytes": (
        create_card(SIAN).encode().replace(b"\xc3\xa2", b"\xc3\r\n \xa2"),
        ["Siân Wyn"],
    ),
    "folded by a tab": (create_card("FN:Siân", "\t Wyn"), ["Siân Wyn"]),
    "a name folded before its colon": (create_card("FN", " :Siân Wyn"), ["Siân Wyn"]),
    "small letters": (create_card(SIAN).lower(), ["siân wyn"]),
    "spaces around the words": (" BEGIN : VCARD \r\nFN : Siân Wyn\r\n END:VCARD ", ["Siân Wyn"]),
    "no version": ("BEGIN:VCARD\nFN:Siân Wyn\nEND:VCARD\n", ["Siân Wyn"]),
    "no name but N": (create_card("N:Wyn;Siân;Mair;Dr;"), ["Siân Mair Wyn"]),
    "a particle first": (
        create_card("FN:ap Gwilym, Rhys", "N:Gwilym;Rhys;ap"),
        ["Rhys ap Gwilym"],
    ),
    "no name but N with a particle": (create_card("N:ap Gwilym;Rhys"), ["Rhys ap Gwilym"]),
    "the family name first": (create_card("FN:Wyn, Siân", "N:Wyn;Siân"), ["Siân Wyn"]),
    "the address for a name": (
        create_card("FN:s@example.invalid", "N:Wyn;Siân", "EMAIL:s@example.invalid"),
        ["Siân Wyn"],
    ),
    "nothing but an address": (create_card("EMAIL:s@example.invalid"), ["s@example.invalid"]),
    "a name in several lines": (create_card("FN:Siân", "FN:Other"), ["Siân"]),
    "an empty card": (create_card(), []),
    "only an empty name": (create_card("FN:", "N:;;;;"), []),
    "no end": ("BEGIN:VCARD\nVERSION:3.0\nFN:Siân Wyn\n", ["Siân Wyn"]),
    "a card that begins inside another": ("BEGIN:VCARD\nFN:Siân\nBEGIN:VCARD\nFN:Siôn\nEND:VCARD\n", ["Siân", "Siôn"]),
    "an end too many": (create_card(SIAN) + "END:VCARD\r\n", ["Siân Wyn"]),
    "words between the cards": (create_card(SIAN) + "hello\r\n" + create_card("FN:Siôn"), ["Siân Wyn", "Siôn"]),
    "lines that are none": (create_card("%%% ???", SIAN, "no colon here"), ["Siân Wyn"]),
    "an agent with a card of its own": (
        create_card(SIAN, "AGENT:", "BEGIN:VCARD", "FN:Agent", "BEGIN:VCARD", "FN:Deep", "END:VCARD", "END:VCARD"),
        ["Siân Wyn"],
    ),
    "an agent on one line": (create_card("AGENT:BEGIN:VCARD\\nFN:Agent\\nEND:VCARD\\n", SIAN), ["Siân Wyn"]),
    "a colon in quotation marks": (create_card('FN;X-NOTE="a:b":Siân Wyn'), ["Siân Wyn"]),
    "quotation marks that do not pair": (create_card('FN;X-NOTE="a:Siân Wyn'), ["Siân Wyn"]),
    "escapes": (create_card("FN:Wyn\\, Siân\\; \\\\ \\n x"), ["Wyn, Siân; \\ x"]),
    "a backslash at the end": (create_card("FN:Siân\\"), ["Siân\\"]),
    "a name of ten thousand letters": (create_card("FN:" + "a" * 20_000), ["a" * 300]),
    "quoted-printable that is none": (create_card("FN;ENCODING=QUOTED-PRINTABLE:Si=ZZn=", version="2.1"), ["Si=ZZn"]),
    "base64 for a name": (create_card("FN;ENCODING=b:U2nDom4="), ["Siân"]),
    "base64 that is none": (create_card("FN;ENCODING=b:%%%"), []),
    "control characters": (create_card("FN:Si\x00\x07ân\x1b[31m"), ["Siân[31m"]),
    "halves of letters": (create_card("FN:Siân").encode().replace(b"n\r", b"n\xed\xa0\x80\r"), ["SiÃ¢ní €"]),
    "a list of people": (create_card("KIND:group", "FN:Team", "MEMBER:urn:uuid:1", version="4.0"), []),
    "Apple's list of people": (create_card("X-ADDRESSBOOKSERVER-KIND:group", "FN:Team"), []),
    "a place": (create_card("KIND:location", "FN:Cardiff", version="4.0"), []),
}


@pytest.mark.parametrize("case", ODD_CARDS)
def test_an_odd_card_gives_its_name_or_one_warning(case: str, tmp_path: Path) -> None:
    data, names = ODD_CARDS[case]
    contents = read_cards(tmp_path, data)
    assert [card.name for card in contents.contacts] == names
    assert contents.read >= len(names)
    if contents.read > len(names):
        assert len(contents.warnings) == contents.read - len(names)


def test_files_without_cards_are_refused(tmp_path: Path) -> None:
    cases: list[tuple[bytes, str]] = [
        (b"", "is empty"),
        (b"garbage", "contains no contact card"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "contains no contact card"),
        (b"PK\x03\x04" + bytes(100), "contains no contact card"),
        (b"BEGIN:VCARD\n" * 60_001, "holds 60001 cards"),
        (b"x" * (60 * 1024 * 1024 + 1), "is larger than 60 MB"),
    ]
    for data, words in cases:
        with pytest.raises(BadFile, match=words):
            read_cards(tmp_path, data)
    with pytest.raises(BadFile, match="There is no file"):
        read_vcards(tmp_path / "none.vcf")
    with pytest.raises(BadFile, match="is not a file"):
        read_vcards(tmp_path)


HOSTILE = {
    "many beginnings": b"BEGIN:VCARD\n" * 80_000,
    "cards nested without an end": b"BEGIN:VCARD\nFN:a\nAGENT:\n" * 9_999,
    "many folded lines": b"BEGIN:VCARD\nNOTE:\n" + b" aaaa\n" * 100_000 + b"END:VCARD\n",
    "many odd lines": b"BEGIN:VCARD\n" + b"?\n" * 100_000 + b"END:VCARD\n",
    "one long line": b"BEGIN:VCARD\nN:" + b";\\" * 400_000 + b"\nEND:VCARD\n",
    "quotation marks": b"BEGIN:VCARD\n" + b'A;"' * 300_000 + b"\nEND:VCARD\n",
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_files_are_read_within_four_seconds(case: str, tmp_path: Path) -> None:
    start = time.process_time()
    with suppress(BadFile):
        read_cards(tmp_path, HOSTILE[case])
    assert time.process_time() - start < 4


def test_version_4_and_apple_labels_give_kind_and_order(tmp_path: Path) -> None:
    contents = read_cards(
        tmp_path,
        create_card(
            "UID:urn:uuid:1",
            "KIND:org",
            "FN:Bawso",
            'TEL;VALUE=uri;PREF=1;TYPE="voice,work":tel:+44-29-2064-4633;ext=12',
            "EMAIL;TYPE=home:home@example.invalid",
            "EMAIL;TYPE=work:mailto:info@example.invalid",
            "LANG;PREF=1:cy-GB",
            version="4.0",
        )
        + create_card(
            "FN:Siân Wyn",
            "ORG:",
            "item1.EMAIL:one@example.invalid",
            "item1.X-ABLabel:_$!<Home>!$_",
            "item2.EMAIL:two@example.invalid",
            "item2.X-ABLabel:Gwaith",
            "EMAIL:none",
            "TEL:ask the office",
        )
        + create_card("X-ABShowAs:COMPANY", "FN:Cymorth", "N:;;;;", "ORG:Cymorth")
        + create_card("FN:", "N:;;;;", "ORG:New Pathways;Cardiff"),
    )
    bawso, sian, cymorth, pathways = contents.contacts
    assert (bawso.kind, bawso.phones) == (PartyKind.ORGANISATION, ("+44-29-2064-4633 ext 12",))
    assert (bawso.emails, bawso.language) == (("info@example.invalid", "home@example.invalid"), "cy")
    assert (sian.kind, sian.emails[0], sian.phones) == (None, "two@example.invalid", ())
    assert (cymorth.kind, pathways.kind, pathways.name) == (*[PartyKind.ORGANISATION] * 2, "New Pathways")
    assert [warned.reason for warned in contents.warnings] == ['"none" is not an email address and is left out']
