"""Does a packet fit through the tunnel, and if not: is it cut, or dropped?"""

from math import ceil

from vpnedu.network.encapsulation import AES_GCM
from vpnedu.quiz.generators.generator import Generator
from vpnedu.quiz.generators.reckoning.paths import PAIRS, Path, gateway_of, hints
from vpnedu.quiz.generators.reckoning.sums import added_up
from vpnedu.quiz.inputs import Choice, One
from vpnedu.quiz.question import Question
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.events import Delivered, Flight
from vpnedu.simulation.journey import send
from vpnedu.simulation.trace import Trace

NAME = "fragments"
COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")
DROPPED, LOST = "dropped", "lost-on-the-way"


def make(chance: Chance) -> Question:
    """A packet near the largest that fits, or far above it; its fate is the engine's run."""
    version, nat_t = chance.pick(((4, False), (4, True), (4, True), (6, False)))
    inner = chance.pick((4, 4, 4, 6))
    # An IPv6 packet of 1280 bytes has to fit every link, a tunnel too (RFC 8200, 5).
    mtu = chance.pick((1500, 1500, 1492, 1400) if inner == 6 else (1500, 1492, 1400, 1280))
    path = Path(chance.pick(PAIRS), AES_GCM, nat_t, version, inner, mtu)
    # Within the room, just beyond it, or so long that the pieces are worth counting.
    aim = chance.below(4)
    marked = aim != 3 and bool(chance.below(2))
    length = (
        path.room - 4 * chance.below(8),
        path.room + 1 + chance.below(mtu - path.room),
        path.room + 1 + chance.below(mtu - path.room),
        2 * mtu - 1 - chance.below(140),
    )[aim]
    sent = path.packet(length, dont_fragment=marked)
    trace = send(path.topology(), sent, title=f"{length} bytes on a path of {mtu}")
    return _asked(chance, path, length, marked, trace)


def fate(trace: Trace) -> str:
    """What became of the packet: in how many pieces it crossed, or that it was dropped."""
    if not isinstance(trace.verdict, Delivered):
        return DROPPED
    crossing = next(e for e in trace.events if isinstance(e, Flight) and e.link == "tunnel")
    return f"{COUNTS[crossing.fragments]}-piece{'' if crossing.fragments == 1 else 's'}"


def _asked(chance: Chance, path: Path, length: int, marked: bool, trace: Trace) -> Question:
    pair, family = path.pair, f"IPv{path.inner}"
    if path.inner == 6:
        mark = ""
    elif marked:
        mark = ", marked *don't fragment*"
    else:
        mark = ", which may be fragmented"
    return Question(
        id=NAME,
        kind="single",
        text=(
            f"{pair.who} sends {pair.whom} an {family} packet of {length} bytes{mark}. The "
            f"{gateway_of(pair.here)} seals it with {AES_GCM.name} (IV {AES_GCM.iv} bytes, blocks "
            f"of {AES_GCM.block}, ICV {AES_GCM.icv}) in tunnel mode, {path.words}. The path "
            f"between the gateways carries packets of up to {path.mtu} bytes. Where a packet may "
            "be cut, the gateway seals first and cuts the sealed packet.\n\n"
            "What becomes of the packet?"
        ),
        answer=One(tuple(chance.shuffled(_choices(path, length, trace)))),
        explain=_explained(path, length, trace),
        reference="RFC 4301, 8; RFC 791, 3.1; RFC 8200, 4.5 and 5",
        objective=NAME,
        difficulty=2,
        hints=hints(
            f"Compute the sealed length first and compare it with {path.mtu}.",
            "If it is too long: may this packet be cut?",
        ),
        trace=trace,
    )


def _choices(path: Path, length: int, trace: Trace) -> list[Choice]:
    sealed, mtu = path.sealed(length), path.mtu
    right, grown = fate(trace), f"sealed it has {sealed} bytes, and the path takes {mtu}"
    # Whole; what one counts who forgets the headers of the pieces, or the tunnel; the right one.
    pieces = {1, max(2, ceil(sealed / mtu))}
    if right not in (DROPPED, "one-piece"):
        pieces = {1, ceil(length / mtu), COUNTS.index(right.split("-", maxsplit=1)[0])}
    made = [_in_pieces(count, right, grown, length <= mtu) for count in sorted(pieces)]
    told = f"The {gateway_of(path.pair.here)} drops it and tells {path.pair.who} which size fits."
    lost = (
        f"No router has a reason to: {grown}."
        if right == "one-piece"
        else "The gateway knows what the path takes and looks at the length before it sends: "
        "nothing too long is handed to the internet in one piece."
    )
    return [
        *made,
        Choice(DROPPED, told, right == DROPPED, _dropped(path, right, grown)),
        Choice(LOST, "It leaves in one piece, and a router on the way drops it.", False, lost),
    ]


def _dropped(path: Path, right: str, grown: str) -> str:
    if right == DROPPED and path.inner == 6:
        return f"Yes: {grown}, and a gateway never cuts an IPv6 packet that passes through."
    if right == DROPPED:
        return f"Yes: {grown}, and the packet is marked *don't fragment*."
    if right == "one-piece":
        return f"There is no need to: {grown}."
    return f"It is too long: {grown}. But it may be fragmented, so it is cut and not dropped."


def _in_pieces(count: int, right: str, grown: str, slim: bool) -> Choice:
    name = f"{COUNTS[count]}-piece{'' if count == 1 else 's'}"
    text = f"It crosses in {COUNTS[count]} piece{'' if count == 1 else 's'} and arrives."
    if name == right:
        says = f"Yes: {grown}."
    elif right == DROPPED:
        says = (
            "That looks at the inner packet only. " if count == 1 and slim else ""
        ) + f"It can't: {grown}, and this packet may not be cut."
        if count > 1:
            says = f"Too long is right: {grown}. But this packet may not be cut."
    elif count == 1:
        says = f"It does not fit: {grown}."
    elif right == "one-piece":
        says = f"The tunnel adds bytes, and still it fits: {grown}."
    else:
        says = (
            f"Count again: {grown}. Each piece has an outer IP header of its own; the ESP header, "
            "the IV and the ICV are there once."
        )
    return Choice(name, text, name == right, says)


def _explained(path: Path, length: int, trace: Trace) -> str:
    crossing = [e for e in trace.events if isinstance(e, Flight) and e.link == "tunnel"]
    if not crossing:
        reason = trace.verdict.reason
        return f"{added_up(path, length)}\n\n{reason[0].upper()}{reason[1:]}."
    pieces = crossing[0].fragments
    if pieces == 1:
        return f"{added_up(path, length)} The path takes {path.mtu}: it fits."
    return (
        f"{added_up(path, length)} The path takes {path.mtu}, so the sealed packet is cut into "
        f"{pieces} pieces. Every piece has an IP header of its own, and all but the last carry a "
        "multiple of 8 bytes. The far gateway puts them together before it opens the packet. "
        "Don't rely on it: Azure does not support fragments of ESP packets (June 2026)."
    )


GENERATOR = Generator(
    NAME,
    "Say whether a packet fits a tunnel, and what happens if it doesn't",
    "bytes on the wire",
    "what-is-a-vpn",
    "what-goes-wrong-in-practice",
    make,
)
