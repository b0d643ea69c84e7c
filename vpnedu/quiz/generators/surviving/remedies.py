"""More troubles: a circuit, a standby, and things that there is only one of."""

from dataclasses import replace

from vpnedu.quiz.generators.surviving.troubles import (
    BFD,
    HOLD,
    MORE_KEEPALIVES,
    PROBES,
    SOONER,
    ZONES,
    Lever,
    Trouble,
)
from vpnedu.simulation.chance import Chance

# Why changes that find things out faster do not help where there is only one of what fails.
FASTER = (
    replace(SOONER, why="The fault is noticed sooner, and there is nothing to turn to."),
    replace(HOLD, why="Whoever gives up sooner still has no other way."),
    replace(PROBES, why="However often one asks, the answer does not bring a second way."),
    replace(BFD, why="Nobody needs to find it out faster: there is nothing to turn to."),
)


CIRCUIT = (
    Lever(
        "bfd",
        "switch BFD on at both ends of the circuit, every 1 s, 3 misses",
        "BFD finds the cut within 3 s. What remains is the network's own change of routes.",
        {"bfd": True, "bfd-interval": 1},
    ),
    Lever(
        "hold-time",
        "lower the circuit's hold time from 180 s to 120 s",
        "It helps in its proportion; the wait is still one for silence.",
        {"circuit-hold-time": 120, "circuit-keepalive": 40},
    ),
    replace(SOONER, why="The liveness check watches the tunnel, and the tunnel is well."),
    replace(PROBES, why="No instance has failed; the circuit has."),
    Lever(
        "keepalives",
        "send keepalives over the circuit every 10 s, and leave the hold time at 180 s",
        MORE_KEEPALIVES,
        {"circuit-keepalive": 10},
    ),
)


def circuit(chance: Chance) -> Trouble:
    """A circuit is cut; BGP's hold time is the longest wait."""
    update = chance.pick((8, 15, 22))
    return Trouble(
        "A private circuit is cut, and a VPN beside it waits as the way out.",
        "circuit-and-vpn",
        "circuit-cut",
        {"circuit-update": (update, update)},
        (
            ("hold time on the circuit", "180 s"),
            ("the network uses a changed route after", f"{update} s"),
            ("BFD on the circuit", "off"),
        ),
        CIRCUIT,
        lasts=215.0,
    )


STANDBY = (
    replace(SOONER, why="The device may give up sooner, but it has nobody else to turn to."),
    Lever(
        "second-device",
        "add a second device at the office, with a provider of its own",
        "The office has a spare then; the gateway still has to bring up its own.",
        plan="two-devices",
    ),
    Lever(
        "zones",
        "put the two instances into two zones",
        "The zone is not what failed, and the failover takes as long.",
        plan="standby-two-zones",
    ),
)
BOTH = Lever(
    "active-active",
    "let both instances serve, each with a tunnel of its own",
    "There is no standby to wait for any more; who notices turns to the other tunnel.",
    plan="active-active",
)


def standby(chance: Chance) -> Trouble:
    """The serving instance crashes; the standby is slow, or the probes are."""
    slow = chance.below(2) == 0
    start, probe = (chance.pick((90, 110, 130)), 10) if slow else (4, chance.pick((25, 30, 40)))
    probes = Lever(
        "probes",
        f"probe the instances every 2 s instead of every {probe} s",
        "It shortens detection, which is the smaller part; the standby still has to get ready."
        if slow
        else "Detection was the longest part, and the probes are what detects.",
        {"probe-interval": 2},
    )
    blind = "No standby has to start any more, but the network still waits for the slow probes."
    return Trouble(
        "One device has a tunnel to an active/standby gateway in Azure. Instance 1, which serves, "
        "crashes.",
        "active-standby",
        "instance-crash",
        {"probe-interval": probe, "standby-start": (start, start), "address-move": (6, 6)},
        (
            ("health probes", f"every {probe} s, 3 misses"),
            ("a standby gets ready in", f"{start} s"),
            ("the address moves in", "6 s"),
            ("the device's liveness check", "after 25 s of silence, 4 questions 5 s apart"),
        ),
        (BOTH, probes, *STANDBY) if slow else (probes, replace(BOTH, why=blind), *STANDBY),
        lasts=200.0,
    )


SECOND = Lever(
    "second-device",
    "add a second device at the office, with a provider of its own",
    "Now there is a second way out of the office, and the packets find it.",
    plan="dual-redundancy",
)
SINGLE = (
    Trouble(
        "There is one device, with two tunnels to an active/active gateway in Azure. Device 1 "
        "dies.",
        "active-active",
        "device-loss",
        {},
        (),
        (SECOND, ZONES, *FASTER),
        lasts=85.0,
    ),
    Trouble(
        "There is one device, with two tunnels to an active/active gateway in Azure. Device 1 "
        "dies.",
        "active-active",
        "device-loss",
        {},
        (),
        (
            replace(
                SECOND,
                id="second-device-same-line",
                text="add a second device at the office, on the same provider",
                plan="dual-one-line",
            ),
            ZONES,
            *FASTER,
        ),
        lasts=85.0,
    ),
    Trouble(
        "There are two devices on one internet provider, with four tunnels to Azure. Provider 1 "
        "fails.",
        "dual-one-line",
        "provider-loss",
        {},
        (),
        (
            Lever(
                "second-provider",
                "connect device 2 to a provider of its own",
                "Now the second device has a line that does not fail with the first.",
                plan="dual-redundancy",
            ),
            *FASTER[1:],
        ),
        lasts=85.0,
    ),
    Trouble(
        "There is one device, and an active/active gateway with both instances in zone 1. Zone 1 "
        "is lost.",
        "active-one-zone",
        "zone-loss",
        {},
        (),
        (
            replace(ZONES, why="Now one instance stands in a zone that is well."),
            replace(
                SECOND, why="Two devices do not help: both need an instance.", plan="dual-one-zone"
            ),
            *FASTER,
        ),
        lasts=85.0,
    ),
)


def single(chance: Chance) -> Trouble:
    """Something that there is only one of fails."""
    return chance.pick(SINGLE)
