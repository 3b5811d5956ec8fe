"""A sheet of paper to draw on with matplotlib: imported only when there is something to draw."""

from __future__ import annotations

from io import BytesIO

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyBboxPatch
from matplotlib.text import Text

DPI = 72
"""So that a point is a pixel."""
CELL = 84
LARGE, NORMAL, SMALL = 50, 40, 35
INK, SOFT, PAPER = "#17242f", "#52616d", "#ffffff"
SHADES = ("#eff2f5", "#c3dbee", "#5b9bc8", "#113d63")
"""One hue from light to dark, so that no eye and no printer mixes them up; dots count the level as well."""
DOTS = ("#eff2f5", "#113d63", "#0a2a47", "#ffffff")
SPOTS = ((), ((0.5, 0.5),), ((0.32, 0.5), (0.68, 0.5)), ((0.5, 0.31), (0.3, 0.66), (0.7, 0.66)))
"""Where the dots of each level lie, in a cell of one by one."""


class Sheet:
    """A sheet measured in pixels from its upper left corner."""

    def __init__(self, wide: float, high: float) -> None:
        figure = Figure(figsize=(wide / DPI, high / DPI), dpi=DPI, facecolor=PAPER)
        self.canvas = FigureCanvasAgg(figure)
        self.axes = Axes(figure, (0, 0, 1, 1), xlim=(0, wide), ylim=(high, 0))
        self.axes.set_axis_off()
        figure.add_axes(self.axes)  # pyright: ignore[reportUnknownMemberType]: matplotlib leaves **kwargs untyped

    def write(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = NORMAL,
        colour: str = INK,
        turn: float = 0,
        strong: bool = False,
        to_right: bool = True,
    ) -> None:
        """Write a text that begins at `x` (or ends there), with its middle at `y`, turned `turn` degrees."""
        side = "left" if to_right else "right"
        look = Text(x, y, text, color=colour, fontsize=size, fontweight="bold" if strong else "normal")
        look.set(horizontalalignment=side, multialignment=side, linespacing=1.0, parse_math=False)
        look.set(verticalalignment="center" if turn else "center_baseline", rotation=turn, rotation_mode="anchor")
        self.axes.add_artist(look)

    def size(self, text: str, size: float = NORMAL, *, turn: float = 0, strong: bool = False) -> tuple[float, float]:
        """Return how wide and high a text is, turned."""
        weight = "bold" if strong else "normal"
        made = Text(
            0, 0, text, fontsize=size, fontweight=weight, rotation=turn, rotation_mode="anchor", parse_math=False
        )
        self.axes.add_artist(made)
        box = made.get_window_extent(self.canvas.get_renderer())
        made.remove()
        return box.width, box.height

    def cell(self, x: float, y: float, level: int, wide: float = CELL) -> None:
        """Draw a cell: the darker and the more dots, the more pressure."""
        box = f"round,pad=0,rounding_size={wide * 0.16}"
        self.axes.add_patch(FancyBboxPatch((x, y), wide, wide, box, facecolor=SHADES[level], edgecolor="none"))
        for right, down in SPOTS[level]:
            spot = (x + right * wide, y + down * wide)
            self.axes.add_patch(Circle(spot, wide * 0.085, facecolor=DOTS[level], edgecolor="none"))

    def explain(self, x: float, y: float, level: int, word: str) -> float:
        """Draw a small cell with its meaning beside it. Return where that ends at the right."""
        self.cell(x, y, level, 46)
        self.write(x + 60, y + 23, word, size=SMALL, colour=SOFT)
        return x + 60 + self.size(word, SMALL)[0]

    def png(self) -> bytes:
        """Return the sheet as PNG."""
        made = BytesIO()
        self.canvas.print_png(made)  # pyright: ignore[reportUnknownMemberType]: the same
        return made.getvalue()
