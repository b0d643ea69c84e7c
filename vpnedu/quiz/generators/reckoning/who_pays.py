"""Which packets pay most for a tunnel, and which least."""

from vpnedu.quiz.generators.reckoning.paths import Path, hints
from vpnedu.quiz.generators.reckoning.sums import listed
from vpnedu.quiz.generators.reckoning.traffic import LARGE, SMALL, grown, percent, through
from vpnedu.quiz.inputs import Choice, One
from vpnedu.quiz.question import Question
from vpnedu.simulation.chance import Chance

ALIKE = Choice(
    "all-alike",
    "none: the tunnel's share is the same for all",
    False,
    "A tunnel adds nearly the same number of bytes to every packet, so its share is far larger "
    "for small ones.",
    last=True,
)


def who_pays(chance: Chance, path: Path, name: str) -> Question:
    """Three kinds of packets; the one that grows most, or least, is asked for."""
    kinds = [*chance.shuffled(SMALL)[:2], chance.pick(LARGE)]
    flows = sorted(((what, chance.pick(lengths)) for what, lengths in kinds), key=lambda f: f[1])
    most = bool(chance.below(2))
    by_growth = sorted(flows, key=lambda flow: percent(path, flow[1]))
    right = by_growth[-1 if most else 0]
    choices = [_flow(path, flow, flow == right, most) for flow in flows]
    share = "the largest share" if most else "the smallest share"
    named = listed([f"{what} ({length} bytes)" for what, length in flows])
    return Question(
        id=name,
        kind="single",
        text=(
            f"Three kinds of packets go {path.pair.between}: {named}. "
            f"{through(path)}\n\nWhich of them does the tunnel lengthen by {share} of their own "
            "length?"
        ),
        answer=One((*choices, ALIKE), ordered=True),
        explain="\n\n".join(grown(path, length) for _, length in flows),
        reference="RFC 4303, 2",
        objective=name,
        difficulty=1,
        hints=hints(
            "The headers, the IV and the ICV are as long for a small packet as for a large one."
        ),
        table=path.table(),
        trace=path.run(path.packet(right[1], "udp"), "What a tunnel adds"),
    )


def _flow(path: Path, flow: tuple[str, int], right: bool, most: bool) -> Choice:
    what, length = flow
    says = grown(path, length)
    if not right:
        says += f" Another kind grows by a {'larger' if most else 'smaller'} share."
    return Choice(what.replace(" ", "-"), f"{what}, {length} bytes", right, says)
