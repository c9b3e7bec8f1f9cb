"""The step "publish" on the command line, from the draft to the check of an altered copy."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest

from tests.cli.promises import Captured, read_json, run_command

REF = "LG-2013-01"


@pytest.fixture
def draft(office: Path, capsys: Captured) -> Path:
    """The office with draft minutes of four lines."""
    assert run_command("meetings", "add", "Meeting", "--group", "LG", "--starts", "2013-12-10 10:00") == 0
    assert run_command("meetings", "agenda", REF, "--add", "Training") == 0
    for line in (
        "The course was held",
        "An officer is in hospital",
        "Mrs Jones asked for a date",
        "d: Adopt the course",
    ):
        assert run_command("meetings", "minute", REF, "--item", "1", line) == 0
    capsys.readouterr()
    return office


def publish(capsys: Captured, code: int, *words: str) -> Any:
    """Run the step for the minutes and return the list that it prints."""
    assert run_command("--as-at", "2013-12-31", "meetings", "publish", REF, *words, "--json") == code
    return json.loads(capsys.readouterr().out)


def answer(folder: Path, **answers: Any) -> str:
    """Write answers by the beginning of the text; return the path of the file."""
    path = folder / "answers.json"
    path.write_text(json.dumps(answers), encoding="utf-8")
    return str(path)


def find_ids(listed: Any) -> dict[str, str]:
    return {row["text"]: row["id"] for row in listed["texts"]}


def test_minutes_are_published_text_by_text_and_an_altered_copy_is_named(draft: Path, capsys: Captured) -> None:
    listed = publish(capsys, 1)
    assert (listed["ref"], listed["document"], listed["release"], listed["state"]) == (REF, "minutes", 1, "open")
    marks = {row["text"]: row["marks"] for row in listed["texts"]}
    assert "health" in marks["An officer is in hospital"]
    assert "person" in marks["Mrs Jones asked for a date"]
    assert {row["released"] for row in listed["texts"]} == {None}
    assert (listed["released_on"], listed["released_by"]) == (None, None)
    ids = find_ids(listed)
    reworded = {"publish": {"en": "A member asked for a date", "cy": "Gofynnodd aelod am ddyddiad"}}
    partly = answer(draft, **{ids["Mrs Jones asked for a date"]: reworded})
    assert publish(capsys, 1, "--answers", partly)["state"] == "open"
    rest = answer(draft, **{ids["An officer is in hospital"]: "withhold", "*": "keep"})
    released = publish(capsys, 0, "--answers", rest)
    assert (released["release"], released["state"]) == (1, "released")
    assert {row["text"]: row["released"] for row in released["texts"]}["Adopt the course"] == "Adopt the course"

    for language, words in (("en", "A member asked for a date"), ("cy", "Gofynnodd aelod am ddyddiad")):
        target = f"minutes-{language}.docx"
        assert run_command("--lang", language, "export", "minutes", REF, target, "--cut", "published") == 0
        text = "\n".join(paragraph.text for paragraph in docx.Document(target).paragraphs)
        assert words in text
        assert "hospital" not in text
        assert "Jones" not in text
    capsys.readouterr()
    assert read_json(capsys, "verify", "minutes-en.docx")["differs"] == []

    assert run_command("meetings", "minute", REF, "--line", "1.1", "Two courses were held") == 0
    assert run_command("export", "minutes", REF, "again.docx", "--cut", "published") == 6
    assert "1 passage changed since release 1" in capsys.readouterr().err
    listed = publish(capsys, 1)
    assert [row["text"] for row in listed["texts"] if row["decision"] is None] == ["Two courses were held"]
    assert publish(capsys, 0, "--answers", answer(draft, **{"*": "keep"}))["release"] == 2
    assert run_command("export", "minutes", REF, "again.docx", "--cut", "published") == 0

    page = docx.Document("again.docx")
    for paragraph in page.paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace("Two courses", "Three courses")
    page.save("altered.docx")
    capsys.readouterr()
    assert run_command("verify", "altered.docx", "--json") == 6
    report = json.loads(capsys.readouterr().out)
    assert report["release"] == 2
    assert [(row["place"], row["text"]) for row in report["differs"]] == [("1.1", "Three courses were held")]
    Path("other.html").write_text("<p>Another page</p>", encoding="utf-8")
    assert run_command("verify", "other.html") == 3


@pytest.mark.parametrize("ending", [".html", ".md", ".txt"])
def test_an_altered_copy_of_text_is_named_in_the_language_of_the_file(
    draft: Path, capsys: Captured, ending: str
) -> None:
    publish(capsys, 0, "--answers", answer(draft, **{"*": "keep"}))
    name = f"minutes{ending}"
    assert run_command("--lang", "cy", "export", "minutes", REF, name, "--cut", "published") == 0
    assert run_command("verify", name) == 0
    text = Path(name).read_text(encoding="utf-8")
    Path(name).write_text(text.replace("Mrs Jones", "Mrs Evans"), encoding="utf-8")
    capsys.readouterr()
    assert run_command("verify", name, "--json") == 6
    differs = json.loads(capsys.readouterr().out)["differs"]
    assert [(row["place"], row["text"]) for row in differs] == [("1.3", "[Saesneg] Mrs Evans asked for a date")]


def test_a_dry_run_writes_nothing_and_one_undo_takes_a_release_back(draft: Path, capsys: Captured) -> None:
    keep = answer(draft, **{"*": "keep"})
    assert publish(capsys, 0, "--answers", keep, "--dry-run")["state"] == "open"
    assert publish(capsys, 1)["state"] == "open"
    assert publish(capsys, 0, "--answers", keep)["state"] == "released"
    assert run_command("undo") == 0
    capsys.readouterr()
    listed = publish(capsys, 1)
    assert {row["decision"] for row in listed["texts"]} == {None}


def test_the_number_of_an_undone_release_is_not_given_again(draft: Path, capsys: Captured) -> None:
    keep = answer(draft, **{"*": "keep"})
    assert publish(capsys, 0, "--answers", keep)["release"] == 1
    assert run_command("undo") == 0
    capsys.readouterr()
    assert publish(capsys, 1)["release"] == 2
    assert publish(capsys, 0, "--answers", keep)["release"] == 2


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('{"nothing": "keep"}', 'the release list has no text "nothing"'),
        ('{"*": "perhaps"}', 'the answer to "*" must be'),
        ('{"*": {"publish": "the same for all"}}', 'the answer to "*" must be'),
        ('{"*": "keep", "*": "withhold"}', 'answers "*" more than once'),
        ("[]", "must be a JSON object"),
        ("{", "is not JSON"),
    ],
)
def test_answers_that_cannot_be_used_write_nothing(draft: Path, capsys: Captured, content: str, sentence: str) -> None:
    (draft / "answers.json").write_text(content, encoding="utf-8")
    assert run_command("meetings", "publish", REF, "--answers", str(draft / "answers.json")) == 4
    assert sentence in capsys.readouterr().err
    assert {row["decision"] for row in publish(capsys, 1)["texts"]} == {None}


def test_a_page_without_a_period_takes_none(office: Path) -> None:
    assert run_command("exports", "publish", "dashboard", "--from", "2013-01-01") == 2
    assert run_command("exports", "publish", "highlight", "--to", "2013-12-31") == 2


def test_a_period_that_ends_before_it_begins_is_refused(office: Path, capsys: Captured) -> None:
    words = ("--from", "2013-12-31", "--to", "2013-01-01")
    assert run_command("exports", "publish", "transparency", *words) == 2
    assert "1 January 2013 comes before 31 December 2013" in capsys.readouterr().err


def test_a_source_of_a_paper_is_asked_once_and_its_wording_stands_in_every_footnote(
    office: Path, capsys: Captured
) -> None:
    paper = ("celg-4-31-13", "--json")
    assert run_command("commissions", "paragraph", paper[0], "2.16", "") == 0  # composed from its records again
    capsys.readouterr()
    assert run_command("--as-at", "2013-12-31", "commissions", "publish", *paper) == 1
    texts = json.loads(capsys.readouterr().out)["texts"]
    assert len(texts) < 60
    ids = {row["text"]: row["id"] for row in texts if row["kind"] == "source"}
    own = "CELG(4)-31-13 Paper 1, Human Trafficking (2013)"
    record = "Report of the conference on the website Welsh Icons"
    assert {own, record} <= set(ids)
    answers = answer(office, **{ids[own]: {"publish": "The paper of 2013"}, ids[record]: "withhold", "*": "keep"})
    assert run_command("--as-at", "2013-12-31", "commissions", "publish", *paper, "--answers", answers) == 0
    assert run_command("--as-at", "2013-12-31", "export", "paper", paper[0], "paper.md", "--cut", "published") == 0
    text = Path("paper.md").read_text(encoding="utf-8")
    assert "The paper of 2013, paragraph 2.11." in text
    assert "\\[withheld\\]." in text
    assert "CELG(4)-31-13 Paper 1, " not in text
    assert "Welsh Icons" not in text

    assert run_command("--as-at", "2013-12-31", "export", "paper", paper[0], "paper.docx", "--cut", "published") == 0
    with zipfile.ZipFile("paper.docx") as whole, zipfile.ZipFile("altered.docx", "w") as altered:
        for name in whole.namelist():
            altered.writestr(name, whole.read(name).replace(b"2013, paragraph 2.11.", b"2013, paragraph 9.9."))
    capsys.readouterr()
    assert run_command("verify", "paper.docx") == 0
    capsys.readouterr()
    assert run_command("verify", "altered.docx", "--json") == 6
    report = json.loads(capsys.readouterr().out)
    assert [(row["place"], row["text"]) for row in report["differs"]] == [("2.11", "The paper of 2013, paragraph 9.9.")]


def test_what_is_published_as_at_a_day_is_what_an_export_of_that_day_prints(draft: Path, capsys: Captured) -> None:
    minutes, day = ("meetings", "minute", REF), ("--as-at", "2014-01-10")
    assert run_command(*day, *minutes, "--line", "1.1", "Three courses were held") == 0
    capsys.readouterr()
    keep = answer(draft, **{"*": "keep"})
    released = publish(capsys, 0, "--answers", keep)
    assert "The course was held" in find_ids(released)
    assert "Three courses were held" not in find_ids(released)
    command = ("export", "minutes", REF, "then.md", "--cut", "published")
    assert run_command("--as-at", "2013-12-31", *command) == 0
    assert "The course was held" in Path("then.md").read_text(encoding="utf-8")

    capsys.readouterr()
    assert run_command(*day, "meetings", "publish", REF, "--answers", keep, "--json") == 0
    later = json.loads(capsys.readouterr().out)
    assert later["release"] == 2
    assert "Three courses were held" in find_ids(later)


def test_what_was_decided_later_is_asked_again_on_an_earlier_day(draft: Path, capsys: Captured) -> None:
    keep = answer(draft, **{"*": "keep"})
    assert run_command("--as-at", "2014-01-10", "meetings", "publish", REF, "--answers", keep) == 0
    capsys.readouterr()
    assert publish(capsys, 1)["release"] == 2
    assert publish(capsys, 0, "--answers", keep)["release"] == 2
    command = ("export", "minutes", REF, "then.md", "--cut", "published")
    assert run_command("--as-at", "2013-12-31", *command) == 0
