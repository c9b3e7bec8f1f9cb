"""Published minutes: replaced names, and refusal while people are named or the minutes are not agreed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ahtc_tui.domain.documents.meeting_document import Cut, DocumentKind, Edition
from ahtc_tui.domain.documents.publication import PublicationRefused
from ahtc_tui.domain.drafts.actions import build_action_draft
from ahtc_tui.domain.drafts.agenda import build_item_edit
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_agenda_draft, build_attendance_draft
from ahtc_tui.domain.errors import StoreError
from ahtc_tui.domain.i18n import Language
from ahtc_tui.domain.minutes.lifecycle import MinutesState
from ahtc_tui.services import history
from ahtc_tui.services.actions.service import edit_action
from ahtc_tui.services.documents.meeting_documents import export_document, list_minutes_warnings
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.meetings.agenda import add_item, edit_item
from ahtc_tui.services.meetings.attendance import set_attendance
from ahtc_tui.services.minutes import lifecycle, welsh_text
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_line, make_party, query_rows

MINUTES, PUBLISHED = DocumentKind.MINUTES, Cut.PUBLISHED
PRESENT = build_attendance_draft({"state": "present"})


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


def publish(wales: Workspace, ref: str, *, force: bool = False, language: Language = Language.EN) -> str:
    """Export published minutes as text and return it on one line."""
    target = wales.exports / "public.txt"
    target.unlink(missing_ok=True)
    export_document(wales, MINUTES, ref, target, Edition(PUBLISHED, language=language), force=force)
    return " ".join(target.read_text(encoding="utf-8").split())


def agree_minutes(wales: Workspace, ref: str) -> None:
    """Set the minutes to agreed."""
    lifecycle.set_state(wales, ref, MinutesState.AGREED)


def test_published_minutes_were_agreed_on_a_day_and_not_at_a_reference(wales: Workspace, meeting: str) -> None:
    draft = build_meeting_draft({"group": "LG", "starts": "2014-01-14 10:00"}, wales.today())
    later = meetings.add_meeting(wales, draft).ref
    lifecycle.set_state(wales, meeting, MinutesState.AGREED, later)
    text = publish(wales, meeting, force=True)
    assert "Status: Agreed on 14 January 2014" in text
    assert later not in text


def test_a_person_without_a_public_post_is_listed_as_a_representative(wales: Workspace, meeting: str) -> None:
    set_attendance(wales, meeting, "Bawso", PRESENT)
    set_attendance(wales, meeting, "Gwen Private", build_attendance_draft({"state": "online"}))
    text = publish(wales, meeting, force=True)
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
    agree_minutes(wales, meeting)
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
    agree_minutes(wales, meeting)
    assert published in publish(wales, meeting)


def test_published_welsh_minutes_name_the_post(wales: Workspace, meeting: str) -> None:
    make_line(wales, meeting, "Ann Rhys-Lewis declared an interest.", 1)
    make_line(wales, meeting, "Ann Rhys-Lewis left.", 1, "Gadawodd Ann Rhys-Lewis.")
    agree_minutes(wales, meeting)
    text = publish(wales, meeting, language=Language.CY, force=True)
    assert "1.1 [Saesneg] The Policy Lead (Safeguarding) declared an interest." in text
    assert "1.2 Gadawodd Policy Lead (Safeguarding)." in text


@pytest.mark.sample(3)
@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("AR-L will write", "1.1  Name: AR-L: AR-L will write"),
        ("Thanks to Ann and Rhys-Lewis", "1.1  Name: Ann, Rhys, Lewis: Thanks to Ann and Rhys-Lewis"),
        ("Gwen will write", "1.1  Name: Gwen: Gwen will write"),
        ("Mrs Jones will write", "1.1  Name: Mrs Jones: Mrs Jones will write"),
        ("Ring 029 2000 0000", "1.1  Number: 029 2000 0000: Ring 029 2000 0000"),
        ("Write to 12 High Street", "1.1  Address: 12 High Street: Write to 12 High Street"),
        ("Write to spoc@example.org", "1.1  Address: spoc@example.org: Write to spoc@example.org"),
    ],
)
def test_details_of_people_stop_a_publication(wales: Workspace, meeting: str, typed: str, place: str) -> None:
    make_line(wales, meeting, typed, 1)
    agree_minutes(wales, meeting)
    for attempt in (lambda: publish(wales, meeting), lambda: lifecycle.issue_minutes(wales, meeting, PUBLISHED)):
        with pytest.raises(
            PublicationRefused, match="LG-2013-01 cannot be published yet: 1 place to resolve"
        ) as caught:
            attempt()
        assert caught.value.details == (place,)
        assert caught.value.exit_code == 6
    assert not list(wales.exports.iterdir())
    assert lifecycle.list_issues(wales, meeting) == []
    assert list_minutes_warnings(wales, meeting, PUBLISHED, Language.EN) == [place]
    assert list_minutes_warnings(wales, meeting, Cut.CIRCULATED, Language.EN) == []


def test_public_posts_references_and_venues_do_not_stop_a_publication(wales: Workspace, meeting: str) -> None:
    for typed in (
        "The Minister and the Chief Constable of Gwent welcomed DP-12, LG-2013-01/01 and D-2013-01/1",
        "Mr Farrar of Gwent Police and the SPOC Gwent will report on 28 January 2014 at 10.30",
        "d: spend £1,000,000 in 2013-14 on 3 Crown Court rooms",
    ):
        make_line(wales, meeting, typed, 1)
    agree_minutes(wales, meeting)
    text = publish(wales, meeting)
    assert "Cardiff CF10 3NQ" in text
    assert "The Minister and the Chief Constable of Gwent welcomed DP-12" in text


def test_minutes_are_published_when_they_are_agreed(wales: Workspace, meeting: str) -> None:
    make_line(wales, meeting, "The course was adopted", 1)
    with pytest.raises(PublicationRefused, match="cannot be published yet: the minutes are not agreed") as caught:
        publish(wales, meeting)
    assert caught.value.details == ()
    export_document(wales, DocumentKind.AGENDA, meeting, wales.exports / "agenda.md", Edition(PUBLISHED))
    agree_minutes(wales, meeting)
    assert "The course was adopted" in publish(wales, meeting)


def test_a_publication_by_force_is_kept_and_recorded(wales: Workspace, meeting: str) -> None:
    make_line(wales, meeting, "Gwen will write", 1)
    text = publish(wales, meeting, force=True)
    assert "Version 1, issued 31 December 2013" in text
    label = (
        "issue version 1 of the minutes of LG-2013-01, published by force: 1 place to resolve;"
        " the minutes are not agreed"
    )
    assert history.list_steps(wales, 1)[0].label == label
    assert [(row.version, row.cut, row.state) for row in lifecycle.list_issues(wales, meeting)] == [
        (1, PUBLISHED, MinutesState.DRAFT)
    ]
    assert lifecycle.issue_minutes(wales, meeting, PUBLISHED, force=True).version == 2


def test_an_agenda_that_names_a_person_is_published_by_force_alone(wales: Workspace, meeting: str) -> None:
    add_item(wales, meeting, build_agenda_draft({"title": "Report of Ms Jones"}))
    target = wales.exports / "agenda.md"
    with pytest.raises(PublicationRefused, match="1 place to resolve") as caught:
        export_document(wales, DocumentKind.AGENDA, meeting, target, Edition(PUBLISHED))
    assert caught.value.details == ("2  Name: Ms Jones: Report of Ms Jones",)
    export_document(wales, DocumentKind.AGENDA, meeting, target, Edition(PUBLISHED), force=True)
    assert history.list_steps(wales, 1)[0].label == "publish the agenda of LG-2013-01 by force: 1 place to resolve"


def test_a_publication_that_cannot_be_written_is_not_recorded(wales: Workspace, meeting: str, tmp_path: Path) -> None:
    before = history.list_steps(wales, 1)
    with pytest.raises(StoreError):
        export_document(wales, MINUTES, meeting, tmp_path / "no-folder" / "out.md", Edition(PUBLISHED), force=True)
    assert history.list_steps(wales, 1) == before


@pytest.mark.sample(2)
@pytest.mark.parametrize("language", [Language.CY, Language.BOTH])
def test_published_minutes_are_refused_while_welsh_is_missing(
    wales: Workspace, meeting: str, language: Language
) -> None:
    make_line(wales, meeting, "The plan was agreed.", 1)
    agree_minutes(wales, meeting)
    with pytest.raises(PublicationRefused, match="1 text without Welsh") as refusal:
        publish(wales, meeting, language=language)
    assert (refusal.value.exit_code, refusal.value.details) == (6, ("No Welsh text: 1.1  The plan was agreed.",))
    assert "The plan was agreed." in publish(wales, meeting)
    assert "[Saesneg] The plan was agreed." in publish(wales, meeting, language=language, force=True)
    assert history.list_steps(wales, 1)[0].label.endswith("published by force: 1 text without Welsh")
    welsh_text.translate_line(wales, meeting, "1.1", "Cytunwyd ar y cynllun.")
    assert "[Saesneg]" not in publish(wales, meeting, language=language)


def test_a_welsh_agenda_for_members_is_refused_while_welsh_is_missing(wales: Workspace, meeting: str) -> None:
    add_item(wales, meeting, build_agenda_draft({"title": "Data sets"}))

    def export(cut: Cut, language: Language = Language.CY, *, force: bool = False) -> None:
        target = wales.exports / "agenda.md"
        target.unlink(missing_ok=True)
        export_document(wales, DocumentKind.AGENDA, meeting, target, Edition(cut, language=language), force=force)

    export(Cut.CHAIR)
    export(Cut.CIRCULATED, Language.EN)
    with pytest.raises(PublicationRefused) as refusal:
        export(Cut.CIRCULATED)
    assert refusal.value.details == ("No Welsh text: 2  Data sets",)
    export(Cut.CIRCULATED, force=True)
    assert "publish the agenda" in history.list_steps(wales, 1)[0].label
    edit_item(wales, meeting, 2, build_item_edit({"title_cy": "Setiau data"}))
    export(Cut.CIRCULATED)


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


def test_another_format_of_minutes_published_by_force_is_the_same_version(wales: Workspace, meeting: str) -> None:
    make_line(wales, meeting, "Gwen will write", 1)
    for ending in ("md", "docx", "html", "txt"):
        target = wales.exports / f"public.{ending}"
        export_document(wales, MINUTES, meeting, target, Edition(PUBLISHED), force=True)
    assert "Version 1, issued 31 December 2013" in (wales.exports / "public.html").read_text(encoding="utf-8")
    assert [row.version for row in lifecycle.list_issues(wales, meeting)] == [1]
    publish(wales, meeting, force=True, language=Language.CY)
    make_line(wales, meeting, "Gwen will ring", 1)
    publish(wales, meeting, force=True, language=Language.CY)
    assert [row.version for row in lifecycle.list_issues(wales, meeting)] == [1, 2, 3]
