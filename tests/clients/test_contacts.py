"""khard, vobject and ical.js read the same fields from our cards."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import vobject  # type: ignore[import-untyped]

from ahtc_tui.formats.vcard.writer import format_card, write_vcards
from tests.clients.calendars import run_program
from tests.clients.programs import find_program
from tests.formats.vcard.test_vcard_write import BAWSO, POST, SIAN

pytestmark = pytest.mark.clients

SCRIPT_FOLDER = Path(__file__).parent
KHARD_CONFIG = """\
[addressbooks]
[[work]]
path = {home}/cards
[general]
default_action = list
[contact table]
display = formatted_name
preferred_email_address_type = pref, work
"""


def run_khard(home: Path, *words: str) -> str:
    config = home / "khard.conf"
    config.write_text(KHARD_CONFIG.format(home=home), encoding="utf-8")
    return run_program(
        find_program("khard", "pip install khard, as the dev requirements do"), "-c", config, *words, home=home
    )


def test_khard_lists_and_shows_our_contacts(tmp_path: Path) -> None:
    (tmp_path / "cards").mkdir()
    for contact in (SIAN, POST, BAWSO):
        (tmp_path / "cards" / f"{contact.ref}-{contact.kind}.vcf").write_bytes(format_card(contact).encode())
    listed = run_khard(tmp_path, "list", "--parsable")
    assert {line.split("\t")[1] for line in listed.splitlines()} == {"Siân Wyn", "SPOC, Gwent Police", "Bawso"}
    assert "sian@example.invalid" in run_khard(tmp_path, "email", "--parsable", "formatted_name:Siân")
    shown = run_khard(tmp_path, "show", "--format", "pretty", "formatted_name:Siân")
    for words in ("029 2064 4633", "Heddlu; Dyfed, Powys", "Leadership Group", "sian@example.invalid"):
        assert words in shown


def read_with_vobject(file: Path) -> list[dict[str, Any]]:
    cards = []
    for read in vobject.readComponents(file.read_text(encoding="utf-8")):
        fields = {child.name.lower(): child.value for child in read.getChildren()}
        name = fields["n"]
        fields["n"] = [name.family, name.given, name.additional, name.prefix, name.suffix]
        cards.append({name: value for name, value in fields.items() if name not in ("version", "rev")})
    return cards


def read_with_ical_js(file: Path, node_modules: Path, home: Path) -> list[dict[str, Any]]:
    node = find_program("node", "install Node 20 or later")
    output = run_program(node, SCRIPT_FOLDER / "vcard_fields.js", file, home=home, NODE_PATH=str(node_modules))
    cards: list[dict[str, Any]] = json.loads(output)
    return cards


def test_vobject_and_ical_js_agree_on_every_field(tmp_path: Path, node_modules: Path) -> None:
    file = tmp_path / "all.vcf"
    write_vcards(file, (SIAN, POST, BAWSO))
    first, second = read_with_vobject(file), read_with_ical_js(file, node_modules, tmp_path)
    assert first == second
    assert first[0]["categories"] == ["Leadership Group", "Grŵp, Gwent"]
    assert first[0]["n"] == ["Wyn", "Siân", "", "", "AM"]
    assert first[1]["note"] == "In post: Siân Wyn"


def test_ical_js_reads_version_4(tmp_path: Path, node_modules: Path) -> None:
    file = tmp_path / "all.vcf"
    write_vcards(file, (SIAN, BAWSO), 4)
    sian, bawso = read_with_ical_js(file, node_modules, tmp_path)
    assert (sian["fn"], sian["org"], sian["lang"]) == ("Siân Wyn", ["Heddlu; Dyfed, Powys"], "cy")
    assert (bawso["fn"], bawso["kind"]) == ("Bawso", "org")
