"""What IKE's messages and the ends' own acts are called, and why each stands where it stands."""

from collections.abc import Callable
from dataclasses import dataclass

from vpnedu.quiz.generators.reckoning.ike_run import Moment
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.ike import Message, Settings

# Pairs of machines with a tunnel between them; either may be the one who begins.
MACHINES = (
    ("branch router", "cloud gateway"),
    ("office firewall", "cloud gateway"),
    ("harbour router", "depot router"),
    ("clinic firewall", "laboratory firewall"),
    ("school router", "library router"),
    ("mill gateway", "bakery gateway"),
    ("workshop firewall", "warehouse router"),
    ("shop router", "head office gateway"),
)


@dataclass(frozen=True, slots=True)
class Names:
    """The two ends of a run, the one who begins first."""

    first: str
    second: str

    def of(self, end: int) -> str:
        return f"the {(self.first, self.second)[end]}"

    def told(self, end: int) -> str:
        """The end as a sentence begins with it."""
        return f"The {(self.first, self.second)[end]}"


@dataclass(frozen=True, slots=True)
class Pace:
    """How patient a program is: first wait, how much longer each next one, and when it redials."""

    timeout: float
    base: float
    redial: float


def any_pace(chance: Chance) -> Pace:
    """strongSwan's pace, or that of an impatient or a steady program."""
    timeout, base = chance.pick(((4.0, 1.8), (4.0, 1.8), (2.0, 2.0), (3.0, 1.5)))
    return Pace(timeout, base, chance.pick((5.0, 10.0, 15.0)))


def two_ends(chance: Chance) -> Names:
    """Two machines by chance."""
    one, other = chance.pick(MACHINES)
    return Names(one, other) if chance.below(2) else Names(other, one)


# What a message says: by exchange, request or not, and notify. "Begins" as "The router …".
_SAYS: dict[tuple[str, bool, str | None], tuple[str, str]] = {
    ("IKE_SA_INIT", True, None): (
        "offers algorithms and sends a Diffie-Hellman value and a nonce, all in the clear "
        "(IKE_SA_INIT request)",
        "Nothing can be encrypted before there are keys, so this exchange comes first.",
    ),
    ("IKE_SA_INIT", False, None): (
        "chooses algorithms and sends a Diffie-Hellman value and a nonce of its own (IKE_SA_INIT "
        "response)",
        "Only with both Diffie-Hellman values can both ends compute the keys; from here on all is "
        "encrypted.",
    ),
    ("IKE_AUTH", True, "INITIAL_CONTACT"): (
        "proves its identity and asks for the first child SA (IKE_AUTH request)",
        "The proof signs what was said in IKE_SA_INIT, so that exchange must be over.",
    ),
    ("IKE_AUTH", False, None): (
        "proves its identity in turn and agrees to the child SA (IKE_AUTH response)",
        "It answers the other end's proof. With this fourth message the first child SA is there.",
    ),
    ("IKE_AUTH", False, "TS_UNACCEPTABLE"): (
        "proves its identity and refuses the child SA (IKE_AUTH response with TS_UNACCEPTABLE)",
        "Selectors are offered in the IKE_AUTH request, so they can be refused only now.",
    ),
    ("IKE_AUTH", False, "AUTHENTICATION_FAILED"): (
        "refuses the proof (IKE_AUTH response with AUTHENTICATION_FAILED)",
        "The proof came in the IKE_AUTH request; before that, no key was compared.",
    ),
    ("CREATE_CHILD_SA", True, "REKEY_SA"): (
        "asks for a new child SA in place of the old one (CREATE_CHILD_SA request with REKEY_SA)",
        "A rekeying begins with the new SA: make before break.",
    ),
    ("CREATE_CHILD_SA", True, None): (
        "asks for a new IKE SA in place of the old one (CREATE_CHILD_SA request)",
        "A rekeying begins with the new SA, and the request travels under the old one.",
    ),
    ("CREATE_CHILD_SA", False, None): (
        "agrees to the new SA (CREATE_CHILD_SA response)",
        "It answers the request. For a moment both SAs are there, so that no packet is lost.",
    ),
    ("CREATE_CHILD_SA", False, "TEMPORARY_FAILURE"): (
        "asks to try again later (CREATE_CHILD_SA response with TEMPORARY_FAILURE)",
        "An IKE SA that is being replaced is the wrong place for a new child.",
    ),
    ("INFORMATIONAL", True, "DELETE"): (
        "has the old SA deleted (INFORMATIONAL request with DELETE)",
        "The old SA may go only when the new one is in use: move first, then delete.",
    ),
    ("INFORMATIONAL", True, None): (
        "asks for a sign of life (empty INFORMATIONAL request)",
        "The check begins after a silence, and not before.",
    ),
    ("INFORMATIONAL", False, None): (
        "confirms (empty INFORMATIONAL response)",
        "Every request is answered, and this answer ends the exchange.",
    ),
}


