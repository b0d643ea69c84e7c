"""The matrix figure: faults by designs, and how long each is out; every cell opens its run.

It is a table on pages without scripts. The runs travel packed; a design's scene only once.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from vpnedu.network.addresses import InputError
from vpnedu.simulation.designs import design
from vpnedu.simulation.failover import UNTIL, simulate
from vpnedu.simulation.matrix import CASES, Cell, Matrix
from vpnedu.widgets.failover import form_of
from vpnedu.widgets.packing import Packing
from vpnedu.widgets.scene import scenes

if TYPE_CHECKING:
    from vpnedu.widgets.player import Player

# How long the worst run is out, told by a sign: up to so many seconds.
LEVELS = (
    (0.0, "○", "not at all"),
    (15.0, "◔", "up to 15 s"),
    (60.0, "◑", "up to 60 s"),
    (180.0, "◕", "up to 180 s"),
)
WORST = ("●", "longer, or not over when the run ends")


@dataclass(frozen=True)
class MatrixFigure:
    """A matrix to be shown. `cases` are the faults behind its rows; runs last `until` seconds."""

    id: str
    title: str
    caption: str
    matrix: Matrix
    cases: Mapping[str, tuple[str, ...]]
    until: float
    settings: Mapping[str, object]

    def to_dict(self) -> dict[str, Any]:
        """What the page needs to open each cell: its run, packed, and each design's scene, form."""
        packing = Packing()
        drawn: dict[str, dict[str, str]] = {}
        runs: list[list[Any]] = []
        for fault, row in zip(self.matrix.faults, self.matrix.cells, strict=True):
            runs.append([])
            for name, cell in zip(self.matrix.designs, row, strict=True):
                if cell is None:
                    runs[-1].append(None)
                    continue
                trace = self._run(name, fault, cell)
                drawn.setdefault(name, scenes(trace))
                runs[-1].append(packing.pack(trace.to_dict()))
        return {
            "id": self.id,
            "title": self.title,
            "matrix": runs,
            "faults": list(self.matrix.faults),
            "designs": [short_title(name) for name in self.matrix.designs],
            "cases": [list(self.cases[fault]) for fault in self.matrix.faults],
            "forms": [packing.pack(self._form(name)) for name in self.matrix.designs],
            "seeds": [[cell and cell.worst_seed for cell in row] for row in self.matrix.cells],
            "scenes": [drawn.get(name) for name in self.matrix.designs],
            "tables": packing.tables(),
        }

    def _form(self, name: str) -> dict[str, Any]:
        return form_of((name,), self.matrix.profile, self.settings, self.until)

    def _run(self, name: str, fault: str, cell: Cell) -> Any:
        return simulate(
            name,
            self.cases[fault],
            profile=self.matrix.profile,
            until=self.until,
            seed=cell.worst_seed,
            settings=self.settings,
        )

    def html(self) -> str:
        """The custom element with its data; the table in it needs no script."""
        data = json.dumps(self.to_dict(), ensure_ascii=False, separators=(",", ":"))
        data = data.replace("<", "\\u003c")
        return (
            f'<vpn-figure id="{escape(self.id)}">'
            f'<script type="application/json">{data}</script>'
            f'<p class="figure-title">{escape(self.title)}</p>'
            f'<p class="figure-caption">{escape(self.caption)}</p>'
            f'<div class="matrix">{self._table()}{_legend()}</div></vpn-figure>'
        )

    def _table(self) -> str:
        names = [short_title(name) for name in self.matrix.designs]
        head = "".join(
            f'<th scope="col" role="columnheader">{_parted(name)}</th>' for name in names
        )
        rows = "".join(
            f'<tr role="row"><th scope="row" role="rowheader">{escape(fault)}</th>'
            f"{''.join(_td(cell, name) for cell, name in zip(row, names, strict=True))}</tr>"
            for fault, row in zip(self.matrix.faults, self.matrix.cells, strict=True)
        )
        seeds = self.matrix.seeds
        about = f"Seconds out, median and worst of {seeds} runs, profile {self.matrix.profile}"
        # On a phone rows become blocks; the roles keep the table a table for a screen reader.
        return (
            f'<table role="table"><caption>{escape(about)}</caption>'
            f'<thead role="rowgroup"><tr role="row"><td role="cell"></td>{head}</tr></thead>'
            f'<tbody role="rowgroup">{rows}</tbody></table>'
        )

    def __str__(self) -> str:
        """Title, caption, then a line for each fault."""
        lines = [self.title, self.caption, ""]
        names = [short_title(name) for name in self.matrix.designs]
        for fault, row in zip(self.matrix.faults, self.matrix.cells, strict=True):
            cells = (
                f"{name}: {' / '.join(words(cell))}"
                for name, cell in zip(names, row, strict=True)
                if cell
            )
            lines.append(f"{fault}. " + "; ".join(cells))
        return "\n".join(lines)


