"""The question before a document is published that is not ready."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from textual.app import App

from ahtc_tui.domain.documents.publication import PublicationRefused
from ahtc_tui.domain.i18n import _
from ahtc_tui.tui.widgets.confirm import Confirm

Result = TypeVar("Result")


async def publish(app: App[Any], write: Callable[..., Awaitable[Result]]) -> Result | None:
    """Return the result of a service that publishes documents, which `write` calls.

    Where one is not ready, ask whether to call it again with `force`, and return None for no.
    """
    try:
        return await write()
    except PublicationRefused as refusal:
        return await write(force=True) if await ask_to_publish(app, refusal) else None


async def ask_to_publish(app: App[Any], refusal: PublicationRefused) -> bool:
    """Ask whether to publish a document that is not ready, with the reasons."""
    heading = _("Not ready to be published: {problems}.").format(problems=refusal.problems)
    question = "\n".join((heading, *refusal.details, "", _("Publish it anyway? The history records this.")))
    answer: bool = await app.push_screen_wait(Confirm(question, yes=_("publish"), default=False))
    return answer
