"""`vpnedu lookup` against a model that tries every row, with nothing but integers."""

import json
from ipaddress import ip_address, ip_network
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

# Few distinct values, so that they meet.
V4, V6 = (
    ["0.0.0.0/0", "10.0.0.0/8", "10.1.0.0/16", "10.1.2.0/23", "10.1.3.255/32", "255.255.255.255"],
    ["::/0", "2001:db8::/32", "2001:db8:1::/48", "2001:db8:1::1/128", "ffff::/16"],
)
A4, A6 = (
    ["0.0.0.0", "10.0.0.1", "10.1.0.4", "10.1.3.255", "10.1.4.0", "255.255.255.255"],
    ["::", "2001:db8::1", "2001:db8:1::1", "2001:db8:1::2", "ffff::1"],
)
PORTS: list[Any] = ["any", 0, "443", "65535", "0-443", ["80", "1000-2000"]]
FAMILIES = st.sampled_from([(V4, A4), (V6, A6)])


def policies(prefixes: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    side = st.sampled_from(prefixes) | st.lists(st.sampled_from(prefixes), min_size=1, max_size=2)
    then = st.sampled_from(
        [
            {"tunnel": "t"},
            {"action": "protect", "tunnel": "u"},
            {"action": "bypass"},
            {"action": "discard"},
        ]
    )
    ports = st.fixed_dictionaries(
        {}, optional={f"{end}_ports": st.sampled_from(PORTS) for end in ("local", "remote")}
    )
    shape = st.one_of(
        st.tuples(st.just({"protocol": "icmp"}), st.just({})),
        st.tuples(st.sampled_from([{}, {"protocol": "any"}, {"protocol": 6}]), ports),
    )
    made = st.tuples(st.fixed_dictionaries({"local": side, "remote": side}), shape, then)
    return made.map(lambda parts: parts[0] | parts[1][0] | parts[1][1] | parts[2])


def packets(addresses: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    ends = {key: st.sampled_from(addresses) for key in ("source", "destination")}
    port = st.sampled_from([0, 80, 443, 1500, 65535])
    seen = {"source_port": port, "destination_port": port}
    return st.one_of(
        st.fixed_dictionaries(ends, optional=seen),
        st.fixed_dictionaries(ends | {"protocol": st.just("icmp")}),
    )


def routes(prefixes: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    small = st.integers(0, 2)
    return st.fixed_dictionaries(
        {"prefix": st.sampled_from(prefixes), "via": st.sampled_from(["a", "b", "c"])},
        optional={"preference": small, "metric": small, "blackhole": st.booleans()},
    )


def holds_address(prefixes: Any, address: str) -> bool:
    many = prefixes if isinstance(prefixes, list) else [prefixes]
    return any(ip_address(address) in ip_network(one) for one in many)


def holds_port(ports: Any, port: int | None) -> bool:
    many = ports if isinstance(ports, list) else [ports]
    if port is None:
        return "any" in many
    spans = [("0-65535" if one == "any" else str(one)).split("-") for one in many]
    return any(int(span[0]) <= port <= int(span[-1]) for span in spans)


def holds(policy: dict[str, Any], packet: dict[str, Any]) -> bool:
    wanted = {"any": None, 6: "tcp", "icmp": "icmp"}[policy.get("protocol", "any")]
    return (
        holds_address(policy["local"], packet["source"])
        and holds_address(policy["remote"], packet["destination"])
        and wanted in (None, packet.get("protocol", "tcp"))
        and holds_port(policy.get("local_ports", "any"), packet.get("source_port"))
        and holds_port(policy.get("remote_ports", "any"), packet.get("destination_port"))
    )


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_policies_decide_as_if_every_row_were_tried_in_order(vpnedu, data) -> None:
    prefixes, addresses = data.draw(FAMILIES)
    table = {
        "default": data.draw(st.sampled_from(["discard", "bypass"])),
        "policies": data.draw(st.lists(policies(prefixes), max_size=6)),
        "packets": data.draw(st.lists(packets(addresses), min_size=1, max_size=4)),
    }
    done = vpnedu("lookup", "-", "--json", stdin=json.dumps(table).encode())
    assert len(done.objects) == len(table["packets"]), done.err
    for packet, found in zip(table["packets"], done.objects, strict=True):
        matched = [holds(policy, packet) for policy in table["policies"]]
        assert [row["matched"] for row in found["rows"]] == matched
        assert [row["index"] for row in found["rows"]] == list(range(len(matched)))
        winner = matched.index(True) if True in matched else None
        assert found["winner"] == winner
        decided = {"action": table["default"]} if winner is None else table["policies"][winner]
        assert found["action"] == decided.get("action", "protect")
        assert found["tunnel"] == decided.get("tunnel")


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_routes_win_by_length_then_preference_then_metric(vpnedu, data) -> None:
    table = {
        "routes": data.draw(st.lists(routes(V4 + V6), max_size=12)),
        "destinations": data.draw(st.lists(st.sampled_from(A4 + A6), min_size=1, max_size=6)),
    }
    done = vpnedu("lookup", "-", "--json", stdin=json.dumps(table).encode())
    assert len(done.objects) == len(table["destinations"]), done.err
    for address, found in zip(table["destinations"], done.objects, strict=True):
        ranks = {
            index: (-ip_network(r["prefix"]).prefixlen, r.get("preference", 1), r.get("metric", 0))
            for index, r in enumerate(table["routes"])
            if holds_address(r["prefix"], address)
        }
        best = [index for index, rank in ranks.items() if rank == min(ranks.values())]
        assert sorted(one["index"] for one in found["candidates"]) == sorted(ranks)
        assert [ranks[one["index"]] for one in found["candidates"]] == sorted(ranks.values())
        assert found.get("equal_cost", best) == best
        assert ("equal_cost" in found) == (len(best) > 1)
        if not best:
            assert (found["winner"], found["via"], found["blackhole"]) == (None, None, False)
            continue
        assert found["winner"] in best
        won = table["routes"][found["winner"]]
        assert found["blackhole"] == won.get("blackhole", False)
        assert found["via"] == (None if found["blackhole"] else won["via"])
