"""Questions about the choice of a tunnel: by policies and selectors, and by routes."""

from vpnedu.quiz.generators.choosing import (
    equal_routes,
    inbound_check,
    longest_prefix,
    narrowing,
    new_subnet,
    no_match,
    which_route,
    which_route_typed,
    which_selector,
    which_tunnel,
)
from vpnedu.quiz.generators.generator import Generator

GENERATORS: tuple[Generator, ...] = (
    which_tunnel.GENERATOR,
    which_selector.GENERATOR,
    no_match.GENERATOR,
    which_route.GENERATOR,
    which_route_typed.GENERATOR,
    longest_prefix.GENERATOR,
    new_subnet.GENERATOR,
    narrowing.GENERATOR,
    inbound_check.GENERATOR,
    equal_routes.GENERATOR,
)
