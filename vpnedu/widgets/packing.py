"""Data that says the same again and again, written once: what `static/packing.js` unpacks.

Every different text, number or None stands once in `leaves`, every different set of keys once in
`shapes`. A value is then a number (a leaf), `[-1, …]` (a list), or `[shape, …]` (a dictionary).
"""

from typing import Any


class Packing:
    """The tables that all packed values of a page share."""

    def __init__(self) -> None:
        self._leaves: dict[tuple[type, Any], int] = {}
        self._shapes: dict[tuple[str, ...], int] = {}

    def pack(self, value: Any) -> Any:
        """`value`, which is made as JSON is, by places in the tables."""
        if isinstance(value, dict):
            shape = self._shapes.setdefault(tuple(value), len(self._shapes))
            return [shape, *map(self.pack, value.values())]
        if isinstance(value, list):
            return [-1, *map(self.pack, value)]
        # The type belongs to it: 1, 1.0 and True are equal, and are not the same JSON.
        return self._leaves.setdefault((type(value), value), len(self._leaves))

    def tables(self) -> dict[str, Any]:
        """The tables, once all is packed."""
        leaves = [value for _, value in self._leaves]
        return {"leaves": leaves, "shapes": [list(shape) for shape in self._shapes]}
