"""Ink: the few marks that all pictures are made of, on axes whose unit is a point of the sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch, PathPatch
from matplotlib.path import Path
from matplotlib.patheffects import AbstractPathEffect, withStroke

from vpnedu.drawing.style import colour, font

Point = tuple[float, float]

# Words are words: a dollar sign in them begins no formula.
PLAIN: dict[str, Any] = {"parse_math": False, "linespacing": 1.1}

# What lies over what.
GROUND, TUBES, BOXES, NAMES, WAYS, PACKETS = 1, 2, 3, 4, 5, 6

# The height of capital letters in the face, for one of its size.
CAPITALS = 0.729


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its centre."""

    x: float
    y: float
    w: float
    h: float

    @property
    def left(self) -> float:
        return self.x - self.w / 2

    @property
    def right(self) -> float:
        return self.x + self.w / 2

    @property
    def top(self) -> float:
        return self.y + self.h / 2

    @property
    def bottom(self) -> float:
        return self.y - self.h / 2

    def moved(self, dx: float, dy: float) -> "Box":
        """The same rectangle elsewhere."""
        return Box(self.x + dx, self.y + dy, self.w, self.h)

    def within(self, left: float, right: float) -> "Box":
        """The same rectangle, pushed sideways until it lies between `left` and `right`."""
        x = min(max(self.x, left + self.w / 2), right - self.w / 2)
        return Box(x, self.y, self.w, self.h)


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws on `ax`. `scale` is how many points of paper one point of the sheet takes."""

    ax: Axes
    scale: float = 1.0

    def text(
        self,
        at: Point,
        words: str,
        size: float,
        *,
        ink: str = "ink",
        on: str = "paper",
        bold: bool = False,
        mono: bool = False,
        ha: str = "left",
        va: str = "middle",
        halo: bool = False,
        z: float = NAMES,
    ) -> None:
        """Words in the colour `ink`; `on` names the colour they stand on, kept free by a halo."""
        # The middle of capital letters, so that all words of a line stand on one line.
        down = CAPITALS / 2 * size if va == "middle" else 0.0
        self.ax.text(
            *(at[0], at[1] - down, words),
            color=colour(ink),
            fontproperties=font(size * self.scale, bold=bold, mono=mono),
            ha=ha,
            va="baseline" if va == "middle" else va,
            zorder=z,
            gid=f"on-{on}",
            path_effects=self._halo(on) if halo else [],
            **PLAIN,
        )

    def box(
        self,
        box: Box,
        *,
        fill: str | None = None,
        edge: str | None = None,
        line: float = 1.0,
        corner: float = 0.0,
        dash: Sequence[float] | None = None,
        z: float = BOXES,
    ) -> None:
        """A rectangle with round corners."""
        corner = min(corner, box.h / 2, box.w / 2)
        style = f"round,pad=0,rounding_size={corner:g}" if corner else "square,pad=0"
        self.ax.add_patch(
            FancyBboxPatch(
                (box.left, box.bottom),
                box.w,
                box.h,
                boxstyle=style,
                facecolor=colour(fill) if fill else "none",
                edgecolor=colour(edge) if edge else "none",
                linewidth=line * self.scale if edge else 0,
                linestyle=self._dashes(dash, line),
                zorder=z,
            )
        )

    def path(
        self,
        path: Path,
        *,
        edge: str | None = None,
        fill: str | None = None,
        line: float = 1.0,
        dash: Sequence[float] | None = None,
        z: float = TUBES,
    ) -> None:
        """Any outline or area."""
        self.ax.add_patch(
            PathPatch(
                path,
                facecolor=colour(fill) if fill else "none",
                edgecolor=colour(edge) if edge else "none",
                linewidth=line * self.scale if edge else 0,
                linestyle=self._dashes(dash, line),
                capstyle="butt",
                joinstyle="round",
                zorder=z,
            )
        )

    def line(self, points: Sequence[Point], *, edge: str, line: float, z: float = TUBES) -> None:
        """A line through `points`."""
        self.path(Path(list(points)), edge=edge, line=line, z=z)

    def arrow(self, points: Sequence[Point], *, edge: str, line: float, z: float = WAYS) -> None:
        """A line through `points` with a head at its end."""
        self.ax.add_patch(
            FancyArrowPatch(
                path=Path(list(points)),
                arrowstyle="-|>,head_length=3.6,head_width=1.9",
                mutation_scale=line * self.scale,
                color=colour(edge),
                linewidth=line * self.scale,
                joinstyle="round",
                capstyle="butt",
                shrinkA=0,
                shrinkB=0,
                zorder=z,
            )
        )

    def disc(self, at: Point, radius: float, *, fill: str, z: float = NAMES) -> None:
        """A filled circle."""
        self.ax.add_patch(Circle(at, radius, facecolor=colour(fill), edgecolor="none", zorder=z))

    def _halo(self, on: str) -> list[AbstractPathEffect]:
        return [withStroke(linewidth=2.5 * self.scale, foreground=colour(on))]

    def _dashes(self, dash: Sequence[float] | None, line: float) -> object:
        # Matplotlib counts dashes in widths of the line; we in points of the sheet.
        return (0, tuple(length / line for length in dash)) if dash else "solid"


def curve(points: Sequence[Point]) -> Path:
    """The cubic Bézier curve with these four points."""
    return Path(list(points), [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4])


def along(points: Sequence[Point], t: float) -> Point:
    """The point at `t`, 0 to 1, of the cubic Bézier curve with these four points."""
    u = 1 - t
    weights = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
    x, y = (sum(w * p[axis] for w, p in zip(weights, points, strict=True)) for axis in (0, 1))
    return x, y
