"""A plate: a figure that shows itself in a notebook, and is the same bytes each time."""

from io import BytesIO
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from vpnedu.drawing.style import colour, font, house_style

POINTS = 72
# Two dots of ink for a point: sharp on a screen of today.
DOTS = 144

# Dates and versions that a format writes by itself.
_UNSIGNED: dict[str, dict[str, None]] = {
    "svg": {"Date": None, "Creator": None},
    "png": {"Software": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}


class Plate(Figure):
    """A figure of `width` by `height` points. `words` say in text what it shows.

    It is not known to pyplot, so a notebook shows it once, as the value of a cell.
    """

    words: str

    def __init__(self, width: float, height: float, words: str = "", dots: float = DOTS):
        size = (width / POINTS, height / POINTS)
        super().__init__(figsize=size, dpi=dots, facecolor=colour("paper"))
        self.words = words

    def blank(self, left: float, bottom: float, width: float, height: float) -> Axes:
        """Empty axes at a place given in points, from the lower left corner."""
        across, up = self.get_size_inches() * POINTS
        place = (left / across, bottom / up, width / across, height / up)
        axes = self.add_axes(place, axes_class=Drawing)
        axes.set_axis_off()
        return axes

    def write(
        self,
        at: tuple[float, float],
        words: str,
        size: float,
        *,
        ink: str = "ink",
        bold: bool = False,
    ) -> None:
        """Words at a place given in points, outside any axes."""
        across, up = self.get_size_inches() * POINTS
        face = font(size, bold=bold)
        self.text(
            at[0] / across,
            at[1] / up,
            words,
            color=colour(ink),
            fontproperties=face,
            va="baseline",
            parse_math=False,
            gid="on-paper",
        )

    def savefig(self, fname: Any, **options: Any) -> None:
        """Save as matplotlib does, but without date and version."""
        kind = options.get("format") or str(getattr(fname, "name", fname)).rpartition(".")[2]
        unsigned = _UNSIGNED.get(kind.lower(), {})
        if unsigned:
            options["metadata"] = {**unsigned, **(options.get("metadata") or {})}
        with house_style():
            super().savefig(fname, **options)

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        """The picture and its words, for a notebook."""
        return {"image/svg+xml": picture(self).decode(), "text/plain": self.words}


class Drawing(Axes):
    """Axes that a notebook shows by their plate."""

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        plate = self.get_figure(root=True)
        assert isinstance(plate, Plate)
        return plate._repr_mimebundle_()


def picture(figure: Figure, kind: str = "svg") -> bytes:
    """The bytes of `figure` as "svg", "png" or "pdf"."""
    file = BytesIO()
    figure.savefig(file, format=kind)
    return file.getvalue()
