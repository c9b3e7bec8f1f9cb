"""Published minutes: what keeping a text prints, in both languages, and copies that are not published."""

from __future__ import annotations

import re

import pytest

from ahtc_tui.domain.documents.meeting_document import Cut, DocumentKind, Edition
from ahtc_tui.domain.drafts.actions import build_action_draft
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_agenda_draft, build_attendance_draft
from ahtc_tui.domain.i18n import Language
from ahtc_tui.domain.minutes.lifecycle import MinutesState
from ahtc_tui.domain.publication.model import Mark, PublishedDocument
from ahtc_tui.services.actions.service import edit_action
from ahtc_tui.services.documents.meeting_documents import export_document
from ahtc_tui.services.documents.meeting_pages import find_page
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.meetings.agenda import add_item
from ahtc_tui.services.meetings.attendance import set_attendance
from ahtc_tui.services.minutes import lifecycle
from ahtc_tui.services.publication import service as publication
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_line, make_party, query_rows, release_minutes, set_clock

MINUTES, PUBLISHED = DocumentKind.MINUTES, Cut.PUBLISHED
PRESENT, APOLOGIES = (build_attendance_draft({"state": state}) for state in ("present", "apologies"))


@pytest.fixture
def meeting(wales: Workspace) -> str:
    """A meeting with one item and three people: one with a role, one with an organisation, one with neither."""
    draft = build_meeting_draft(
        {"group": "LG", "starts": "2013-12-10 10:00", "venue": "Cardiff CF10 3NQ"}, wales.today()
    )
    ref = meetings.add_meeting(wales, draft).ref
    add_item(wales, ref, build_agenda_draft({"title": "Welcome"}))
    bawso = query_rows(wales, "SELECT id FROM parties WHERE ref = 'bawso'")[0][0]
    people = {"Ann Rhys-Lewis": {"role": "Policy Lead (Safeguarding)"}, "Gwen Private": {"organisation": bawso}}
    for name, values in (*people.items(), ("Nobody Known", {})):
        key = make_party(wales, name, name.lower().replace(" ", "-"), kind="person")
        with wales.database.write("role") as ledger:
            ledger.update("people", key, values)
    set_attendance(wales, ref, "Ann Rhys-Lewis", PRESENT)
    set_attendance(wales, ref, "Jeff Farrar", PRESENT)
    return ref


def publish(wales: Workspace, ref: str, *, language: Language = Language.EN) -> str:
    """Release minutes with every text kept; return the published copy as text on one line."""
    release_minutes(wales, ref)
    target = wales.exports / "public.txt"
    target.unlink(missing_ok=True)
    export_document(wales, MINUTES, ref, target, Edition(PUBLISHED, language=language))
    return " ".join(target.read_text(encoding="utf-8").split())


def test_published_minutes_were_agreed_on_a_day_and_not_at_a_reference(wales: Workspace, meeting: str) -> None:
    draft = build_meeting_draft({"group": "LG", "starts": "2014-01-14 10:00"}, wales.today())
    later = meetings.add_meeting(wales, draft).ref
    lifecycle.set_state(set_clock(wales, "2014-01-14"), meeting, MinutesState.AGREED, later)
    text = publish(wales, meeting)
    assert "Status: Agreed on 14 January 2014" in text
    assert later not in text


def test_a_person_without_a_public_post_is_listed_as_a_representative(wales: Workspace, meeting: str) -> None:
    set_attendance(wales, meeting, "Bawso", PRESENT)
    set_attendance(wales, meeting, "Gwen Private", build_attendance_draft({"state": "online"}))
    text = publish(wales, meeting)
    attendance = text.partition("Attendance")[2].partition("1. Welcome")[0]
    assert "- A representative of Bawso (online)" in attendance
    assert "- Bawso " in attendance
    assert "Gwen Private" not in text


@pytest.mark.parametrize(
    ("typed", "published"),
    [
        ("Ann Rhys-Lewis declared an interest.", "The Policy Lead (Safeguarding) declared an interest."),
        ("We thank Ms Rhys-Lewis and A. Rhys-Lewis.", "We thank the Policy Lead (Safeguarding) and the Policy Lead (S"),
        ("The Policy Lead (Safeguarding), Ann Rhys-Lewis, left.", "The Policy Lead (Safeguarding) left."),
        (
            "Mr Farrar met Ann Rhys-Lewis (AR), the Policy Lead (Safeguarding), today.",
            "met the Policy Lead (Safeguarding) today",
        ),
        ("Dr Gwen Private's course was adopted.", "A representative of Bawso's course was adopted."),
        ("Nobody Known spoke.", "[name withheld] spoke."),
        ("a: ask Gwen Private @ann-rhys-lewis", "ask a representative of Bawso (Action by: Policy Lead (Safeguarding)"),
    ],
)
def test_replaced_names_read_as_english(wales: Workspace, meeting: str, typed: str, published: str) -> None:
    make_line(wales, meeting, typed, 1)
    text = publish(wales, meeting)
    assert published in text
    assert not re.findall(r"\b(?:Ann|Rhys|Lewis|Gwen|Private|AR|Nobody)\b", text)


@pytest.mark.parametrize(
    ("role", "organisation", "published"),
    [
        (None, "cps", "A representative of the Crown Prosecution Service left."),
        (None, "gwent-police", "A representative of Gwent Police left."),
        ("Training Lead, Wales", None, "The Training Lead (Wales) left."),
    ],
)
def test_a_replaced_name_fits_into_an_english_sentence(
    wales: Workspace, meeting: str, role: str | None, organisation: str | None, published: str
) -> None:
    body = query_rows(wales, f"SELECT id FROM parties WHERE ref = '{organisation}'")
    key = make_party(wales, "Robin Hidden", "robin-hidden", kind="person")
    with wales.database.write("role") as ledger:
        ledger.update("people", key, {"role": role, "organisation": body[0][0] if body else None})
    make_line(wales, meeting, "Robin Hidden left.", 1)
    assert published in publish(wales, meeting)


