"""How fast runs over time go: the clock beside simpy's, cost by tunnels and length, the matrix."""

from collections.abc import Callable
from functools import partial
from time import perf_counter

import simpy

from vpnedu.simulation.clock import Clock
from vpnedu.simulation.designs import CloudGateway, Design, Device, Instance
from vpnedu.simulation.failover import simulate
from vpnedu.simulation.matrix import CASES, matrix
from vpnedu.studies.at_once import at_once

PROCESSES, TICKS = 100, 3_000
TUNNELS = (2, 20, 200, 2_000)
SHORT = 600.0
LENGTHS = (900.0, 3_600.0, 14_400.0)
SEEDS = 100


def seconds(work: Callable[[], object]) -> float:
    """How long `work` takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


def our_clock() -> None:
    """A hundred things that each do something once a second."""
    clock = Clock()

    def tick(count: int) -> None:
        if count < TICKS:
            clock.after(1.0, tick, count + 1)

    for place in range(PROCESSES):
        clock.after(place / PROCESSES, tick, 0)
    clock.run(1e6)


def simpy_clock() -> None:
    """The same with simpy's processes."""
    world = simpy.Environment()

    def ticks() -> object:
        for _ in range(TICKS):
            yield world.timeout(1.0)

    for _ in range(PROCESSES):
        world.process(ticks())  # type: ignore[arg-type]
    world.run()


def fleet(tunnels: int) -> Design:
    """One active/active gateway, and half as many devices as tunnels."""
    devices = tuple(Device(f"device {n}", f"provider {n}") for n in range(1, tunnels // 2 + 1))
    pair = (Instance("instance 1"), Instance("instance 2"))
    return Design(
        "fleet", "Many devices", "", devices, (CloudGateway("gateway", "active/active", pair),)
    )


def growth() -> None:
    """What a run costs by the number of tunnels, and by its length."""
    for tunnels in TUNNELS:
        took = seconds(partial(simulate, fleet(tunnels), until=SHORT))
        rate, each = SHORT / 3600 / took, took / tunnels * 1e3
        print(f"{tunnels:5,} tunnels: {rate:8.3f} simulated hours/s, {each:6.2f} ms a tunnel")
    for length in LENGTHS:
        took = seconds(partial(simulate, "dual-redundancy", until=length))
        hourly = took / length * 3.6e6
        print(f"4 tunnels for {length:6,.0f} s: {took * 1e3:7.1f} ms, {hourly:6.1f} ms an hour")


def main() -> None:
    """Print all of it."""
    events = PROCESSES * TICKS
    ours = min(seconds(our_clock) for _ in range(3))
    theirs = min(seconds(simpy_clock) for _ in range(3))
    rates = f"{events / ours:,.0f} events/s; simpy {events / theirs:,.0f}"
    print(f"clock: {rates}; {theirs / ours:.2f}×")
    growth()
    start = perf_counter()
    made = matrix(seeds=SEEDS, each=at_once)
    took = perf_counter() - start
    runs = SEEDS * sum(cell is not None for row in made.cells for cell in row)
    what = f"{len(CASES)} cases × {len(made.designs)} designs × {SEEDS} seeds"
    print(f"matrix: {what}, {runs:,} runs in {took:.1f} s, {runs / took:,.0f} runs/s")
