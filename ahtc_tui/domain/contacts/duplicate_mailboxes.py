"""Names read from mailboxes: the first name for an initial, the surname without a typing error."""

from __future__ import annotations

import re

from ahtc_tui.domain.contacts.duplicates import SlipCounter
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.domain.text.welsh_mutations import is_mutation

SHORTEST_SURNAME = 4
"""Shortest surname that is recognised in a mailbox."""
Names = tuple[tuple[str, ...], ...]


def add_mailbox_names(names: Names, email: str, slips: SlipCounter) -> Names:
    """Return the names of a person, completed and corrected by the mailbox.

    "J Farrar" at jane.farrar@ becomes Jane Farrar; "Jane Farar" at jfarrar@ may be Jane Farrar as well. A mailbox that
    does not match the name changes nothing.
    """
    first, *middle, last = names[0] if len(names[0]) > 1 else ("", *names[0])
    mailbox_name = _read_mailbox(email.partition("@")[0], first, last, slips) if first else None
    if mailbox_name is None:
        return names
    mailbox_first, mailbox_last = mailbox_name
    completed = (mailbox_first if len(first) == 1 else first, *middle, last)
    corrected = (completed[0], *middle, mailbox_last)
    return tuple(dict.fromkeys((completed, *names[1:], corrected)))


def _read_mailbox(mailbox: str, first: str, last: str, slips: SlipCounter) -> tuple[str, str] | None:
    """First name and surname in a mailbox such as jane.farrar, jane.m.farrar or jfarrar, if they match the person."""
    words = [normalize_text(word) for word in re.split(r"[._\-]+", mailbox.rstrip("0123456789")) if word]
    if len(words) == 1 and words[0][:1] == first[0]:
        words = [first[0], words[0][1:]]
    if len(words) < 2 or words[0][:1] != first[0]:
        return None
    mailbox_first, mailbox_last = words[0], words[-1]
    if len(mailbox_first) > 1 and len(first) > 1 and mailbox_first != first and slips(mailbox_first, first) > 1:
        return None
    is_same_surname = (
        mailbox_last in last.split("-") or is_mutation(mailbox_last, last) or slips(mailbox_last, last) <= 1
    )
    return (mailbox_first, mailbox_last) if len(mailbox_last) >= SHORTEST_SURNAME and is_same_surname else None
