"""What the gateway types of Azure can do: the table of `chapters/facts/azure.toml`, for questions.

A quiz reads no files, so the rows stand here once more; a test holds them equal to the table
"gateway types". Source: Microsoft Learn, VPN Gateway FAQ, 4 June 2026, and the pages named there.
"""

from dataclasses import dataclass

# What, policy-based, route-based: word for word as in the table.
ROWS: dict[str, tuple[str, str]] = {
    "Site-to-site tunnels": ("1", "10 on Basic; 30 or 100 on the others"),
    "IKE": ("version 1", "version 2 on Basic; 1 and 2 on the others"),
    "Network to network": ("no", "yes"),
    "Point-to-site": ("no", "yes"),
    "Multisite": ("no", "yes"),
    "Beside an ExpressRoute gateway": ("no", "yes, except on Basic"),
    "BGP": ("no", "yes, except on Basic"),
    "Active-active": ("no", "yes, except on Basic"),
}
TUNNELS_ON_BASIC = 10


@dataclass(frozen=True, slots=True)
class Able:
    """Whether something can be had: policy-based, route-based on Basic, route-based on others."""

    policy: bool
    basic: bool
    larger: bool

    def __and__(self, other: "Able") -> "Able":
        return Able(
            self.policy and other.policy, self.basic and other.basic, self.larger and other.larger
        )


def able(row: str) -> Able:
    """What a row of yes and no says."""
    policy, route = ROWS[row]
    return Able(policy.startswith("yes"), route == "yes", route.startswith("yes"))


def able_to_reach(sites: int) -> Able:
    """Who can have a tunnel to each of so many sites."""
    return Able(sites <= 1, sites <= TUNNELS_ON_BASIC, True)


def able_to_match(ike: int) -> Able:
    """Who can serve one device that knows fixed pairs of prefixes only, by its version of IKE.

    A route-based gateway proposes pairs by a custom policy, which Basic lacks, to a device that
    speaks IKEv2 (Microsoft, 2 September 2020).
    """
    return Able(ike == 1, False, ike == 2)
