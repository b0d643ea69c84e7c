"""From a name and a target to a configuration."""

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches

import vpnedu.configuring.azure as azure
import vpnedu.configuring.azure_cli as azure_cli
import vpnedu.configuring.bicep as bicep
import vpnedu.configuring.frr as frr
import vpnedu.configuring.of_design as of_design
import vpnedu.configuring.of_scenario as of_scenario
import vpnedu.configuring.strongswan as strongswan
from vpnedu.configuring.lines import Configuration, File
from vpnedu.configuring.plans import Plan, Side
from vpnedu.network.addresses import InputError, quoted
from vpnedu.simulation.designs import DESIGNS, Design
from vpnedu.simulation.scenarios import SCENARIOS, Scenario

Sides = tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """One kind of tool: who writes for it, and whether it speaks for a provider's gateway."""

    files: Callable[[Plan, Sides], tuple[File, ...]]
    losses: Callable[[Plan, Sides], list[str]]
    cloud: bool


TARGETS: dict[str, Target] = {
    "strongswan": Target(strongswan.files, strongswan.losses, cloud=False),
    "frr": Target(frr.files, frr.losses, cloud=False),
    "azure-cli": Target(azure_cli.files, azure.losses, cloud=True),
    "bicep": Target(bicep.files, azure.losses, cloud=True),
}


def configure(
    scenario: str | Scenario | Design,
    target: str,
    gateway: str | None = None,
    preset: int | None = None,
) -> Configuration:
    """The configuration of a scenario or a design for one kind of tool.

    `gateway` names the only one to write; without it, those of sites are written for Linux and
    those of virtual networks for Azure. `preset` takes the state of affairs of that preset.
    """
    wanted = target_named(target)
    plan = plan_named(scenario, preset)
    sides = _chosen(plan, gateway, wanted.cloud)
    files = wanted.files(plan, sides)
    losses = [*plan.losses, *_left_out(plan, gateway), *wanted.losses(plan, sides)]
    secrets = () if target == "frr" else _secrets(plan, sides, wanted.cloud)
    advice = () if wanted.cloud else tuple(_advice(sides))
    return Configuration(plan.name, target, files, secrets, tuple(losses), advice)


def target_named(name: str) -> Target:
    """The target called `name`; an error names them all."""
    if name not in TARGETS:
        raise InputError("--for", f"there is no {quoted(name)}; there are {', '.join(TARGETS)}")
    return TARGETS[name]


def plan_named(scenario: str | Scenario | Design, preset: int | None = None) -> Plan:
    """The plan of a scenario or a design, or of the one of that name."""
    found = _found(scenario) if isinstance(scenario, str) else scenario
    if isinstance(found, Design):
        if preset is not None:
            raise InputError("preset", "a design has none; only scenarios do")
        return of_design.plan_of(found)
    if preset is not None and not 0 <= preset < len(found.presets):
        last = len(found.presets) - 1
        raise InputError("preset", f"{preset} is none of this scenario's: 0 to {last}")
    return of_scenario.plan_of(found, preset)


def _found(name: str) -> Scenario | Design:
    known: dict[str, Scenario | Design] = {**SCENARIOS, **DESIGNS}
    if name not in known:
        begun = [one for one in known if name and one.startswith(name)]
        close = get_close_matches(name, known, n=3, cutoff=0.3)
        near = list(dict.fromkeys(begun + close))[:3] or list(known)[:3]
        raise InputError("scenario", f"there is no {quoted(name)}; nearest: {', '.join(near)}")
    return known[name]


def _chosen(plan: Plan, gateway: str | None, cloud: bool) -> Sides:
    names = [side.name for side in plan.sides]
    if gateway is not None:
        by_slug = {side.slug: side for side in plan.sides} | {s.name: s for s in plan.sides}
        if gateway not in by_slug:
            close = get_close_matches(gateway, names, n=3, cutoff=0.3) or names
            rule = f"there is no {quoted(gateway)}; nearest: {', '.join(close)}"
            raise InputError("--gateway", rule)
        return (by_slug[gateway],)
    sides = tuple(side for side in plan.sides if side.cloud == cloud and not side.user)
    if sides:
        return sides
    if not plan.sides:
        raise InputError("scenario", f"{plan.name} has no VPN gateway to configure")
    if cloud:
        rule = f"{plan.name} has no virtual network; say which gateway is to be Azure's"
        raise InputError("--gateway", f"{rule}: {', '.join(names)}")
    return tuple(side for side in plan.sides if not side.user)


def _left_out(plan: Plan, gateway: str | None) -> list[str]:
    """Users have no configuration of a gateway, unless one of them is asked for."""
    if gateway is not None:
        return []
    return [
        f"{side.name}: a person's device signs in to a point-to-site gateway; not written"
        for side in plan.sides
        if side.user
    ]


def _secrets(plan: Plan, sides: Sides, cloud: bool) -> tuple[str, ...]:
    """The keys to put in; a provider's gateway has none of its users'."""
    found = (
        connection.secret
        for side in sides
        for connection in side.connections
        if not (cloud and plan.side(connection.peer).user)
    )
    return tuple(dict.fromkeys(found))


def _advice(sides: Sides) -> list[str]:
    """What the scenario leaves open, as some do on purpose."""
    tunnelled = (s for s in sides if s.kind == "route-based" and (s.sessions or _leads_in(s)))
    opened = [side.name for side in tunnelled if not any(way.blackhole for way in side.ways)]
    if not opened:
        return []
    return [
        f"{', '.join(opened)}: fails open. If a tunnel's route goes, its packets leave by the "
        "default route, in the clear; a blackhole route cures it (see the scenario fails-closed)"
    ]


def _leads_in(side: Side) -> bool:
    return any(way.connection for way in side.ways)
