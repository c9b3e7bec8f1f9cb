"""Limits an export to records up to a protective marking."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.errors import NotFound, Refused
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.services.workspace import Workspace


@contextmanager
def limit_marking(workspace: Workspace, up_to: Marking) -> Iterator[Workspace]:
    """Yield the workspace without the records that are marked higher; `database.left_out` counts those that a read met.

    Raises Refused where the record that was named is one of them.
    """
    if up_to is list(Marking)[-1]:
        yield workspace
        return
    from ahtc_tui.store.engine.limited_database import LimitedDatabase

    database = LimitedDatabase(workspace.database, up_to)
    try:
        yield replace(workspace, database=database)
    except NotFound as error:
        if database.left_out:
            sentence = _(
                "The record is marked higher than {marking}. To export it, add --up-to official-sensitive to `ahtc "
                "export`."
            )
            raise Refused(sentence.format(marking=up_to.label)) from error
        raise
    finally:
        database.close()


def refuse_marked_publication(marking: Marking) -> None:
    """Raise Refused for a published file with a marking above OFFICIAL, which is a contradiction."""
    if marking is not Marking.OFFICIAL:
        raise Refused(_("What is marked {marking} is not published.").format(marking=marking.label))


def list_marked_refs(workspace: Workspace, up_to: Marking) -> frozenset[str]:
    """Return the references of the records that are marked higher, and of their parts."""
    from ahtc_tui.store.engine.limited_database import LimitedDatabase

    database = LimitedDatabase(workspace.database, up_to)
    try:
        return database.hidden_refs
    finally:
        database.close()


def format_left_out(count: int, up_to: Marking) -> str:
    """Return the sentence about records that were left out of a file; empty where none was."""
    if not count:
        return ""
    return ngettext(
        "1 record is marked higher than {marking} and was left out. To include it, add --up-to official-sensitive.",
        "{n} records are marked higher than {marking} and were left out. To include them, add --up-to "
        "official-sensitive.",
        count,
        marking=up_to.label,
    )


def list_left_out(workspace: Workspace) -> tuple[str, ...]:
    """Return the sentence about the records above OFFICIAL that a limited workspace left out, if there are any."""
    sentence = format_left_out(len(workspace.database.left_out), Marking.OFFICIAL)
    return (sentence,) if sentence else ()
