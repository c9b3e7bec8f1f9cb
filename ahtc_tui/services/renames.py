"""A new name of a group or contact from a day on, and of what is named after it.

A post that has the name of its body after a comma ("Secretariat, Leadership Group") gets the new one on the same day.
So does a meeting that has the name of its group as its title, unless its minutes are agreed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.periods import Period
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.text.cleaning import clean_line
from ahtc_tui.services.meetings.writer import update_meeting
from ahtc_tui.store.contacts.names import read_name_on, read_posts, read_timeline, read_welsh_name_on
from ahtc_tui.store.contacts.party_lookup import PARTY_KINDS, find_party
from ahtc_tui.store.meetings.queries import read_titled_after

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger


class RenamedParty(NamedTuple):
    """Result of a rename."""

    ref: str
    kept_welsh_name: str | None
    """The Welsh name that does not change; None where the new name has its own."""
    posts: tuple[str, ...]
    """New names of the posts that are named after it."""

    def format_posts(self) -> Iterator[str]:
        """Yield a sentence for each post that is named after it."""
        for post in self.posts:
            yield _("The post named after it is {name} from then on.").format(name=post)


def rename_party(
    workspace: Workspace,
    words: str,
    name: str,
    first: DateAsKnown,
    kinds: tuple[str, ...] = PARTY_KINDS,
    name_cy: str | None = None,
) -> RenamedParty:
    """Add a name of a party from a day on, with its Welsh name if that changes too. The reference does not change.

    The name is valid until the next one begins. Raises NotFound, BadInput for an empty name or a date without a day,
    Refused where a name begins on the same day.
    """
    new_name = clean_line(name)
    if not new_name:
        raise BadInput(_("Name cannot be empty."))
    new_welsh_name = clean_line(name_cy) if name_cy else None
    period = Period(first)
    period.check()
    with workspace.database.write("rename") as ledger:
        party = find_party(ledger.cursor, words, kinds)
        ledger.label = f"rename {party.ref}"
        _timeline, facts = read_timeline(ledger.cursor, party.key)
        same_day = [fact.name for fact in facts if fact.period.start and fact.period.first == period.first]
        keeps_welsh_name = not new_welsh_name or {fact.name_cy for fact in facts} == {new_welsh_name}
        if new_name in same_day or ({fact.name for fact in facts} == {new_name} and keeps_welsh_name):
            raise Refused(_("{ref} has this name already.").format(ref=party.ref))
        if same_day:
            sentence = _("{ref} is called {name} from {day}. Undo that rename, or choose another date.")
            raise Refused(sentence.format(ref=party.ref, name=same_day[0], day=first))
        meetings = read_titled_after(ledger.cursor, party.key, workspace.today())
        _add_name(ledger, party.key, first, new_name, new_welsh_name)
        for meeting, day in meetings:
            update_meeting(ledger, meeting, {"title": read_name_on(ledger.cursor, party.key, day)})
        posts = _rename_posts(ledger, party.key, first, new_name, new_welsh_name) if period.first > date.min else ()
        kept = None if new_welsh_name else read_welsh_name_on(ledger.cursor, party.key, period.first)
        return RenamedParty(party.ref, kept, posts)


def _add_name(ledger: Ledger, party: RowKey, first: DateAsKnown, name: str, name_cy: str | None) -> None:
    ledger.add("aliases", {"party": party, "name": name, "name_cy": name_cy, "from_on": first.stored_text})


def _rename_posts(ledger: Ledger, party: RowKey, first: DateAsKnown, name: str, name_cy: str | None) -> tuple[str, ...]:
    """Put the new name in place of the former one in the names of posts, and return their new names."""
    day = Period(first).first
    former = read_name_on(ledger.cursor, party, day - timedelta(days=1))
    former_cy = read_welsh_name_on(ledger.cursor, party, day - timedelta(days=1))
    renamed = []
    for post in read_posts(ledger.cursor, day):
        post_name = _replace_part(post.name, former, name)
        if post_name == post.name:
            continue
        post_name_cy = (
            _replace_part(post.name_cy, former_cy, name_cy) if post.name_cy and former_cy and name_cy else None
        )
        _add_name(ledger, post.key, first, post_name, post_name_cy)
        renamed.append(post_name)
    return tuple(renamed)


def _replace_part(text: str, former: str, new: str) -> str:
    """Return the name of a post with another name of its body: "Secretariat, Board" has two parts."""
    return ", ".join(new if part == former else part for part in text.split(", "))
