"""What a service is made of: parts that fail and are repaired, and how many of them it needs."""

from dataclasses import dataclass

from vpnedu.network.addresses import InputError, quoted

HOURS_A_YEAR = 8_760  # of 365 days
SECONDS_A_YEAR = HOURS_A_YEAR * 3_600


def checked(field: str, value: float, lowest: float = 0.0, highest: float = 1e12) -> float:
    """`value` if it is a number of the range; otherwise an error that names the rule."""
    if isinstance(value, int | float) and lowest <= value <= highest:
        return float(value)
    raise InputError(field, f"{quoted(value)} is not a number from {lowest:g} to {highest:g}")


@dataclass(frozen=True, slots=True)
class Component:
    """A part that fails and is repaired, independently of all others.

    `failures_per_year` are counted over the whole year, up and down; `hours_to_repair` is the
    mean, from the failure to the moment it works again, so detection counts. A name that stands
    in several places of a structure is one part, which fails in all of them at once.
    """

    name: str
    failures_per_year: float
    hours_to_repair: float

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or not self.name:
            raise InputError("name", f"{quoted(self.name)} is not a name")
        checked("failures_per_year", self.failures_per_year)
        checked("hours_to_repair", self.hours_to_repair)
        if self.failures_per_year * self.hours_to_repair >= HOURS_A_YEAR:
            raise InputError(
                "hours_to_repair", f"{self.name} would be down all the {HOURS_A_YEAR:,} h of a year"
            )

    @classmethod
    def of(cls, name: str, availability: float, hours_to_repair: float = 4.0) -> "Component":
        """A component told by its availability, a share from 0 to 1.

        >>> Component.of("gateway", 0.9995).failures_per_year
        1.095
        """
        checked("availability", availability, highest=1.0)
        if checked("hours_to_repair", hours_to_repair) == 0 and availability < 1:
            raise InputError("hours_to_repair", "0 h of repair cannot make it unavailable")
        down = round(1 - availability, 15)  # the digits meant: 1 - 0.9995 is 0.000500…056
        return cls(name, down * HOURS_A_YEAR / (hours_to_repair or 1.0), hours_to_repair)

    @property
    def unavailability(self) -> float:
        """The share of time that it is down."""
        return self.failures_per_year * self.hours_to_repair / HOURS_A_YEAR

    @property
    def availability(self) -> float:
        """MTBF / (MTBF + MTTR), MTBF being the mean time up between failures."""
        return 1 - self.unavailability

    @property
    def hours_up(self) -> float:
        """The mean time from a repair to the next failure (MTBF); infinite if it never fails."""
        if not self.failures_per_year:
            return float("inf")
        return HOURS_A_YEAR / self.failures_per_year - self.hours_to_repair


@dataclass(frozen=True, slots=True)
class Failover:
    """What the switching itself costs: a gap each time, or a whole repair where it does not happen.

    With the chance `coverage` the other side takes over after `gap_seconds`; otherwise the outage
    lasts until the repair. To stand in a `Series`. The cost is of first order, rate × gap: a gap
    that falls into another outage counts as independent of it.
    """

    name: str
    events_per_year: float
    gap_seconds: float
    coverage: float = 1.0
    hours_to_repair: float = 0.0

    def __post_init__(self) -> None:
        checked("coverage", self.coverage, highest=1.0)
        if self.coverage < 1 and not self.hours_to_repair:
            raise InputError("hours_to_repair", "a switch that can fail needs a time to repair")
        self.parts()

    def parts(self) -> tuple[Component, ...]:
        """The gaps, and the switches that did not happen, as components."""
        checked("events_per_year", self.events_per_year)
        hours = checked("gap_seconds", self.gap_seconds) / 3_600
        gaps = Component(self.name, self.events_per_year * self.coverage, hours)
        if self.coverage == 1:
            return (gaps,)
        missed = self.events_per_year * (1 - self.coverage)
        return gaps, Component(f"{self.name} that fails", missed, self.hours_to_repair)


@dataclass(frozen=True, slots=True, init=False)
class KofN:
    """Works while at least `k` of its parts work."""

    k: int
    parts: tuple["Structure", ...]

    def __init__(self, k: int, *parts: "Structure"):
        object.__setattr__(self, "parts", _parts(parts))
        object.__setattr__(self, "k", k)
        if not isinstance(k, int) or not 1 <= k <= len(parts):
            raise InputError("k", f"{quoted(k)} is not a number from 1 to {len(parts)}, its parts")


@dataclass(frozen=True, slots=True, init=False)
class Series:
    """Works while all of its parts work."""

    parts: tuple["Structure", ...]

    def __init__(self, *parts: "Structure"):
        object.__setattr__(self, "parts", _parts(parts))


@dataclass(frozen=True, slots=True, init=False)
class Parallel:
    """Works while any of its parts works."""

    parts: tuple["Structure", ...]

    def __init__(self, *parts: "Structure"):
        object.__setattr__(self, "parts", _parts(parts))


@dataclass(frozen=True, slots=True, init=False)
class CommonCause:
    """Works while `k` of like components work, of whose failures the share `beta` hits all at once.

    The beta-factor model: of a component's unavailability u, (1 - beta)·u is its own and beta·u
    is common to all. That holds wherever else in the structure these components stand.
    """

    beta: float
    parts: tuple[Component, ...]
    k: int

    def __init__(self, beta: float, *parts: Component, k: int = 1):
        object.__setattr__(self, "beta", checked("beta", beta, highest=1.0))
        object.__setattr__(self, "parts", KofN(k, *parts).parts)
        object.__setattr__(self, "k", k)
        if not all(isinstance(p, Component) for p in parts):
            raise InputError("parts", "a common cause joins components, not structures")
        if len({(p.failures_per_year, p.hours_to_repair) for p in parts}) > 1:
            raise InputError("parts", "a common cause joins components that fail alike")
        if len({p.name for p in parts}) < len(parts):
            raise InputError("parts", "a common cause joins different components")

    @property
    def name(self) -> str:
        """What the shared part is called."""
        return f"common cause of {' and '.join(p.name for p in self.parts)}"


Structure = Component | Failover | Series | Parallel | KofN | CommonCause


def _parts(parts: tuple[Structure, ...]) -> tuple[Structure, ...]:
    """`parts` if there are any and all can stand in a structure."""
    if not parts:
        raise InputError("parts", "a structure needs at least one part")
    for part in parts:
        structure_in(part, "parts")
    return parts


def structure_in(part: Structure, field: str) -> Structure:
    """`part` if it is a structure; otherwise an error that names the field."""
    if not isinstance(part, Structure):
        raise InputError(field, f"{quoted(part)} is not a component or a structure")
    return part
