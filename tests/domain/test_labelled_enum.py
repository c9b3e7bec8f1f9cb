"""Members of enumerations by what people type for them, in English and Welsh."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.actions.filters import ActionScope, Sort, read_choice
from ahtc_tui.domain.actions.model import Brag, Confidence, Marking, Priority, Status
from ahtc_tui.domain.contacts.model import OrganisationKind, PartyKind, PreferredLanguage
from ahtc_tui.domain.documents.meeting_document import Cut
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.evidence.practice import AdoptionStatus, SessionKind
from ahtc_tui.domain.groups.model import GroupKind, GroupState, SeatRole
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.labelled_enum import LabelledEnum, find_member
from ahtc_tui.domain.meetings.kinds import MeetingKind, MeetingState, OnHoliday, Presence, Reply, TimeDecision
from ahtc_tui.domain.minutes.lifecycle import MinutesState
from ahtc_tui.domain.text.answers import NO_WORDS, YES_WORDS, read_yes_no

ENUMERATIONS = (
    Status, Brag, Confidence, Priority, Marking, PartyKind, OrganisationKind, PreferredLanguage, AdoptionStatus,
    SessionKind, GroupKind, GroupState, SeatRole, MeetingKind, MeetingState, Presence, Reply, ActionScope, Sort, Cut,
    OnHoliday, TimeDecision, MinutesState,
)  # fmt: skip


@pytest.mark.parametrize("language", [Language.EN, Language.CY])
@pytest.mark.parametrize("members", ENUMERATIONS)
def test_a_member_is_named_by_its_label_in_either_language(members: type[LabelledEnum], language: Language) -> None:
    for member in members:
        with use_language(language):
            spellings = [member.value, member.name, *member.spellings, member.label]
        for spelling in spellings:
            assert find_member(spelling.upper(), members) is member, spelling


@pytest.mark.parametrize(
    ("text", "member"),
    [
        ("Wedi’i gwblhau", Status.DONE),
        ("wedi'i chwblhau", Status.DONE),
        ("ar-waith", Status.IN_PROGRESS),
        ("Ar y gweill", Status.IN_PROGRESS),
        ("heb ddechrau", Status.PLANNED),
        ("cynnig_ei_gau", Status.PROPOSED_COMPLETE),
        ("Coch", Brag.RED),
        ("oren", Brag.AMBER),
        ("ambr", Brag.AMBER),
        ("Glas", Brag.BLUE),
        ("uchel", Priority.HIGH),
        ("swyddogol", Marking.OFFICIAL),
        ("heddlu", OrganisationKind.POLICE),
        ("ymddiheuriadau", Presence.APOLOGIES),
        ("cytunwyd", MinutesState.AGREED),
    ],
)
def test_a_welsh_word_names_its_member(text: str, member: LabelledEnum) -> None:
    assert read_choice(text, type(member), "value") is member


@pytest.mark.parametrize("text", ["", "-", "pinc", "wedi", "gwblhau"])
def test_other_words_name_none(text: str) -> None:
    with pytest.raises(BadInput):
        read_choice(text, Status, "status")


def test_an_answer_is_yes_or_no_in_either_language() -> None:
    assert all(read_yes_no(word.upper()) is True for word in YES_WORDS)
    assert all(read_yes_no(word.upper()) is False for word in NO_WORDS)
    assert read_yes_no("efallai") is read_yes_no("") is None


@pytest.mark.parametrize("text", ["G+", "R?", "G-", "done?"])
def test_a_mark_of_degree_or_doubt_is_another_value(text: str) -> None:
    assert find_member(text, Brag) is None
    assert find_member(text, Status) is None
