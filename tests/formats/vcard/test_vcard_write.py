"""Written cards are folded between letters, escaped and reproducible, and other programs read the same fields."""

from __future__ import annotations

from pathlib import Path

import pytest
import vobject  # type: ignore[import-untyped]

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.imports.contacts import ExportedContact
from ahtc_tui.formats.vcard.reader import read_vcards
from ahtc_tui.formats.vcard.writer import format_card, write_vcards

KEY = bytes.fromhex("01a20efa70e47602919ce2d116c5499a")
LONG = "Grŵp Arweinyddiaeth Gwrth-Fasnachu Pobl Cymru: y pwyllgor, a'r is-grwpiau \\ ŵŷ " * 3


def create_contact(**overrides: object) -> ExportedContact:
    """Build a contact; a test gives only the fields that it checks."""
    defaults: dict[str, object] = {
        "key": KEY,
        "ref": "sian-wyn",
        "kind": PartyKind.PERSON,
        "name": "Siân Wyn",
        "changed_ms": 1_383_646_500_000,
        "groups": (),
    }
    empty = dict.fromkeys(("postnominal", "organisation", "role", "holder", "area", "email", "phone", "language"), None)
    return ExportedContact(**(empty | defaults | overrides))  # type: ignore[arg-type]


SIAN = create_contact(
    postnominal="AM",
    organisation="Heddlu; Dyfed, Powys",
    role=LONG,
    email="sian@example.invalid",
    phone="029 2064 4633",
    language="cy",
    groups=("Leadership Group", "Grŵp, Gwent"),
)
POST = create_contact(
    key=bytes(16), kind=PartyKind.POST, name="SPOC, Gwent Police", organisation="Gwent Police", holder="Siân Wyn"
)
BAWSO = create_contact(key=bytes(15) + b"1", kind=PartyKind.ORGANISATION, name="Bawso", email="no address")


@pytest.mark.parametrize("version", [3, 4])
def test_lines_are_folded_at_75_octets_between_letters(version: int) -> None:
    data = format_card(SIAN, version).encode()
    assert data.endswith(b"END:VCARD\r\n")
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()
        assert not line.endswith(b" ")


@pytest.mark.parametrize(
    ("name", "structured"), [("Rhys ap Gwilym", "ap Gwilym;Rhys;;;"), ("Ann Mc Carthy", "Mc Carthy;Ann;;;")]
)
def test_particles_are_written_with_the_family_name(name: str, structured: str, tmp_path: Path) -> None:
    contact = create_contact(name=name)
    assert f"N:{structured}\r\n" in format_card(contact)
    write_vcards(tmp_path / "cards.vcf", [contact])
    (card,) = read_vcards(tmp_path / "cards.vcf").contacts
    assert card.name == name


def test_cards_are_reproducible_and_have_rev_and_uid() -> None:
    assert format_card(SIAN) == format_card(SIAN)
    assert "REV:20131105T101500Z\r\n" in format_card(SIAN)
    assert "UID:urn:uuid:01a20efa-70e4-7602-919c-e2d116c5499a\r\n" in format_card(SIAN)


def test_vobject_reads_our_cards() -> None:
    read = vobject.readOne(format_card(SIAN))
    assert (read.fn.value, read.n.value.family, read.n.value.given, read.n.value.suffix) == (
        "Siân Wyn",
        "Wyn",
        "Siân",
        "AM",
    )
    assert (read.org.value, read.title.value) == (["Heddlu; Dyfed, Powys"], LONG.strip())
    assert (read.email.value, read.tel.value) == ("sian@example.invalid", "029 2064 4633")
    assert read.categories.value == ["Leadership Group", "Grŵp, Gwent"]
    assert vobject.readOne(format_card(POST)).note.value == "In post: Siân Wyn"


@pytest.mark.parametrize("version", [3, 4])
def test_our_reader_restores_persons_posts_and_organisations(version: int, tmp_path: Path) -> None:
    write_vcards(tmp_path / "all.vcf", (SIAN, POST, BAWSO), version)
    contents = read_vcards(tmp_path / "all.vcf")
    assert (contents.read, contents.warnings) == (3, ())
    sian, post, bawso = contents.contacts
    assert (sian.name, sian.postnominal, sian.organisation, sian.role) == (
        "Siân Wyn",
        "AM",
        "Heddlu; Dyfed, Powys",
        LONG.strip(),
    )
    assert (sian.emails, sian.phones) == (("sian@example.invalid",), ("029 2064 4633",))
    assert sian.language == ("cy" if version == 4 else "")
    assert (post.kind, post.name, post.organisation) == (PartyKind.POST, "SPOC, Gwent Police", "Gwent Police")
    assert (bawso.kind, bawso.name, bawso.emails) == (PartyKind.ORGANISATION, "Bawso", ())


def test_each_version_marks_organisations() -> None:
    assert "X-ABShowAs:COMPANY" in format_card(BAWSO)
    assert "KIND:org" in format_card(BAWSO, 4)
    assert "KIND:individual" in format_card(SIAN, 4)
