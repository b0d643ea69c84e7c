"""A GIF that plays once and then stops, in the colours of the book."""

import numpy as np
from matplotlib.animation import PillowWriter
from numpy.typing import NDArray
from PIL import Image

from vpnedu.drawing.style import palette

GROUNDS = ("paper", "panel", "lit", "tunnel-soft")
# The soft edges of letters and lines: this much of the ink, the rest of what it stands on.
SHADES = (0.2, 0.4, 0.6, 0.8)


class PlaysOnce(PillowWriter):
    """Writes frames without a loop, each with its own duration in milliseconds."""

    _frames: list[Image.Image]

    def __init__(self, durations: list[int]):
        super().__init__(fps=20)
        self.durations = durations

    def finish(self) -> None:
        # One palette for all: what stands still is then the same in each frame, and costs nothing.
        colours = _colours()
        first, *rest = (_painted(frame, colours) for frame in self._frames)
        first.save(self.outfile, save_all=True, append_images=rest, duration=self.durations)


def _colours() -> NDArray[np.int32]:
    """The page's colours and the shades between its inks and its grounds: at most 256 of them."""
    own = {name: np.array(list(bytes.fromhex(code[1:]))) for name, code in palette().items()}
    inks = [name for name in own if name not in GROUNDS]
    mixed = [
        share * own[ink] + (1 - share) * own[ground]
        for ink in inks
        for ground in GROUNDS
        for share in SHADES
        # What is seldom seen together need not be mixed.
        if ground != "tunnel-soft" or ink == "tunnel"
    ]
    return np.unique(np.rint([*own.values(), *mixed]).astype(np.int32), axis=0)


def _painted(frame: Image.Image, colours: NDArray[np.int32]) -> Image.Image:
    """A frame with the nearest of `colours` for each of its own."""
    pixels = np.asarray(frame.convert("RGB"), dtype=np.int32)
    codes = pixels @ np.array([1 << 16, 1 << 8, 1], dtype=np.int32)
    used, place = np.unique(codes, return_inverse=True)
    asked = np.stack([used >> 16, used >> 8 & 255, used & 255], axis=1)
    # The squares of the differences need no root to be compared.
    apart = ((asked[:, None, :] - colours[None, :, :]) ** 2).sum(axis=2)
    nearest = apart.argmin(axis=1).astype(np.uint8)
    painted = Image.fromarray(nearest[place].reshape(codes.shape))
    painted.putpalette(colours.astype(np.uint8).tobytes())
    return painted
