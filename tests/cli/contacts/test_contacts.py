"""`ahtc contacts list` and `show`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import read_json, run_ahtc


@pytest.mark.parametrize(
    ("flags", "count"),
    [((), 32), (("--kind", "person"), 6), (("--kind", "post"), 26), (("--kind", "organisation"), 59)],
)
def test_the_list_has_persons_and_posts_or_one_kind(
    folder: Path, capsys: pytest.CaptureFixture[str], flags: tuple[str, ...], count: int
) -> None:
    assert len(read_json(capsys, folder, "contacts", "list", *flags)) == count


def test_one_word_finds_the_contact_in_dyfed_powys(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_ahtc(folder, "contacts", "list", "dyfed") == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first.startswith("spoc-dyfed-powys ")
    assert first.endswith("spoc-dyfed-powys@example.invalid")


def test_a_contact_is_shown_by_short_name_with_its_sources(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    card = read_json(capsys, folder, "contacts", "show", "ahtc")
    assert (card["ref"], card["kind"], card["holder"]) == ("ahtc", "post", "Stephen Chapman")
    assert (len(card["leads"]), len(card["seats"])) == (16, 10)
    assert (card["paragraph"], card["source_notes"]["email"]) == (
        "Paragraph 1.2, CELG(4)-31-13 Paper 1, Human Trafficking (2013)",
        "Placeholder that cannot be delivered",
    )


def test_a_card_is_readable(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_ahtc(folder, "contacts", "show", "bawso") == 0
    out = capsys.readouterr().out
    assert re.search("First Responder +since March 2013", out)
    assert "Leads\n  DP-29 " in out


def test_an_unknown_name_is_not_found(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_ahtc(folder, "contacts", "show", "Nobody Atall") == 3
    assert capsys.readouterr().err == 'ahtc: No contact is called "Nobody Atall".\n'


def test_a_welsh_list_has_the_kinds_of_bodies_and_the_classes_of_members_in_welsh(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_ahtc(folder, "--lang", "cy", "contacts", "list", "--kind", "organisation")
    bodies = capsys.readouterr().out
    assert "Bwrdd Iechyd Cwm Taf, bwrdd iechyd" in bodies
    assert "Bawso, sefydliad anllywodraethol" in bodies
    run_ahtc(folder, "--lang", "cy", "groups", "seats", "leadership-group")
    seats = capsys.readouterr().out
    assert all(f"\n{name}  " in f"\n{seats}" for name in ("yr heddlu", "byrddau iechyd"))
