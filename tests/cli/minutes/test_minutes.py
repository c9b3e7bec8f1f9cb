"""The verbs at a meeting: attend, minute, close, carry."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.cli.main import run
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.minutes import service as minutes
from ahtc_tui.services.opening import open_workspace


@pytest.fixture(scope="module")
def template(world: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with Leadership Groups in December and March, and two agenda items; tests only copy it."""
    root = shutil.copytree(world("wales"), tmp_path_factory.mktemp("minutes") / "desk")
    for starts in ("2013-12-10 10:00", "2014-03-11 10:00"):
        assert run_ahtc(root, "add", "--group", "LG", "--starts", starts) == 0
    for title in ("Welcome", "Training"):
        assert run_ahtc(root, "agenda", "LG-2013-01", "--add", title, "--minutes", "10") == 0
    return root


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    """A copy of the workspace."""
    return shutil.copytree(template, tmp_path / "desk")


def run_ahtc(folder: Path, *words: str) -> int:
    """Run a verb of `meetings` on 31 December 2013 and return its exit code."""
    return run(["--workspace", str(folder), "--as-at", "2013-12-31", "meetings", *words])


def read_json(capsys: pytest.CaptureFixture[str], folder: Path, *words: str) -> Any:
    """Return the JSON document that a verb prints."""
    capsys.readouterr()
    assert run_ahtc(folder, *words, "--json") == 0
    return json.loads(capsys.readouterr().out)


