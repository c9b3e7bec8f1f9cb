"""Lists of other offices in an office with actions of its own: their numbers, their owners, and titles that changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from ahtc_tui.domain.actions.filters import ActionFilter
from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.imports.report import FileReport, ImportOptions, Question
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.contacts import service as contacts
from ahtc_tui.services.imports.actions.service import apply_actions_import, plan_actions_import
from ahtc_tui.services.workspace import Workspace

_OURS = ("Ring the harbour about the rota", "Print the leaflet in both languages", "Book a room for the forum")
_THEIRS = ("Paint the fence of the school", "Mow the lawn behind the hall", "Order new chairs for staff")


def _write(folder: Path, rows: Sequence[Sequence[str]], name: str = "log.csv") -> Path:
    path = folder / name
    path.write_text("".join(",".join(row) + "\n" for row in rows), encoding="utf-8")
    return path


def _plan(workspace: Workspace, path: Path, **answers: str) -> FileReport:
    return plan_actions_import(workspace, [path], ImportOptions(answers=answers)).files[0]


def _number(titles: Sequence[str], *, first: str = "") -> list[tuple[str, ...]]:
    rows = [(f"{first}{number}", title, "Open") for number, title in enumerate(titles, 1)]
    return [("No", "Action", "Status"), *rows]


@pytest.fixture
def numbered(workspace: Workspace, tmp_path: Path) -> Workspace:
    """An office whose log had the references 1, 2 and 3."""
    apply_actions_import(workspace, [_write(tmp_path, _number(_OURS))])
    return workspace


@pytest.mark.parametrize("first", ["", "0", "#"])
def test_the_numbers_of_another_list_are_not_ours(numbered: Workspace, tmp_path: Path, first: str) -> None:
    path = _write(tmp_path, _number(_THEIRS, first=first), "theirs.csv")
    report = _plan(numbered, path)
    (question,) = report.questions
    assert (question.field, question.choices, question.default) == ("list", ("another list", "ours"), "another list")
    assert (report.added, report.changed) == ((), ())
    answered = _plan(numbered, path, **{question.id: "another list"})
    assert [record.values["title"] for record in answered.added] == list(_THEIRS)
    assert (answered.changed, answered.questions) == ((), ())


def test_a_list_of_ours_with_other_titles_is_compared_if_told(numbered: Workspace, tmp_path: Path) -> None:
    path = _write(tmp_path, _number(_THEIRS), "theirs.csv")
    (question,) = _plan(numbered, path).questions
    fields = {asked.field for asked in _plan(numbered, path, **{question.id: "ours"}).questions}
    assert "title" in fields or "reference" in fields


@pytest.mark.parametrize(
    "title", [f"{_OURS[0]} and the keys", f"Never {_OURS[0].lower()}", f"{_OURS[0]} by Friday, then write to the leads"]
)
def test_a_title_that_contains_the_old_one_is_a_question(numbered: Workspace, tmp_path: Path, title: str) -> None:
    path = _write(tmp_path, _number([title.replace(",", ""), *_OURS[1:]]), "again.csv")
    assert [(question.field, question.theirs) for question in _plan(numbered, path).questions] == [
        ("title", title.replace(",", ""))
    ]


def test_a_mistyped_title_of_a_list_that_comes_again_is_the_same(numbered: Workspace, tmp_path: Path) -> None:
    path = _write(tmp_path, _number([_OURS[0].replace("harbour", "harbuor"), *_OURS[1:]]), "again.csv")
    assert _plan(numbered, path).questions == ()


def _ask_about_owners(workspace: Workspace, folder: Path, *owners: str) -> dict[str, Question]:
    rows = [("Action", "Owner", "Status"), *((f"{_OURS[0]} {n}", owner, "Open") for n, owner in enumerate(owners))]
    questions = _plan(workspace, _write(folder, rows)).questions
    return {question.theirs or "": question for question in questions}


@pytest.mark.parametrize(
    ("owner", "default"),
    [
        ("Ann Example", "person"), ("Dilys", "organisation"), ("IT Manager", "post"), ("HR Director", "post"),
        ("Swyddog Polisi", "post"), ("Harbour Council", "organisation"), ("NHSX", "organisation"),
        ("Dilys's Hands", "organisation"), ("Refuge Cymru", "organisation"),
        ("Cyngor y Dref", "organisation"), ("All", "nobody"), ("Staff", "nobody"),
        ("whoever is on duty in the week before the meeting", "nobody"),
    ],
)  # fmt: skip
def test_an_unknown_owner_is_proposed_as_what_it_is(wales: Workspace, tmp_path: Path, owner: str, default: str) -> None:
    question = _ask_about_owners(wales, tmp_path, owner)[owner]
    assert (question.field, question.default, question.choices[0]) == ("lead", default, default)
    assert sorted(question.choices) == ["nobody", "organisation", "person", "post"]


@pytest.mark.parametrize("kind", ["person", "organisation", "post"])
def test_an_unknown_owner_is_added_as_what_a_person_says(wales: Workspace, tmp_path: Path, kind: str) -> None:
    path = _write(tmp_path, [("Action", "Owner"), (_OURS[0], "Ann Example"), (_OURS[1], "Ann Example")])
    (question,) = _plan(wales, path).questions
    apply_actions_import(wales, [path], ImportOptions(answers={question.id: kind}))
    assert "Ann Example" in {row.name for row in contacts.list_contacts(wales, kind=PartyKind(kind))}
    rows = actions.list_actions(wales, ActionFilter())
    assert {row.lead for row in rows if row.title in _OURS} == {"Ann Example"}


def test_nobody_leaves_the_action_without_a_lead(wales: Workspace, tmp_path: Path) -> None:
    path = _write(tmp_path, [("Action", "Owner"), (_OURS[0], "All staff")])
    (question,) = _plan(wales, path).questions
    report = _plan(wales, path, **{question.id: "nobody"})
    assert report.questions == ()
    assert "lead" not in report.added[0].values


def test_an_unknown_name_is_one_question_whether_it_leads_or_supports(wales: Workspace, tmp_path: Path) -> None:
    owners = ("Ann Example / Bawso", "Bawso / Ann Example", "Bawso")
    path = _write(tmp_path, [("Action", "Owner"), *zip(_OURS, owners, strict=True)])
    (question,) = _plan(wales, path).questions
    assert question.theirs == "Ann Example"
    added = _plan(wales, path, **{question.id: "person"}).added
    assert [(record.values.get("lead"), record.values.get("support")) for record in added] == [
        ("Ann Example", "Bawso"), ("Bawso", "Ann Example"), ("Bawso", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "prose",
    [
        "the leads of all forces; they ring every council and every charity in the north and report back to the forum",
        "it is for the co-ordinator to write to each of the councils and to keep a list of the answers and their dates",
        "agreed with the chair and with all the members of the group that this is shared between several bodies",
    ],
)
def test_a_sentence_is_not_split_into_owners(wales: Workspace, tmp_path: Path, prose: str) -> None:
    assert all(" and " in words or len(words.split()) > 2 for words in _ask_about_owners(wales, tmp_path, prose))
    assert len(_ask_about_owners(wales, tmp_path, prose.replace(";", ""))) == 1


@pytest.mark.parametrize(
    ("headings", "first", "second"),
    [
        (("Status", "Status"), "Open", "Closed"),
        (("Status", "Status Q2"), "In progress", "Complete"),
        (("Current status", "Progress status"), "Done", "Not started"),
    ],
)
def test_two_columns_of_one_field_that_differ_are_a_question(
    workspace: Workspace, tmp_path: Path, headings: tuple[str, str], first: str, second: str
) -> None:
    rows = [("Action", "Due", *headings), *((title, "31/01/2014", first, first) for title in _THEIRS)]
    path = _write(tmp_path, rows)
    assert "column" not in {question.field for question in _plan(workspace, path).questions}
    rows[1] = (*rows[1][:3], second)
    path = _write(tmp_path, rows)
    (question,) = [question for question in _plan(workspace, path).questions if question.field == "column"]
    assert "differ in 1 row" in question.reason
    taken, swapped = (_plan(workspace, path, **{question.id: answer}).added[0] for answer in ("ours", "theirs"))
    assert taken.values != swapped.values


@pytest.mark.parametrize(
    "below",
    [
        [("", "Bawso", "Unit 4 Harbour Quay", "Cardiff", "CF10 5SF"), ("", "Aber Trust", "11 Church Street", "", "")],
        [("", "Contact us"), ("", "Training team", "029 2000 0000", "training@example.org")],
        [("", "Return this form to"), ("", "Welsh Government"), ("", "Cathays Park"), ("", "Cardiff CF10 3NQ")],
    ],
)
def test_addresses_below_a_list_are_one_question(
    workspace: Workspace, tmp_path: Path, below: list[tuple[str, ...]]
) -> None:
    rows = [(str(number), title, "", "31/01/2014", "Open") for number, title in enumerate(_THEIRS, 1)]
    path = _write(tmp_path, [("No", "Action", "Owner", "Due", "Status"), *rows, (), *below])
    report = _plan(workspace, path)
    assert [record.values["title"] for record in report.added] == list(_THEIRS)
    assert len({question.kind for question in report.questions}) == 1
    answered = _plan(workspace, path, **{question.id: "theirs" for question in report.questions})
    assert len(answered.added) > len(_THEIRS)


def test_actions_between_empty_rows_are_not_doubted(workspace: Workspace, tmp_path: Path) -> None:
    dates = ("31/01/2014", "28/02/2014", "")
    rows = [row for title, due in zip(_THEIRS, dates, strict=True) for row in ((title, due, "Met twice"), ())]
    rows = [("Action", "Due", "Update"), *rows]
    assert len(_plan(workspace, _write(tmp_path, rows)).added) == len(_THEIRS)
