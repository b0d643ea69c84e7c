"""What the questions about choosing are made of: sites, prefixes, people and their packets."""

from dataclasses import dataclass
from fractions import Fraction
from ipaddress import IPv4Address, IPv4Network

from vpnedu.network.packets import ESP, Packet, packet, protocol_name
from vpnedu.network.topology import Network
from vpnedu.quiz.question import Hint
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.scenarios.building import network

PLACES = (
    "Mill", "Harbour", "Clinic", "Library", "Depot", "Bakery", "Studio", "Brewery", "Quarry",
    "Nursery", "School", "Theatre", "Workshop", "Museum", "Farm", "Hotel",
)  # fmt: skip
PEOPLE = (
    "Ana", "Ben", "Cai", "Dia", "Eli", "Fay", "Gus", "Hal", "Ida", "Jon", "Kim", "Lea", "Max",
    "Nia", "Oto", "Pia",
)  # fmt: skip
# One gateway each, from the three blocks kept for documentation (RFC 5737).
PUBLIC = ("198.51.100.1", "203.0.113.5", "192.0.2.9", "198.51.100.77", "203.0.113.130")
# Protocol and port of what people do.
SERVICES: tuple[tuple[str, int | None], ...] = (
    ("tcp", 443), ("tcp", 22), ("tcp", 25), ("tcp", 3389), ("tcp", 5432), ("udp", 53),
    ("udp", 123), ("udp", 5060), ("icmp", None),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Site:
    """A place with a prefix, a gateway with a public address, and one person who works there."""

    name: str
    prefix: IPv4Network
    person: str
    address: IPv4Address
    public: str

    @property
    def gateway(self) -> str:
        return f"{self.name.lower()} gateway"

    @property
    def tunnel(self) -> str:
        """The tunnel that leads here."""
        return f"tunnel {self.name.lower()}"

    def network(
        self,
        row: float,
        more: tuple[IPv4Network, ...] = (),
        hosts: dict[str, str] | None = None,
        *,
        left: bool = False,
    ) -> Network:
        """The site in a picture, with `more` prefixes and `hosts` than its own."""
        prefixes = " ".join(map(str, (self.prefix, *more)))
        people = {self.person: str(self.address)} | (hosts or {})
        return network(self.name, prefixes, ("left" if left else "right", row), "site", **people)


def sites(chance: Chance, count: int) -> list[Site]:
    """Different sites, each with a /16 of one private block (RFC 1918)."""
    first, second = chance.pick(((10, 1), (10, 40), (10, 130), (172, 16)))
    steps = chance.shuffled(range(15))
    names, people = chance.shuffled(PLACES), chance.shuffled(PEOPLE)
    made = []
    for place in range(count):
        prefix = IPv4Network((first << 24 | second + steps[place] << 16, 16))
        address = somewhere(chance, prefix)
        made.append(Site(names[place], prefix, people[place], address, PUBLIC[place]))
    return made


def part(chance: Chance, prefix: IPv4Network, length: int) -> IPv4Network:
    """One of the prefixes of `length` bits inside `prefix`."""
    step = chance.below(1 << length - prefix.prefixlen)
    return IPv4Network((int(prefix.network_address) + (step << 32 - length), length))


def around(address: IPv4Address, length: int) -> IPv4Network:
    """The prefix of `length` bits that holds `address`."""
    return IPv4Network((int(address) >> 32 - length << 32 - length, length))


def beside(prefix: IPv4Network) -> IPv4Network:
    """The other half of the prefix that is one bit shorter: it misses by its last bit."""
    bit = 1 << 32 - prefix.prefixlen
    return IPv4Network((int(prefix.network_address) ^ bit, prefix.prefixlen))


def somewhere(
    chance: Chance, prefix: IPv4Network, but: tuple[IPv4Network, ...] = ()
) -> IPv4Address:
    """The address of a device in `prefix`, and in none of the prefixes `but`."""
    while True:
        found = prefix[1 + chance.below(prefix.num_addresses - 2)]
        # 0 and 255 make people wonder whether the address is one of a device.
        if int(found) % 256 not in (0, 255) and not any(found in other for other in but):
            return found


def carrying(source: IPv4Address, target: IPv4Address, service: tuple[str, int | None]) -> Packet:
    """The packet of a service."""
    return packet(source, target, service[0], service[1])


def told(chance: Chance, person: str, sent: Packet) -> str:
    """A packet as a sentence: source before destination, each marked as code."""
    source, target = f"{person} (`{sent.source}`)", f"`{sent.destination}`"
    name = protocol_name(sent.protocol).upper()
    article = "an" if sent.protocol == ESP or name.startswith("I") else "a"
    if name == "ICMP":
        return chance.pick(
            (
                f"{source} pings {target}; the packet is ICMP.",
                f"{source} sends {target} an ICMP echo request.",
                f"{source} sends a ping to {target} to see whether it is there; that is ICMP.",
            )
        )
    if sent.destination_port is None:
        return (
            f"On the way from {source} to {target} is the second fragment of {article} {name} "
            f"packet, which shows no ports."
        )
    return chance.pick(
        (
            f"{source} sends {article} {name} packet to {target}, port {sent.destination_port}.",
            f"From {source} comes {article} {name} packet for port {sent.destination_port} of "
            f"{target}.",
            f"{source} opens a connection to {target}: {name}, port {sent.destination_port}."
            if name == "TCP"
            else f"{source} asks a service at {target}: {name}, port {sent.destination_port}.",
        )
    )


def sentence(words: str) -> str:
    """A reason of the engine as a sentence of its own."""
    return f"{words[0].upper()}{words[1:]}."


def hint(text: str) -> Hint:
    """A hint at a quarter of the score."""
    return Hint(text, Fraction(1, 4))
