"""`ahtc groups list`, `show` and `seats`."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import read_json, run_ahtc


def test_the_list_gives_23_groups(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = read_json(capsys, folder, "groups", "list")
    assert len(rows) == 23
    assert {"ref", "name", "short", "kind", "state", "chair", "seats", "open_actions", "next_meeting"} <= set(rows[0])
    assert run_ahtc(folder, "groups", "list", "gwent") == 0
    assert capsys.readouterr().out.startswith("forum-gwent  Gwent Consultation Group on Human Trafficking")


@pytest.mark.parametrize("words", ["LG", "leadership-group", "Wales Anti-Slavery Leadership Group"])
def test_a_group_is_shown_by_short_name_reference_or_alias(
    folder: Path, capsys: pytest.CaptureFixture[str], words: str
) -> None:
    card = read_json(capsys, folder, "groups", "show", words)
    assert (card["ref"], card["paragraph"], len(card["seats"])) == (
        "leadership-group",
        "Paragraph 2.2, CELG(4)-31-13 Paper 1, Human Trafficking (2013)",
        6,
    )
    assert card["source_notes"]["short"] == "Working arrangement of the office"


def test_a_card_is_readable(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_ahtc(folder, "groups", "show", "idmg") == 0
    out = capsys.readouterr().out
    assert re.search("Chair +Minister for Security", out)
    assert re.search(r"Source +Paragraphs 2.3 and 3.1, CELG\(4\)-31-13 Paper 1, Human Trafficking \(2013\)", out)
    assert "  DP-33 Attend the Inter-Departmental Ministerial Group" in out


def test_there_are_60_seats_and_the_co_ordinator_has_ten(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seats = read_json(capsys, folder, "groups", "seats")
    assert len(seats) == 60
    assert [seat["holder"] for seat in seats if seat["member_ref"] == "ahtc"] == ["Stephen Chapman"] * 10


def test_seats_are_filtered_by_group_vacancy_and_end(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(read_json(capsys, folder, "groups", "seats", "idmg")) == 9
    vacant = read_json(capsys, folder, "groups", "seats", "LG", "--vacant")
    assert [seat["member_kind"] for seat in vacant] == ["class", "class", "class", "organisation", "organisation"]
    assert read_json(capsys, folder, "groups", "seats", "--ending-within", "90d") == []


def test_an_unknown_group_is_not_found_and_an_odd_time_is_bad_input(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_ahtc(folder, "groups", "show", "nobody") == 3
    assert run_ahtc(folder, "groups", "seats", "nobody") == 3
    assert run_ahtc(folder, "groups", "seats", "--ending-within", "soon") == 2
    assert len(capsys.readouterr().err.splitlines()) == 3


def test_seats_are_filtered_by_words(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def list_refs(*words: str) -> set[str]:
        assert run_ahtc(folder, "groups", "seats", "leadership-group", *words, "--json") == 0
        return {row["ref"] for row in json.loads(capsys.readouterr().out)}

    police = list_refs("police")
    assert set() != police < list_refs()
    assert list_refs("-police") == list_refs() - police
    assert run_ahtc(folder, "groups", "seats", "leadership-group", "is:late") == 2
    assert '"is:" filters actions' in capsys.readouterr().err
