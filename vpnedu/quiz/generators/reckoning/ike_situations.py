"""The IKE runs whose moments are put in order: their stories, and what goes wrong in them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from vpnedu.network.selectors import Selector, selector
from vpnedu.quiz.generators.reckoning.ike_run import Loss, Moment, nothing_lost

OURS = (selector("10.1.0.0/16", "10.2.0.0/16"),)
THEIRS = tuple(s.mirrored() for s in OURS)
OTHERS = (selector("192.168.0.0/16", "10.9.0.0/16"),)
KEY = "secret"


@dataclass(frozen=True, slots=True)
class Situation:
    """A run, and which of its moments are to be ordered.

    `text` is the story; `first` are settings of the end that begins; the first `most` moments
    after `since` that are `kept` are to be ordered; `rule` sums them up.
    """

    id: str
    text: str
    rule: str
    reference: str
    kept: Callable[[Moment], bool]
    first: dict[str, object] = field(default_factory=dict)
    since: float = -1.0
    most: int = 6
    lost: Loss = nothing_lost
    theirs: tuple[Selector, ...] = THEIRS
    their_key: str = KEY


def _messages(moment: Moment) -> bool:
    return moment.message is not None


def _with(*acts: tuple[str, int]) -> Callable[[Moment], bool]:
    """All messages, and of the ends' own acts the given ones (what, end)."""
    return lambda moment: (
        moment.message is not None
        or ((moment.what, moment.end) in acts and moment.detail != "setting up")
    )


def _probed(moment: Moment) -> bool:
    """What the end that is left says and does, until it dials anew."""
    return moment.end == 0 and (moment.message is not None or moment.detail == "down")


SITUATIONS = (
    Situation(
        "set-up",
        "The {first} sets up a tunnel to the {second}. Both have the same pre-shared key and "
        "fitting traffic selectors.",
        "Two exchanges of two messages each: keys first, then identities and the first child SA.",
        "RFC 7296, 1.2",
        _with(("became", 0)),
    ),
    Situation(
        "child-rekey",
        "The tunnel between the {first} and the {second} is up, and its child SA is old. The "
        "{first} replaces it.",
        "Make the new child SA, move to it, and only then delete the old one.",
        "RFC 7296, 1.3.3 and 2.8",
        _with(("lets in", 1), ("sends with", 0)),
        {"child_rekey": 60.0},
        since=10.0,
    ),
    Situation(
        "ike-rekey",
        "The tunnel between the {first} and the {second} is up, and its IKE SA is old. The "
        "{first} replaces it; the child SAs stay as they are.",
        "The new IKE SA is made under the old one, and then the old one is deleted.",
        "RFC 7296, 1.3.2 and 2.8",
        _messages,
        {"ike_rekey": 60.0},
        since=10.0,
        most=4,
    ),
    Situation(
        "liveness",
        "The {second} loses its power. The {first} notices that no packet comes any more: it "
        "checks for signs of life, repeats a request twice at most, and dials again {redial:.0f} s "
        "after it has given up.",
        "First a silence, then a question, then the same question with longer waits, and in the "
        "end the peer counts as dead.",
        "RFC 7296, 2.1 and 2.4",
        _probed,
        {"liveness_delay": 30.0, "retransmit_tries": 2},
        since=10.0,
        most=5,
        lost=lambda at, _sender, _before: at > 10,
    ),
    Situation(
        "refused-selectors",
        "The {first} sets up a tunnel to the {second}. The keys are the same, but of the traffic "
        "selectors that the {first} offers, the {second} wants none.",
        "Where only the child SA fails, the IKE SA is there all the same: IKE up, and no traffic.",
        "RFC 7296, 1.2 and 2.9",
        _with(("became", 0)),
        theirs=OTHERS,
    ),
    Situation(
        "wrong-key",
        "Somebody has mistyped the pre-shared key of the {second}. The {first} sets up a tunnel to "
        "it, and dials again {redial:.0f} s after a failure.",
        "The keys are compared in the second exchange only, so the first one succeeds.",
        "RFC 7296, 1.2 and 2.21.2",
        _with(("became", 0)),
        their_key="mistyped",
    ),
    Situation(
        "lost-answer",
        "The {first} sets up a tunnel to the {second}. The first answer that the {second} sends is "
        "lost on the way.",
        "Who asks repeats; who answers gives the same answer again, and never repeats by itself.",
        "RFC 7296, 1.2 and 2.1",
        _messages,
        lost=lambda _at, sender, before: sender == 1 and before == 0,
    ),
    Situation(
        "lost-proof",
        "The {first} sets up a tunnel to the {second}. The first IKE_AUTH request is lost on the "
        "way.",
        "Only the request that has no answer is repeated; the exchange before it stays valid.",
        "RFC 7296, 1.2 and 2.1",
        _with(("became", 0)),
        lost=lambda _at, sender, before: sender == 0 and before == 1,
    ),
    Situation(
        "rekey-with-loss",
        "The tunnel between the {first} and the {second} is up, and the {first} replaces its child "
        "SA. The answer to its CREATE_CHILD_SA request is lost on the way.",
        "The new child SA is ready on the answering side before its answer leaves, so a lost "
        "answer costs time and no packet.",
        "RFC 7296, 2.1 and 2.8",
        lambda moment: (
            _with(("lets in", 1), ("sends with", 0))(moment)
            and not (moment.message and moment.message.exchange == "INFORMATIONAL")
        ),
        {"child_rekey": 60.0},
        since=10.0,
        lost=lambda _at, sender, before: sender == 1 and before == 2,
    ),
)
