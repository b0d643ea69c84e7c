"""The book's scenarios, by name. To add one: a function here that gives a `Scenario`."""

from collections.abc import Callable
from difflib import get_close_matches

from vpnedu.network.addresses import InputError
from vpnedu.simulation.scenarios import (
    cloud_gateway,
    connections,
    default_route,
    policy_based,
    route_based,
    troubles,
    troubles_inside,
)
from vpnedu.simulation.scenarios.building import Preset, Scenario

__all__ = ["SCENARIOS", "Preset", "Scenario", "scenario"]

# In the order in which the book meets them.
_MAKERS: tuple[Callable[[], Scenario], ...] = (
    policy_based.two_sites_policy_based,
    policy_based.three_sites_overlapping,
    policy_based.one_sided_policy,
    policy_based.new_subnet_policy_based,
    route_based.hub_route_based,
    route_based.new_subnet_route_based,
    route_based.static_or_learned,
    default_route.forced_tunnelling,
    default_route.fails_open,
    default_route.fails_closed,
    route_based.prefix_pair_selectors,
    connections.network_to_network,
    connections.point_to_site,
    cloud_gateway.office_to_cloud,
    cloud_gateway.user_tunnelling,
    cloud_gateway.networks_in_a_row,
    cloud_gateway.all_three_connections,
    connections.ipv6_forged_source,
    troubles.wrong_key,
    troubles.firewall_in_the_way,
    troubles.no_child,
    troubles.narrowed,
    troubles_inside.one_way,
    troubles_inside.mtu_black_hole,
    troubles_inside.overlapping_addresses,
    troubles_inside.nat_before_policies,
)
SCENARIOS: dict[str, Scenario] = {made.name: made for made in (make() for make in _MAKERS)}


def scenario(name: str) -> Scenario:
    """The scenario called `name`; an error offers the nearest names."""
    if name in SCENARIOS:
        return SCENARIOS[name]
    begun = [known for known in SCENARIOS if name and known.startswith(name)]
    close = get_close_matches(name, SCENARIOS, n=3, cutoff=0.3)
    near = list(dict.fromkeys(begun + close))[:3] or list(SCENARIOS)[:3]
    raise InputError("scenario", f"there is no {name!r}; nearest: {', '.join(near)}")
