"""Contacts come in as one step: who is known is filled, who is only alike is asked about, one undo takes all back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ahtc_tui.domain.errors import BadFile, BadInput
from ahtc_tui.domain.imports.report import FileReport, Take, Wishes
from ahtc_tui.services.contacts.service import show_contact
from ahtc_tui.services.exports.contacts import export_contacts
from ahtc_tui.services.history import undo
from ahtc_tui.services.imports.contacts.service import import_contacts
from ahtc_tui.services.privacy.erasure import erase_person
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.integrity_check import faults
from tests.builders import a_holding, a_party, ask, live_rows

Cards = Callable[..., Path]


@pytest.fixture
def cards(tmp_path: Path) -> Cards:
    """A file of cards, each given as its lines."""

    def write(*each: str, name: str = "cards.vcf") -> Path:
        text = "".join(f"BEGIN:VCARD\nVERSION:3.0\n{lines}\nEND:VCARD\n" for lines in each)
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    return write


def brought(workspace: Workspace, file: Path, wishes: Wishes | None = None, *, apply: bool = True) -> FileReport:
    return import_contacts(workspace, [file], wishes, apply=apply).files[0]


def fields(workspace: Workspace, ref: str) -> tuple[object, ...]:
    row = show_contact(workspace, ref).row
    return row.name, row.email, row.phone, row.role, row.organisation


SIAN = "UID:abc\nFN:Siân Wyn\nORG:Cymorth Cymru\nTITLE:Officer\nEMAIL:sian@example.invalid\nTEL:029 2064 4633"


def test_a_new_person_comes_in_with_a_new_organisation_and_no_lawful_basis_yet(wales: Workspace, cards: Cards) -> None:
    before = live_rows(wales)
    report = brought(wales, cards(SIAN))
    assert [(one.ref, one.row, one.values) for one in report.added] == [
        ("cymorth-cymru", "card 1", {"kind": "organisation", "name": "Cymorth Cymru"}),
        (
            "sian-wyn",
            "card 1",
            {
                "kind": "person",
                "name": "Siân Wyn",
                "email": "sian@example.invalid",
                "phone": "029 2064 4633",
                "role": "Officer",
                "organisation": "Cymorth Cymru",
            },
        ),
    ]
    assert show_contact(wales, "sian-wyn").row.source == "cards.vcf"
    assert ask(wales, "SELECT lawful_basis FROM people p JOIN parties q ON q.id = p.id WHERE q.ref = 'sian-wyn'") == [
        (None,)
    ]
    assert report.warnings[-1].reason == "without a lawful basis yet: sian-wyn"
    again = brought(wales, cards(SIAN))
    assert (again.added, again.changed, again.questions, again.unchanged) == ((), (), (), 1)
    undo(wales)
    assert live_rows(wales) == before
    assert faults(wales.database) == []


def test_whom_a_card_means(wales: Workspace, cards: Cards) -> None:
    brought(wales, cards(SIAN))
    for lines in (
        "UID:abc\nFN:Siân Wyn",
        "FN:Sian WYN\nEMAIL:Sian@Example.invalid",
        "FN:Siân Wynn\nEMAIL:sian@example.invalid",
        "FN:sian wyn\nORG:cymorth cymru",
        "FN:Siân Wyn",
    ):
        report = brought(wales, cards(lines), apply=False)
        assert report.added == (), lines
        assert all(asked.field == "name" for asked in report.questions), lines


def test_who_is_only_alike_is_a_question_and_never_applied(wales: Workspace, cards: Cards) -> None:
    brought(wales, cards(SIAN))
    cases = {
        "FN:Sian Wynn": "the name is like that of Siân Wyn",
        "FN:S Wyn": "the name is like that of Siân Wyn",
        "FN:Gwen Price\nEMAIL:sian@example.invalid": "Siân Wyn has the same address and another name",
        "FN:Siân Wyn\nORG:Bawso": "Siân Wyn is here, at another organisation",
    }
    for lines, reason in cases.items():
        report = brought(wales, cards(lines))
        assert [(asked.ref, asked.field, asked.reason) for asked in report.questions] == [
            ("sian-wyn", "record", reason)
        ], lines
        assert (report.added, report.changed, report.unchanged) == ((), (), 0)


def test_an_answer_says_who_is_meant(wales: Workspace, cards: Cards) -> None:
    brought(wales, cards(SIAN))
    file = cards("FN:Sian Wynn\nTEL:07700 900123")
    (asked,) = brought(wales, file, apply=False).questions
    same = brought(wales, file, Wishes(answers={asked.id: "ours"}), apply=False)
    assert [one.field for one in same.questions] == ["name", "phone"]
    other = brought(wales, file, Wishes(answers={asked.id: "theirs"}), apply=False)
    assert [one.values["name"] for one in other.added] == ["Sian Wynn"]
    named = brought(wales, file, Wishes(answers={asked.id: "joyce-watson"}), apply=False)
    assert named.changed[0].ref == "joyce-watson"
    assert brought(wales, file, Wishes(answers={asked.id: "skip"}), apply=False).questions == ()
    assert brought(wales, file, Wishes(take=Take.ALL), apply=False).added
    with pytest.raises(BadInput, match="nobody here has that reference"):
        brought(wales, file, Wishes(answers={asked.id: "nobody"}), apply=False)


def test_an_empty_field_is_filled_and_a_differing_one_asked_about(wales: Workspace, cards: Cards) -> None:
    key = a_party(wales, "Gwen Price", "gwen-price", kind="person")
    with wales.database.write("phone") as ledger:
        ledger.change("parties", key, {"phone": "+44 (0)1633 838111"})
    file = cards("FN:Gwen Price\nORG:Gwent Police\nTEL:01633 838111\nEMAIL:gwen@example.invalid\nTITLE:Inspector")
    report = brought(wales, file)
    assert [(one.field, one.was, one.now) for one in report.changed] == [
        ("email", None, "gwen@example.invalid"),
        ("role", None, "Inspector"),
        ("organisation", None, "Gwent Police"),
    ]
    file = cards("FN:Gwen Price\nORG:Bawso\nEMAIL:gwen@example.invalid\nTITLE:Chief Inspector\nTEL:01633 000000")
    report = brought(wales, file)
    assert [(one.field, one.ours, one.theirs) for one in report.questions] == [
        ("phone", "+44 (0)1633 838111", "01633 000000"),
        ("role", "Inspector", "Chief Inspector"),
        ("organisation", "Gwent Police", "Bawso"),
    ]
    ids = [asked.id for asked in report.questions]
    answers = dict(zip(ids, ("theirs", "Sergeant", "New Pathways"), strict=True))
    brought(wales, file, Wishes(answers=answers))
    assert fields(wales, "gwen-price") == (
        "Gwen Price",
        "gwen@example.invalid",
        "01633 000000",
        "Sergeant",
        "New Pathways",
    )
    with pytest.raises(BadInput, match="no organisation of the register"):
        brought(wales, file, Wishes(answers={ids[2]: "Nobody at all"}))


def test_a_job_title_that_is_a_vacant_post_puts_the_person_into_it(wales: Workspace, cards: Cards) -> None:
    lines = "FN:Gwen Price\nORG:Gwent Police\nTITLE:Single Point of Contact\\, Gwent Police"
    report = brought(wales, cards(lines))
    assert [(one.ref, one.values.get("record")) for one in report.added] == [
        ("gwen-price", None),
        ("spoc-gwent", "holding"),
    ]
    assert show_contact(wales, "spoc-gwent").row.holder == "Gwen Price"
    assert brought(wales, cards(lines)).unchanged == 1
    second = brought(wales, cards(lines.replace("Gwen Price", "Huw Morgan")))
    assert "is held already: Huw Morgan is not put into it" in second.warnings[0].reason
    assert fields(wales, "huw-morgan")[3] == "Single Point of Contact, Gwent Police"


def test_a_post_further_down_the_file_is_made_before_who_holds_it(workspace: Workspace, cards: Cards) -> None:
    post = "X-AHTC-KIND:post\nFN:Zone lead\nORG:Gwent Police"
    brought(workspace, cards("FN:Adam Price\nORG:Gwent Police\nTITLE:Zone lead", post))
    assert show_contact(workspace, "zone-lead").row.holder == "Adam Price"


def test_the_holder_of_a_post_is_not_asked_about_the_title(wales: Workspace, cards: Cards) -> None:
    post = ask(wales, "SELECT id FROM parties WHERE ref = 'spoc-gwent'")[0][0]
    a_holding(wales, post, a_party(wales, "Gwen Price", "gwen-price", kind="person"))
    report = brought(wales, cards("FN:Gwen Price\nTITLE:Single Point of Contact\\, Gwent Police"))
    assert (report.unchanged, report.questions) == (1, ())


def test_an_organisation_is_known_by_its_other_names_and_a_near_one_is_asked_about_once(
    wales: Workspace, cards: Cards
) -> None:
    known = brought(wales, cards("FN:Gwen Price\nORG:Heddlu Gwent"))
    assert known.added[0].values["organisation"] == "Gwent Police"
    near = cards("FN:Huw Morgan\nORG:Gwent Polise", "FN:Mair Rees\nORG:Gwent Polise", name="near.vcf")
    report = brought(wales, near, apply=False)
    assert [(asked.field, asked.ours, asked.theirs) for asked in report.questions] == [
        ("organisation", "Gwent Police", "Gwent Polise")
    ]
    answered = brought(wales, near, Wishes(answers={report.questions[0].id: "ours"}), apply=False)
    assert {one.values.get("organisation") for one in answered.added} == {"Gwent Police"}
    new = brought(wales, near, Wishes(answers={report.questions[0].id: "theirs"}), apply=False)
    assert [one.values["kind"] for one in new.added] == ["organisation", "person", "person"]


def test_a_field_that_seems_to_be_about_a_case_is_warned_of(wales: Workspace, cards: Cards) -> None:
    report = brought(wales, cards("FN:Gwen Price\nTITLE:Officer\\, NRM case 1234"), apply=False)
    assert report.warnings[0].reason == "the role may hold an NRM number: check it"


def test_a_second_address_and_number_are_named_where_they_are_left_out(wales: Workspace, cards: Cards) -> None:
    report = brought(wales, cards(f"{SIAN}\nEMAIL:home@example.invalid\nTEL;TYPE=home:01792 000000"))
    (warned,) = [one for one in report.warnings if "left out" in one.reason]
    assert warned.reason.startswith("Siân Wyn: home@example.invalid, 01792 000000 left out")
    assert fields(wales, "sian-wyn")[1:3] == ("sian@example.invalid", "029 2064 4633")


def test_two_cards_of_one_person_make_one(wales: Workspace, cards: Cards) -> None:
    file = cards("FN:Gwen Price\nEMAIL:gwen@example.invalid", "FN:Gwen Price\nEMAIL:GWEN@example.invalid\nTEL:1")
    report = brought(wales, file)
    assert [one.values for one in report.added] == [
        {"kind": "person", "name": "Gwen Price", "email": "gwen@example.invalid", "phone": "1"}
    ]


def test_namesakes_are_asked_about(wales: Workspace, cards: Cards) -> None:
    for ref in ("gwen-price", "gwen-price-2"):
        a_party(wales, "Gwen Price", ref, kind="person")
    (asked,) = brought(wales, cards("FN:Gwen Price")).questions
    assert asked.reason == "the name is that of several: gwen-price, gwen-price-2"


def test_an_erased_person_does_not_come_back(wales: Workspace, cards: Cards) -> None:
    key = a_party(wales, "Gwen Price", "gwen-price", kind="person")
    erase_person(wales, "gwen-price")
    report = brought(wales, cards(f"UID:urn:uuid:{key.hex()}\nFN:Gwen Price"))
    assert report.added == ()
    assert "was erased and may not come back" in report.warnings[0].reason


def test_a_card_of_the_same_name_as_somebody_erased_is_asked_about_whatever_is_taken(
    wales: Workspace, cards: Cards
) -> None:
    a_party(wales, "Gwen Price", "gwen-price", kind="person")
    erase_person(wales, "gwen-price")
    file = cards("FN:GWEN  PRICE")
    asked = brought(wales, file, Wishes(Take.ALL))
    assert asked.added == ()
    assert "was erased on 2013-12-31" in asked.questions[0].reason
    answered = brought(wales, file, Wishes(answers={asked.questions[0].id: "theirs"}))
    assert [row.ref for row in answered.added] == ["gwen-price"]


@pytest.mark.parametrize("name", ["all.vcf", "all.csv", "all.xlsx"])
def test_what_we_export_comes_back_unchanged_here_and_whole_elsewhere(
    name: str, wales: Workspace, cards: Cards, tmp_path: Path
) -> None:
    brought(wales, cards(SIAN))
    count = export_contacts(wales, tmp_path / name)
    report = brought(wales, tmp_path / name)
    assert (report.read, report.unchanged, report.added, report.changed, report.questions, report.warnings) == (
        count,
        count,
        (),
        (),
        (),
        (),
    )


def test_an_empty_office_takes_the_whole_register(
    open_world: Callable[[str], Workspace], workspace: Workspace, wales_cards: Path
) -> None:
    report = brought(workspace, wales_cards)
    kinds = [one.values.get("kind") for one in report.added if "kind" in one.values]
    assert (kinds.count("person"), kinds.count("post"), kinds.count("organisation")) == (6, 23, 59)
    assert report.questions == ()
    assert brought(workspace, wales_cards).unchanged == report.read == 88


@pytest.fixture(scope="session")
def wales_cards(world: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The contacts of the Wales data as cards, written in another office."""
    from ahtc_tui.services.opening import open_workspace
    from tests.builders import TODAY

    target = tmp_path_factory.mktemp("cards") / "wales.vcf"
    office = open_workspace(world("wales"), TODAY)
    export_contacts(office, target)
    office.close()
    return target


