"""Typed answers as a system reads them that compares text, without regard to case only."""

from collections.abc import Iterator
from ipaddress import IPv4Network, IPv6Address, ip_address, ip_network

from vpnedu.quiz.typed import FORMS, Typed


def spellings(answer: Typed) -> tuple[str, ...]:
    """All right answers in the ways that people write them, the one that they are told first.

    Each would be right here too, in any case of its letters. Spaces elsewhere, or zeros in front,
    are not foreseen.

    >>> spellings(Typed("hex", ("0a ff",)))
    ('0a ff', '0aff', '0a:ff', '0a-ff', '0x0aff')
    """
    return _taken(answer, answer.accept)


def spellings_of(answer: Typed, text: str) -> tuple[str, ...]:
    """One answer, right or wrong, in the ways that people write it."""
    return _taken(Typed(answer.form, (text,)), (text,))


def _taken(answer: Typed, texts: tuple[str, ...]) -> tuple[str, ...]:
    ways: dict[str, str] = {}
    for text in texts:
        for way in _ways(answer.form, text):
            # In lower case two of them can be one; a target would have it twice.
            if answer.mark(way).score == 1:
                ways.setdefault(way.lower(), way)
    return tuple(ways.values())


def _ways(form: str, text: str) -> Iterator[str]:
    yield text
    read = FORMS[form](text)
    yield read
    match form:
        case "address":
            yield from _address(read)
        case "prefix":
            yield from _prefix(read)
        case "port":
            yield from _port(read)
        case "hex":
            pairs = read.split(" ")
            yield from (sign.join(pairs) for sign in ("", ":", "-"))
            yield "0x" + "".join(pairs)
        case _:
            yield text.removesuffix(".") + "."


def _address(text: str) -> Iterator[str]:
    address = ip_address(text)
    if isinstance(address, IPv6Address):
        yield address.exploded
        yield ":".join(f"{int(group, 16):x}" for group in address.exploded.split(":"))


def _prefix(text: str) -> Iterator[str]:
    network = ip_network(text)
    if isinstance(network, IPv4Network):
        yield network.with_netmask
    for way in _address(str(network.network_address)):
        yield f"{way}/{network.prefixlen}"


def _port(text: str) -> Iterator[str]:
    protocol, slash, number = text.rpartition("/")
    if not slash:
        yield f"port {number}"
        return
    for sign in ("/", " ", ":", ""):
        yield f"{protocol}{sign}{number}"
        yield f"{number}{sign}{protocol}"
    yield f"{protocol} port {number}"
