"""A lookup as a table that thinks aloud."""

from vpnedu.network.addresses import parse_address
from vpnedu.network.gateways import Gateway, Tunnel
from vpnedu.network.packets import packet
from vpnedu.network.policies import Policy, PolicyTable
from vpnedu.network.routes import RouteTable, route
from vpnedu.network.selectors import selector
from vpnedu.simulation import tables

SENT = packet("10.1.0.4", "10.2.9.7")
EAST = Policy(selector("10.1.0.0/16", "10.2.0.0/16"), "protect", "tunnel east")
WEST = Policy(selector("10.1.0.0/16", "10.2.9.0/24"), "protect", "tunnel west")
NONE = Policy(selector("10.1.0.0/16", "10.3.0.0/16"), "discard")


def gateway(policies=(), default="discard", routes=()) -> Gateway:
    table = PolicyTable(tuple(policies), default)
    address = parse_address("198.51.100.1")
    return Gateway("gate", address, "home", "policy-based", table, RouteTable(tuple(routes)))


def asked_policies(*policies, default="discard", direction="out") -> tables.Asked:
    here = gateway(policies, default)
    return tables.policies(here, here.policies.lookup(SENT, direction), direction)


def test_rows_after_the_winner_are_not_asked() -> None:
    asked = asked_policies(NONE, EAST, WEST)
    assert [row.state for row in asked.rows] == ["lost", "won", "not asked", "not asked"]
    assert asked.chose == "tunnel east"
    assert asked.rows[2].reason == "would hold it too, but row 2 decided before it was asked"
    assert asked.reason.startswith("gate asks its policies: row 1: 10.3.0.0/16 does not hold")
    assert "row 3" not in asked.reason


def test_the_default_is_the_last_row() -> None:
    for default in ("discard", "bypass"):
        asked = asked_policies(NONE, default=default)
        assert [row.state for row in asked.rows] == ["lost", "won"]
        assert asked.rows[-1].cells == ("any", "any", default)
        assert asked.chose == default


def test_an_empty_table_still_has_its_default() -> None:
    assert [row.state for row in asked_policies().rows] == ["won"]


def test_an_inbound_lookup_is_called_so() -> None:
    assert asked_policies(EAST, direction="in").table == "inbound policies"
    assert asked_policies(EAST).table == "policies"


def test_every_row_has_a_cell_for_each_column() -> None:
    asked = asked_policies(NONE, EAST, WEST)
    assert asked.columns == ("local", "remote", "then")
    assert asked.rows[1].cells == ("10.1.0.0/16", "10.2.0.0/16", "tunnel east")


def test_routes_are_shown_in_the_tables_order_so_that_one_can_predict() -> None:
    here = gateway(
        routes=[
            route("10.3.0.0/16", "c"),
            route("0.0.0.0/0", "internet"),
            route("10.2.0.0/16", "a"),
            route("10.2.0.0/16", "b"),
        ]
    )
    asked = tables.routes(here, here.routes.explain(SENT.destination))
    assert [row.cells[1] for row in asked.rows] == ["c", "internet", "a", "b"]
    assert [row.state for row in asked.rows[:2]] == ["lost", "lost"]
    assert {row.state for row in asked.rows[2:]} == {"won", "tied"}
    assert asked.rows[1].cells[:2] == ("0.0.0.0/0", "internet")
    assert asked.rows[1].cells[2].startswith("static")
    assert asked.rows[0].reason == "10.3.0.0/16 does not hold 10.2.9.7"
    assert asked.chose == next(row.cells[1] for row in asked.rows if row.state == "won")


def test_a_route_lookup_without_an_answer_says_so() -> None:
    here = gateway(routes=[route("10.3.0.0/16", "c")])
    asked = tables.routes(here, here.routes.explain(SENT.destination))
    assert (asked.chose, [row.state for row in asked.rows]) == ("no route", ["lost"])
    assert asked.reason == "gate asks its routes: none holds 10.2.9.7"


def test_a_blackhole_is_called_so() -> None:
    here = gateway(routes=[route("10.0.0.0/8", blackhole=True)])
    asked = tables.routes(here, here.routes.explain(SENT.destination))
    assert asked.chose == "blackhole"
    assert asked.rows[0].cells[1] == "blackhole"


def test_the_first_selector_that_holds_the_packet_ends_the_search() -> None:
    selectors = tuple(p.selector for p in (NONE, EAST, WEST))
    asked = tables.traffic_selectors(gateway(), Tunnel("t", ("gate", "peer")), selectors, SENT)
    assert [row.state for row in asked.rows] == ["lost", "won", "not asked"]
    assert asked.rows[2].reason == "not asked: row 2 holds the packet"
    assert asked.chose == "t"


def test_a_check_that_finds_nothing_discards() -> None:
    tunnel = Tunnel("t", ("gate", "peer"))
    asked = tables.inbound(gateway(), tunnel, (EAST.selector,), SENT)
    assert (asked.chose, asked.rows[0].state) == ("discard", "lost")
    empty = tables.traffic_selectors(gateway(), tunnel, (), SENT)
    assert (empty.chose, empty.rows) == ("discard", ())
    assert "there is no row" in empty.reason
