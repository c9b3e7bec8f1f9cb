"""Finding: the live filter, names with accents or without, references as people type them, and words of any kind."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.actions.filters import ActionFilter, Which, read_filter
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.drafts.plan import milestone_draft
from ahtc_tui.domain.errors import BadInput, NotFound
from ahtc_tui.services.actions.service import find_filter, list_actions, show_action
from ahtc_tui.services.contacts.service import list_register
from ahtc_tui.services.plan.versions_and_milestones import add_milestone
from ahtc_tui.services.search import find
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.contacts import party_lookup
from ahtc_tui.store.search.index import match_words
from tests.builders import TODAY, a_holding, a_party, an_action


def typed(workspace: Workspace, text: str, which: Which = Which.OPEN) -> set[str]:
    asked = read_filter(text, lambda words: read_date(words, TODAY), ActionFilter(which))
    return {row.ref for row in list_actions(workspace, asked)}


def test_search_bawso_finds_every_kind_of_record_that_names_it(wales: Workspace) -> None:
    hits = find(wales, "Bawso")
    of_kind = {kind: sorted(hit.ref for hit in hits if hit.kind == kind) for kind in {hit.kind for hit in hits}}
    assert of_kind["action"] == ["DP-11", "DP-28", "DP-29"]
    assert {kind: len(refs) for kind, refs in of_kind.items()} == {
        "action": 3,
        "seat": 1,
        "practice": 2,
        "decision": 1,
        "organisation": 1,
        "meeting": 1,
    }
    assert all(hit.title and "\n" not in hit.snippet for hit in hits)
    assert len(find(wales, "Bawso", 2)) == 2


def test_accents_and_capitals_are_forgiven_both_ways(workspace: Workspace) -> None:
    ref = an_action(workspace, title="Siân to write to Llŷn").ref
    for word in ("Siân", "sian", "SIA\u0302N", "Sia\u0302n", "llyn"):
        assert [hit.ref for hit in find(workspace, word)] == [ref]


NAUGHTY = ['"', "*", "NEAR(", "-", "'", "🙂", "a OR", "title:x", "^bawso", '") OR 1', "\x00", "\ud800", "½", "x" * 9999]


@pytest.mark.parametrize("words", [*NAUGHTY, "word " * 3000, "{ref title} :", "a-b c_d"])
def test_no_word_upsets_the_search(words: str, wales: Workspace) -> None:
    find(wales, words)
    for mark in ("", "@", "#", "!", "due<"):
        typed(wales, mark + words)
    assert party_lookup.keys_beginning(wales.database.connection.cursor(), words, ("person",)) is not None


def test_the_last_word_may_be_half_typed_and_one_letter_asks_nothing() -> None:
    assert match_words("health boa") == '"health" "boa"*'
    assert match_words("women's") == '"women" "s"'
    assert match_words("h") is None
    assert match_words(" - ") is None


@pytest.mark.parametrize(
    ("text", "found"),
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
def test_a_line_of_words_and_marks_finds_what_it_says(text: str, found: set[str], busy: Workspace) -> None:
    assert typed(busy, text) & {"DP-45", "DP-46", "DP-47", "DP-48", "DP-49"} == found


HALF_TYPED = ["@", "#", "!", "!la", "@j", "#g", "due<", "due>=", "due<3", "due<@", "t", "due<soon", "due<new year"]


@pytest.mark.parametrize("text", HALF_TYPED)
def test_a_filter_that_is_not_yet_whole_asks_nothing(text: str, busy: Workspace) -> None:
    assert typed(busy, text) == typed(busy, "")


def test_a_name_that_nobody_has_finds_nothing(busy: Workspace) -> None:
    assert typed(busy, "@zzyzx") == typed(busy, "#zzyzx") == set()


def test_flags_name_people_groups_and_days(busy: Workspace) -> None:
    def listed(**flags: str) -> set[str]:
        return {row.ref for row in list_actions(busy, find_filter(busy, which=Which.ALL, words="spocs", **flags))}  # type: ignore[arg-type]

    assert listed(lead="AHTC") == listed(lead="Stephen Chapman") >= {"DP-45"}
    assert "DP-45" in listed(due_before="1 December 2013")
    assert list_actions(busy, find_filter(busy, which=Which.ALL, group="leadership-group"))
    meeting = find_filter(busy, which=Which.ALL, meeting="ukhtc-visit-2013-06")
    assert {row.meeting for row in list_actions(busy, meeting)} == {"ukhtc-visit-2013-06"}
    assert len(list_actions(busy, find_filter(busy, which=Which.ALL, objective="1"))) > 1
    with pytest.raises(BadInput, match="is not a date"):
        find_filter(busy, due_before="the day of days")
    with pytest.raises(NotFound, match="Nobody in the register"):
        find_filter(busy, lead="Zzyzx")


@pytest.mark.parametrize("ref", ["DP-05", "dp-5", "dp 05", "dp5", " DP-005 ", "Dp_05"])
def test_a_reference_is_understood_as_people_type_it(ref: str, wales: Workspace) -> None:
    assert show_action(wales, ref).row.ref == "DP-05"


@pytest.mark.parametrize("ref", ["DP-99", "DP", "", "%", "DP-05x"])
def test_a_reference_that_nobody_has_is_not_found(ref: str, wales: Workspace) -> None:
    with pytest.raises(NotFound, match="There is no action"):
        show_action(wales, ref)


def test_a_name_is_found_by_reference_short_name_alias_or_beginning(workspace: Workspace) -> None:
    key = a_party(workspace, "Siân Llŷn", "sian-llyn", kind="person")
    post = a_party(workspace, "Anti Human Trafficking Co-ordinator", "ahtc", kind="post", short="AHTC")
    with workspace.database.write("alias") as ledger:
        ledger.add("aliases", {"party": post, "name": "The Co-ordinator"})
    with workspace.database.read() as cursor:
        for words in ("sian-llyn", "sian llyn", "SIÂN LLŶN", "sian", "ll sia"):
            assert party_lookup.find_party(cursor, words).key == key
        for words in ("ahtc", "the co-ordinator", "anti human", "Ahtc "):
            assert party_lookup.find_party(cursor, words).key == post
        with pytest.raises(NotFound):
            party_lookup.find_party(cursor, "sian", ("group",))


def test_a_name_that_may_be_several_lists_them(workspace: Workspace) -> None:
    a_party(workspace, "Gwent Police", "gwent-police")
    a_party(workspace, "Gwent Forum", "forum-gwent", kind="group")
    with pytest.raises(BadInput, match=r"several: Gwent Forum \(forum-gwent\), Gwent Police \(gwent-police\)"):
        an_action(workspace, lead="gwent")


def test_the_owners_to_choose_from_come_with_who_holds_the_post(workspace: Workspace) -> None:
    post = a_party(workspace, "Co-ordinator", "ahtc", kind="post", short="AHTC")
    a_holding(workspace, post, a_party(workspace, "Stephen Chapman", "chapman", kind="person"))
    assert list_register(workspace) == [
        ("Co-ordinator", "ahtc", "post", "AHTC Stephen Chapman"),
        ("Stephen Chapman", "chapman", "person", ""),
    ]


def test_bytes_that_are_no_letters_get_one_sentence(workspace: Workspace) -> None:
    with pytest.raises(BadInput, match="no letters: type it again"):
        find_filter(workspace, meeting="\udcff")
    with pytest.raises(BadInput, match="no letters"), workspace.database.write("add") as ledger:
        ledger.add("areas", {"ref": "\udcff", "kind": "place", "name": "x"})


@pytest.mark.parametrize(("asks", "column"), [("@-", "lead"), ("#-", '"group"'), ("obj:-", "objective")])
def test_actions_without_a_lead_a_group_or_an_objective_are_as_sql_counts_them(
    wales: Workspace, asks: str, column: str
) -> None:
    an_action(wales, title="Nobody's")
    with wales.database.read() as cursor:
        found = cursor.execute(f"SELECT ref FROM actions WHERE NOT deleted AND {column} IS NULL").fetchall()
    assert typed(wales, asks, Which.ALL) == {ref for (ref,) in found} != set()


def test_a_milestone_is_found_and_leads_to_its_objective(wales: Workspace) -> None:
    add_milestone(wales, milestone_draft({"title": "Quorate in Powys", "objective": "6"}, TODAY))
    with wales.database.read() as cursor:
        (objective,) = cursor.execute("SELECT ref FROM objectives WHERE number = 6").fetchone()
    assert [(hit.kind, hit.ref) for hit in find(wales, "quorate")] == [("milestone", objective)]
