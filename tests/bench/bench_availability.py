"""What thousands of years of faults cost: whole arrays at once beside a plain loop over events.

Run it with `make bench`. Both draw the same kind of faults for the same structure; the best of
several rounds counts, in turns. Nothing fails here, as machines are noisy.
"""

from random import Random
from time import perf_counter

from vpnedu.simulation.availability import (
    SECONDS_A_YEAR,
    Component,
    Parallel,
    Series,
    in_words,
    unavailability,
)
from vpnedu.simulation.availability.plain import Plain, components, plain
from vpnedu.studies.montecarlo import simulate_years

YEARS, ROUNDS = 10_000, 3


def example() -> Series:
    """Eight components: a site and a network, and between them two paths of three."""
    paths = (
        Series(
            Component(f"device {i}", 2, 4), Component(f"isp {i}", 4, 3), Component(f"hub {i}", 3, 1)
        )
        for i in (1, 2)
    )
    return Series(Component("site", 0.2, 8), Component("network", 0.3, 2), Parallel(*paths))


def stands(whole: Plain, up: dict[str, bool]) -> bool:
    if isinstance(whole, Component):
        return up[whole.name]
    return sum(stands(part, up) for part in whole.parts) >= whole.k


def one_by_one(whole: Plain, years: int, seed: int) -> float:
    """The mean downtime of a year, in seconds, by a loop over every failure and repair."""
    random, down = Random(seed), 0.0
    parts = list(components(whole).values())
    for _ in range(years):
        up = {part.name: random.random() >= part.unavailability for part in parts}
        due = {part.name: random.expovariate(rate(part, up[part.name])) for part in parts}
        now = 0.0
        while now < SECONDS_A_YEAR:
            part = min(parts, key=lambda part: due[part.name])
            then = min(due[part.name], float(SECONDS_A_YEAR))
            down += 0 if stands(whole, up) else then - now
            up[part.name] = not up[part.name]
            due[part.name] = then + random.expovariate(rate(part, up[part.name]))
            now = then
    return down / years


def rate(part: Component, up: bool) -> float:
    """Changes a second, out of the state it is in."""
    return 1 / (3_600 * (part.hours_up if up else part.hours_to_repair))


def main() -> None:
    structure = example()
    whole, best = plain(structure), {"arrays": float("inf"), "a loop": float("inf")}
    few = YEARS // 10
    for turn in range(ROUNDS):
        start = perf_counter()
        run = simulate_years(structure, years=YEARS, seed=turn)
        middle = perf_counter()
        one_by_one(whole, few, turn)
        best["arrays"] = min(best["arrays"], (middle - start) / YEARS)
        best["a loop"] = min(best["a loop"], (perf_counter() - middle) / few)
    exact = unavailability(structure) * SECONDS_A_YEAR
    print(f"\nYears of faults of {len(components(whole))} components: years per second")
    for way, cost in best.items():
        print(f"  {way:8}{1 / cost:>12,.0f}")
    print(f"  {best['a loop'] / best['arrays']:.0f}× the loop; {YEARS:,} years in ", end="")
    print(f"{best['arrays'] * YEARS:.2f} s; exactly {in_words(exact)} a year, seen: {run}")


if __name__ == "__main__":
    main()