def test_outlook_s_and_google_s_columns_are_known(wales: Workspace, tmp_path: Path) -> None:
    outlook = tmp_path / "outlook.csv"
    outlook.write_text(
        "Title,First Name,Last Name,Suffix,Company,Job Title,Business Phone,E-mail Address,NHS number\n"
        "Dr,Siân,Wyn,AM,Bawso,Director,029 2064 4633,sian@example.invalid,1\n"
        ",,,,Cymorth Cymru,,,,\n"
        ",,,,,Nobody,,,\n",
        encoding="cp1252",
    )
    google = tmp_path / "google.csv"
    google.write_text(
        "First Name,Last Name,Organization Name,Organization Title,E-mail 1 - Value,Phone 1 - Value\n"
        "Gwen,Price,Gwent Police,Inspector,gwen@example.invalid ::: g@example.invalid,+44 1633 838111\n"
        "Huw,Morgan,,,no address,\n",
        encoding="utf-8",
    )
    report = import_contacts(wales, [outlook, google])
    assert fields(wales, "sian-wyn") == ("Siân Wyn", "sian@example.invalid", "029 2064 4633", "Director", "Bawso")
    assert fields(wales, "gwen-price")[1:3] == ("gwen@example.invalid", "+44 1633 838111")
    assert [one.read for one in report.files] == [3, 2]
    reasons = [warned.reason for file in report.files for warned in file.warnings]
    assert any("may hold an NHS number" in reason for reason in reasons)
    assert any("names nobody" in reason for reason in reasons)
    assert any('"no address" is no e-mail address' in reason for reason in reasons)


