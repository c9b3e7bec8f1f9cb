"""The office hub of a workspace, as `ahtc.toml` names it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _

EVERY_MINUTES = 15
"""Default interval of the sync in the background of the screen."""


class HubSettings(NamedTuple):
    """Address and interval; empty if no hub is set."""

    url: str = ""
    every: int = EVERY_MINUTES
    """Minutes between two syncs in the background of the screen; 0 syncs by key only."""


NO_HUB = HubSettings()


def read_hub(values: Mapping[str, Any], place: str) -> HubSettings:
    """Return the settings of the heading [hub]; `place` names the file. Raises BadInput, which never repeats values."""
    url, every = values.get("url", ""), values.get("every", EVERY_MINUTES)
    unknown = [name for name in values if name not in HubSettings._fields]
    if unknown:
        raise BadInput(
            _('{place}: [hub] has no setting "{name}": it has url and every.').format(place=place, name=unknown[0])
        )
    if not isinstance(url, str):
        raise BadInput(
            _('{place}: url must be text, as in url = "postgresql+psycopg://USER@HOST/DATABASE".').format(place=place)
        )
    if type(every) is not int or every < 0:
        raise BadInput(_("{place}: every must be a number of minutes, such as every = 15.").format(place=place))
    return HubSettings(url.strip(), every)