def test_published_welsh_minutes_name_the_post(wales: Workspace, meeting: str) -> None:
    make_line(wales, meeting, "Ann Rhys-Lewis declared an interest.", 1)
    make_line(wales, meeting, "Ann Rhys-Lewis left.", 1, "Gadawodd Ann Rhys-Lewis.")
    text = publish(wales, meeting, language=Language.CY)
    assert "1.1 [Saesneg] The Policy Lead (Safeguarding) declared an interest." in text
    assert "1.2 Gadawodd Policy Lead (Safeguarding)." in text


def test_circulated_minutes_go_out_with_marked_english(wales: Workspace, meeting: str) -> None:
    make_line(wales, meeting, "The plan was agreed.", 1)
    target = wales.exports / "draft.txt"
    report = export_document(wales, MINUTES, meeting, target, Edition(Cut.CIRCULATED, language=Language.CY))
    assert report.missing_welsh == ("1.1  The plan was agreed.",)
    assert "[Saesneg] The plan was agreed." in target.read_text(encoding="utf-8")


def test_the_welsh_title_of_an_action_is_printed(wales: Workspace, meeting: str) -> None:
    make_line(wales, meeting, "a: agree dates", 1)
    action = meetings.show_meeting(wales, meeting).lines[0].action or ""
    edit_action(wales, action, build_action_draft({"title_cy": "cytuno ar ddyddiadau"}))
    target = wales.exports / "draft.txt"
    report = export_document(wales, MINUTES, meeting, target, Edition(Cut.CIRCULATED, language=Language.CY))
    assert report.missing_welsh == ()
    assert "cytuno ar ddyddiadau" in target.read_text(encoding="utf-8")
    edit_action(wales, action, build_action_draft({"title": "agree all dates", "title_cy": "cytuno ar bopeth"}))
    report = export_document(wales, MINUTES, meeting, target, Edition(Cut.CIRCULATED, language=Language.CY), force=True)
    assert report.missing_welsh == ("1.1  agree dates",)


def add_members(wales: Workspace, ref: str, body: str, number: int) -> None:
    """Record people of a body who are not in public office: the first sent apologies, the others were present."""
    key = query_rows(wales, "SELECT id FROM parties WHERE name = ?", body)[0][0]
    for n in range(number):
        name = f"Member{n} Of{body.split()[0]}"
        person = make_party(wales, name, name.lower().replace(" ", "-"), kind="person")
        with wales.database.write("organisation") as ledger:
            ledger.update("people", person, {"organisation": key})
        set_attendance(wales, ref, name, PRESENT if n else APOLOGIES)


def list_small_group_texts(wales: Workspace, ref: str) -> set[str]:
    """Return the texts of the release list with the mark of a small group."""
    texts = publication.show_release_list(wales, find_page(PublishedDocument.MINUTES, ref)).texts
    return {row.text for row in texts if Mark.SMALL_GROUP in row.marks}


@pytest.mark.parametrize(("number", "is_marked"), [(1, True), (2, True), (3, True), (4, False)])
def test_apologies_and_a_text_that_share_the_label_of_a_few_people_are_marked(
    wales: Workspace, meeting: str, number: int, is_marked: bool
) -> None:
    add_members(wales, meeting, "South Wales Police", number)
    for line in ("South Wales Police will send a plan", "Member0 OfSouth left the office", "Every force was thanked"):
        make_line(wales, meeting, line, item=1)
    marked = list_small_group_texts(wales, meeting)
    shared = {
        *("A representative of South Wales Police", "South Wales Police will send a plan"),
        "Member0 OfSouth left the office",
    }
    assert marked == (shared if is_marked else set())


def test_only_people_at_the_meeting_count_and_the_welsh_label_is_one(wales: Workspace, meeting: str) -> None:
    for n in range(5):
        make_party(wales, f"Officer{n} Elsewhere", f"officer-{n}", kind="person")
    gwent = query_rows(wales, "SELECT id FROM parties WHERE name = 'Gwent Police'")[0][0]
    with wales.database.write("organisation") as ledger:
        for (key,) in query_rows(wales, "SELECT id FROM parties WHERE ref LIKE 'officer-%'"):
            ledger.update("people", key, {"organisation": gwent})
    add_members(wales, meeting, "Gwent Police", 1)
    make_line(wales, meeting, "The force sent a report", item=1, welsh="Anfonodd Heddlu Gwent adroddiad")
    assert list_small_group_texts(wales, meeting) == {"A representative of Gwent Police", "The force sent a report"}


@pytest.mark.parametrize(("number", "is_marked"), [(2, True), (3, True), (4, False)])
def test_apologies_of_a_small_meeting_tell_whom_a_personal_text_is_about(
    wales: Workspace, number: int, is_marked: bool
) -> None:
    draft = build_meeting_draft({"group": "LG", "starts": "2013-12-11 10:00"}, wales.today())
    ref = meetings.add_meeting(wales, draft).ref
    add_item(wales, ref, build_agenda_draft({"title": "Plans"}))
    for body in ("Gwent Police", "South Wales Police", "North Wales Police", "Dyfed-Powys Police")[:number]:
        set_attendance(wales, ref, body, PRESENT if body != "Gwent Police" else APOLOGIES)
    make_line(wales, ref, "One force was without an officer, who was ill", item=1)
    make_line(wales, ref, "Each force has a plan", item=1)
    marked = list_small_group_texts(wales, ref)
    assert marked == ({"Gwent Police", "One force was without an officer, who was ill"} if is_marked else set())
