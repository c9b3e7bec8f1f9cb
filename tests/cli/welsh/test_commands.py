"""`ahtc welsh`: the queue, its files, and the exit codes."""

from __future__ import annotations

import json
import shlex
import sqlite3
from contextlib import closing
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
        "cy": "Meithrin cysylltiadau â sefydliadau statudol, datganoledig ac anllywodraethol",
        "state": "unreviewed",
    }
    assert run_command("welsh", "queue") == 0
    out, err = capsys.readouterr()
    assert out.startswith("DP-03")
    assert f"{len(texts)} translations to review" in err


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


def test_texts_above_official_stay_in_the_office(office: Path) -> None:
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


WELSH = "Testun yn Gymraeg, ŵ ac ŷ"
ADDITIONS = """
actions.title_cy | actions add "Brief the forces" --title-cy WELSH
actions.detail_cy | actions add "Brief the fora" --detail "All of them" --detail-cy WELSH
aims.text_cy | plan aim add "An aim" --text-cy WELSH
objectives.title_cy | plan objective add "Training" --title-cy WELSH
plans.title_cy | plan version 9 --title-cy WELSH
milestones.title_cy | plan milestone add "First return" --objective 1 --title-cy WELSH
meetings.title_cy | meetings add "Members' day" --group leadership-group --starts "2014-01-21 10:00" --title-cy WELSH
agenda_items.title_cy | meetings agenda LG-2014-01 --add "Pilot" --title-cy WELSH
papers.title_cy | meetings papers LG-2014-01 --add "Risk register" --title-cy WELSH
template_items.title_cy | meetings template leadership-group --add "Report" --title-cy WELSH
forward_items.title_cy | meetings forward leadership-group --add "Pilot" --title-cy WELSH
decisions.text_cy | decisions add "Adopt the plan" --group leadership-group --text-cy WELSH
commissions.title_cy | commissions add "Evidence" --title-cy WELSH
commission_questions.text_cy | commissions question celg-4-31-13 --add "Which?" --text-cy WELSH
data_sets.title_cy | evidence data-set add "Referrals" --tier primary --title-cy WELSH
figures.title_cy | evidence add "Referrals" --value 1 --unit cases --period 2013 --source "A paper" --title-cy WELSH
practices.title_cy | practice add "Cards" --title-cy WELSH
sessions.title_cy | practice session add --title "Course" --title-cy WELSH
documents.title_cy | recommendations document add "Report" --title-cy WELSH
recommendations.title_cy | recommendations add "Train" --document DOC-01 --title-cy WELSH
parties.name_cy | contacts add "A charity" --kind organisation --name-cy WELSH
parties.name_cy | groups add "A forum" --name-cy WELSH
"""


def test_every_add_takes_the_welsh_text_that_its_edit_takes(office: Path, capsys: Captured) -> None:
    for line in ADDITIONS.strip().splitlines():
        column, command = line.split(" | ")
        words = [WELSH if word == "WELSH" else word for word in shlex.split(command)]
        assert run_command(*words) == 0, capsys.readouterr().err
        table, _dot, name = column.partition(".")
        with closing(sqlite3.connect(office / "data" / "ahtc.db")) as connection:
            (stored,) = connection.execute(f"SELECT {name} FROM {table} ORDER BY n DESC LIMIT 1").fetchone()
        assert stored == WELSH, line


def test_items_of_templates_and_forward_plans_wait_for_welsh_and_keep_it_on_the_agenda(
    office: Path, capsys: Captured
) -> None:
    assert run_command("meetings", "template", "leadership-group", "--add", "Report of the chair") == 0
    assert run_command("meetings", "forward", "leadership-group", "--add", "Referral pilot") == 0
    capsys.readouterr()
    assert run_command("welsh", "queue", "--json") == 0
    texts = {(text["field"], text["en"]) for text in json.loads(capsys.readouterr().out)}
    assert {("template.6", "Report of the chair"), ("forward.1", "Referral pilot")} <= texts
    file = office / "queue.xlsx"
    assert run_command("welsh", "export", str(file)) == 0
    welsh_texts = {"template.6": "Adroddiad y cadeirydd", "forward.1": "Cynllun atgyfeirio"}
    fill_workbook(file, {f"leadership-group {field}": text for field, text in welsh_texts.items()})
    assert run_command("welsh", "import", str(file)) == 0
    meeting = ("meetings", "add", "--group", "leadership-group", "--starts", "2014-01-21 10:00")
    assert run_command(*meeting) == 0
    assert run_command("meetings", "forward", "leadership-group", "--take", "1", "LG-2014-01") == 0
    capsys.readouterr()
    assert run_command("--lang", "cy", "meetings", "agenda", "LG-2014-01") == 0
    agenda = capsys.readouterr().out
    assert "Adroddiad y cadeirydd" in agenda
    assert "Cynllun atgyfeirio" in agenda
    assert run_command("meetings", "agenda", "LG-2014-01", "--put-off", "6") == 0
    assert run_command("--lang", "cy", "meetings", "forward", "leadership-group") == 0
    assert "Adroddiad y cadeirydd" in capsys.readouterr().out