def read_action(capsys: pytest.CaptureFixture[str], folder: Path, ref: str) -> Any:
    """Return the JSON document of an action."""
    capsys.readouterr()
    assert run(["--workspace", str(folder), "--as-at", "2013-12-31", "actions", "show", ref, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_agenda_is_read_back_in_order(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert [item["title"] for item in read_json(capsys, folder, "agenda", "LG-2013-01")] == ["Welcome", "Training"]
    run_ahtc(folder, "agenda", "LG-2013-01")
    assert capsys.readouterr().out.splitlines()[1].split() == ["2", "10:10am", "Training", "10", "min"]


def test_a_line_prints_the_reference_that_it_creates(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    for text, printed in (("n: heard", "2.1"), ("d: agreed", "D-2013-01/1"), ("a: write @jeff", "LG-2013-01/01")):
        assert run_ahtc(folder, "minute", "LG-2013-01", text, "--item", "2") == 0
        assert capsys.readouterr().out.strip() == printed
    assert read_json(capsys, folder, "minute", "LG-2013-01", "and more")["item"] == 2


def test_a_line_and_its_welsh_are_one_undo(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_ahtc(folder, "minute", "LG-2013-01", "d: agreed", "--item", "2", "--cy", "cytunwyd")
    run_ahtc(folder, "minute", "LG-2013-01", "all agreed", "--line", "2.1", "--cy", "cytunodd pawb")
    line = read_json(capsys, folder, "show", "LG-2013-01")["lines"][0]
    assert (line["text"], line["text_cy"]) == ("all agreed", "cytunodd pawb")
    for left in (["agreed", "cytunwyd"], []):
        assert run(["--workspace", str(folder), "undo"]) == 0
        lines = read_json(capsys, folder, "show", "LG-2013-01")["lines"]
        assert [line[key] for line in lines for key in ("text", "text_cy")] == left


def test_show_prints_attendance_and_numbered_minutes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_ahtc(folder, "attend", "LG-2013-01", "SPOC Gwent", "deputy", "--for", "Jeff Farrar", "--items", "1-2")
    run_ahtc(folder, "minute", "LG-2013-01", "n: heard", "--item", "2")
    run_ahtc(folder, "minute", "LG-2013-01", "d: agreed", "--item", "2", "--cy", "cytunwyd")
    capsys.readouterr()
    run_ahtc(folder, "show", "LG-2013-01")
    shown = "\n".join(" ".join(line.split()) for line in capsys.readouterr().out.splitlines())
    assert "Single Point of Contact, Gwent Police deputy for Jeff Farrar, items 1 to 2" in shown
    assert "2.1 note: heard\n2.2 decision: agreed (D-2013-01/1)\ncytunwyd" in shown


def test_an_unknown_owner_is_reported(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_ahtc(folder, "minute", "LG-2013-01", "a: find a room @nobodyatall @jeff", "--item", "2")
    assert '"@nobodyatall" matches no contact, or more than one' in capsys.readouterr().err


def test_attendance_is_printed_as_text_and_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run_ahtc(folder, "attend", "LG-2013-01", "Jeff Farrar", "apologies", "--reason", "leave") == 0
    assert capsys.readouterr().out == "Jeff Farrar  apologies\n"
    row = read_json(capsys, folder, "attend", "LG-2013-01", "SPOC Gwent", "deputy", "--for", "Jeff Farrar")
    assert (row["state"], row["deputy_for"]) == ("deputy", "Jeff Farrar")


def test_carry_forward_is_shown_before_the_meeting_is_closed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_ahtc(folder, "minute", "LG-2013-01", "n: heard", "--item", "1")
    verdicts = read_json(capsys, folder, "carry", "LG-2013-01")
    assert [(verdict["item"], verdict["goes_forward"]) for verdict in verdicts] == [
        ("Welcome", False),
        ("Training", True),
    ]
    assert run_ahtc(folder, "close", "LG-2013-01") == 1, "without a terminal only --yes closes"
    assert read_json(capsys, folder, "show", "LG-2013-01")["state"] == "confirmed"


def test_closing_carries_items_to_the_next_meeting(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run_ahtc(folder, "close", "LG-2013-01", "--yes") == 0
    assert capsys.readouterr().out.splitlines()[-1] == "carried to LG-2014-01"
    assert len(read_json(capsys, folder, "agenda", "LG-2014-01")) == 2
    later = ["--workspace", str(folder), "--as-at", "2014-03-11", "meetings"]
    assert run([*later, "close", "LG-2014-01", "--yes"]) == 1, "nothing is carried forward without a next meeting"
    assert "2 items are not carried forward, because no next meeting is planned" in capsys.readouterr().err


def test_a_misspelt_attendee_is_proposed_and_a_fault_of_attendance_is_shown(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_ahtc(folder, "attend", "LG-2013-01", "Jef Farar", "present") == 3
    assert "Did you mean Jeff Farrar (jeff-farrar)?" in capsys.readouterr().err
    assert run_ahtc(folder, "attend", "LG-2013-01", "Joyce Watson", "deputy") == 0
    assert run_ahtc(folder, "show", "LG-2013-01") == 0
    assert "deputy for somebody neither a member nor invited  Joyce Watson" in capsys.readouterr().out
    (gap,) = read_json(capsys, folder, "show", "LG-2013-01")["attendance_gaps"]
    assert (gap["kind"], gap["text"]) == ("deputy_for_nobody", "Joyce Watson")


def test_a_meeting_whose_day_has_not_come_cannot_be_closed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (("close", "LG-2014-01", "--yes"), ("edit", "LG-2014-01", "state=held")):
        assert run_ahtc(folder, *words) == 6
        assert "LG-2014-01 is on 11 March 2014, in the future" in capsys.readouterr().err
    assert read_json(capsys, folder, "show", "LG-2014-01")["state"] == "confirmed"


def test_items_are_carried_to_a_named_meeting(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_ahtc(folder, "carry", "LG-2013-01", "--to", "LG-2014-01") == 0
    assert "carried to LG-2014-01" in capsys.readouterr().out


def test_a_reason_after_due_is_no_date(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    typed = "a: Cancel the Newport visit due to illness in the team @bawso"
    line = read_json(capsys, folder, "minute", "LG-2013-01", typed, "--item", "2")
    assert line["text"] == "Cancel the Newport visit due to illness in the team"
    action = read_action(capsys, folder, line["action"])
    assert (action["lead"], action["due"]) == ("Bawso", None)


def test_a_day_before_a_comma_is_read_and_stays_in_the_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = read_json(capsys, folder, "minute", "LG-2013-01", "a: Write due tomorrow, and tell Bawso", "--item", "2")
    assert line["text"] == "Write due tomorrow, and tell Bawso"
    assert read_action(capsys, folder, line["action"])["due"] == "2013-12-11"


def test_the_words_of_a_name_stay_together(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for typed in ("a: Ask @spoc gwent due April 2014", "a: Ask due April 2014 @spoc gwent"):
        line = read_json(capsys, folder, "minute", "LG-2013-01", typed, "--item", "2")
        action = read_action(capsys, folder, line["action"])
        assert (line["text"], action["lead_ref"], action["due"]) == ("Ask", "spoc-gwent", "2014-04")
    line = read_json(capsys, folder, "minute", "LG-2013-01", "a: tell @spoc nowhere of it @x", "--item", "2")
    assert line["text"] == "tell @spoc nowhere of it @x"


def test_a_date_within_a_sentence_is_not_taken(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    typed = "a: Send the pack; the form due 14 Feb 2014 is with @x already"
    assert run_ahtc(folder, "minute", "LG-2013-01", typed, "--item", "2") == 0
    message = capsys.readouterr().err
    assert '"@x" matches no contact, or more than one: it is kept as text.' in message
    assert 'No date was read after "due". The words are kept as text.' in message
    assert "LG-2013-01/01: no lead yet · no date" in message
    assert read_json(capsys, folder, "show", "LG-2013-01")["lines"][0]["text"] == typed[3:]


def test_two_decisions_on_one_line_are_two_and_one_undo(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run_ahtc(folder, "minute", "LG-2013-01", "d: X is adopted. d: Y is not.", "--item", "2") == 0
    printed = capsys.readouterr()
    assert printed.out.splitlines() == ["D-2013-01/1", "D-2013-01/2"]
    assert "2 lines, because a prefix follows the end of a sentence." in printed.err
    shown = read_json(capsys, folder, "show", "LG-2013-01")
    assert [line["text"] for line in shown["lines"]] == ["X is adopted.", "Y is not."]
    assert run(["--workspace", str(folder), "undo"]) == 0
    assert read_json(capsys, folder, "show", "LG-2013-01")["lines"] == []
    data = read_json(capsys, folder, "minute", "LG-2013-01", "d: X is agreed. a: write @jeff", "--item", "2")
    assert [line["kind"] for line in data["lines"]] == ["decision", "action"]
    assert run_ahtc(folder, "minute", "LG-2013-01", "d: X now. d: Y now.", "--cy", "X ac Y") == 2


def test_an_action_without_owner_says_so_and_is_a_gap(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_ahtc(folder, "minute", "LG-2013-01", "a: Tell the team due never", "--item", "2")
    out = folder / "minutes.md"
    assert run(["--workspace", str(folder), "export", "minutes", "LG-2013-01", str(out)]) in (0, 1)
    assert "Tell the team due never (Action by: no lead yet)" in out.read_text(encoding="utf-8")
    answers = folder / "answers.json"
    answers.write_text('{"*": "keep"}', encoding="utf-8")
    assert run_ahtc(folder, "publish", "LG-2013-01", "--answers", str(answers)) == 0
    assert run(
        ["--workspace", str(folder), "export", "minutes", "LG-2013-01", str(out), "--cut", "published", "--force"]
    ) in (0, 1)
    published = out.read_text(encoding="utf-8")
    assert "Tell the team due never" in published
    assert "no lead" not in published
    assert "Action by" not in published
    capsys.readouterr()
    assert run_ahtc(folder, "gaps", "LG-2013-01") == 1
    gaps = capsys.readouterr().out
    assert "action without a lead" in gaps
    assert "action without a date" in gaps


def test_a_line_outside_any_item_prints_its_number(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for ref, number in (("LG-2013-01", "3.1"), ("LG-2014-01", "1.1")):
        capsys.readouterr()
        assert run_ahtc(folder, "minute", ref, "n: heard") == 0
        assert capsys.readouterr().out == f"{number}\n"
        assert run_ahtc(folder, "minute", ref, "heard again", "--line", number) == 0


def test_the_printed_number_is_that_of_the_paragraph_after_a_removal(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for text in ("n: first", "n: second"):
        run_ahtc(folder, "minute", "LG-2013-01", text, "--item", "2")
    with closing(open_workspace(folder)) as workspace:
        first = meetings.show_meeting(workspace, "LG-2013-01").lines[0]
        minutes.remove_line(workspace, "LG-2013-01", first.key)
    capsys.readouterr()
    run_ahtc(folder, "minute", "LG-2013-01", "n: third", "--item", "2")
    assert capsys.readouterr().out == "2.2\n"


def test_all_others_are_marked_and_a_mark_is_removed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_ahtc(folder, "attend", "LG-2013-01", "Jeff Farrar", "apologies") == 0
    assert read_json(capsys, folder, "attend", "LG-2013-01", "--others", "present") == {"marked": 2, "state": "present"}
    removed = read_json(capsys, folder, "attend", "LG-2013-01", "Jeff Farrar", "--remove")
    assert removed == {"name": "Jeff Farrar", "removed": True}
    assert run_ahtc(folder, "attend", "LG-2013-01", "Jeff Farrar", "--remove") == 3
    assert run_ahtc(folder, "attend", "LG-2013-01", "Jeff Farrar", "present", "--remove") == 2
    assert run_ahtc(folder, "attend", "LG-2013-01", "Jeff Farrar", "--others", "present") == 2
    assert run_ahtc(folder, "attend", "LG-2013-01", "Jeff Farrar") == 2
    assert run_ahtc(folder, "attend", "LG-2013-01", "Jeff Farrar", "--arrived", "3") == 3


def test_the_others_of_an_event_without_guests_are_a_gap(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    event = ("attend", "ne-wales-conference-2013", "--others", "present")
    capsys.readouterr()
    assert run_ahtc(folder, *event) == 1
    assert "nobody is invited" in capsys.readouterr().err
    assert run_ahtc(folder, "attend", "ne-wales-conference-2013", "Jeff Farrar", "present") == 0
    assert run_ahtc(folder, *event) == 0
    assert "is recorded already" in capsys.readouterr().err


def test_a_line_becomes_a_line_of_another_kind_by_its_number(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_ahtc(folder, "minute", "LG-2013-01", "n: the course is adopted", "--item", "2")
    for kind, outcome in (
        ("decision", "D-2013-01/1"),
        ("a", "LG-2013-01/01"),
        ("d", "D-2013-01/1"),
        ("dissent", "2.1"),
    ):
        capsys.readouterr()
        assert run_ahtc(folder, "minute", "LG-2013-01", "--line", "2.1", "--as", kind) == 0
        assert capsys.readouterr().out.split() == [outcome]
    assert run_ahtc(folder, "minute", "LG-2013-01", "--line", "2.1", "--as", "vote") == 2
    assert run_ahtc(folder, "minute", "LG-2013-01", "--as", "note") == 2
    assert run_ahtc(folder, "minute", "LG-2013-01", "--line", "9.9", "--as", "note") == 3


def test_a_vote_without_a_quorum_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    vote = ("minute", "LG-2013-01", "--item", "2", "v: 5-2-1 adopt the course")
    assert run(["--workspace", str(folder), "groups", "edit", "leadership-group", "quorum=3"]) == 0
    assert run_ahtc(folder, *vote) == 6
    assert run_ahtc(folder, "attend", "LG-2013-01", "--others", "present") == 0
    assert read_json(capsys, folder, *vote)["votes"] == "5-2-1"
    assert run(["--workspace", str(folder), "--lang", "cy", "meetings", *vote[:-1], "v: o blaid @gla"]) == 0
    assert "O blaid: Awdurdod Trwyddedu Gangfeistri." in capsys.readouterr().err
