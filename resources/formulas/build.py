"""Build the formulas of the lessons: ``python resources/formulas/build.py`` (needs the ``dev`` extra).

Sets each formula of ``formulas.json`` (a subset of TeX, see matplotlib's "mathtext") and writes it to ``<id>.svg``: one
path in ``currentColor``, its TeX as the description. A unit is a thousandth of the height of a small x, so that whoever
draws it can match it with the text around it.
"""

import json
from html import escape
from pathlib import Path

import matplotlib as mpl
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

HERE = Path(__file__).resolve().parent
X_HEIGHT = 1000
MARGIN = 60  # what anti-aliasing may need around it
COMMANDS = {1: "M", 2: "L", 3: "Q", 4: "C"}  # matplotlib's codes; a curve's points share one
POINTS = {1: 1, 2: 1, 3: 2, 4: 3}
CLOSE = 79


def svg(tex: str) -> str:
    """Return a formula as the text of an SVG file."""
    shape = TextPath((0, 0), f"${tex}$", size=100, prop=FontProperties())
    letter = TextPath((0, 0), "$x$", size=100, prop=FontProperties())
    scale = X_HEIGHT / letter.get_extents().y1
    left, bottom, right, top = (float(it) * scale for it in shape.get_extents().extents)
    pieces, k = [], 0
    while k < len(shape.codes):
        code = int(shape.codes[k])
        count = POINTS.get(code, 1)
        points = [(MARGIN + x * scale - left, MARGIN + top - y * scale) for x, y in shape.vertices[k : k + count]]
        numbers = " ".join(f"{round(x)} {round(y)}" for x, y in points)
        pieces.append("Z" if code == CLOSE else f"{COMMANDS[code]}{numbers}")
        k += count
    width, height = (round(it) + 2 * MARGIN for it in (right - left, top - bottom))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">\n'
        f"<desc>{escape(tex)}</desc>\n"
        f'<path fill="currentColor" d="{"".join(pieces)}"/>\n</svg>\n'
    )


def main() -> None:
    """Write a file for each formula, and remove those of formulas that are gone."""
    mpl.rcParams["mathtext.fontset"] = "stix"
    formulas = json.loads((HERE / "formulas.json").read_text(encoding="utf-8"))
    for name, tex in formulas.items():
        (HERE / f"{name}.svg").write_text(svg(tex), encoding="utf-8", newline="\n")
    for path in HERE.glob("*.svg"):
        if path.stem not in formulas:
            path.unlink()


if __name__ == "__main__":
    main()
