"""Which packets a selector holds, held against plain integers; narrowing, and its limits."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpnedu.network.addresses import InputError, PortRange
from vpnedu.network.packets import Packet, packet
from vpnedu.network.selectors import prefix_pairs, selector

# Hypothesis hands out chance that it can shrink; the loops use a seed of their own.
chance = st.randoms(use_true_random=False)


def turned(sent: Packet) -> Packet:
    """The answer to a packet."""
    return Packet(
        sent.destination, sent.source, sent.protocol, sent.destination_port, sent.source_port
    )


def agrees(rule, sent, direction) -> None:
    made = rule.selector()
    assert made.holds(sent, direction) == rule.holds(sent, direction), (str(made), str(sent))
    assert (made.mismatch(sent, direction) is None) == made.holds(sent, direction)


@given(random=chance)
def test_a_selector_holds_what_its_numbers_say(world, random) -> None:
    made = world(random)
    rule = made.rule()
    agrees(rule, made.packet([rule]), random.choice(["out", "in"]))


def test_ten_thousand_selectors_hold_what_their_numbers_say(world) -> None:
    made = world(Random(4301))
    held = 0
    for _ in range(10_000):
        rule = made.rule()
        sent = made.packet([rule])
        direction = made.random.choice(["out", "in"])
        agrees(rule, sent, direction)
        held += rule.holds(sent, direction)
    assert 2_000 < held < 8_000, "too one-sided to prove much"


@given(random=chance)
def test_the_reason_names_the_first_thing_that_does_not_fit(world, random) -> None:
    made = world(random)
    rule = made.rule()
    sent = made.packet([rule])
    told, wrong = rule.selector().mismatch(sent), rule.wrong(sent)
    expected = {
        None: lambda: told is None,
        "local": lambda: told.endswith(f"not hold {sent.source}"),
        "remote": lambda: told.endswith(f"not hold {sent.destination}"),
        "protocol": lambda: told.startswith("is for ") and "; the packet is " in told,
        "local port": lambda: told.startswith("is for local port "),
        "remote port": lambda: told.startswith("is for remote port "),
    }
    assert expected[wrong]()


@given(random=chance)
def test_mirrored_twice_is_itself(world, random) -> None:
    made = world(random).rule().selector()
    assert made.mirrored().mirrored() == made


@given(random=chance)
def test_a_packet_and_its_answer_are_held_alike(world, random) -> None:
    made = world(random)
    rule = made.rule()
    sent, ours = made.packet([rule]), rule.selector()
    assert ours.holds(sent, "out") == ours.holds(turned(sent), "in")
    assert ours.holds(sent, "out") == ours.mirrored().holds(sent, "in")


def test_the_intersection_holds_exactly_the_common_packets(world) -> None:
    made = world(Random(7296))
    common = 0
    for _ in range(4_000):
        version = made.random.choice([4, 6])
        rules = [made.rule(version), made.rule(version)]
        ours, theirs = (rule.selector() for rule in rules)
        both = ours.intersect(theirs)
        for sent in made.packets(rules, 3):
            expected = all(rule.holds(sent) for rule in rules)
            assert (both is not None and both.holds(sent)) == expected
            common += expected
    assert common > 300, "too few packets were in both"


@given(random=chance)
def test_the_order_of_an_intersection_does_not_matter(world, random) -> None:
    made = world(random)
    ours, theirs = (made.rule(4).selector() for _ in range(2))
    one, other = ours.intersect(theirs), theirs.intersect(ours)
    assert (one is None) == (other is None)
    for name in ("local", "remote", "local_ports", "remote_ports"):
        assert one is None or set(getattr(one, name)) == set(getattr(other, name))


@given(random=chance)
def test_a_selector_meets_itself_in_itself(world, random) -> None:
    made = world(random)
    rule = made.rule()
    both = rule.selector().intersect(rule.selector())
    assert both is not None
    for sent in made.packets([rule], 5):
        assert both.holds(sent) == rule.holds(sent)


A = "10.1.0.0/16"
B = "10.2.0.0/16"


@pytest.mark.parametrize(
    ("ours", "theirs", "agreed"),
    [
        # What strongSwan was seen to narrow to (LINUX.md).
        (selector(A, B), selector("10.1.5.0/24", "10.2.7.0/24"), "10.1.5.0/24 - 10.2.7.0/24"),
        (selector(A, B), selector("10.0.0.0/8", "10.0.0.0/8"), "10.1.0.0/16 - 10.2.0.0/16"),
        (
            selector("10.1.0.0-10.1.3.7", B),
            selector("10.1.2.0/23", B),
            "10.1.2.0-10.1.3.7 - 10.2.0.0/16",
        ),
        (
            selector(A, B, "tcp", remote_ports="1000-2000"),
            selector(A, B, "tcp", remote_ports="1500-3000"),
            "10.1.0.0/16 tcp - 10.2.0.0/16 tcp port 1500-2000",
        ),
        (selector(A, B), selector(A, B, "tcp"), "10.1.0.0/16 tcp - 10.2.0.0/16 tcp"),
        (selector([A, "10.9.0.0/16"], B), selector(A, B), "10.1.0.0/16 - 10.2.0.0/16"),
        (selector([A, "10.1.5.0/24"], B), selector(A, B), "10.1.0.0/16 - 10.2.0.0/16"),
        # Refused: TS_UNACCEPTABLE.
        (selector(A, B), selector("10.3.0.0/16", B), "None"),
        (selector(A, B), selector(A, "10.3.0.0/16"), "None"),
        (selector(A, B, "udp"), selector(A, B, "tcp"), "None"),
        (selector("::/0", "::/0"), selector("0.0.0.0/0", "0.0.0.0/0"), "None"),
        # Only "any port" holds a protocol without ports.
        (selector(A, B, remote_ports="443"), selector(A, B, "icmp"), "None"),
        (
            selector(A, B, remote_ports=["443", "any"]),
            selector(A, B, "icmp"),
            "10.1.0.0/16 icmp - 10.2.0.0/16 icmp",
        ),
    ],
)
def test_narrowing_gives_what_both_ends_want(ours, theirs, agreed) -> None:
    assert str(ours.intersect(theirs)) == agreed
    assert (ours.intersect(theirs) is None) == (theirs.intersect(ours) is None)


def test_a_concrete_port_never_holds_a_fragment_that_shows_none() -> None:
    fragment = Packet(*(packet("10.1.0.4", "10.2.9.7").source,) * 2, protocol=6)
    for ports in ("443", "0", "0-65534", ["0-32767", "32768-65535"]):
        made = selector("0.0.0.0/0", "0.0.0.0/0", "tcp", remote_ports=ports)
        assert not made.holds(fragment)
        assert "the packet shows none" in made.mismatch(fragment)
    assert selector("0.0.0.0/0", "0.0.0.0/0", "tcp", remote_ports="0-65535").holds(fragment)


def test_ports_with_any_protocol_hold_the_protocols_with_ports_and_no_others() -> None:
    made = selector("0.0.0.0/0", "0.0.0.0/0", remote_ports="80")
    held = {
        protocol: made.holds(packet("10.1.0.4", "10.2.9.7", protocol))
        for protocol in ("tcp", "udp", "sctp", "icmp", "gre", "esp")
    }
    assert [name for name, holds in held.items() if holds] == ["tcp", "udp", "sctp"]


def test_two_prefixes_with_two_prefixes_make_four_pairs() -> None:
    pairs = prefix_pairs([A, "10.9.0.0/16"], [B, "10.3.0.0/16"])
    assert list(map(str, pairs)) == [
        "10.1.0.0/16 - 10.2.0.0/16",
        "10.1.0.0/16 - 10.3.0.0/16",
        "10.9.0.0/16 - 10.2.0.0/16",
        "10.9.0.0/16 - 10.3.0.0/16",
    ]


@pytest.mark.parametrize(
    ("make", "field", "told"),
    [
        (lambda: selector(A, "2001:db8::/32"), "remote", "different families"),
        (lambda: selector([A, "::1"], B), "local", "IPv4 and IPv6 are mixed"),
        (lambda: selector(A, B, "icmp", remote_ports="443"), "remote_ports", "icmp has no ports"),
        (lambda: selector(A, B, "icmp", "0-9"), "local_ports", "icmp has no ports"),
        (lambda: selector([], B), "local", "an empty list holds no address"),
        (lambda: selector(A, B, local_ports=[]), "local_ports", "an empty list holds no port"),
    ],
)
def test_a_selector_that_cannot_be_is_refused_by_name(make, field, told) -> None:
    with pytest.raises(InputError, match=told) as refused:
        make()
    assert refused.value.field == field


def test_a_selector_is_written_as_people_write_it() -> None:
    made = selector(["10.1.0.0/16", "10.3.0.1-10.3.0.9"], B, "udp", "any", ["53", "1000-2000"])
    assert str(made) == "10.1.0.0/16, 10.3.0.1-10.3.0.9 udp - 10.2.0.0/16 udp port 53, 1000-2000"
    assert PortRange(0, 65535) in made.local_ports
