"""A gateway in a narrow region, upright: its instances stand below each other.

Where they share an address, a tunnel ends at the gateway's edge and a way leads on at the left.
Where each has its own, the tunnels to the first come down from above, those to the others in lanes
at the left; the gateway's name stands below, where no tunnel runs.
"""

from vpnedu.simulation.trace import Node
from vpnedu.widgets.design_places import CHIP, PILL, Parts, Plan, Tube, Written, order_at, port
from vpnedu.widgets.places import Box, Point

LANE = 17.0
LEFT, RIGHT, TOP = 24.0, 18.0, 40.0
ZONE = 18.0  # a zone's name, above or below its instances
FOOT = 38.0
PILL_STEP = 18.0
BEND = 12.0


def stacked_gateway(plan: Plan, parts: Parts, gateway: Node, box: Box) -> float:
    """Places a gateway and its instances in a narrow region, and gives back where it ends."""
    shared = parts.shared(gateway.name)
    lanes = 0 if shared else max(_lanes(parts, gateway.name), 1) - 1
    top = box.y + (TOP if shared else 10.0)
    left = LEFT + LANE * lanes
    y = top
    for zone, instances in parts.zones(gateway.name):
        start = y
        y += ZONE if zone and shared else 4.0 if zone else 0.0
        for node in instances:
            plan.boxes[node.name] = Box(box.x + left, y, box.width - left - RIGHT, CHIP)
            y += CHIP + 8
        if zone:
            y += 0.0 if shared else ZONE - 8
            wide = box.width - left - RIGHT + 10
            plan.boxes[zone] = Box(box.x + left - 5, start, wide, y - start - 4)
            label = start + 13 if shared else y - 9
            plan.labels[zone] = [Written(box.x + left, label, zone, "soft small")]
    height = y - box.y + (2.0 if shared else FOOT)
    plan.boxes[gateway.name] = Box(box.x, box.y, box.width, height)
    words = ((box.x + LEFT, box.y + 17), (box.x + LEFT, box.y + 32))
    if not shared:
        words = ((box.x + 8, y + 11), (box.x + 8, y + 26))
    kinds = ((gateway.name, "name"), (gateway.detail, "soft small"))
    plan.labels[gateway.name] = [
        Written(x, line, text, kind) for (x, line), (text, kind) in zip(words, kinds, strict=True)
    ]
    if shared:
        _entries(plan, parts, gateway.name)
    return box.y + height


def _lanes(parts: Parts, gateway: str) -> int:
    """How many tunnels end at an instance that is not the first."""
    others = parts.inside(gateway, "instance")[1:]
    return max((len(order_at(node.name, parts.tunnels)) for node in others), default=0)


def _entries(plan: Plan, parts: Parts, gateway: str) -> None:
    """From the gateway's one address, at its left edge, to each of its instances."""
    box = plan.boxes[gateway]
    lane = box.x + 12
    for node in parts.inside(gateway, "instance"):
        chip = plan.boxes[node.name]
        centre = chip.centre[1]
        plan.ways[gateway, node.name] = ((lane, box.y), (lane, centre), (chip.x, centre))


def arrives_in_a_lane(plan: Plan, parts: Parts, end: str) -> bool:
    """Whether tunnels to the instance `end` pass others on their way."""
    gateway = parts.gateway_of(end)
    instances = [node.name for node in parts.inside(gateway, "instance")]
    return plan.boxes[instances[0]].y < plan.boxes[end].y


def own_tube(plan: Plan, parts: Parts, name: str, end: str, tube: Tube) -> Tube:
    """A tunnel to an instance in a narrow region, once `tube` has brought it to the gateway."""
    gateway = parts.gateway_of(end)
    region = next(node.inside or "" for node in parts.trace.nodes if node.name == gateway)
    here = [t.name for t in parts.tunnels if parts.gateway_of(t.ends[1]) == gateway]
    points = tube.points
    x = points[-1][0]
    if arrives_in_a_lane(plan, parts, end):
        points += _down_the_lane(plan.boxes[end], parts, name, end, points[-1])
    left = max(x - PILL[0] / 2, plan.boxes[region].x)
    y = plan.boxes[region].y - 30 - PILL_STEP * here.index(name)
    return Tube(points, Box(left, y, *PILL))


def _down_the_lane(chip: Box, parts: Parts, name: str, end: str, start: Point) -> tuple[Point, ...]:
    """From the gateway's upper edge down, and to the instance's left; the outer lane ends lower."""
    far = order_at(end, parts.tunnels)
    x, y = start[0], chip.centre[1] + port(len(far) - 1 - far.index(name), len(far))
    bend = (x, y - BEND)
    third = (bend[1] - start[1]) / 3
    down = ((x, start[1] + third), (x, bend[1] - third), bend)
    return (*down, (x, y), (x, y), (chip.x, y))


def own_arrival(plan: Plan, parts: Parts, name: str, end: str) -> Point:
    """Where a tunnel to an instance in a narrow region reaches the instance, or its lane."""
    chip = plan.boxes[end]
    far = order_at(end, parts.tunnels)
    place = far.index(name)
    if not arrives_in_a_lane(plan, parts, end):
        return chip.centre[0] + port(place, len(far)), chip.y
    box = plan.boxes[parts.gateway_of(end)]
    return box.x + 12 + LANE * place, box.y
