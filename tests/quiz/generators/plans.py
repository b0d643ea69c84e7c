"""Designs and faults as a reader draws them from a question's words: ways, and what is gone."""

import re
from itertools import product

Way = frozenset[str]


def ways(words: str) -> list[Way]:
    """Every way between office and network in the design that `words` describe."""
    if words == "a private circuit alone":
        return [_circuit()]
    if "beside it" in words:
        return [_circuit(), *_by_vpn(1, False, ["active/standby"], [])]
    devices = 2 if words.startswith("two devices") else 1
    gateways = [re.search(r"active/\w+", words + " active/standby").group()]
    if "two regions" in words:
        gateways *= 2
    zones = re.findall(r"(?:zone|zones) (1)(?: and (2))?", words)
    named = [zone or "1" for zone in zones[0]] if zones else []
    return _by_vpn(devices, "on one provider" in words, gateways, named)


def _circuit() -> Way:
    return frozenset({"router 1", "the circuit", "location 1", "region 1"})


def _by_vpn(devices: int, shared: bool, gateways: list[str], zones: list[str]) -> list[Way]:
    """A way for each device and instance; devices and gateways count their tunnels in order."""
    found, tunnel = [], 0
    for device, (region, mode) in product(range(1, devices + 1), enumerate(gateways, start=1)):
        tunnel += 1
        for place in (0, 1):
            tunnel += mode == "active/active" and place == 1
            way = {f"device {device}", f"provider {1 if shared else device}", f"region {region}"}
            way |= {f"tunnel {tunnel}", f"instance {2 * region - 1 + place}"}
            found.append(frozenset(way | ({f"zone {zones[place]}"} if zones else set())))
    return found


def gets_over(words: str, told: str) -> bool:
    """Whether a way is left, and found, when all that `told` says has happened."""
    there = ways(words)
    unused_vpn = _circuit() in there
    if "hangs" in told:
        return unused_vpn
    if "firewalls" in told:
        return unused_vpn
    gone = set()
    for clause in told.split(", and then "):
        gone.add(re.search(r"(?:device|router|provider|tunnel|instance|location|zone|region) \d"
                           r"|the circuit is", clause).group().removesuffix(" is"))  # fmt: skip
    return any(not gone & way for way in there)
