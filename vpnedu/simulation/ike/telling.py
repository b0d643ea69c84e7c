"""What each message does, in one sentence, with the section of RFC 7296 that says so."""

from vpnedu.simulation.ike.conversation import ONE_WAY
from vpnedu.simulation.ike.messages import Message


def told(message: Message, again: float) -> tuple[str, str]:
    """What a message does, as one sentence, and the section that says so (RFC 7296).

    `again`: seconds since the same message was first sent, 0 where it was not.
    """
    words, section = _TOLD[message.exchange, message.request, message.notify]
    if again > 2 * ONE_WAY:
        return (f"The same request again, bit for bit, {again:.1f} s after the first.", "2.1")
    if message.ike:
        return ("Asks for a new IKE SA in place of the old one, under the old one's keys.", "1.3.2")
    return words, section


_TOLD: dict[tuple[str, bool, str | None], tuple[str, str]] = {
    ("IKE_SA_INIT", True, None): (
        "Offers algorithms, a public value and a nonce. Nothing can be sealed before there are "
        "keys.",
        "1.2",
    ),
    ("IKE_SA_INIT", False, None): (
        "Chooses, and adds its own public value and nonce. Both ends can now work out the same "
        "keys, without knowing with whom.",
        "1.2",
    ),
    ("IKE_SA_INIT", False, "INVALID_KE_PAYLOAD"): (
        "Wants another group, and remembers nothing. The initiator begins again, with all of its "
        "offer.",
        "1.2",
    ),
    ("IKE_SA_INIT", False, "NO_PROPOSAL_CHOSEN"): (
        "Accepts none of what is offered: there will be no IKE SA.",
        "2.7",
    ),
    ("IKE_AUTH", True, "INITIAL_CONTACT"): (
        "Offers a proof that it holds the pre-shared key, and asks for the first child SA.",
        "1.2",
    ),
    ("IKE_AUTH", False, None): (
        "Proves itself in turn and agrees to the child SA: the tunnel is up.",
        "1.2",
    ),
    ("IKE_AUTH", False, "AUTHENTICATION_FAILED"): (
        "The proof does not hold, since the keys differ. The IKE SA is gone.",
        "2.21.2",
    ),
    ("IKE_AUTH", False, "TS_UNACCEPTABLE"): (
        "Proves itself, but wants none of the traffic: the IKE SA is up, without a child SA.",
        "2.9",
    ),
    ("CREATE_CHILD_SA", True, "REKEY_SA"): (
        "Asks for a new child SA in place of the old one, while the old one works on.",
        "1.3.3",
    ),
    ("CREATE_CHILD_SA", False, None): (
        "Agrees. It accepted packets of the new one before this answer left.",
        "2.8",
    ),
    ("INFORMATIONAL", True, "DELETE"): (
        "The new one is in use, so the old one is deleted.",
        "1.4.1",
    ),
    ("INFORMATIONAL", True, None): (
        "Asks for a sign of life, with nothing in it.",
        "2.4",
    ),
    ("INFORMATIONAL", False, None): (
        "Confirms: every request is answered.",
        "1.4",
    ),
}
