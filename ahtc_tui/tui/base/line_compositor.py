"""Composes the lines of a partial update alone.

Textual renders every line of each widget that a partial update touches: a key that moves the cursor by one row costs as
much as the whole list and the card beside it.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip


class LineCompositor(Compositor):
    """A compositor that renders no line above or below an update."""

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        """Yield region, visible part and lines of that part for each widget within the lines of `crop`."""
        screen = self.size.region
        lines = screen if crop is None else Region(0, crop.y, screen.width, crop.height)
        for widget, (region, clip) in self.visible_widgets.items():
            if visible := region.intersection(clip).intersection(lines):
                yield region, visible, widget.render_lines(visible.translate(-region.offset))
