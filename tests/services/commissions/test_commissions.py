"""Commissions: claims cite records, each record is listed once, and a changed record marks its paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.commissions.claims import ClaimKind
from ahtc_tui.domain.commissions.model import CommissionCard
from ahtc_tui.domain.dates.date_as_known import read_iso_date
from ahtc_tui.domain.drafts.actions import build_update_draft
from ahtc_tui.domain.drafts.commissions import (
    CommissionDraft,
    ParagraphDraft,
    build_commission_draft,
    build_paragraph_draft,
    build_question_draft,
)
from ahtc_tui.domain.drafts.evidence import build_adoption_draft, build_figure_draft
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.services.actions.service import close_action, edit_action, update_action
from ahtc_tui.services.commissions.paragraphs import (
    add_paragraph,
    confirm_paragraphs,
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
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.renames import rename_party
from ahtc_tui.services.search import search_records
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, make_action, make_action_draft, set_clock
from tests.services.documents.test_office_papers import read_word_text

SEED = "celg-4-31-13"
HOSTILE = "Tell <b>&amp; | `them` [/x] {{7*7}} **now**"


def draft_commission(**fields: str) -> CommissionDraft:
    return build_commission_draft({"title": "Six months on", **fields}, TODAY)


def draft_paragraph(**fields: str) -> ParagraphDraft:
    return build_paragraph_draft(fields)


def count_evidence(card: CommissionCard) -> Counter[tuple[ClaimKind, str]]:
    """Count how often a paper cites each record."""
    rests = (evidence for paragraph in card.paragraphs for evidence in paragraph.claim_links)
    return Counter((evidence.kind, evidence.claim.ref) for evidence in rests if evidence.claim)


def filter_refs_by_kind(refs: Iterable[tuple[ClaimKind, str]], kind: ClaimKind) -> list[str]:
    return [ref for own, ref in refs if own is kind]


def test_the_shipped_paper_has_its_five_questions_and_thirty_paragraphs(wales: Workspace) -> None:
    card = show_commission(wales, SEED)
    assert [len(question.paragraphs) for question in card.questions] == [3, 16, 6, 3, 2]
    assert card.row.reference == "CELG(4)-31-13 Paper 1"
    assert all(paragraph.claim_links for paragraph in card.paragraphs), "a claim without a record"
    assert card.stale_paragraphs == ()


def test_shipped_paper_has_every_action_forum_and_practice(wales: Workspace) -> None:
    counts = count_evidence(show_commission(wales, SEED))
    assert counts[ClaimKind.GROUP, "jit-initiative"] == 1
    assert counts[ClaimKind.GROUP, "forum-cardiff"] == 3
    assert len(filter_refs_by_kind(counts, ClaimKind.ACTION)) == 44
    assert len(filter_refs_by_kind(counts, ClaimKind.PRACTICE)) == 10
    assert sum(ref.startswith("forum-") for ref in filter_refs_by_kind(counts, ClaimKind.GROUP)) == 6


def test_record_is_linked_to_the_paragraph_of_its_source(wales: Workspace) -> None:
    by_number = {paragraph.number: paragraph.refs for paragraph in show_commission(wales, SEED).paragraphs}
    assert {"DP-11", "DP-12", "ngo-first-responder"} <= set(by_number["2.8"])
    assert {"DP-17", "forum-gwent", "regional-forum", "fora-established"} <= set(by_number["2.9"])
    assert "nrm-wales-2012" in by_number["2.4"]


def test_claims_are_stored_and_compared_in_english_whatever_the_interface(wales: Workspace) -> None:
    with use_language(Language.CY):
        assert show_commission(wales, SEED).stale_paragraphs == ()
        edit_action(wales, "DP-05", make_action_draft(due="end of march 2014"))
        confirm_paragraphs(wales, SEED)
    card = show_commission(wales, SEED)
    assert card.stale_paragraphs == ()
    sentences = [link.confirmed_sentence for paragraph in card.paragraphs for link in paragraph.claim_links]
    assert any(str(sentence).endswith("lead AHTC, due end of march 2014") for sentence in sentences)


def test_changed_action_makes_its_paragraph_stale(wales: Workspace) -> None:
    edit_action(wales, "DP-05", make_action_draft(due="end of march 2014"))
    (stale,) = show_commission(wales, SEED).stale_paragraphs
    (evidence,) = [evidence for evidence in stale.claim_links if evidence.is_stale]
    assert (stale.number, evidence.claim and evidence.claim.ref) == ("2.5", "DP-05")
    assert str(evidence.confirmed_sentence).endswith("in progress, lead AHTC")
    assert evidence.claim is not None
    assert evidence.claim.sentence.endswith("lead AHTC, due end of march 2014")
    undo_step(wales)
    assert show_commission(wales, SEED).stale_paragraphs == ()


@pytest.mark.parametrize("change", ["update", "close", "adoption", "remove"])
def test_every_change_of_a_claim_makes_its_paragraph_stale(wales: Workspace, change: str) -> None:
    if change == "update":
        update_action(wales, "DP-21", build_update_draft("Two forces to go."))
    elif change == "close":
        close_action(wales, "DP-21")
    elif change == "adoption":
        set_adoption(wales, "sio-training", "Gwent Police", build_adoption_draft("adopted", None, None, None, TODAY))
    else:
        with wales.database.write("remove") as ledger:
            (key,) = ledger.cursor.execute("SELECT id FROM actions WHERE ref = 'DP-21'").fetchone()
            ledger.remove("actions", key)
    assert [paragraph.number for paragraph in show_commission(wales, SEED).stale_paragraphs] == ["2.10"]


def test_passing_time_does_not_make_paragraphs_stale(wales: Workspace) -> None:
    late = Workspace(wales.root, wales.database, lambda: TODAY.replace(year=2014, month=6, day=30))
    assert show_commission(late, SEED).stale_paragraphs == ()


def test_confirming_clears_stale_paragraphs_and_can_be_undone(wales: Workspace) -> None:
    edit_action(wales, "DP-05", make_action_draft(due="2014-03-31"))
    edit_action(wales, "DP-11", make_action_draft(title="Secure the status for Bawso"))
    assert confirm_paragraphs(wales, SEED, ["2.8"]) == ["2.8"]
    assert [paragraph.number for paragraph in show_commission(wales, SEED).stale_paragraphs] == ["2.5"]
    assert confirm_paragraphs(wales, SEED) == ["2.5"]
    card = show_commission(wales, SEED)
    assert card.stale_paragraphs == ()
    assert {paragraph.number: paragraph.as_at and paragraph.as_at.latest for paragraph in card.paragraphs}[
        "2.5"
    ] == TODAY
    undo_step(wales)
    assert [paragraph.number for paragraph in show_commission(wales, SEED).stale_paragraphs] == ["2.5"]


def test_current_paragraph_cannot_be_confirmed(wales: Workspace) -> None:
    with pytest.raises(Refused, match="nothing to confirm"):
        confirm_paragraphs(wales, SEED)
    with pytest.raises(NotFound, match=r'no paragraph "9\.1"'):
        confirm_paragraphs(wales, SEED, ["9.1"])


def test_following_paper_copies_questions_and_places_records_under_each_of_them(wales: Workspace) -> None:
    ref = add_commission(wales, draft_commission(follows=SEED, asked_by="CELG")).ref
    assert ref == "COM-01"
    assert [question.number for question in show_commission(wales, ref).questions] == [1, 2, 3, 4, 5]
    draft = write_draft(wales, ref)
    assert (draft.unfiled_claims, draft.claims_outside_period) == ((), ())
    counts = count_evidence(show_commission(wales, ref))
    assert counts[ClaimKind.GROUP, "forum-cardiff"] == 3
    assert len(filter_refs_by_kind(counts, ClaimKind.ACTION)) == 44
    assert len(filter_refs_by_kind(counts, ClaimKind.PRACTICE)) == 10
    assert sum(ref.startswith("forum-") for ref in filter_refs_by_kind(counts, ClaimKind.GROUP)) == 6
    wordings = {row.text for row in show_commission(wales, SEED).paragraphs}
    assert wordings <= {row.text for row in show_commission(wales, ref).paragraphs}
    undo_step(wales)
    assert show_commission(wales, ref).paragraphs == ()


def remove_wordings(workspace: Workspace) -> None:
    for row in show_commission(workspace, SEED).paragraphs:
        edit_paragraph(workspace, SEED, row.number, draft_paragraph(text="", text_cy=""))


def test_a_paper_on_its_own_takes_paragraphs_of_other_papers_as_they_were_worded(wales: Workspace) -> None:
    ref = add_commission(wales, draft_commission(), ["How do forces work?"]).ref
    edit_question(wales, ref, 1, build_question_draft({"takes": "5"}))
    write_draft(wales, ref)
    words = {row.title: row.text for row in show_commission(wales, SEED).paragraphs}
    texts = [row.text for row in show_commission(wales, ref).paragraphs]
    assert len(texts) > 3
    assert set(texts) <= set(words.values())
    period = {"from_on": "2014-01-01", "to_on": "2014-12-31"}
    later = add_commission(wales, draft_commission(**period), ["How do forces work?"]).ref
    edit_question(wales, later, 1, build_question_draft({"takes": "5"}))
    held = {text for paragraph in propose_draft(wales, later).paragraphs if (text := paragraph.texts.get("text"))}
    assert held < set(texts), "what was done before the period is not in it"


def test_draft_separates_achievements_and_plans_of_an_objective(wales: Workspace) -> None:
    remove_wordings(wales)
    ref = add_commission(wales, draft_commission(), ["What was achieved?"]).ref
    edit_question(wales, ref, 1, build_question_draft({"takes": "4"}))
    titles = {
        paragraph.title: [claim.ref for claim in paragraph.claims] for paragraph in propose_draft(wales, ref).paragraphs
    }
    achieved = titles["Regional fora and local delivery: achieved"]
    to_come = titles["Regional fora and local delivery: in progress and planned"]
    assert (len(achieved), to_come) == (6, ["DP-17", "DP-18"])


def test_draft_lists_claims_without_question_and_outside_period(wales: Workspace) -> None:
    remove_wordings(wales)
    period = {"from_on": "2013-06-01", "to_on": "2013-12-31"}
    ref = add_commission(wales, draft_commission(**period), ["Victims"]).ref
    edit_question(wales, ref, 1, build_question_draft({"takes": "3"}))
    draft = propose_draft(wales, ref)
    assert {"DP-11", "DP-12"} == {claim.ref for claim in draft.claims_outside_period}, "done in March 2013"
    left = {claim.ref for claim in draft.unfiled_claims}
    assert {"DP-04", "forum-cardiff", "sio-training"} <= left
    assert len(draft.unfiled_claims) == 44 - 5 + 6 + 10


def test_second_draft_adds_only_new_records(wales: Workspace) -> None:
    ref = add_commission(wales, draft_commission(follows=SEED)).ref
    write_draft(wales, ref)
    with pytest.raises(Refused, match="nothing to add"):
        write_draft(wales, ref)
    make_action(wales, title="Train the new SPOC", objective="6")
    (paragraph,) = write_draft(wales, ref).paragraphs
    assert [claim.ref for claim in paragraph.claims] == ["DP-45"]


def test_paragraph_with_its_own_text_is_linked_to_records(wales: Workspace) -> None:
    number = add_paragraph(
        wales, SEED, 4, draft_paragraph(text="All 22 authorities were reached."), ["authorities-training", "dp 42"]
    )
    assert number == "4.4"
    paragraph = show_commission(wales, SEED).paragraphs[-3]
    assert (paragraph.number, paragraph.refs) == ("4.4", ("authorities-training", "DP-42"))
    edit_paragraph(wales, SEED, "4.4", draft_paragraph(title="Reach", text=""), ["bawso"], ["DP-42"])
    paragraph = show_commission(wales, SEED).paragraphs[-3]
    assert (paragraph.title, paragraph.text, paragraph.refs) == ("Reach", None, ("authorities-training", "bawso"))
    remove_paragraph(wales, SEED, "4.4")
    assert len(show_commission(wales, SEED).paragraphs) == 30


def test_paragraph_without_text_and_records_is_refused(wales: Workspace) -> None:
    with pytest.raises(BadInput, match="needs text or records"):
        add_paragraph(wales, SEED, 2, draft_paragraph(text=""))
    with pytest.raises(NotFound, match=r'no record "DP-99"'):
        add_paragraph(wales, SEED, 2, draft_paragraph(text="New"), ["DP-99"])
    with pytest.raises(NotFound, match="no question 9"):
        add_paragraph(wales, SEED, 9, draft_paragraph(text="New"))


def test_questions_can_be_added_edited_and_removed(wales: Workspace) -> None:
    assert add_question(wales, SEED, build_question_draft({"text": "And next?", "takes": "practice, 3"})) == 6
    edit_question(wales, SEED, 6, build_question_draft({"text": "What next?"}))
    assert show_commission(wales, SEED).questions[-1].text == "What next?"
    assert show_commission(wales, SEED).unanswered_questions == (6,)
    remove_question(wales, SEED, 5)
    card = show_commission(wales, SEED)
    assert ([question.number for question in card.questions], len(card.paragraphs)) == ([1, 2, 3, 4, 6], 28)
    undo_step(wales)
    assert len(show_commission(wales, SEED).paragraphs) == 30


def test_unknown_topic_is_refused_with_the_known_topics() -> None:
    with pytest.raises(BadInput, match=r'cannot cover "unicorns".*fora, boards, practice'):
        build_question_draft({"text": "What?", "takes": "1, unicorns"})


def test_period_must_end_after_it_begins(wales: Workspace) -> None:
    with pytest.raises(BadInput, match=r"from_on before to_on"):
        add_commission(wales, draft_commission(from_on="2014-01-01", to_on="2013-01-01"))
    edit_commission(wales, SEED, build_commission_draft({"to_on": "2013-12-31"}, TODAY))
    with pytest.raises(BadInput, match=r"from_on before to_on"):
        edit_commission(wales, SEED, build_commission_draft({"from_on": "2014-01-01"}, TODAY))
    assert show_commission(wales, SEED).from_on is None


def test_paper_cannot_follow_itself(wales: Workspace) -> None:
    with pytest.raises(Refused, match="cannot follow itself"):
        edit_commission(wales, SEED, build_commission_draft({"follows": SEED}, TODAY))
    row = edit_commission(wales, SEED, build_commission_draft({"asked_by": "idmg", "due": "end of may 2014"}, TODAY))
    assert (row.asked_by, str(row.due)) == (
        "Inter-Departmental Ministerial Group on Human Trafficking",
        "end of may 2014",
    )


def test_a_search_finds_commissions_and_paragraphs(wales: Workspace) -> None:
    add_paragraph(wales, SEED, 2, draft_paragraph(text="Quixotic progress"), ["DP-01"])
    assert [row.ref for row in list_commissions(wales, "celg")] == [SEED]
    hits = search_records(wales, "quixotic")
    assert [(hit.kind, hit.ref) for hit in hits] == [("paragraph", SEED)]


def test_word_paper_has_every_question_action_and_the_matrix(wales: Workspace, tmp_path: Path) -> None:
    report = export_commission(wales, SEED, tmp_path / "paper.docx", refs=True)
    assert (report.paragraphs, report.stale, report.empty, report.marking) == (30, (), (), Marking.OFFICIAL)
    text = read_word_text(report.file)
    for number in range(1, 45):
        assert f"DP-{number:02}" in text
    for claim in (
        "1. The role of the Anti Human Trafficking Co-ordinator (AHTC)",
        "two Welsh organisations, Bawso and New Pathways, should be recognised as First Responders",
        "Over 100 practitioners attended.",
        "Annex: good practice by place",
        "1 Gwent Police; 2 South Wales Police; 3 North Wales Police; 4 Dyfed-Powys Police",
        "A all 22 authorities",
    ):
        assert claim in text


@pytest.mark.long
def test_matrix_in_the_paper_holds_the_known_cells_and_counts_the_authorities(wales: Workspace, tmp_path: Path) -> None:
    import docx

    report = export_commission(wales, SEED, tmp_path / "paper.docx")
    (table,) = docx.Document(str(report.file)).tables
    signs = [cell.text for row in table.rows[1:-1] for cell in row.cells[1:-1]]
    assert len(signs) == 9 * 13
    assert sum(sign != "·" for sign in signs) == 21
    assert [row.cells[-1].text for row in table.rows[1:-1]].count("1●/22") == 1


def test_changed_paragraphs_are_marked_and_the_draft_names_their_records(wales: Workspace, tmp_path: Path) -> None:
    edit_action(wales, "DP-05", make_action_draft(due="2014-03-31", marking="official-sensitive"))
    report = export_commission(wales, SEED, tmp_path / "draft.md", refs=True)
    assert (report.stale, report.marking) == (("2.5",), Marking.OFFICIAL_SENSITIVE)
    draft = report.file.read_text(encoding="utf-8")
    assert "Changed since the last check: DP-05 was" in draft
    assert draft.startswith("**OFFICIAL-SENSITIVE**")
    clean = export_commission(wales, SEED, tmp_path / "clean.md").file.read_text(encoding="utf-8")
    assert "DP-05" not in clean
    mark = "*Records of this paragraph changed since the last check. Check it before the paper goes out.*"
    assert clean.count(mark) == 1
    assert clean.index("\n2.5 ") < clean.index(mark) < clean.index("\n2.6 ")
    assert "This work is due by 31 March 2014." in clean
    confirm_paragraphs(wales, SEED)
    assert mark not in export_commission(wales, SEED, tmp_path / "checked.md").file.read_text(encoding="utf-8")


def test_own_text_replaces_the_claims_and_is_escaped(wales: Workspace, tmp_path: Path) -> None:
    edit_paragraph(wales, SEED, "2.1", draft_paragraph(text=HOSTILE))
    text = read_word_text(export_commission(wales, SEED, tmp_path / "paper.docx").file)
    assert HOSTILE in text
    assert "Build links with statutory" not in text


@pytest.mark.long
def test_the_same_paper_gives_the_same_bytes(wales: Workspace, tmp_path: Path) -> None:
    first = export_commission(wales, SEED, tmp_path / "one.docx").file
    second = export_commission(wales, SEED, tmp_path / "two.docx").file
    assert first.read_bytes() == second.read_bytes()


def test_other_formats_and_existing_files_are_refused(wales: Workspace, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"\.docx, .* or \.md"):
        export_commission(wales, SEED, tmp_path / "paper.rtf")
    (tmp_path / "paper.md").write_text("ours")
    with pytest.raises(Refused):
        export_commission(wales, SEED, tmp_path / "paper.md")
    assert (tmp_path / "paper.md").read_text() == "ours"


def test_paper_has_both_sources_of_a_figure_and_names_the_used_one(wales: Workspace, tmp_path: Path) -> None:
    set_clock(wales, "2014-02-28")
    ref = add_commission(wales, draft_commission(), ["Figures"]).ref
    edit_question(wales, ref, 1, build_question_draft({"takes": "figures"}))
    write_draft(wales, ref)
    text = read_word_text(export_commission(wales, ref, tmp_path / "paper.docx").file)
    for claim in (
        "In 2012, there were 1,186 NRM referrals in the United Kingdom",
        "Another source gives 1,156 NRM referrals in the United Kingdom in 2012",
    ):
        assert claim in text
    caveat = "The Welsh Government written statement of 13 January 2014 gives 1,156."
    markdown = export_commission(wales, ref, tmp_path / "paper.md").file.read_text(encoding="utf-8")
    (note,) = re.findall(rf"{re.escape(caveat)}[^\[]*\[\^(en-\d+)\]", markdown)
    (sources,) = re.findall(rf"^\[\^{note}\]: (.*)$", markdown, re.MULTILINE)
    assert "National Assembly for Wales Research Service" in sources
    assert "Welsh Government written statement" in sources


def test_small_count_of_people_in_a_paper_is_reported(wales: Workspace, tmp_path: Path) -> None:
    fields = {"title": "Referrals, Powys", "value": "3", "unit": "referrals", "period": "2013", "source": "the force"}
    small = add_figure(wales, build_figure_draft(fields, TODAY)).ref
    assert export_commission(wales, SEED, tmp_path / "before.md").small == ()
    edit_paragraph(wales, SEED, "2.4", draft_paragraph(), [small])
    assert export_commission(wales, SEED, tmp_path / "after.md").small == (small,)
    text = (tmp_path / "after.md").read_text(encoding="utf-8")
    assert "In 2013, there were fewer than 5 referrals in Powys." in text
    assert "Counts of fewer than 5 people are not printed" in text
    assert "3 referrals" not in text


@pytest.mark.long
def test_welsh_paper_has_welsh_claims_and_stale_paragraphs(wales: Workspace, tmp_path: Path) -> None:
    edit_action(wales, "DP-05", make_action_draft(due="2014-03-31"))
    with use_language(Language.CY):
        report = export_commission(wales, SEED, tmp_path / "papur.docx", refs=True, force=True)
    text = read_word_text(report.file)
    assert report.stale == ("2.5",)
    for claim in (
        "Ym mis Mawrth 2013 sicrhaodd y Cydgysylltydd gytundeb Grŵp Adolygu NRM y Swyddfa Gartref",
        "Newidiwyd ers y gwiriad diwethaf: roedd DP-05",
        "Atodiad: arfer da fesul lle",
    ):
        assert claim in text
    with use_language(Language.BOTH):
        both = read_word_text(export_commission(wales, SEED, tmp_path / "both.docx", force=True).file)
    assert both.index("Fel yr oedd ar") < both.index("As at 31 December 2013")


def test_a_paper_of_an_earlier_day_lists_a_group_by_its_name_on_that_day(wales: Workspace) -> None:
    later = "Wales Anti-Slavery Leadership Group"
    rename_party(set_clock(wales, "2014-07-01"), "LG", later, read_iso_date("2014-06-01"))
    for day, name in (("2013-12-31", "Wales Anti Human Trafficking Leadership Group"), ("2014-07-01", later)):
        card = show_commission(set_clock(wales, day), SEED)
        claims = {link.claim.ref: link.claim for row in card.paragraphs for link in row.claim_links if link.claim}
        assert claims["leadership-group"].shown_sentence.startswith(f"{name}: ")
        assert claims["leadership-group"].sentence.startswith(f"{later}: ")
