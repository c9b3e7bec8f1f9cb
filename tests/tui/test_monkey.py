"""Random keys and mouse events on hostile titles, at three sizes and in both languages."""

from __future__ import annotations

from random import Random

import pytest
from textual import events, pilot
from textual.widgets import Input, TextArea

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.text.cleaning import escape_controls
from ahtc_tui.services import doctor
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action
from tests.faults.rounds import count_rounds
from tests.journeys.hands import Hands, open_desk
from tests.journeys.monkey import KEYS
from tests.tui.test_hostile import TITLES, wait_until_idle

EVENTS, NIGHTLY_EVENTS = 240, 3400
"""Events for each size and language; in the nightly profile 20,400 in all."""
PAUSE_AFTER = 8
"""Number of events that arrive before the screen is idle."""
LIST_KEYS = (
    *("left_square_bracket", "right_square_bracket", "backslash", "asterisk", "underscore", "exclamation_mark"),
    *("full_stop", "Y", "ctrl+o", "f4", "f3"),
)


def post_mouse_event(desk: Hands, random: Random) -> None:
    """Post a click, a double click or a turn of the wheel at a random cell."""
    width, height = desk.app.size
    x, y = random.randrange(width), random.randrange(height)
    place = (None, x, y, 0, 0, 1, False, False, False)
    kind = random.choice(("click", "click", "double", "up", "down"))
    if kind in ("up", "down"):
        wheel = events.MouseScrollUp if kind == "up" else events.MouseScrollDown
        desk.app.post_message(wheel(*place, screen_x=x, screen_y=y))
        return
    for _click in range(2 if kind == "double" else 1):
        for event in (events.MouseDown, events.MouseUp):
            desk.app.post_message(event(*place, screen_x=x, screen_y=y))


def post_random_event(desk: Hands, random: Random) -> None:
    """Post a mouse event or a key; in a text mostly letters would be typed, so escape is more frequent there."""
    if random.random() < 0.15:
        post_mouse_event(desk, random)
        return
    in_text = isinstance(desk.app.focused, Input | TextArea)
    key = "escape" if in_text and random.random() < 0.2 else random.choice((*KEYS, *LIST_KEYS, *LIST_KEYS))
    desk.app.post_message(events.Key(key, key if len(key) == 1 else None))


@pytest.mark.long
@pytest.mark.parametrize("language", [Language.EN, Language.CY])
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_random_keys_and_mouse_events_neither_crash_the_app_nor_damage_the_journal(
    size: tuple[int, int], language: Language, busy: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pilot, "wait_for_idle", wait_until_idle)
    monkeypatch.chdir(busy.root)
    for title in TITLES:
        try:
            make_action(busy, title=title, due="2013-11-30")
        except BadInput:
            make_action(busy, title=escape_controls(title)[:200], due="2013-11-30")
    random = Random(f"{size} {language}")
    posted, wanted = 0, count_rounds(EVENTS, NIGHTLY_EVENTS)
    with use_language(language):
        while posted < wanted:
            async with open_desk(busy, size) as desk:
                while posted < wanted and desk.app.is_running and not desk.app._exit:
                    for _event in range(PAUSE_AFTER):
                        post_random_event(desk, random)
                    posted += PAUSE_AFTER
                    await desk.pilot.pause()
                    assert not desk.app.crash_message, (posted, desk.app.crash_message)
    assert doctor.find_faults(busy) == []
