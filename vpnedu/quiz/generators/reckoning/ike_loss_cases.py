"""What may come next when a message is lost, or a peer is silent."""

from vpnedu.quiz.generators.reckoning.ike_cases import Case, Option, all_gone

PATIENT: dict[str, object] = {"liveness_delay": 30.0, "retransmit_tries": 2}

LOSSES = (
    Case(
        "answer-lost",
        "The {first} has sent a request to the {second}. The {second} has answered, and its "
        "answer is lost on the way.",
        "Who acts next, and how?",
        "How many messages does an exchange have, and which of them is acknowledged by the other?",
        "The end that asks is responsible: it repeats its request until there is an answer.",
        "RFC 7296, 2.1",
        (
            Option(
                "same-request",
                "The {first} sends the same request again, bit for bit.",
                "It can't know which of the two messages was lost, and need not.",
            ),
            Option(
                "second-repeats",
                "The {second} gets no acknowledgement and sends its answer again.",
                "Answers are not acknowledged. The {second} repeats one only when the request "
                "comes again.",
            ),
            Option(
                "ike-sa-init-request",
                "The {first} begins anew, with a new IKE_SA_INIT request and a new nonce.",
                "A repeated request is the same, bit for bit, so that the other end knows it.",
            ),
            Option(
                "nothing",
                "Nobody: UDP loses packets, and IKE has to live with it.",
                "UDP does not repeat anything, and that is why IKE does it by itself.",
            ),
        ),
        stop=0.07,
        watch=10.0,
        lost=lambda _at, sender, before: sender == 1 and before == 0,
    ),
    Case(
        "request-repeated",
        "The {second} has answered a request of the {first}, but the answer was lost. Now the same "
        "request arrives a second time.",
        "What does the {second} do?",
        "The asking end needs what it missed the first time, and both ends have to agree on it.",
        "A request that comes again gets the same answer again.",
        "RFC 7296, 2.1",
        (
            Option(
                "same-response",
                "It sends the same answer again.",
                "It has kept the answer for this case.",
            ),
            Option(
                "dropped-as-replay",
                "It drops the request as a replay.",
                "The request is a repetition and harmless: the answer to it is known already.",
            ),
            Option(
                "ike-sa-init-response",
                "It works out a new answer, with a new nonce.",
                "Then the two ends might hold different nonces, and so different keys.",
            ),
            Option(
                "invalid-message-id",
                "It answers that the number of the message is invalid.",
                "The number is that of the last request, for which the answer is still kept.",
            ),
        ),
        stop=0.01,
        waits=1,
        lost=lambda _at, sender, before: sender == 1 and before == 0,
    ),
)
LIVENESS = (
    Case(
        "silence",
        "The tunnel between the {first} and the {second} is up. The {first} checks for signs of "
        "life after 30 s, and has received nothing from the {second} for that long.",
        "What does the {first} do?",
        "There are two reasons for a silence: nobody is there, or nobody has anything to send.",
        "After a silence an end asks for a sign of life. Only a lack of answers counts as death.",
        "RFC 7296, 2.4",
        (
            Option(
                "informational-request",
                "It sends an empty request that the {second} has to answer.",
                "Any protected answer is a sign of life.",
            ),
            Option(
                "down",
                "It deletes the IKE SA and its child SAs.",
                "A silence proves nothing: there may have been nothing to send.",
            ),
            Option(
                "dials",
                "It dials the {second} again.",
                "Not before the peer has been given up, and a silence alone is no reason.",
            ),
            Option(
                "create-child-sa-request",
                "It replaces the child SA, which seems to be broken.",
                "Age is the reason for rekeying, and not silence.",
            ),
        ),
        stop=29.0,
        watch=1.5,
        first=PATIENT,
    ),
    Case(
        "busy",
        "The tunnel between the {first} and the {second} is up. The {first} checks for signs of "
        "life with a delay of 30 s. Sealed packets from the {second} arrive every second.",
        "What does the {first} send within the next five minutes to check?",
        "What would the answer to such a request prove that a sealed packet does not?",
        "Any protected packet from the peer is a sign of life, so a busy tunnel is not asked.",
        "RFC 7296, 2.4",
        (
            Option(
                "nothing",
                "Nothing at all.",
                "Each genuine packet proves that the {second} lives and has the keys.",
            ),
            Option(
                "every-delay",
                "A request every 30 s, ten in all.",
                "The 30 s are a silence that must have passed, and not a beat.",
            ),
            Option(
                "because-of-ike",
                "One request after 30 s, because sealed packets say nothing about IKE.",
                "They do: only the peer can make them, with keys that came from IKE.",
            ),
        ),
        stop=10.0,
        watch=300.0,
        first=PATIENT,
        hears=0,
    ),
    Case(
        "given-up",
        "The {second} has been silent. The {first} has asked for a sign of life and repeated the "
        "request twice, as often as it is set to do; nothing has come back.",
        "What does the {first} do after one more wait?",
        "A child SA was made under an IKE SA, and is looked after through it.",
        "Once the peer counts as dead, the IKE SA goes, and everything under it.",
        "RFC 7296, 2.4",
        (
            Option(
                "all-gone",
                "It deletes the IKE SA and all child SAs under it.",
                "Packets would go to somebody who is not there.",
            ),
            Option(
                "children-stay",
                "It deletes the IKE SA; the child SAs stay until their lifetime ends.",
                "A child SA can't outlive its IKE SA, and packets would go to nobody.",
            ),
            Option(
                "only-children-gone",
                "It deletes the child SAs and keeps the IKE SA for a new one.",
                "It was the IKE SA under which nobody answered.",
            ),
            Option(
                "goes-on",
                "It goes on asking, at ever longer intervals.",
                "The waits grow, but their number is limited, and then the peer is given up.",
            ),
        ),
        stop=30.21,
        waits=2,
        watch=30.0,
        first=PATIENT,
        lost=lambda at, _sender, _before: at > 10,
        code=all_gone,
    ),
)
