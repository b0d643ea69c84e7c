"""A protocol is a table: what may happen in each state. What isn't in it is an error."""

from collections.abc import Mapping

# state -> what happens -> the states that may follow
Table = Mapping[str, Mapping[str, tuple[str, ...]]]


class ProtocolError(ValueError):
    """Something happened that the protocol doesn't allow in this state."""


def allowed(table: Table, state: str, kind: str) -> tuple[str, ...]:
    """The states that may follow when `kind` happens in `state`.

    >>> allowed({"Down": {"packet received": ("Down", "Init")}}, "Down", "packet received")
    ('Down', 'Init')
    """
    try:
        return table[state][kind]
    except KeyError:
        raise ProtocolError(f"{kind!r} is not allowed in state {state}") from None
