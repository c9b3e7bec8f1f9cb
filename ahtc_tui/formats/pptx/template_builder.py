"""Builds the shipped template of slides: `python -m ahtc_tui.formats.pptx.template_builder`.

The application does not run it. The template is kept as a file, because the secretariat restyles a copy of it.
"""

from __future__ import annotations

from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

from ahtc_tui.formats.files.office_container import EPOCH, normalize_container

FOLDER = Path(str(resources.files("ahtc_tui.formats") / "templates"))
NAME = "highlight.pptx"
WIDTH, HEIGHT = 33.867, 19.05
"""Size of a slide in centimetres: 16 to 9."""
FONT, INK = "Arial", "1F2A44"


class Place(NamedTuple):
    """A placeholder of the layout: its kind in PresentationML, its box in centimetres, and its type."""

    kind: str
    left: float
    top: float
    width: float
    height: float
    points: int
    align: str = "l"
    bold: bool = False


PLACES = {
    "Title": Place("title", 1.2, 1.1, 31.4, 1.4, 28, bold=True),
    "Marking": Place("body", 1.2, 0.3, 31.4, 0.8, 12, "ctr", bold=True),
    "Facts": Place("body", 1.2, 2.7, 17.0, 2.3, 14),
    "Table": Place("tbl", 1.2, 5.1, 17.0, 12.7, 14),
    "Lists": Place("body", 19.0, 2.7, 13.6, 15.1, 14),
    "Footer": Place("body", 1.2, 18.0, 31.4, 0.8, 12),
}
"""The placeholders by name, in reading order."""
LAYOUT = 5
"""Position of the layout "Title Only" in the template of python-pptx."""
POINTS_AND_HEADINGS = (
    '<a:lvl1pPr marL="0" indent="0" algn="{align}"><a:spcBef><a:spcPts val="{before}"/></a:spcBef><a:buNone/>'
    '<a:defRPr sz="{size}" b="{bold}"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill></a:defRPr></a:lvl1pPr>'
    '<a:lvl2pPr marL="228600" indent="-228600"><a:spcBef><a:spcPts val="200"/></a:spcBef><a:buChar char="&#8226;"/>'
    '<a:defRPr sz="{size}" b="0"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill></a:defRPr></a:lvl2pPr>'
)


def build_template(folder: Path = FOLDER) -> Path:
    """Write the template; return its path."""
    import pptx
    from pptx.util import Cm

    page: Any = pptx.Presentation()
    page.slide_width, page.slide_height = Cm(WIDTH), Cm(HEIGHT)
    _remove_unused_parts(page)
    layout = page.slide_layouts[0]
    layout.name = "Highlight report"
    for shape in (*layout.placeholders, *page.slide_master.placeholders):
        if shape.placeholder_format.type.name in ("DATE", "FOOTER", "SLIDE_NUMBER"):
            shape._element.getparent().remove(shape._element)
    for shape in page.slide_master.placeholders:
        _set_place(shape, PLACES["Title" if shape.placeholder_format.idx == 0 else "Lists"])
    layout.placeholders[0]._element.getparent().remove(layout.placeholders[0]._element)
    for position, (name, place) in enumerate(PLACES.items()):
        layout.shapes._spTree.append(_build_placeholder(position, name, place))
    _restyle_theme(page.slide_master)
    core = page.core_properties
    core.created = core.modified = datetime.combine(EPOCH, datetime.min.time())
    core.title = core.author = core.last_modified_by = ""
    path = folder / NAME
    page.save(str(path))
    normalize_container(path, EPOCH)
    return path


def _remove_unused_parts(page: Any) -> None:
    """Remove the other layouts, the thumbnail and the settings of a printer."""
    for number, layout in reversed(list(enumerate(page.slide_layouts))):
        if number != LAYOUT:
            page.slide_layouts.remove(layout)
    for owner in (page.part.package, page.part):
        for key, relation in list(owner._rels.items()):
            if relation.reltype.endswith(("/thumbnail", "/printerSettings")):
                owner._rels.pop(key)


def _set_place(shape: Any, place: Place) -> None:
    from pptx.util import Cm

    shape.left, shape.top = Cm(place.left), Cm(place.top)
    shape.width, shape.height = Cm(place.width), Cm(place.height)


def _build_placeholder(position: int, name: str, place: Place) -> Any:
    """Return the element of a placeholder with the type of its two levels: heading and point."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls
    from pptx.util import Cm

    levels = POINTS_AND_HEADINGS.format(
        align=place.align, before=800 if name == "Lists" else 200, size=place.points * 100,
        bold=int(place.bold or name == "Lists"),
    )  # fmt: skip
    index = f' idx="{position + 10}"' if position else ""
    return parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{position + 2}" name="{name}"/>'
        f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="{place.kind}"{index}/></p:nvPr></p:nvSpPr>'
        f'<p:spPr><a:xfrm><a:off x="{Cm(place.left)}" y="{Cm(place.top)}"/>'
        f'<a:ext cx="{Cm(place.width)}" cy="{Cm(place.height)}"/></a:xfrm></p:spPr>'
        f'<p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:normAutofit/></a:bodyPr>'
        f"<a:lstStyle>{levels}</a:lstStyle>"
        f'<a:p><a:r><a:rPr lang="en-GB"/><a:t>{name}</a:t></a:r></a:p></p:txBody></p:sp>'
    )


def _restyle_theme(master: Any) -> None:
    """Set the font of the theme, and the colour of the headings of tables."""
    import re

    from pptx.opc.constants import RELATIONSHIP_TYPE

    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    text = theme.blob.decode("utf-8").replace('typeface="Calibri"', f'typeface="{FONT}"')
    accent = f'<a:accent1><a:srgbClr val="{INK}"/></a:accent1>'
    theme._blob = re.sub(r"<a:accent1>.*?</a:accent1>", accent, text, flags=re.DOTALL).encode("utf-8")


if __name__ == "__main__":
    build_template()
