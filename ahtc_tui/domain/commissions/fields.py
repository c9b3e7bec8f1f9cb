"""The fields of a commission that people can change, in the order of the form, and the facts of its card."""

from __future__ import annotations

from collections.abc import Iterator

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.commissions.model import CommissionCard
from ahtc_tui.domain.fields.model import CardRow, Field, Kind, Place, build_plain_rows, build_row
from ahtc_tui.domain.i18n import gettext_noop
from ahtc_tui.domain.text.sources import format_source
from ahtc_tui.domain.welsh.model import name_other_language

PARTIES, EARLIER = "parties", "earlier"
"""The records that the form offers: contacts, and the commissions that it can follow."""
NOT_LISTED = dict.fromkeys(
    (Place.LIST, Place.SORT), "the list has what a paper is found by and its deadline; the card has the rest"
)
NOT_SEARCHED = {Place.SEARCH: "it is no text of the paper: the list or its card shows it"}
KNOWN_LATER = {Place.ADD: "a new paper is neither cleared nor sent"}
ONE_LANGUAGE = dict.fromkeys((Place.LIST, Place.SORT), "the list shows the title in the language of the screen")

COMMISSION_FIELDS: tuple[Field[CommissionCard], ...] = (
    Field(
        "title",
        gettext_noop("title"),
        lambda card: card.row.title,
        prompt=gettext_noop("the paper's title"),
        required=True,
        not_in={Place.ADD: "it is the argument of the verb"},
        wraps=True,
    ),
    Field(
        "follows",
        gettext_noop("follows"),
        lambda card: card.follows,
        Kind.RECORD,
        register=EARLIER,
        flag="--like",
        not_in=NOT_LISTED | NOT_SEARCHED,
        is_row=True,
        is_usual=True,
    ),
    Field(
        "asked_by",
        gettext_noop("requested by"),
        lambda card: card.row.asked_by,
        Kind.RECORD,
        register=PARTIES,
        flag="--for",
        is_row=True,
        is_usual=True,
    ),
    Field(
        "due",
        gettext_noop("due"),
        lambda card: card.row.due,
        Kind.DATE_OR_WORDS,
        not_in=NOT_SEARCHED,
        is_row=True,
        is_usual=True,
    ),
    Field(
        "from_on",
        gettext_noop("start date"),
        lambda card: card.from_on,
        Kind.DATE,
        flag="--from",
        not_in=NOT_LISTED | NOT_SEARCHED,
        is_row=True,
    ),
    Field(
        "to_on",
        gettext_noop("end date"),
        lambda card: card.to_on,
        Kind.DATE,
        flag="--to",
        not_in=NOT_LISTED | NOT_SEARCHED,
        is_row=True,
    ),
    Field(
        "reference",
        gettext_noop("reference"),
        lambda card: card.row.reference,
        prompt=gettext_noop("their reference number"),
        not_in=NOT_LISTED,
        is_row=True,
    ),
    Field(
        "cleared_by",
        gettext_noop("cleared by"),
        lambda card: card.cleared_by,
        Kind.RECORD,
        register=PARTIES,
        not_in=NOT_LISTED | NOT_SEARCHED | KNOWN_LATER,
        is_known_later=True,
        is_row=True,
    ),
    Field(
        "sent_on",
        gettext_noop("sent on"),
        lambda card: card.row.sent_on,
        Kind.PAST_DATE,
        not_in=NOT_LISTED | NOT_SEARCHED | KNOWN_LATER,
        is_known_later=True,
        is_row=True,
    ),
    Field(
        "marking",
        gettext_noop("marking"),
        lambda card: card.marking,
        Kind.CHOICE,
        choices=Marking,
        initial=lambda card: card.requested_marking,
        required=True,
        default=Marking.OFFICIAL.value,
        not_in=NOT_LISTED | NOT_SEARCHED,
        is_row=True,
    ),
    Field("title_cy", gettext_noop("Welsh title"), lambda card: card.row.title_cy, not_in=ONE_LANGUAGE, wraps=True),
    Field(
        "source",
        gettext_noop("source of the entry"),
        lambda card: format_source(card.row.source),
        initial=lambda card: card.row.source,
        not_in=NOT_LISTED | NOT_SEARCHED,
        is_row=True,
    ),
    Field("note", gettext_noop("note"), lambda card: card.note, Kind.PROSE, not_in=NOT_LISTED, is_row=True),
)


def build_fact_rows(card: CommissionCard) -> Iterator[CardRow]:
    """Yield the facts of a commission; rows without a value as well."""
    yield build_row(*name_other_language(card.row.title, card.row.title_cy))
    yield from build_plain_rows(COMMISSION_FIELDS, card)
