"""A run as a film: the packet moves, rows light up in the order they are asked, and it stops."""

from base64 import b64encode
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from matplotlib.animation import FuncAnimation
from matplotlib.axes import Axes

from vpnedu.drawing.gifs import PlaysOnce
from vpnedu.drawing.stage import Stage
from vpnedu.drawing.style import house_style
from vpnedu.simulation.trace import Trace

# From one frame of a movement to the next, in milliseconds.
MOVING = 50


def film(trace: Trace, *, frames_per_step: int = 8) -> "Film":
    """The run as an animation with so many frames for each of its key events."""
    if frames_per_step < 1:
        raise ValueError(f"frames_per_step must be at least 1, not {frames_per_step}")
    return Film(Stage(trace), frames_per_step)


class Film(FuncAnimation):
    """An animation of a run. `save("x.gif")` needs nothing but Pillow; the film plays once."""

    def __init__(self, stage: Stage, per_step: int):
        self.stage = stage
        count = len(stage.events) * per_step
        self.durations = [self._duration(*divmod(n, per_step), per_step) for n in range(count)]

        def show(number: int) -> list[Axes]:
            step, part = divmod(number, per_step)
            with house_style():
                stage.show(step, (part + 1) / per_step)
            return stage.plate.axes

        super().__init__(stage.plate, show, frames=count, interval=MOVING, repeat=False)

    def _duration(self, step: int, part: int, per_step: int) -> int:
        """How long a frame stands, in milliseconds: the last of a step until it can be read."""
        return MOVING if part < per_step - 1 else self.stage.reading_time(step)

    def save(self, filename: Any, writer: Any = None, *args: Any, **options: Any) -> None:
        """Save as matplotlib does; without a writer as a GIF that plays once."""
        super().save(filename, writer or PlaysOnce(self.durations), *args, **options)

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        """The film and the transcript of its run, for a notebook."""
        with TemporaryDirectory() as folder:
            path = Path(folder) / "film.gif"
            self.save(path)
            picture = b64encode(path.read_bytes()).decode("ascii")
        return {"image/gif": picture, "text/plain": str(self.stage.trace)}