# Designs whose names are written otherwise than with spaces.
WRITTEN = {
    "active-standby": "active/standby",
    "active-active": "active/active",
    "expressroute": "ExpressRoute",
    "expressroute-failover": "ExpressRoute failover",
    "zone-redundant": "zone-redundant",
}


def short_title(name: str) -> str:
    """A design's name as a column has room for it."""
    return WRITTEN.get(name, name.replace("-", " "))


def _parted(name: str) -> str:
    """A column's head as HTML, with the places where it may be parted: at no other."""
    return escape(name).replace("/", "/<wbr>").replace("ExpressRoute", "Express<wbr>Route")


def lasting(seconds: float) -> str:
    """Seconds as a cell shows them: no more digits than tell something."""
    if seconds == 0:
        return "0 s"
    return (
        f"{seconds:.2f} s"
        if seconds < 1
        else f"{seconds:.1f} s"
        if seconds < 10
        else (f"{seconds:.0f} s")
    )


def words(cell: Cell) -> tuple[str, ...]:
    """The median, then the worst unless it reads the same."""
    first = "no recovery" if cell.median is None else lasting(cell.median)
    if cell.worst is None:
        second = f"no recovery in {cell.unrecovered} of {len(cell.seconds)}"
        return (first,) if cell.unrecovered == len(cell.seconds) else (first, second)
    worst = lasting(cell.worst)
    return (first,) if worst == first else (first, f"worst {worst}")


def level(cell: Cell) -> int:
    """How bad the worst run is, from 0 to 4."""
    if cell.worst is None:
        return len(LEVELS)
    return next((i for i, (top, _, _) in enumerate(LEVELS) if cell.worst <= top), len(LEVELS))


def _sign(number: int) -> str:
    return LEVELS[number][1] if number < len(LEVELS) else WORST[0]


def _td(cell: Cell | None, name: str) -> str:
    label = f'data-design="{escape(name)}"'
    if cell is None:
        return f'<td role="cell" class="none" {label}>—</td>'
    first, *more = words(cell)
    place = level(cell)
    kind = ' class="word"' if cell.median is None else ""
    rest = "".join(f"<small>{escape(each)}</small>" for each in more)
    return (
        f'<td role="cell" class="level-{place}" {label}><span aria-hidden="true">{_sign(place)}'
        f"</span> <b{kind}>{escape(first)}</b> {rest}</td>"
    )


def _legend() -> str:
    signs = [f"{sign} {told}" for _, sign, told in LEVELS] + [" ".join(WORST)]
    items = "".join(f"<li>{escape(each)}</li>" for each in [*signs, "— does not apply"])
    return f'<ul class="legend">{items}</ul>'


def matrix_figure(
    matrix: Matrix,
    *,
    anchor: str,
    caption: str,
    title: str = "Designs against faults",
    cases: Mapping[str, tuple[str, ...]] = CASES,
    until: float = UNTIL,
    settings: Mapping[str, object] | None = None,
) -> MatrixFigure:
    """The figure of `matrix`; `cases`, `until` and `settings` are those that it was made with."""
    for name in matrix.designs:
        design(name)
    missing = [fault for fault in matrix.faults if fault not in cases]
    if missing:
        raise InputError("cases", f"there is no case {missing[0]!r} to run again")
    return MatrixFigure(anchor, title, caption, matrix, cases, until, dict(settings or {}))


def play_matrix(matrix: Matrix, *, anchor: str, caption: str, **wishes: Any) -> "Player":
    """The live figure of a matrix; see `matrix_figure` for what else can be wished."""
    # Imported here: anywidget is not there where only the core runs, as in a browser's Python.
    from vpnedu.widgets.player import Player

    return Player(matrix_figure(matrix, anchor=anchor, caption=caption, **wishes))
