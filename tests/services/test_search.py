"""Tests of search: filter, accents, forms of references, and arbitrary text."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest

from ahtc_tui.domain.actions.filters import ActionScope, read_action_filter
from ahtc_tui.domain.drafts.plan import build_milestone_draft
from ahtc_tui.domain.errors import BadInput, NotFound
from ahtc_tui.services.actions.service import list_actions, resolve_filter, show_action
from ahtc_tui.services.contacts.service import list_register
from ahtc_tui.services.plan.versions_and_milestones import add_milestone
from ahtc_tui.services.search import propose_words, search_records
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.contacts import party_lookup
from ahtc_tui.store.search.index import build_match_query
from tests.builders import TODAY, make_action, make_holding, make_party, make_update


def filter_refs(workspace: Workspace, text: str, scope: ActionScope = ActionScope.OPEN) -> set[str]:
    action_filter = read_action_filter(text, today=TODAY, default=scope)
    return {row.ref for row in list_actions(workspace, action_filter)}


def test_search_bawso_finds_every_kind_of_record_that_names_it(wales: Workspace) -> None:
    hits = search_records(wales, "Bawso")
    of_kind = {kind: sorted(hit.ref for hit in hits if hit.kind == kind) for kind in {hit.kind for hit in hits}}
    assert of_kind["action"] == ["DP-11", "DP-28", "DP-29"]
    assert {kind: len(refs) for kind, refs in of_kind.items()} == {
        "action": 3,
        "seat": 1,
        "practice": 2,
        "decision": 1,
        "paragraph": 2,
        "organisation": 1,
        "meeting": 1,
    }
    assert all(hit.title and "\n" not in hit.snippet for hit in hits)
    assert len(search_records(wales, "Bawso", 2)) == 2


def test_the_words_that_were_found_stand_at_the_beginning_of_the_snippet(wales: Workspace) -> None:
    hits = search_records(wales, "competent authority")
    assert len(hits) > 2
    assert [hit for hit in hits if "Competent Authority" not in hit.snippet[:40]] == []


def test_an_update_is_found_by_its_own_words(wales: Workspace) -> None:
    make_update(wales, "DP-08", "Tried out in Gwent")
    assert {hit.kind for hit in search_records(wales, "tried out")} == {"update"}
    assert search_records(wales, "tried out")[0].title == "Publish the findings of the services review"
    assert {hit.kind for hit in search_records(wales, "publish findings services")} == {"action"}


def test_the_record_with_the_reference_comes_before_its_updates(wales: Workspace) -> None:
    for number in range(3):
        make_update(wales, "DP-08", f"Update {number}")
    assert [hit.kind for hit in search_records(wales, "dp-08")][:2] == ["action", "update"]


@pytest.mark.parametrize("number", ["1.2", "3.1", "2.4"])
def test_the_number_of_a_paragraph_is_one_word(wales: Workspace, number: str) -> None:
    (hit,) = search_records(wales, number)
    assert hit.title.startswith(f"Human Trafficking, {number} ")


def test_the_nearest_words_are_proposed_where_nothing_matches(wales: Workspace) -> None:
    make_action(wales, title="Draw up a pathway for Dyfed-Powys")
    assert propose_words(wales, "pathwey") == "pathway"
    assert propose_words(wales, "Pathwey dyfed") == "pathway dyfed"
    assert propose_words(wales, "anti slavry dey") == "anti slavery day"
    assert propose_words(wales, "pathway") is None
    assert propose_words(wales, "qzxqzx") is None


def test_names_are_found_without_a_scan_and_with_one(wales: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = {words: party_lookup.find_party(wales.database.connection.cursor(), words) for words in NAMES}
    scanned = party_lookup._list_named

    def refuse_scan(*arguments: Any) -> Any:
        assert arguments[-1] is not None, "every name is read"
        return scanned(*arguments)

    monkeypatch.setattr(party_lookup, "_list_named", refuse_scan)
    for words, party in expected.items():
        assert party_lookup.find_party(wales.database.connection.cursor(), words) == party
    monkeypatch.setattr(party_lookup, "_list_named", scanned)
    with wales.database.write("add") as ledger:
        ledger.add("parties", {"ref": "lodz", "kind": "organisation", "name": "Łódź Council"})
        assert party_lookup.find_party(ledger.cursor, "lodz council").ref == "lodz"


NAMES = ("bawso", "Gwent Police", "heddlu gwent", "AHTC", "Welsh Government", "leadership-group", "Stephen Chapman")


def test_search_ignores_accents_and_case(workspace: Workspace) -> None:
    ref = make_action(workspace, title="Siân to write to Llŷn").ref
    for word in ("Siân", "sian", "SIA\u0302N", "Sia\u0302n", "llyn"):
        assert [hit.ref for hit in search_records(workspace, word)] == [ref]


NAUGHTY = ['"', "*", "NEAR(", "-", "'", "🙂", "a OR", "title:x", "^bawso", '") OR 1', "\x00", "\ud800", "½", "x" * 9999]


@pytest.mark.sample(3)
@pytest.mark.parametrize("words", [*NAUGHTY, "word " * 3000, "{ref title} :", "a-b c_d"])
def test_no_input_breaks_the_search(words: str, wales: Workspace) -> None:
    search_records(wales, words)
    for mark in ("", "@", "#", "!", "due<", "-", "obj:", '"'):
        with suppress(BadInput):
            filter_refs(wales, mark + words)
    assert party_lookup.find_keys_beginning(wales.database.connection.cursor(), words, ("person",)) is not None


def test_the_last_word_matches_as_a_prefix() -> None:
    assert build_match_query("health boa") == '"health" "boa"*'
    assert build_match_query("dyfed p") == build_match_query("dyfed-p") == '"dyfed" "p"*'
    assert build_match_query("h") == '"h"*'
    assert build_match_query('"health boards"', "wales") == '"health boards" "wales"*'
    assert build_match_query(" - ") is None


@pytest.mark.parametrize(
    ("text", "expected_refs"),
    [
        ("!late", {"DP-45"}),
        ("@ahtc spocs", {"DP-45"}),
        ("@stephen spocs", {"DP-45"}),
        ("#leadership newsletter !all", {"DP-47"}),
        ("due<1 dec 2013 !amber", {"DP-45"}),
        ("due<30 nov 2013 !amber", set()),
        ("due<=30 nov 2013 !amber", {"DP-45"}),
        ("due>30 nov 2013 due<=20 dec 2013 !all", {"DP-47"}),
        ("!continuing web", {"DP-49"}),
        ("e-learning", {"DP-46"}),
        ("welsh to follow", set()),
    ],
)
def test_words_and_flags_of_a_filter_are_combined(text: str, expected_refs: set[str], busy: Workspace) -> None:
    assert filter_refs(busy, text) & {"DP-45", "DP-46", "DP-47", "DP-48", "DP-49"} == expected_refs


HALF_TYPED = ["@", "#", "!", "!la", "due<", "due>=", "due<3", "due<@", "due<soon", "due<new day", '"health bo', "a OR"]


@pytest.mark.parametrize("text", HALF_TYPED)
def test_an_unfinished_filter_is_an_error(text: str, busy: Workspace) -> None:
    with pytest.raises(BadInput):
        filter_refs(busy, text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("@zzyzx", 'No contact or group is called "zzyzx"'),
        ("-@zzyzx", 'No contact or group is called "zzyzx"'),
        ("support:zzyzx", 'No contact or group is called "zzyzx"'),
        ("lead:bawsoo", "Did you mean Bawso?"),
        ("#zzyzx", 'No group is called "zzyzx"'),
        ("training OR #zzyzx", 'No group is called "zzyzx"'),
        ("obj:99", 'There is no objective "99". Choose from 1, 2, 3'),
    ],
)
def test_an_unknown_name_is_an_error_that_names_it(text: str, sentence: str, busy: Workspace) -> None:
    with pytest.raises(BadInput) as refusal:
        filter_refs(busy, text)
    assert sentence in str(refusal.value)


def test_flags_name_people_groups_and_days(busy: Workspace) -> None:
    def list_refs(**flags: str) -> set[str]:
        action_filter = resolve_filter(busy, scope=ActionScope.ALL, texts=("spocs",), **flags)  # type: ignore[arg-type]
        return {row.ref for row in list_actions(busy, action_filter)}

    assert list_refs(lead="AHTC") == list_refs(lead="Stephen Chapman") >= {"DP-45"}
    assert "DP-45" in list_refs(due_before="1 December 2013")
    assert list_actions(busy, resolve_filter(busy, scope=ActionScope.ALL, group="leadership-group"))
    meeting = resolve_filter(busy, scope=ActionScope.ALL, meeting="ukhtc-visit-2013-06")
    assert {row.meeting for row in list_actions(busy, meeting)} == {"ukhtc-visit-2013-06"}
    assert len(list_actions(busy, resolve_filter(busy, scope=ActionScope.ALL, objective="1"))) > 1
    with pytest.raises(BadInput, match="is not a date"):
        resolve_filter(busy, due_before="the day of days")
    with pytest.raises(NotFound, match="No contact or group"):
        resolve_filter(busy, lead="Zzyzx")


@pytest.mark.parametrize("ref", ["DP-05", "dp-5", "dp 05", "dp5", " DP-005 ", "Dp_05"])
def test_a_reference_is_read_in_the_forms_that_people_type(ref: str, wales: Workspace) -> None:
    assert show_action(wales, ref).row.ref == "DP-05"


@pytest.mark.parametrize("ref", ["DP-99", "DP", "", "%", "DP-05x"])
def test_an_unknown_reference_is_not_found(ref: str, wales: Workspace) -> None:
    with pytest.raises(NotFound, match="There is no action"):
        show_action(wales, ref)


def test_a_name_is_found_by_reference_short_name_alias_or_beginning(workspace: Workspace) -> None:
    key = make_party(workspace, "Siân Llŷn", "sian-llyn", kind="person")
    post = make_party(workspace, "Anti Human Trafficking Co-ordinator", "ahtc", kind="post", short="AHTC")
    with workspace.database.write("alias") as ledger:
        ledger.add("aliases", {"party": post, "name": "The Co-ordinator"})
    with workspace.database.read() as cursor:
        for words in ("sian-llyn", "sian llyn", "SIÂN LLŶN", "sian", "ll sia"):
            assert party_lookup.find_party(cursor, words).key == key
        for words in ("ahtc", "the co-ordinator", "anti human", "Ahtc "):
            assert party_lookup.find_party(cursor, words).key == post
        with pytest.raises(NotFound):
            party_lookup.find_party(cursor, "sian", ("group",))


def test_an_ambiguous_name_lists_the_matches(workspace: Workspace) -> None:
    make_party(workspace, "Gwent Police", "gwent-police")
    make_party(workspace, "Gwent Forum", "forum-gwent", kind="group")
    with pytest.raises(BadInput, match=r"several: Gwent Forum \(forum-gwent\), Gwent Police \(gwent-police\)"):
        make_action(workspace, lead="gwent")


def test_the_register_lists_posts_with_their_holders(workspace: Workspace) -> None:
    post = make_party(workspace, "Co-ordinator", "ahtc", kind="post", short="AHTC")
    make_holding(workspace, post, make_party(workspace, "Stephen Chapman", "chapman", kind="person"))
    assert list_register(workspace) == [
        ("Co-ordinator", "ahtc", "post", "AHTC Stephen Chapman", None),
        ("Stephen Chapman", "chapman", "person", "", None),
    ]


def test_invalid_characters_are_refused_in_one_sentence(workspace: Workspace) -> None:
    with pytest.raises(BadInput, match=r"invalid characters\. Type it again"):
        resolve_filter(workspace, meeting="\udcff")
    with pytest.raises(BadInput, match="invalid characters"), workspace.database.write("add") as ledger:
        ledger.add("areas", {"ref": "\udcff", "kind": "place", "name": "x"})


@pytest.mark.parametrize(("asks", "column"), [("@-", "lead"), ("#-", '"group"'), ("obj:-", "objective")])
def test_filters_for_empty_fields_match_the_counts_of_sql(wales: Workspace, asks: str, column: str) -> None:
    make_action(wales, title="Nobody's")
    with wales.database.read() as cursor:
        rows = cursor.execute(f"SELECT ref FROM actions WHERE NOT deleted AND {column} IS NULL").fetchall()
    assert filter_refs(wales, asks, ActionScope.ALL) == {ref for (ref,) in rows} != set()


def test_a_milestone_is_found_and_leads_to_its_objective(wales: Workspace) -> None:
    add_milestone(wales, build_milestone_draft({"title": "Quorate in Powys", "objective": "6"}, TODAY))
    with wales.database.read() as cursor:
        (objective,) = cursor.execute("SELECT ref FROM objectives WHERE number = 6").fetchone()
    assert [(hit.kind, hit.ref) for hit in search_records(wales, "quorate")] == [("milestone", objective)]


@pytest.mark.parametrize(
    ("words", "ref"),
    [
        ("34 referrals", "nrm-wales-2012"),
        ("over 100", "conference-attendance-2013"),
        ("dros 100", "conference-attendance-2013"),
        ("Competent Authority", "ukhtc"),
        ("Awdurdod Cymwys", "home-office-immigration"),
        ("only Government", "ahtc"),
        ("co-opted", "DP-09"),
    ],
)
def test_figures_roles_and_notes_are_found(wales: Workspace, words: str, ref: str) -> None:
    assert ref in [hit.ref for hit in search_records(wales, words)]
