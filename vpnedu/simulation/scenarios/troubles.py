"""Scenarios that fail between the gateways: IKE, its keys, its selectors, and firewalls."""

from dataclasses import replace

from vpnedu.network.gateways import Carrier, Tunnel
from vpnedu.network.packets import packet
from vpnedu.network.topology import Topology
from vpnedu.simulation.negotiation import told
from vpnedu.simulation.scenarios.building import (
    PolicyLine,
    Preset,
    Scenario,
    network,
    policy_gateway,
)

OFFICE, BRANCH = "office gateway", "branch gateway"
TUNNEL = "tunnel to branch"
WHOLE: PolicyLine = ("10.2.0.0/16", "10.1.0.0/16", TUNNEL)
ANA, BEN, EVA = "10.1.0.4", "10.2.9.7", "10.2.3.8"


def two_sites(branch_policy: PolicyLine = WHOLE, **tunnel: object) -> Topology:
    """Head office and branch, policy-based; the branch's policy and the tunnel as told."""
    office = network("Head office", "10.1.0.0/16", ("left", 0), Ana=ANA)
    branch = network("Branch", "10.2.0.0/16", ("right", 0), Ben=BEN, Eva=EVA)
    line = Tunnel(TUNNEL, (OFFICE, BRANCH))
    return Topology(
        (office, branch),
        (
            policy_gateway(
                OFFICE, "198.51.100.1", office, [("10.1.0.0/16", "10.2.0.0/16", TUNNEL)]
            ),
            policy_gateway(BRANCH, "203.0.113.5", branch, [branch_policy]),
        ),
        (replace(line, **tunnel),),  # type: ignore[arg-type]
    )


def filtering(topology: Topology, *carriers: Carrier) -> Topology:
    """The same behind a firewall in front of the branch's gateway, which drops `carriers`."""
    return topology.with_gateway(replace(topology.gateway(BRANCH), filters=carriers))


def ping(label: str, target: str, topology: Topology, *, ike: bool = False) -> Preset:
    """Ana's ping to `target`, answered if it can be; with `ike`, after the tunnel's set-up."""
    changes = told(topology, topology.tunnel(TUNNEL)) if ike else ()
    return Preset(label, packet(ANA, target, "icmp"), topology, changes, answered=True)


def wrong_key() -> Scenario:
    """Two pre-shared keys: IKE's first exchange works, its second is refused, and no tunnel is."""
    wrong = two_sites(keys={OFFICE: "another key"})
    return Scenario(
        "wrong-key",
        "The wrong pre-shared key",
        "The first exchange needs no key; the second is refused, and then there is no tunnel.",
        wrong,
        (
            ping("the keys differ", BEN, wrong, ike=True),
            ping("one key", BEN, two_sites(), ike=True),
        ),
    )


def firewall_in_the_way() -> Scenario:
    """A NAT or firewall that lets part of IPsec through: each part that is missing shows itself."""
    behind_nat = two_sites(nat_t=True)
    no_4500, no_esp = filtering(behind_nat, "udp 4500"), filtering(two_sites(), "esp")
    return Scenario(
        "firewall-in-the-way",
        "A firewall that knows half of IPsec",
        "Opening UDP 500 is not enough: behind a NAT all moves to UDP 4500, without one ESP is a "
        "protocol of its own.",
        no_4500,
        (
            ping("UDP 4500 closed, behind a NAT", BEN, no_4500, ike=True),
            ping("ESP closed, no NAT", BEN, no_esp, ike=True),
            ping("ESP closed, but put inside UDP", BEN, filtering(behind_nat, "esp"), ike=True),
        ),
    )


def no_child() -> Scenario:
    """Selectors that have nothing in common: IKE is up, and there is nothing to send with."""
    typed = two_sites(("10.2.0.0/16", "10.11.0.0/16", TUNNEL))
    return Scenario(
        "no-child",
        "IKE is up, and nothing passes",
        "Where the two ends' selectors have nothing in common, IKE stands without a child SA.",
        typed,
        (
            ping("10.11.0.0/16 typed for 10.1.0.0/16", BEN, typed, ike=True),
            ping("the mistake mended", BEN, two_sites(), ike=True),
        ),
    )


def narrowed() -> Scenario:
    """One end wants less than the other: what both want passes, the rest is dropped."""
    less = two_sites(("10.2.9.0/24", "10.1.0.0/16", TUNNEL))
    return Scenario(
        "narrowed",
        "Some reach the branch, some don't",
        "The responder narrows the offer to what both want; what is left out has no association.",
        less,
        (
            ping("to Eva, whom narrowing left out", EVA, less),
            ping("to Ben, inside what is left", BEN, less),
            ping("to Eva, the branch's policy widened", EVA, two_sites()),
        ),
    )