def says(message: Message) -> tuple[str, str]:
    """What the message does, as "sends …", and why it comes when it comes: a sentence."""
    return _SAYS[message.exchange, message.request, message.notify]


def anew(message: Message) -> bool:
    """Whether this is the first message of a second or later dial."""
    return message.exchange == "IKE_SA_INIT" and message.request and not message.sa.endswith("#1")


def step_id(moment: Moment) -> str:
    """An id in words: "ike-auth-response", "ike-sa-init-request-again-1"."""
    if moment.message is None:
        return (
            f"{moment.what} {moment.detail if moment.what == 'became' else ''}".strip()
            .replace(",", "")
            .replace(" ", "-")
        )
    kind = "request" if moment.message.request else "response"
    again = f"-again-{moment.again}" if moment.again else "-anew" * anew(moment.message)
    return f"{moment.message.exchange.lower().replace('_', '-')}-{kind}{again}"


def told(moment: Moment, names: Names, waited: float = 0.0) -> str:
    """The moment as a sentence; `waited`: seconds since the same message was sent before."""
    who = names.told(moment.end)
    if moment.message is None:
        return f"{who} {_ACTS[moment.what](moment)}."
    lost = "; nobody hears it" if moment.lost else ""
    if not moment.again and anew(moment.message):
        return f"{who} dials anew, with a new nonce (IKE_SA_INIT request){lost}."
    if not moment.again:
        return f"{who} {says(moment.message)[0]}{lost}."
    kind = "request" if moment.message.request else "answer"
    after = f" after {waited:.1f} s" if moment.message.request else ""
    return f"{who} sends the same {kind} again{after}, bit for bit{lost}."


_ACTS: dict[str, Callable[[Moment], str]] = {
    "lets in": lambda _: "is ready to receive packets under the new child SA",
    "sends with": lambda _: "begins to send packets under the new child SA",
    "lets go": lambda _: "forgets a child SA",
    "became": lambda moment: {
        "up": "can seal its first packet: the tunnel is up",
        "up, no child": "has an IKE SA and no child SA: IKE is up, and no packet can be sealed",
        "down": "gives up, and deletes the IKE SA with everything under it",
    }[moment.detail],
}


def waits(moments: list[Moment]) -> list[float]:
    """For each moment, the seconds since the same message was sent before; 0 where it was not."""
    sent: dict[Message, float] = {}
    waited = []
    for moment in moments:
        known = sent.get(moment.message, moment.at) if moment.message else moment.at
        waited.append(moment.at - known)
        if moment.message:
            sent[moment.message] = moment.at
    return waited


def transcript(shown: list[Moment], happened: list[Moment], names: Names) -> str:
    """Those moments of what `happened` that are `shown`, a sentence each."""
    lines = []
    for moment, waited in zip(happened, waits(happened), strict=True):
        if moment in shown:
            sentence = moment.reason or told(moment, names, waited)
            # A name such as IKE keeps its capitals.
            small = sentence if sentence[:2].isupper() else sentence[:1].lower() + sentence[1:]
            lines.append(f"At {moment.at:.2f} s: {small}")
    return "\n\n".join(lines)


def settings_of(names: Names, end: int, pace: Pace, given: dict[str, object]) -> Settings:
    """One end's settings; what is not given is off. The end that begins dials again."""
    ends = (names.of(0), names.of(1))
    usual: dict[str, object] = {
        "child_rekey": 0.0,
        "ike_rekey": 0.0,
        "retransmit_timeout": pace.timeout,
        "retransmit_base": pace.base,
        "redial": None if end else pace.redial,
    }
    return Settings(ends[end], ends[1 - end], **usual | given)  # type: ignore[arg-type]
