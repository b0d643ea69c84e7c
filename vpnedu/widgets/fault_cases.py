"""Networks with one fault each, for *find the fault*: what people say of it, and what is true."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from vpnedu.network.packets import Packet, packet
from vpnedu.network.topology import Topology
from vpnedu.simulation.scenarios.building import Preset
from vpnedu.simulation.scenarios.troubles import (
    BEN,
    BRANCH,
    OFFICE,
    TUNNEL,
    filtering,
    ping,
    two_sites,
)
from vpnedu.simulation.scenarios.troubles_inside import routed

# A full-size packet on an Ethernet, and a small one, in bytes.
LARGE, SMALL = 1500, 100


@dataclass(frozen=True, slots=True)
class Probe:
    """A packet that a reader may send; `kind` is "ping" or "tcp". None of them may be cut."""

    source: str
    target: str
    kind: str = "ping"
    length: int = SMALL
    port: int = 443

    @property
    def label(self) -> str:
        """What stands on its button."""
        ends = f"{self.source} to {self.target}"
        if self.kind == "tcp":
            return f"TCP {self.port}, {ends}"
        return f"ping, {ends}" + (f", {self.length} bytes" if self.length > SMALL else "")

    def packet(self, topology: Topology) -> Packet:
        """The packet itself, from host to host of `topology`."""
        source = topology.find_host(self.source).address
        target = topology.find_host(self.target).address
        if self.kind == "tcp":
            return packet(source, target, "tcp", self.port, length=self.length)
        return packet(source, target, "icmp", length=self.length)


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is looked at: the tunnel in question with its two ends, the people at each of them, and
    the packets that a reader may send. The first end dials."""

    tunnel: str
    ends: tuple[str, str]
    people: tuple[tuple[str, ...], tuple[str, ...]]
    probes: tuple[Probe, ...]

    def between(self, probe: Probe) -> bool:
        """Whether the probe has to pass the tunnel in question."""
        here, there = self.people
        ends = probe.source, probe.target
        return any(a in here and b in there for a, b in (ends, ends[::-1]))


def pinging(pairs: Sequence[tuple[str, str]], *, port: int = 443) -> tuple[Probe, ...]:
    """A small ping for each pair; a large one and TCP for the first two ends, both ways."""
    both = pairs[0], pairs[0][::-1]
    return (
        *(Probe(*pair) for pair in pairs),
        *(Probe(*pair, length=LARGE) for pair in both),
        *(Probe(*pair, "tcp", port=port) for pair in both),
    )


PROBES = pinging((("Ana", "Ben"), ("Ana", "Eva"), ("Ben", "Ana"), ("Eva", "Ana")))
PAIR = Cast(TUNNEL, (OFFICE, BRANCH), (("Ana",), ("Ben", "Eva")), PROBES)


@dataclass(frozen=True)
class Case:
    """A broken network. `symptom` is what people say; `answer` is the right suspect's name;
    `cure` is what to do; `plays` are the runs that show the fault."""

    title: str
    symptom: str
    topology: Topology
    answer: str
    cure: str
    plays: tuple[Preset, ...]
    cast: Cast = PAIR


def _nat() -> Topology:
    plain = two_sites()
    return plain.with_gateway(replace(plain.gateway(OFFICE), translates=True))


def _shown(topology: Topology, *probes: Probe, ike: bool = False) -> tuple[Preset, ...]:
    """The runs of some probes; with `ike`, the first one after the tunnel's set-up."""
    rest = probes[1 if ike else 0 :]
    runs = [Preset(p.label, p.packet(topology), topology, answered=True) for p in rest]
    return (*((ping(probes[0].label, BEN, topology, ike=True),) if ike else ()), *runs)


_THERE, _BACK, _EVA = Probe("Ana", "Ben"), Probe("Ben", "Ana"), Probe("Ana", "Eva")
_LESS = two_sites(("10.2.9.0/24", "10.1.0.0/16", TUNNEL))
_KEYS = two_sites(keys={OFFICE: "another key"})
_SILENT = replace(routed(), icmp=False)
_NO_ESP = filtering(two_sites(), "esp")
_NAT = _nat()
_TYPED = two_sites(("10.2.0.0/16", "10.11.0.0/16", TUNNEL))
_LAME = routed(branch_knows=False)
_NO_4500 = filtering(two_sites(nat_t=True), "udp 4500")

CASES = (
    Case(
        "Case 1: it works, but not for Eva",
        "Ben says that the VPN is fine. Eva, who sits in the same branch, says that she has not "
        "seen head office since the tunnel was set up.",
        _LESS,
        "narrowed",
        "Write the branch's policy for 10.2.0.0/16, as head office has it.",
        _shown(_LESS, _EVA, _THERE),
    ),
    Case(
        "Case 2: nothing arrives since Monday",
        "On Sunday all worked. On Monday head office's gateway was replaced, from its written "
        "documentation. Nobody at the branch has touched anything.",
        _KEYS,
        "keys",
        "Give both ends the same key: a new one, long and random.",
        _shown(_KEYS, _THERE, ike=True),
    ),
    Case(
        "Case 3: mail works, files don't",
        "Log-ins and short mails are quick. Whoever opens a large file waits for ever, in both "
        "directions. Somebody says: “I can ping it, so it can't be the VPN.”",
        _SILENT,
        "mtu",
        "Clamp the TCP segment size at the gateways, and let the ICMP messages through.",
        _shown(_SILENT, Probe("Ana", "Ben", length=LARGE), _THERE),
    ),
    Case(
        "Case 4: the light is green",
        "The gateways' pages say that the tunnel is up. Nothing has ever passed.",
        _NO_ESP,
        "esp",
        "Let IP protocol 50 through, or force ESP into UDP 4500 at both ends.",
        _shown(_NO_ESP, _THERE),
    ),
    Case(
        "Case 5: they can call us",
        "People in the branch work with head office as always. Nobody at head office can open "
        "anything in the branch.",
        _NAT,
        "nat",
        "Exempt the traffic between the two sites from head office's source NAT.",
        _shown(_NAT, _THERE, _BACK),
    ),
    Case(
        "Case 6: the branch's first day",
        "The branch is new. The gateways have found each other, says the log. The people have not.",
        _TYPED,
        "no-child",
        "Correct the branch's policy: head office is 10.1.0.0/16, not 10.11.0.0/16.",
        _shown(_TYPED, _THERE, ike=True),
    ),
    Case(
        "Case 7: nobody gets an answer",
        "The tunnel is up, and the branch's server does log requests from head office. Their "
        "senders say that nobody answers.",
        _LAME,
        "way-back",
        "Add the route for 10.1.0.0/16 into the tunnel at the branch, and a blackhole behind it.",
        _shown(_LAME, _THERE, _BACK),
    ),
    Case(
        "Case 8: the branch has moved",
        "The branch has a new building, with an internet connection that its landlord provides. "
        "The gateway was carried over as it was.",
        _NO_4500,
        "port",
        "Have UDP 4500 opened, besides UDP 500.",
        _shown(_NO_4500, _THERE, ike=True),
    ),
)
