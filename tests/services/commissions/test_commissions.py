"""A paper that somebody asks for: claims have their records, records stand once, and a change marks its paragraph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.commissions.claims import ClaimKind
from ahtc_tui.domain.commissions.model import CommissionCard
from ahtc_tui.domain.documents.meeting_document import Language
from ahtc_tui.domain.drafts.actions import update_draft
from ahtc_tui.domain.drafts.commissions import (
    CommissionDraft,
    ParagraphDraft,
    commission_draft,
    paragraph_draft,
    question_draft,
)
from ahtc_tui.domain.drafts.evidence import figure_draft
from ahtc_tui.domain.drafts.practice import adoption_draft
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.welsh.file_language import said_in
from ahtc_tui.services.actions.lifecycle import close_action
from ahtc_tui.services.actions.service import edit_action, update_action
from ahtc_tui.services.commissions.paragraphs import (
    add_paragraph,
    confirm,
    edit_paragraph,
    propose_draft,
    remove_paragraph,
    write_draft,
)
from ahtc_tui.services.commissions.service import (
    add_commission,
    add_question,
    edit_commission,
    edit_question,
    list_commissions,
    remove_question,
    show_commission,
)
from ahtc_tui.services.evidence.practice import set_adoption
from ahtc_tui.services.evidence.service import add_figure
from ahtc_tui.services.exports.commission import export_commission
from ahtc_tui.services.history import undo
from ahtc_tui.services.search import find
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, a_draft, an_action
from tests.services.documents.test_office_papers import words_of

SEED = "celg-4-31-13"
HOSTILE = "Tell <b>&amp; | `them` [/x] {{7*7}} **now**"


def a_commission(**fields: str) -> CommissionDraft:
    return commission_draft({"title": "Six months on", **fields}, TODAY)


def words(**fields: str) -> ParagraphDraft:
    return paragraph_draft(fields)


def behind(card: CommissionCard) -> Counter[tuple[ClaimKind, str]]:
    """The records that a paper rests on, and how often each."""
    rests = (rest for paragraph in card.paragraphs for rest in paragraph.rests)
    return Counter((rest.kind, rest.now.ref) for rest in rests if rest.now)


def of_kind(refs: Iterable[tuple[ClaimKind, str]], kind: ClaimKind) -> list[str]:
    return [ref for own, ref in refs if own is kind]


def test_the_shipped_paper_has_its_five_questions_and_thirty_paragraphs(wales: Workspace) -> None:
    card = show_commission(wales, SEED)
    assert [len(question.paragraphs) for question in card.questions] == [3, 16, 6, 3, 2]
    assert card.row.reference == "CELG(4)-31-13 Paper 1"
    assert all(paragraph.rests for paragraph in card.paragraphs), "a claim without a record"
    assert card.stale == ()


def test_every_action_forum_and_practice_stands_once_in_the_shipped_paper(wales: Workspace) -> None:
    found = behind(show_commission(wales, SEED))
    assert max(found.values()) == 1
    assert len(of_kind(found, ClaimKind.ACTION)) == 44
    assert len(of_kind(found, ClaimKind.PRACTICE)) == 10
    assert sum(ref.startswith("forum-") for ref in of_kind(found, ClaimKind.GROUP)) == 6


def test_a_record_rests_under_the_paragraph_that_evidences_it(wales: Workspace) -> None:
    by_number = {paragraph.number: paragraph.refs for paragraph in show_commission(wales, SEED).paragraphs}
    assert {"DP-11", "DP-12", "ngo-first-responder"} <= set(by_number["2.8"])
    assert {"DP-17", "forum-gwent", "regional-forum", "fora-established"} <= set(by_number["2.9"])
    assert "nrm-wales-2012" in by_number["2.4"]


def test_a_changed_action_marks_its_paragraph_and_says_what_it_was(wales: Workspace) -> None:
    edit_action(wales, "DP-05", a_draft(due="end of march 2014"))
    (stale,) = show_commission(wales, SEED).stale
    (rest,) = [rest for rest in stale.rests if rest.stale]
    assert (stale.number, rest.now and rest.now.ref) == ("2.5", "DP-05")
    assert str(rest.then).endswith("in progress, lead AHTC")
    assert rest.now is not None
    assert rest.now.sentence.endswith("lead AHTC, due end of march 2014")
    undo(wales)
    assert show_commission(wales, SEED).stale == ()


@pytest.mark.parametrize("change", ["update", "close", "adoption", "remove"])
def test_whatever_changes_what_a_record_says_marks_the_paragraph(wales: Workspace, change: str) -> None:
    if change == "update":
        update_action(wales, "DP-21", update_draft("Two forces to go."))
    elif change == "close":
        close_action(wales, "DP-21")
    elif change == "adoption":
        set_adoption(wales, "sio-training", "Gwent Police", adoption_draft("adopted", None, None, None, TODAY))
    else:
        with wales.database.write("remove") as ledger:
            (key,) = ledger.cursor.execute("SELECT id FROM actions WHERE ref = 'DP-21'").fetchone()
            ledger.remove("actions", key)
    assert [paragraph.number for paragraph in show_commission(wales, SEED).stale] == ["2.10"]


def test_the_clock_alone_marks_nothing(wales: Workspace) -> None:
    late = Workspace(wales.root, wales.database, lambda: TODAY.replace(year=2014, month=6, day=30))
    assert show_commission(late, SEED).stale == ()


def test_confirming_takes_the_mark_away_and_one_undo_brings_it_back(wales: Workspace) -> None:
    edit_action(wales, "DP-05", a_draft(due="2014-03-31"))
    edit_action(wales, "DP-11", a_draft(title="Secure the status for Bawso"))
    assert confirm(wales, SEED, ["2.8"]) == ["2.8"]
    assert [own.number for own in show_commission(wales, SEED).stale] == ["2.5"]
    assert confirm(wales, SEED) == ["2.5"]
    card = show_commission(wales, SEED)
    assert card.stale == ()
    assert {own.number: own.as_at and own.as_at.latest for own in card.paragraphs}["2.5"] == TODAY
    undo(wales)
    assert [own.number for own in show_commission(wales, SEED).stale] == ["2.5"]


def test_what_holds_is_not_confirmed_again(wales: Workspace) -> None:
    with pytest.raises(Refused, match="says what its records say"):
        confirm(wales, SEED)
    with pytest.raises(NotFound, match=r'no paragraph "9\.1"'):
        confirm(wales, SEED, ["9.1"])


def test_a_paper_that_follows_another_asks_the_same_and_places_every_record_once(wales: Workspace) -> None:
    ref = add_commission(wales, a_commission(follows=SEED, asked_by="CELG")).ref
    assert ref == "COM-01"
    assert [question.number for question in show_commission(wales, ref).questions] == [1, 2, 3, 4, 5]
    draft = write_draft(wales, ref)
    assert (draft.left, draft.outside) == ((), ())
    found = behind(show_commission(wales, ref))
    assert max(found.values()) == 1
    assert len(of_kind(found, ClaimKind.ACTION)) == 44
    assert len(of_kind(found, ClaimKind.PRACTICE)) == 10
    assert sum(ref.startswith("forum-") for ref in of_kind(found, ClaimKind.GROUP)) == 6
    undo(wales)
    assert show_commission(wales, ref).paragraphs == ()


def test_a_draft_keeps_achievements_and_plans_of_an_objective_apart(wales: Workspace) -> None:
    ref = add_commission(wales, a_commission(), ["What was achieved?"]).ref
    edit_question(wales, ref, 1, question_draft({"takes": "4"}))
    titles = {one.title: [claim.ref for claim in one.claims] for one in propose_draft(wales, ref).paragraphs}
    achieved = titles["Regional fora and local delivery: achieved"]
    to_come = titles["Regional fora and local delivery: under way, to come"]
    assert (len(achieved), to_come) == (6, ["DP-17", "DP-18"])


def test_a_draft_says_what_no_question_takes_and_what_lies_outside_the_period(wales: Workspace) -> None:
    period = {"from_on": "2013-06-01", "to_on": "2013-12-31"}
    ref = add_commission(wales, a_commission(**period), ["Victims"]).ref
    edit_question(wales, ref, 1, question_draft({"takes": "3"}))
    draft = propose_draft(wales, ref)
    assert {"DP-11", "DP-12"} == {claim.ref for claim in draft.outside}, "done in March 2013"
    left = {claim.ref for claim in draft.left}
    assert {"DP-04", "forum-cardiff", "sio-training"} <= left
    assert len(draft.left) == 44 - 5 + 6 + 10


def test_a_second_draft_adds_only_what_came_since(wales: Workspace) -> None:
    ref = add_commission(wales, a_commission(follows=SEED)).ref
    write_draft(wales, ref)
    with pytest.raises(Refused, match="nothing to add"):
        write_draft(wales, ref)
    an_action(wales, title="Train the new SPOC", objective="6")
    (one,) = write_draft(wales, ref).paragraphs
    assert [claim.ref for claim in one.claims] == ["DP-45"]


def test_a_paragraph_in_own_words_rests_on_records(wales: Workspace) -> None:
    number = add_paragraph(
        wales, SEED, 4, words(text="All 22 authorities were reached."), ["authorities-training", "dp 42"]
    )
    assert number == "4.4"
    own = show_commission(wales, SEED).paragraphs[-3]
    assert (own.number, own.refs) == ("4.4", ("authorities-training", "DP-42"))
    edit_paragraph(wales, SEED, "4.4", words(title="Reach", text=""), ["bawso"], ["DP-42"])
    own = show_commission(wales, SEED).paragraphs[-3]
    assert (own.title, own.text, own.refs) == ("Reach", None, ("authorities-training", "bawso"))
    remove_paragraph(wales, SEED, "4.4")
    assert len(show_commission(wales, SEED).paragraphs) == 30


def test_a_paragraph_without_words_and_records_is_refused(wales: Workspace) -> None:
    with pytest.raises(BadInput, match="words, or records"):
        add_paragraph(wales, SEED, 2, words(text=""))
    with pytest.raises(NotFound, match=r'no record "DP-99"'):
        add_paragraph(wales, SEED, 2, words(text="New"), ["DP-99"])
    with pytest.raises(NotFound, match="no question 9"):
        add_paragraph(wales, SEED, 9, words(text="New"))


def test_questions_are_added_worded_and_taken_away_with_their_paragraphs(wales: Workspace) -> None:
    assert add_question(wales, SEED, question_draft({"text": "And next?", "takes": "practice, 3"})) == 6
    edit_question(wales, SEED, 6, question_draft({"text": "What next?"}))
    assert show_commission(wales, SEED).questions[-1].text == "What next?"
    assert show_commission(wales, SEED).empty == (6,)
    remove_question(wales, SEED, 5)
    card = show_commission(wales, SEED)
    assert ([question.number for question in card.questions], len(card.paragraphs)) == ([1, 2, 3, 4, 6], 28)
    undo(wales)
    assert len(show_commission(wales, SEED).paragraphs) == 30


def test_topics_that_nobody_knows_are_refused_with_those_there_are() -> None:
    with pytest.raises(BadInput, match=r'fora, boards, practice.*not "unicorns"'):
        question_draft({"text": "What?", "takes": "1, unicorns"})


def test_a_period_ends_after_it_begins_whichever_end_is_written_last(wales: Workspace) -> None:
    with pytest.raises(BadInput, match="from_on comes before to_on"):
        add_commission(wales, a_commission(from_on="2014-01-01", to_on="2013-01-01"))
    edit_commission(wales, SEED, commission_draft({"to_on": "2013-12-31"}, TODAY))
    with pytest.raises(BadInput, match="from_on comes before to_on"):
        edit_commission(wales, SEED, commission_draft({"from_on": "2014-01-01"}, TODAY))
    assert show_commission(wales, SEED).from_on is None


def test_a_paper_does_not_follow_itself_and_knows_who_asks(wales: Workspace) -> None:
    with pytest.raises(Refused, match="does not follow itself"):
        edit_commission(wales, SEED, commission_draft({"follows": SEED}, TODAY))
    row = edit_commission(wales, SEED, commission_draft({"asked_by": "idmg", "due": "end of may 2014"}, TODAY))
    assert (row.asked_by, str(row.due)) == (
        "Inter-Departmental Ministerial Group on Human Trafficking",
        "end of may 2014",
    )


def test_a_search_finds_commissions_and_paragraphs(wales: Workspace) -> None:
    add_paragraph(wales, SEED, 2, words(text="Quixotic progress"), ["DP-01"])
    assert [row.ref for row in list_commissions(wales, "celg")] == [SEED]
    hits = find(wales, "quixotic")
    assert [(hit.kind, hit.ref) for hit in hits] == [("paragraph", SEED)]


def test_the_paper_as_word_has_every_question_every_action_and_the_cascade(wales: Workspace, tmp_path: Path) -> None:
    done = export_commission(wales, SEED, tmp_path / "paper.docx")
    assert (done.paragraphs, done.stale, done.empty, done.marking) == (30, (), (), Marking.OFFICIAL)
    said = words_of(done.file)
    for number in range(1, 45):
        assert f"DP-{number:02}" in said
    for claim in (
        "1. The role of the Anti Human Trafficking Co-ordinator (AHTC)",
        "Secure First Responder status for Bawso: done, March 2013",
        "NRM referrals, Wales: 34 referrals (2012); source: para 2.4; Thought to be just the 'tip of the iceberg'",
        "Practitioners at the Wrexham conference: over 100 people (18 October 2013)",
        "Annex: good practice by place",
        "1 Gwent Police; 2 South Wales Police; 3 North Wales Police; 4 Dyfed-Powys Police",
        "A the 22 authorities",
    ):
        assert claim in said


def test_the_cascade_in_the_paper_holds_the_25_known_cells(wales: Workspace, tmp_path: Path) -> None:
    import docx

    done = export_commission(wales, SEED, tmp_path / "paper.docx")
    (table,) = docx.Document(str(done.file)).tables
    signs = [cell.text for row in table.rows[1:-1] for cell in row.cells[1:-1]]
    assert len(signs) == 10 * 14
    assert sum(sign != "·" for sign in signs) == 25


def test_a_change_since_is_said_in_the_draft_and_left_out_of_the_clean_copy(wales: Workspace, tmp_path: Path) -> None:
    edit_action(wales, "DP-05", a_draft(due="2014-03-31", marking="official-sensitive"))
    done = export_commission(wales, SEED, tmp_path / "draft.md")
    assert (done.stale, done.marking) == (("2.5",), Marking.OFFICIAL_SENSITIVE)
    draft = done.file.read_text(encoding="utf-8")
    assert "Changed since a person last looked: DP-05 was" in draft
    assert draft.startswith("**OFFICIAL-SENSITIVE**")
    clean = export_commission(wales, SEED, tmp_path / "clean.md", refs=False).file.read_text(encoding="utf-8")
    assert "DP-05" not in clean
    assert "Changed since" not in clean
    assert "due 31 March 2014" in clean


def test_own_words_stand_instead_of_the_claims_and_are_literal(wales: Workspace, tmp_path: Path) -> None:
    edit_paragraph(wales, SEED, "2.1", words(text=HOSTILE))
    said = words_of(export_commission(wales, SEED, tmp_path / "paper.docx").file)
    assert HOSTILE in said
    assert "Build links with statutory" not in said


def test_the_same_paper_gives_the_same_bytes(wales: Workspace, tmp_path: Path) -> None:
    one = export_commission(wales, SEED, tmp_path / "one.docx").file
    two = export_commission(wales, SEED, tmp_path / "two.docx").file
    assert one.read_bytes() == two.read_bytes()


def test_only_word_and_markdown_are_written_and_nothing_over_a_file(wales: Workspace, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"\.docx or \.md"):
        export_commission(wales, SEED, tmp_path / "paper.pdf")
    (tmp_path / "paper.md").write_text("ours")
    with pytest.raises(Refused):
        export_commission(wales, SEED, tmp_path / "paper.md")
    assert (tmp_path / "paper.md").read_text() == "ours"


def test_both_sources_of_a_total_stand_in_a_paper_and_it_says_which_is_used(wales: Workspace, tmp_path: Path) -> None:
    ref = add_commission(wales, a_commission(), ["Figures"]).ref
    edit_question(wales, ref, 1, question_draft({"takes": "figures"}))
    write_draft(wales, ref)
    said = words_of(export_commission(wales, ref, tmp_path / "paper.docx").file)
    for claim in (
        "1,186 referrals (2012); source: public: Senedd Research 2013-11-28; used (2 sources)",
        "1,156 referrals (2012); source: public: gov.wales statement 2014-01-13; not used",
    ):
        assert claim in said


def test_a_small_count_of_people_in_a_paper_is_pointed_out(wales: Workspace, tmp_path: Path) -> None:
    fields = {"title": "Referrals, Powys", "value": "3", "unit": "referrals", "period": "2013", "source": "the force"}
    small = add_figure(wales, figure_draft(fields, TODAY)).ref
    assert export_commission(wales, SEED, tmp_path / "before.md").small == ()
    edit_paragraph(wales, SEED, "2.4", words(), [small])
    assert export_commission(wales, SEED, tmp_path / "after.md").small == (small,)


def test_a_paper_in_welsh_says_its_claims_in_welsh_and_knows_what_changed(wales: Workspace, tmp_path: Path) -> None:
    edit_action(wales, "DP-05", a_draft(due="2014-03-31"))
    with said_in(Language.CY):
        done = export_commission(wales, SEED, tmp_path / "papur.docx")
    said = words_of(done.file)
    assert done.stale == ("2.5",)
    for claim in (
        "Secure First Responder status for Bawso: wedi'i gwblhau, Mawrth 2013",
        "Bawso: Ymatebwr Cyntaf ers Mawrth 2013",
        "Newidiwyd ers i rywun edrych ddiwethaf: DP-05",
        "Atodiad: arfer da fesul lle",
    ):
        assert claim in said
    with said_in(Language.BOTH):
        both = words_of(export_commission(wales, SEED, tmp_path / "both.docx").file)
    assert both.index("Fel yr oedd ar") < both.index("As at 31 December 2013")