def test_a_reference_counts_where_the_name_agrees_with_it(wales: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "refs.csv"
    file.write_text("Ref,Name,Phone\njeff-farrar,Jeff Farrar,01633 1\nahtc,Gwen Price,01633 2\n", encoding="utf-8")
    report = brought(wales, file)
    assert [(one.ref, one.field) for one in report.changed] == [("jeff-farrar", "phone")]
    assert [warned.ref for warned in report.questions] == ["ahtc"]
    assert report.questions[0].reason == "the reference is that of Anti Human Trafficking Co-ordinator"


def test_what_a_column_means_is_said_once_and_remembered(wales: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "staff.csv"
    file.write_text("Enw;Llinell;Sefydliad\nGwen Price;01633 838111;Gwent Police\n", encoding="utf-8")
    before = live_rows(wales)
    (report,) = import_contacts(wales, [file], columns={"Llinell": "phone"}).files
    assert report.added[0].values["phone"] == "01633 838111"
    file.write_text("Enw;Llinell;Sefydliad\nHuw Morgan;01633 000000;Gwent Police\n", encoding="utf-8")
    assert brought(wales, file).added[0].values["phone"] == "01633 000000"
    undo(wales)
    undo(wales)
    assert live_rows(wales) == before
    import_contacts(wales, [file], columns={"Llinell": "phone"})
    with pytest.raises(BadInput, match='Contacts have no field "fax"'):
        import_contacts(wales, [file], columns={"Llinell": "fax"})


def test_one_file_that_cannot_be_used_keeps_all_out(wales: Workspace, cards: Cards, tmp_path: Path) -> None:
    (tmp_path / "bad.vcf").write_bytes(b"garbage")
    (tmp_path / "bad.csv").write_text("Colour,Size\nred,1\n", encoding="utf-8")
    before = live_rows(wales)
    for bad in ("bad.vcf", "bad.csv", "none.csv"):
        with pytest.raises(BadFile, match=bad):
            import_contacts(wales, [cards(SIAN), tmp_path / bad])
    with pytest.raises(BadFile, match="Name a file"):
        import_contacts(wales, [])
    assert live_rows(wales) == before


def test_a_dry_run_and_taking_nothing_write_nothing(wales: Workspace, cards: Cards) -> None:
    before = live_rows(wales)
    planned = brought(wales, cards(SIAN), apply=False)
    assert brought(wales, cards(SIAN), Wishes(take=Take.NONE)) == planned
    assert planned.added[1].ref is None
    assert live_rows(wales) == before
