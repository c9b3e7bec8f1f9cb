"""`ahtc welsh`: the queue, its files, and the exit codes."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.promises import Captured, run_command
from tests.services.welsh.test_exchange import fill_workbook


def test_the_queue_is_printed_and_has_the_keys_of_the_contract(office: Path, capsys: Captured) -> None:
    assert run_command("welsh", "queue", "--json") == 0
    texts = json.loads(capsys.readouterr().out)
    assert texts[0] == {
        "ref": "DP-03",
        "field": "title",
        "en": "Build links with statutory, devolved and non-governmental organisations",
        "cy": None,
    }
    assert run_command("welsh", "queue") == 0
    out, err = capsys.readouterr()
    assert out.startswith("DP-03")
    assert f"{len(texts)} texts to translate" in err


def test_a_file_goes_out_and_comes_back(office: Path, capsys: Captured) -> None:
    file = office / "queue.xlsx"
    assert run_command("welsh", "export", str(file)) == 0
    assert run_command("welsh", "export", str(file)) == 6
    fill_workbook(file, {"DP-03 title": "Teitl", "DP-04 title": "Arall"})
    assert run_command("welsh", "import", str(file), "--dry-run") == 0
    assert "DP-03" in capsys.readouterr().out
    assert run_command("actions", "edit", "DP-03", "title=Build no links") == 0
    assert run_command("welsh", "import", str(file), "--json") == 1
    report = json.loads(capsys.readouterr().out.partition("\n")[2] or "{}")
    assert [change["ref"] for change in report["changed"]] == ["DP-04"]
    assert [question["ref"] for question in report["questions"]] == ["DP-03"]
    assert run_command("undo") == 0
    assert run_command("welsh", "import", str(office / "missing.xlsx")) == 4


def test_texts_above_official_stay_in_the_office(office: Path, capsys: Captured) -> None:
    assert run_command("actions", "edit", "DP-03", "marking=official-sensitive") == 0
    assert run_command("welsh", "export", str(office / "queue.po")) == 1
    assert "DP-03 title" not in (office / "queue.po").read_text()
    assert run_command("welsh", "export", str(office / "all.po"), "--up-to", "official-sensitive") == 0
    assert "DP-03 title" in (office / "all.po").read_text()


def test_welsh_titles_are_written_by_field_and_option(office: Path, capsys: Captured) -> None:
    assert run_command("actions", "edit", "DP-03", "title_cy=Meithrin cysylltiadau") == 0
    assert run_command("plan", "objective", "edit", "1", "title_cy=Tystiolaeth") == 0
    assert run_command("plan", "aim", "edit", "aim-1", "text_cy=Nod") in (0, 3)
    assert run_command("actions", "add", "Agree it", "--title-cy", "Cytuno arno") == 0
    capsys.readouterr()
    assert run_command("actions", "show", "DP-03", "--json") == 0
    assert json.loads(capsys.readouterr().out)["title_cy"] == "Meithrin cysylltiadau"
