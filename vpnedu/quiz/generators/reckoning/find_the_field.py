"""Find a field in the bytes of a packet, sealed or not."""

from dataclasses import replace

from vpnedu.network.encapsulation import AES_GCM
from vpnedu.network.headers import Field
from vpnedu.quiz.generators.generator import Generator
from vpnedu.quiz.generators.reckoning.meanings import MEANINGS, WANTED_INSIDE, WANTED_ON_THE_WIRE
from vpnedu.quiz.generators.reckoning.paths import Path, any_path, gateway_of, hints
from vpnedu.quiz.inputs import Byte, ByteField
from vpnedu.quiz.question import Question
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.journey import send
from vpnedu.simulation.trace import Datagram, Trace

NAME = "find-the-field"
LONGEST_SHOWN = 128


def make(chance: Chance) -> Question:
    """A packet that was really sent; one of its fields is asked for by what it does."""
    path = any_path(chance, (AES_GCM,))
    sealed = bool(chance.below(4))
    # IPv6 in IPv6 would have more bytes than are shown.
    path = replace(path, inner=chance.pick((4, 4, 4 if sealed and path.version == 6 else 6)))
    protocol = chance.pick(("tcp", "udp", "icmp" if path.inner == 4 else "icmpv6"))
    shortest = {4: 40, 6: 60}[path.inner]
    longest = shortest
    while path.sealed(longest + 4) <= LONGEST_SHOWN:
        longest += 4
    length = shortest + chance.below((longest if sealed else 110) - shortest + 1)
    sent = path.packet(length, protocol)
    trace = send(path.topology(), sent, title="A packet, byte by byte")
    shown = next(d for d in trace.datagrams if (d.inner is not None) == sealed)
    return _asked(chance, path, trace, shown)


def _asked(chance: Chance, path: Path, trace: Trace, shown: Datagram) -> Question:
    sealed, pair = shown.inner is not None, path.pair
    names = {field.name for field in shown.fields}
    wanted = WANTED_ON_THE_WIRE if sealed else WANTED_INSIDE
    name, asked, reference = chance.pick([w for w in wanted if w[0] in names])
    places = {"inner": f"IPv{path.inner}"} | pair.words
    fields = tuple(_field(field, field.name == name, sealed) for field in shown.fields)
    return Question(
        id=NAME,
        kind="bytes",
        text=f"{_story(path, shown)}\n\nPick a byte of {asked.format(**places)}.",
        answer=Byte(shown.data, fields),
        explain="\n\n".join(field.says for field in fields if field.right)
        + f"\n\nIn order: {_order(shown)}.",
        reference=reference,
        objective=NAME,
        difficulty=2,
        hints=hints(*_help(path, sealed)),
        trace=trace,
    )


def _story(path: Path, shown: Datagram) -> str:
    """Where the packet is, and that all its bytes are shown."""
    pair = path.pair
    if shown.inner is None:
        return (
            f"{pair.who} has sent {pair.whom} an IPv{path.inner} packet, and it has not reached "
            f"the {gateway_of(pair.here)} yet. These are its {shown.length} bytes."
        )
    return (
        f"{pair.who} has sent {pair.whom} a packet, and it is on its way between their gateways: "
        f"sealed with {AES_GCM.name} in tunnel mode, {path.words}. These are its {shown.length} "
        "bytes."
    )


def _field(field: Field, right: bool, sealed: bool) -> ByteField:
    last = field.start + field.length - 1
    where = f"Byte {last}" if field.length == 1 else f"Bytes {field.start} to {last}"
    outer = sealed and field.name in OUTER_NAMES
    says = f"{where}: {'outer ' if outer else ''}{field.name}. {MEANINGS[field.name]}"
    return ByteField(field.name, field.start, last, says, right)


# Fields that an inner packet has as well, so that the feedback has to say whose they are.
OUTER_NAMES = ("source address", "destination address", "time to live", "hop limit")


def _order(shown: Datagram) -> str:
    return ", ".join(f"{field.name} ({field.length})" for field in shown.fields)


def _help(path: Path, sealed: bool) -> tuple[str, ...]:
    version = path.version if sealed else path.inner
    header = (
        "An IPv4 header has 20 bytes: lengths and marks first, time to live and protocol in the "
        "middle, and the two addresses of 4 bytes each last."
        if version == 4
        else "An IPv6 header has 40 bytes: 8 of lengths, next header and hop limit, then the two "
        "addresses of 16 bytes each."
    )
    if not sealed:
        return (header,)
    udp = "a UDP header of 8 bytes, then " if path.nat_t else ""
    esp = (
        f"After the IP header come {udp}SPI (4), sequence number (4), IV (8), what is sealed, and "
        "at the very end the ICV (16)."
    )
    return header, esp


GENERATOR = Generator(
    NAME,
    "Find the fields of a sealed packet in its bytes",
    "bytes on the wire",
    "what-is-a-vpn",
    "what-is-sealed-and-what-stays-readable",
    make,
)
