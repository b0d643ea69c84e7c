"""The pictures that a paper's questions need: each network as it stands before anything happens."""

from io import BytesIO

from PIL import Image as Pixels

from vpnedu.classroom.design_pictures import design_plate
from vpnedu.drawing.layout import arrange
from vpnedu.drawing.pictures import fitted
from vpnedu.drawing.places import graph
from vpnedu.drawing.plates import Plate, picture
from vpnedu.drawing.scene import draw_scene
from vpnedu.drawing.style import PLATE, house_style
from vpnedu.network.topology import INTERNET
from vpnedu.quiz.exports.export import Image, Images
from vpnedu.quiz.paper import Paper
from vpnedu.simulation.trace import Node, Trace, TunnelLine

# Dots to an inch: a full-width picture has some 1,200 pixels, enough for paper and for screens.
DOTS = 158
# A drawing has few inks; their shades at edges need no more colours than these.
COLOURS = 64


def images(paper: Paper) -> Images:
    """A picture for each question that asks for one, by its slot and its place in the pool.

    What is drawn, and what the words say, is what stands before the run. Neither tells its title
    or how it goes: that is the answer.
    """
    return {
        (slot.name, place): image(question.trace)
        for slot in paper.slots
        for place, question in enumerate(slot.pool)
        if question.picture and question.trace
    }


def image(trace: Trace) -> Image:
    """The network of a run as a PNG, with the words that stand for it."""
    plate = _packet_plate(trace) if trace.until is None else design_plate(trace, DOTS)
    with Pixels.open(BytesIO(picture(plate, "png"))) as drawn:
        few = drawn.convert("RGB").quantize(COLOURS, dither=Pixels.Dither.NONE)
    file = BytesIO()
    few.save(file, "PNG", optimize=True)
    return Image(file.getvalue(), described(trace), *few.size)


def _packet_plate(trace: Trace) -> Plate:
    """The topology of a packet's run, as `vpnedu.drawing.draw` draws one."""
    layout = arrange(graph(trace), PLATE)
    extent = layout.extent
    with house_style():
        plate = Plate(extent.w, extent.h, dots=DOTS)
        draw_scene(fitted(plate.blank(0, 0, extent.w, extent.h), extent), layout)
    return plate


def described(trace: Trace) -> str:
    """What stands in the picture, for who does not see it: every thing, then what joins them."""
    tops = [node for node in trace.nodes if node.inside is None and node.kind != INTERNET]
    things = [_thing(node, trace) for node in tops]
    joined = [_joined(tunnel) for tunnel in trace.tunnels]
    between = f"Between the networks: {trace.between}"
    return f"Network diagram: {'; '.join(things)}. {between}. {'; '.join(joined) or 'No tunnel'}."


def _thing(node: Node, trace: Trace) -> str:
    """A thing with its kind and address, and in brackets what stands in it."""
    inside = ", ".join(_thing(other, trace) for other in trace.nodes if other.inside == node.name)
    kind = "" if node.kind in node.name.lower() else node.kind
    words = " ".join(word for word in (kind, node.name, node.detail) if word)
    return f"{words} ({inside})" if inside else words


def _joined(tunnel: TunnelLine) -> str:
    kind = tunnel.kind or "tunnel"
    name = tunnel.name if kind in tunnel.name else f"{kind} {tunnel.name}"
    return f"{name} between {' and '.join(tunnel.ends)}{'' if tunnel.up else ', down'}"
