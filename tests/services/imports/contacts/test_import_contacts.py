"""Import of contacts: matches, empty fields, questions, and undo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ahtc_tui.domain.errors import BadFile, BadInput
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.imports.report import FileReport, ImportOptions, TakeMode
from ahtc_tui.services.contacts.service import show_contact
from ahtc_tui.services.exports.contacts import export_contacts
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.imports.contacts.service import import_contacts
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.privacy.erasure import erase_person
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.integrity_check import find_faults
from tests.builders import TODAY, make_holding, make_party, query_rows, read_live_rows

Cards = Callable[..., Path]


@pytest.fixture
def cards(tmp_path: Path) -> Cards:
    """Return a function that writes a file of vCards, each given as its lines."""

    def write_cards(*each: str, name: str = "cards.vcf") -> Path:
        text = "".join(f"BEGIN:VCARD\nVERSION:3.0\n{lines}\nEND:VCARD\n" for lines in each)
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    return write_cards


def import_file(
    workspace: Workspace, file: Path, wishes: ImportOptions | None = None, *, apply: bool = True
) -> FileReport:
    return import_contacts(workspace, [file], wishes, apply=apply).files[0]


def read_fields(workspace: Workspace, ref: str) -> tuple[object, ...]:
    row = show_contact(workspace, ref).row
    return row.name, row.email, row.phone, row.role, row.organisation


SIAN = "UID:abc\nFN:Siân Wyn\nORG:Cymorth Cymru\nTITLE:Officer\nEMAIL:sian@example.invalid\nTEL:029 2064 4633"


def test_a_new_person_is_added_with_a_new_organisation(wales: Workspace, cards: Cards) -> None:
    before = read_live_rows(wales)
    report = import_file(wales, cards(SIAN))
    assert [(added.ref, added.row, added.values) for added in report.added] == [
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
    assert query_rows(
        wales, "SELECT lawful_basis FROM people p JOIN parties q ON q.id = p.id WHERE q.ref = 'sian-wyn'"
    ) == [(None,)]
    assert report.warnings[-1].reason == "without a lawful basis yet: sian-wyn"
    second_report = import_file(wales, cards(SIAN))
    assert (second_report.added, second_report.changed, second_report.questions, second_report.unchanged) == (
        (),
        (),
        (),
        1,
    )
    undo_step(wales)
    assert read_live_rows(wales) == before
    assert find_faults(wales.database) == []


def test_a_card_matches_a_contact(wales: Workspace, cards: Cards) -> None:
    import_file(wales, cards(SIAN))
    for lines in (
        "UID:abc\nFN:Siân Wyn",
        "FN:Sian WYN\nEMAIL:Sian@Example.invalid",
        "FN:Siân Wynn\nEMAIL:sian@example.invalid",
        "FN:sian wyn\nORG:cymorth cymru",
        "FN:Siân Wyn",
    ):
        report = import_file(wales, cards(lines), apply=False)
        assert report.added == (), lines
        assert all(question.field == "name" for question in report.questions), lines


def test_similar_contacts_are_asked_about(wales: Workspace, cards: Cards) -> None:
    import_file(wales, cards(SIAN))
    cases = {
        "FN:Sian Wynn": 'the name is similar to "Siân Wyn"',
        "FN:S Wyn": 'the name is similar to "Siân Wyn"',
        "FN:Gwen Price\nEMAIL:sian@example.invalid": '"Siân Wyn" has the same address and another name',
        "FN:Siân Wyn\nORG:Bawso": '"Siân Wyn" is in the register, at another organisation',
    }
    for lines, reason in cases.items():
        report = import_file(wales, cards(lines))
        assert [(question.ref, question.field, question.reason) for question in report.questions] == [
            ("sian-wyn", "record", reason)
        ], lines
        assert (report.added, report.changed, report.unchanged) == ((), (), 0)


def test_an_answer_decides_which_contact_matches(wales: Workspace, cards: Cards) -> None:
    import_file(wales, cards(SIAN))
    file = cards("FN:Sian Wynn\nTEL:07700 900123")
    (question,) = import_file(wales, file, apply=False).questions
    same = import_file(wales, file, ImportOptions(answers={question.id: "ours"}), apply=False)
    assert [question_left.field for question_left in same.questions] == ["name", "phone"]
    separate = import_file(wales, file, ImportOptions(answers={question.id: "theirs"}), apply=False)
    assert [added.values["name"] for added in separate.added] == ["Sian Wynn"]
    named = import_file(wales, file, ImportOptions(answers={question.id: "joyce-watson"}), apply=False)
    assert named.changed[0].ref == "joyce-watson"
    assert import_file(wales, file, ImportOptions(answers={question.id: "skip"}), apply=False).questions == ()
    assert import_file(wales, file, ImportOptions(take=TakeMode.ALL), apply=False).added
    with pytest.raises(BadInput, match="no contact has this reference"):
        import_file(wales, file, ImportOptions(answers={question.id: "nobody"}), apply=False)


def test_empty_fields_are_filled_and_differing_ones_asked_about(wales: Workspace, cards: Cards) -> None:
    key = make_party(wales, "Gwen Price", "gwen-price", kind="person")
    with wales.database.write("phone") as ledger:
        ledger.update("parties", key, {"phone": "+44 (0)1633 838111"})
    file = cards("FN:Gwen Price\nORG:Gwent Police\nTEL:01633 838111\nEMAIL:gwen@example.invalid\nTITLE:Inspector")
    report = import_file(wales, file)
    assert [(change.field, change.was, change.now) for change in report.changed] == [
        ("email", None, "gwen@example.invalid"),
        ("role", None, "Inspector"),
        ("organisation", None, "Gwent Police"),
    ]
    file = cards("FN:Gwen Price\nORG:Bawso\nEMAIL:gwen@example.invalid\nTITLE:Chief Inspector\nTEL:01633 000000")
    report = import_file(wales, file)
    assert [(question.field, question.ours, question.theirs) for question in report.questions] == [
        ("phone", "+44 (0)1633 838111", "01633 000000"),
        ("role", "Inspector", "Chief Inspector"),
        ("organisation", "Gwent Police", "Bawso"),
    ]
    with use_language(Language.CY):
        [reason, *_others] = [question.reason for question in import_file(wales, file, apply=False).questions]
    assert reason == "mae rhif ffôn Gwen Price yn wahanol"
    ids = [question.id for question in report.questions]
    answers = dict(zip(ids, ("theirs", "Sergeant", "New Pathways"), strict=True))
    import_file(wales, file, ImportOptions(answers=answers))
    assert read_fields(wales, "gwen-price") == (
        "Gwen Price",
        "gwen@example.invalid",
        "01633 000000",
        "Sergeant",
        "New Pathways",
    )
    with pytest.raises(BadInput, match="not an organisation in the register"):
        import_file(wales, file, ImportOptions(answers={ids[2]: "Nobody at all"}))


def test_a_person_is_appointed_to_the_vacant_post_of_their_job_title(wales: Workspace, cards: Cards) -> None:
    lines = "FN:Gwen Price\nORG:Gwent Police\nTITLE:Single Point of Contact\\, Gwent Police"
    report = import_file(wales, cards(lines))
    assert [(added.ref, added.values.get("record")) for added in report.added] == [
        ("gwen-price", None),
        ("spoc-gwent", "holding"),
    ]
    assert show_contact(wales, "spoc-gwent").row.holder == "Gwen Price"
    assert import_file(wales, cards(lines)).unchanged == 1
    second = import_file(wales, cards(lines.replace("Gwen Price", "Huw Morgan")))
    assert "is filled already, so Huw Morgan is not appointed" in second.warnings[0].reason
    assert read_fields(wales, "huw-morgan")[3] == "Single Point of Contact, Gwent Police"


def test_posts_are_added_before_their_holders(workspace: Workspace, cards: Cards) -> None:
    post = "X-AHTC-KIND:post\nFN:Zone lead\nORG:Gwent Police"
    import_file(workspace, cards("FN:Adam Price\nORG:Gwent Police\nTITLE:Zone lead", post))
    assert show_contact(workspace, "zone-lead").row.holder == "Adam Price"


def test_the_job_title_of_a_post_holder_is_not_asked_about(wales: Workspace, cards: Cards) -> None:
    post = query_rows(wales, "SELECT id FROM parties WHERE ref = 'spoc-gwent'")[0][0]
    make_holding(wales, post, make_party(wales, "Gwen Price", "gwen-price", kind="person"))
    report = import_file(wales, cards("FN:Gwen Price\nTITLE:Single Point of Contact\\, Gwent Police"))
    assert (report.unchanged, report.questions) == (1, ())


def test_organisations_match_by_alias_and_similar_ones_are_asked_about(wales: Workspace, cards: Cards) -> None:
    known_report = import_file(wales, cards("FN:Gwen Price\nORG:Heddlu Gwent"))
    assert known_report.added[0].values["organisation"] == "Gwent Police"
    near = cards("FN:Huw Morgan\nORG:Gwent Polise", "FN:Mair Rees\nORG:Gwent Polise", name="near.vcf")
    report = import_file(wales, near, apply=False)
    assert [(question.field, question.ours, question.theirs) for question in report.questions] == [
        ("organisation", "Gwent Police", "Gwent Polise")
    ]
    answered = import_file(wales, near, ImportOptions(answers={report.questions[0].id: "ours"}), apply=False)
    assert {added.values.get("organisation") for added in answered.added} == {"Gwent Police"}
    new = import_file(wales, near, ImportOptions(answers={report.questions[0].id: "theirs"}), apply=False)
    assert [added.values["kind"] for added in new.added] == ["organisation", "person", "person"]


def test_case_data_in_a_field_is_a_warning(wales: Workspace, cards: Cards) -> None:
    report = import_file(wales, cards("FN:Gwen Price\nTITLE:Officer\\, NRM case 1234"), apply=False)
    assert report.warnings[0].reason == "the role may hold an NRM number: check it"


def test_further_addresses_and_numbers_are_kept_with_their_kind(wales: Workspace, cards: Cards) -> None:
    import_file(wales, cards(f"{SIAN}\nEMAIL:home@example.invalid\nTEL;TYPE=home:01792 000000"))
    card = show_contact(wales, "sian-wyn")
    assert (str(card.emails[1]), str(card.phones[1])) == ("home@example.invalid", "01792 000000 (home)")
    assert read_fields(wales, "sian-wyn")[1:3] == ("sian@example.invalid", "029 2064 4633")


def test_two_cards_of_one_person_are_merged(wales: Workspace, cards: Cards) -> None:
    file = cards("FN:Gwen Price\nEMAIL:gwen@example.invalid", "FN:Gwen Price\nEMAIL:GWEN@example.invalid\nTEL:1")
    report = import_file(wales, file)
    assert [added.values for added in report.added] == [
        {"kind": "person", "name": "Gwen Price", "email": "gwen@example.invalid", "phone": "1"}
    ]


def test_namesakes_are_asked_about(wales: Workspace, cards: Cards) -> None:
    for ref in ("gwen-price", "gwen-price-2"):
        make_party(wales, "Gwen Price", ref, kind="person")
    (question,) = import_file(wales, cards("FN:Gwen Price")).questions
    assert question.reason == "several contacts have this name: gwen-price, gwen-price-2"


def test_an_erased_person_is_not_imported_again(wales: Workspace, cards: Cards) -> None:
    key = make_party(wales, "Gwen Price", "gwen-price", kind="person")
    erase_person(wales, "gwen-price")
    report = import_file(wales, cards(f"UID:urn:uuid:{key.hex()}\nFN:Gwen Price"))
    assert report.added == ()
    assert "was erased and cannot be imported" in report.warnings[0].reason


def test_a_name_like_that_of_an_erased_person_is_always_asked_about(wales: Workspace, cards: Cards) -> None:
    make_party(wales, "Gwen Price", "gwen-price", kind="person")
    erase_person(wales, "gwen-price")
    file = cards("FN:GWEN  PRICE")
    first_report = import_file(wales, file, ImportOptions(TakeMode.ALL))
    assert first_report.added == ()
    assert "erased on 31 December 2013" in first_report.questions[0].reason
    answered = import_file(wales, file, ImportOptions(answers={first_report.questions[0].id: "theirs"}))
    assert [row.ref for row in answered.added] == ["gwen-price"]


@pytest.mark.sample(3)
@pytest.mark.parametrize("name", ["all.vcf", "all.csv", "all.xlsx"])
def test_an_exported_file_imports_unchanged(name: str, wales: Workspace, cards: Cards, tmp_path: Path) -> None:
    import_file(wales, cards(SIAN))
    count = export_contacts(wales, tmp_path / name)
    report = import_file(wales, tmp_path / name)
    assert (report.read, report.unchanged, report.added, report.changed, report.questions, report.warnings) == (
        count,
        count,
        (),
        (),
        (),
        (),
    )


def test_an_empty_workspace_imports_the_whole_register(
    open_world: Callable[[str], Workspace], workspace: Workspace, wales_cards: Path
) -> None:
    report = import_file(workspace, wales_cards)
    kinds = [added.values.get("kind") for added in report.added if "kind" in added.values]
    assert (kinds.count("person"), kinds.count("post"), kinds.count("organisation")) == (6, 26, 59)
    assert report.questions == ()
    assert import_file(workspace, wales_cards).unchanged == report.read == 91


@pytest.fixture(scope="session")
def wales_cards(world: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The contacts of the Wales data as vCards of another workspace."""
    target = tmp_path_factory.mktemp("cards") / "wales.vcf"
    office = open_workspace(world("wales"), TODAY)
    export_contacts(office, target)
    office.close()
    return target


