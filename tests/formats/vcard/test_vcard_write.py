"""Our cards are folded between letters, escaped, the same each time, and say what another reader then reads."""

from __future__ import annotations

from pathlib import Path

import pytest
import vobject  # type: ignore[import-untyped]

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.imports.contacts import Outgoing
from ahtc_tui.formats.vcard.reader import read_vcards
from ahtc_tui.formats.vcard.writer import card, folded, write_vcards

KEY = bytes.fromhex("01a20efa70e47602919ce2d116c5499a")
LONG = "Grŵp Arweinyddiaeth Gwrth-Fasnachu Pobl Cymru: y pwyllgor, a'r is-grwpiau \\ ŵŷ " * 3


def an_outgoing(**said: object) -> Outgoing:
    """Somebody who leaves; each test names only what matters."""
    base: dict[str, object] = {
        "key": KEY,
        "ref": "sian-wyn",
        "kind": PartyKind.PERSON,
        "name": "Siân Wyn",
        "changed_ms": 1_383_646_500_000,
        "groups": (),
    }
    empty = dict.fromkeys(("postnominal", "organisation", "role", "holder", "area", "email", "phone", "language"), None)
    return Outgoing(**(empty | base | said))  # type: ignore[arg-type]


SIAN = an_outgoing(
    postnominal="AM",
    organisation="Heddlu; Dyfed, Powys",
    role=LONG,
    email="sian@example.invalid",
    phone="029 2064 4633",
    language="cy",
    groups=("Leadership Group", "Grŵp, Gwent"),
)
POST = an_outgoing(
    key=bytes(16), kind=PartyKind.POST, name="SPOC, Gwent Police", organisation="Gwent Police", holder="Siân Wyn"
)
BAWSO = an_outgoing(key=bytes(15) + b"1", kind=PartyKind.ORGANISATION, name="Bawso", email="no address")


@pytest.mark.parametrize("version", [3, 4])
def test_no_line_is_longer_than_75_octets_and_none_ends_in_a_cut_letter_or_a_space(version: int) -> None:
    made = card(SIAN, version).encode()
    assert made.endswith(b"END:VCARD\r\n")
    lines = made.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()
        assert not line.endswith(b" ")


def test_a_cut_never_leaves_a_line_empty() -> None:
    assert folded("X:" + " " * 200).count("\r\n") >= 2
    assert folded("X:y") == "X:y\r\n"


def test_the_same_record_gives_the_same_card_and_names_when_it_changed() -> None:
    assert card(SIAN) == card(SIAN)
    assert "REV:20131105T101500Z\r\n" in card(SIAN)
    assert "UID:urn:uuid:01a20efa-70e4-7602-919c-e2d116c5499a\r\n" in card(SIAN)


def test_vobject_reads_what_we_wrote() -> None:
    read = vobject.readOne(card(SIAN))
    assert (read.fn.value, read.n.value.family, read.n.value.given, read.n.value.suffix) == (
        "Siân Wyn",
        "Wyn",
        "Siân",
        "AM",
    )
    assert (read.org.value, read.title.value) == (["Heddlu; Dyfed, Powys"], LONG.strip())
    assert (read.email.value, read.tel.value) == ("sian@example.invalid", "029 2064 4633")
    assert read.categories.value == ["Leadership Group", "Grŵp, Gwent"]
    assert vobject.readOne(card(POST)).note.value == "In post: Siân Wyn"


@pytest.mark.parametrize("version", [3, 4])
def test_our_own_reader_finds_persons_posts_and_organisations_again(version: int, tmp_path: Path) -> None:
    write_vcards(tmp_path / "all.vcf", (SIAN, POST, BAWSO), version)
    found = read_vcards(tmp_path / "all.vcf")
    assert (found.read, found.warnings) == (3, ())
    sian, post, bawso = found.cards
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


def test_each_version_says_what_an_organisation_is() -> None:
    assert "X-ABShowAs:COMPANY" in card(BAWSO)
    assert "KIND:org" in card(BAWSO, 4)
    assert "KIND:individual" in card(SIAN, 4)
