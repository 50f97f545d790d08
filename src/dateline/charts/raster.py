"""Drawings as pictures of points (PNG), for files that hold no SVG."""

from __future__ import annotations

from functools import cache

_FAMILIES = (
    *("Liberation Sans", "Arimo", "Arial", "Helvetica", "Noto Sans", "Open Sans", "Segoe UI"),
    *("DejaVu Sans Condensed", "DejaVu Sans", "Verdana", "FreeSans"),
)
"""Faces for the words of drawings, those that are as wide as the drawings reckon with first."""

_PROBE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><text x="2" y="15" font-family="{}">{}</text></svg>'
)


def png(svg: str, *, zoom: int = 2) -> bytes | None:
    """A drawing as PNG, `zoom` times its size; None where resvg is not installed or no face for its words is found.

    A drawing without its words would mislead: then there is none.
    """
    try:
        import resvg_py
    except ImportError:
        return None
    face = _face()
    if face is None:
        return None
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=zoom, sans_serif_family=face, font_family=face))


@cache
def _face() -> str | None:
    """The first face of this machine that words are written in."""
    import resvg_py

    for family in _FAMILIES:
        blank, written = (
            bytes(resvg_py.svg_to_bytes(svg_string=_PROBE.format(family, words))) for words in (" ", "Hamburg")
        )
        if blank != written:
            return family
    return None