def test_columns_of_outlook_and_google_are_known(wales: Workspace, tmp_path: Path) -> None:
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
    assert read_fields(wales, "sian-wyn") == ("Siân Wyn", "sian@example.invalid", "029 2064 4633", "Director", "Bawso")
    assert read_fields(wales, "gwen-price")[1:3] == ("gwen@example.invalid", "+44 1633 838111")
    assert [file_report.read for file_report in report.files] == [3, 2]
    reasons = [warning.reason for file in report.files for warning in file.warnings]
    assert any("may hold an NHS number" in reason for reason in reasons)
    assert any("has no name" in reason for reason in reasons)
    assert any('"no address" is not an email address' in reason for reason in reasons)


def test_a_reference_counts_where_the_name_agrees_with_it(wales: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "refs.csv"
    file.write_text("Ref,Name,Phone\njeff-farrar,Jeff Farrar,01633 1\nahtc,Gwen Price,01633 2\n", encoding="utf-8")
    report = import_file(wales, file)
    assert [(change.ref, change.field) for change in report.changed] == [("jeff-farrar", "phone")]
    assert [question.ref for question in report.questions] == ["ahtc"]
    assert report.questions[0].reason == 'this is the reference of "Anti Human Trafficking Co-ordinator"'


def test_column_mappings_are_remembered(wales: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "staff.csv"
    file.write_text("Enw;Llinell;Sefydliad\nGwen Price;01633 838111;Gwent Police\n", encoding="utf-8")
    before = read_live_rows(wales)
    (report,) = import_contacts(wales, [file], columns={"Llinell": "phone"}).files
    assert report.added[0].values["phone"] == "01633 838111"
    file.write_text("Enw;Llinell;Sefydliad\nHuw Morgan;01633 000000;Gwent Police\n", encoding="utf-8")
    assert import_file(wales, file).added[0].values["phone"] == "01633 000000"
    undo_step(wales)
    undo_step(wales)
    assert read_live_rows(wales) == before
    import_contacts(wales, [file], columns={"Llinell": "phone"})
    with pytest.raises(BadInput, match='Contacts have no field "fax"'):
        import_contacts(wales, [file], columns={"Llinell": "fax"})


def test_one_unreadable_file_stops_the_whole_import(wales: Workspace, cards: Cards, tmp_path: Path) -> None:
    (tmp_path / "bad.vcf").write_bytes(b"garbage")
    (tmp_path / "bad.csv").write_text("Colour,Size\nred,1\n", encoding="utf-8")
    before = read_live_rows(wales)
    for bad in ("bad.vcf", "bad.csv", "none.csv"):
        with pytest.raises(BadFile, match=bad):
            import_contacts(wales, [cards(SIAN), tmp_path / bad])
    with pytest.raises(BadFile, match="Name a file"):
        import_contacts(wales, [])
    assert read_live_rows(wales) == before


def test_dry_run_and_take_none_write_nothing(wales: Workspace, cards: Cards) -> None:
    before = read_live_rows(wales)
    planned = import_file(wales, cards(SIAN), apply=False)
    assert import_file(wales, cards(SIAN), ImportOptions(take=TakeMode.NONE)) == planned
    assert planned.added[1].ref is None
    assert read_live_rows(wales) == before


@pytest.mark.parametrize("take", [TakeMode.ALL, TakeMode.CLEAN])
def test_two_rows_of_one_address_never_replace_a_name_unseen(wales: Workspace, tmp_path: Path, take: TakeMode) -> None:
    path = tmp_path / "people.csv"
    path.write_text("Name,Email,Phone\nSian Evans,sian@example.org,029 1\nSiân Evens,sian@example.org,029 2\n")
    report = import_file(wales, path, ImportOptions(take))
    listed = {warning.field: warning.reason for warning in report.warnings if warning.cell != path.name}
    (added,) = report.added
    if take is TakeMode.ALL:
        assert added.values["name"] == "Siân Evens"
        assert listed["name"].endswith('"Sian Evans" > "Siân Evens"')
        assert listed["phone"].endswith('"029 1" > "029 2"')
    else:
        assert (added.values["name"], listed) == ("Sian Evans", {})
        assert {question.field for question in report.questions} == {"name", "phone"}


def test_names_with_other_numbers_are_different_and_one_answer_serves_for_similar_ones(
    wales: Workspace, cards: Cards
) -> None:
    import_file(wales, cards("FN:Duty Officer 11"))
    assert len(import_file(wales, cards("FN:Duty Officer 12")).added) == 1
    import_file(wales, cards("FN:Gwen Pricehouse"))
    first = import_file(wales, cards("FN:Duty Oficer 11"), apply=False).questions
    second = import_file(wales, cards("FN:Gwen Pricehous"), apply=False).questions
    assert [question.kind for question in (*first, *second)] == [first[0].kind] * 2


_PLACES = [
    "Aberaeron", "Aberdare", "Abergele", "Abertillery", "Amlwch", "Bala", "Bangor", "Bargoed", "Barmouth", "Barry",
    "Beaumaris", "Blackwood", "Brecon", "Bridgend", "Brynmawr", "Caernarfon", "Caldicot", "Cardigan", "Chepstow",
    "Chirk", "Conwy", "Cowbridge", "Denbigh", "Dolgellau", "Fishguard", "Flint", "Harlech", "Holyhead", "Kidwelly",
    "Knighton", "Lampeter", "Laugharne", "Llandeilo", "Llandovery", "Llandrindod", "Llandudno", "Llanelli",
    "Llanfyllin", "Llangefni", "Llangollen", "Llanrwst", "Machynlleth", "Maesteg", "Milford", "Mold", "Monmouth",
    "Narberth", "Neath", "Newport", "Newtown",
]  # fmt: skip


@pytest.mark.parametrize("words", ["Sales Store", "Town Council", "Sales and Service Store Limited"])
def test_shared_words_do_not_make_two_names_similar(wales: Workspace, cards: Cards, words: str) -> None:
    names = [f"{place} {words}" for place in _PLACES]
    import_file(wales, cards(*(f"FN:{name}\nORG:{name}\nKIND:org" for name in names[::2])))
    report = import_file(wales, cards(*(f"FN:{name}\nORG:{name}\nKIND:org" for name in names[1::2])), apply=False)
    assert [question.reason for question in report.questions if "similar" in question.reason] == []


@pytest.mark.parametrize(
    ("name", "known"), [("Aberdare Sale Store", "Aberdare Sales Store"), ("Bala Town Counsil", "Bala Town Council")]
)
def test_a_mistyped_name_is_similar(wales: Workspace, cards: Cards, name: str, known: str) -> None:
    import_file(wales, cards(f"FN:{known}\nORG:{known}\nKIND:org"))
    (question,) = import_file(wales, cards(f"FN:{name}\nORG:{name}\nKIND:org"), apply=False).questions
    assert question.reason == f'the name is similar to "{known}"'


@pytest.mark.parametrize(
    ("known", "name"),
    [
        ("@Bernad", "Bernard"),
        (
            "\N{DOUBLE EXCLAMATION MARK}\N{VARIATION SELECTOR-16}",
            "Gwen\N{BLACK HEART SUIT}\N{VARIATION SELECTOR-16} Pricehouse",
        ),
        ("Dir. Fisheries Anglesey Wales", "Dir. Forests Powys Wales"),
        (
            "\u0e1c\u0e2d.\u0e04\u0e1b\u0e20.\u0e08\u0e27.\u0e1e\u0e17",
            "\u0e1c\u0e2d.\u0e2a\u0e19\u0e07.\u0e01\u0e35\u0e2c\u0e32 \u0e08.\u0e1e\u0e17",
        ),
    ],
)
def test_a_given_name_a_sign_or_other_middle_words_make_no_similar_name(
    wales: Workspace, cards: Cards, known: str, name: str
) -> None:
    import_file(wales, cards(f"FN:{known}"))
    report = import_file(wales, cards(f"FN:{name}"), apply=False)
    assert ([question.reason for question in report.questions], len(report.added)) == ([], 1)


@pytest.mark.parametrize(
    ("known", "name"),
    [
        ("Gwen A Pricehouse", "Gwen Alys Pricehouse"),
        ("G. Pricehouse", "Gwen Alys Pricehouse"),
        ("\N{WHITE DIAMOND}Gwen Alys", "\N{BLACK CLUB SUIT}Gwen Alys"),
    ],
)
def test_an_initial_or_a_sign_before_a_name_is_asked_about(
    wales: Workspace, cards: Cards, known: str, name: str
) -> None:
    import_file(wales, cards(f"FN:{known}"))
    (question,) = import_file(wales, cards(f"FN:{name}"), apply=False).questions
    assert question.reason == f'the name is similar to "{known}"'
