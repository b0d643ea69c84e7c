"""What may come next when SAs are replaced or deleted."""

from vpnedu.quiz.generators.reckoning.ike_cases import (
    HOUR,
    Case,
    Option,
    all_gone,
    deletes,
    first_answer,
    who_rekeys,
)
from vpnedu.simulation.ike import Close

REKEYS = (
    Case(
        "unequal-lifetimes",
        "The {first} keeps a child SA for 1 hour, the {second} for 8 hours. Apart from that, all "
        "settings fit.",
        "What comes of it?",
        "In which message of IKEv2 would a lifetime stand?",
        "IKEv2 does not negotiate lifetimes: the end with the shorter one rekeys.",
        "RFC 7296, 2.8",
        (
            Option(
                "rekeyed-by-0",
                "The tunnel comes up, and the {first} replaces the child SA every hour or so.",
                "Each end goes by its own lifetime, and the other end goes along.",
            ),
            Option(
                "refused",
                "The tunnel does not come up, because the lifetimes differ.",
                "They are not even told to the other end, let alone compared.",
            ),
            Option(
                "rekeyed-by-1",
                "The tunnel comes up, and the {second} replaces the child SA every 8 hours.",
                "The {first} does not wait that long.",
            ),
            Option(
                "gap",
                "After an hour packets of the {first} are lost, until the 8 hours are over.",
                "The {first} makes a new child SA before the old one ends.",
            ),
        ),
        stop=10.0,
        watch=HOUR,
        first={"child_rekey": HOUR},
        second={"child_rekey": 8 * HOUR},
        code=who_rekeys,
    ),
    Case(
        "after-a-rekey",
        "The {first} has asked for a new child SA in place of the old one. The answer of the "
        "{second} has just arrived: it agrees.",
        "What does the {first} do with the old child SA?",
        "Nobody has told the other end yet that the old one is no longer needed.",
        "Make the new one, move to it, then delete the old one.",
        "RFC 7296, 1.4.1 and 2.8",
        (
            Option(
                "delete",
                "It moves to the new one and has the old one deleted, by a message of its own.",
                "That is an INFORMATIONAL request with DELETE.",
            ),
            Option(
                "expires",
                "It lets it expire: both ends know its lifetime.",
                "They don't: lifetimes are each end's own matter.",
            ),
            Option(
                "gone-before",
                "Nothing: the old one ended with the request for a new one.",
                "Then packets on their way would be lost. For a moment both are there.",
            ),
            Option(
                "ike-auth-request",
                "First both ends prove their identity again with IKE_AUTH.",
                "Rekeying is not authenticating again: the IKE SA vouches for both.",
            ),
        ),
        stop=57.27,
        first={"child_rekey": 60.0},
        code=deletes,
    ),
    Case(
        "rekeys-meet",
        "The {first} is replacing the IKE SA and waits for the answer. In that moment a request of "
        "the {second} arrives under the old IKE SA: it wants a new child SA in place of an old "
        "one.",
        "What does the {first} answer?",
        "In a moment there will be another IKE SA, which takes all child SAs over.",
        "An IKE SA that is being replaced is no place for new children; there will be another one "
        "at once.",
        "RFC 7296, 2.25",
        (
            Option(
                "temporary-failure",
                "TEMPORARY_FAILURE: the {second} has to try again later.",
                "By then the new IKE SA is there, or the attempt to make it is over.",
            ),
            Option(
                "create-child-sa-response",
                "It agrees, and the new child SA is made under the old IKE SA.",
                "Then it would be open under which IKE SA the new child SA belongs.",
            ),
            Option(
                "no-proposal-chosen",
                "NO_PROPOSAL_CHOSEN, because no algorithms were agreed on under the new IKE SA.",
                "Nothing is wrong with the proposal. Only the moment is.",
            ),
            Option(
                "nothing",
                "Nothing, until its own request is answered.",
                "Every request is answered. If both waited for each other, neither would go on.",
            ),
        ),
        stop=57.23,
        watch=0.1,
        first={"ike_rekey": 60.0},
        second={"child_rekey": 57.07},
        code=first_answer,
    ),
    Case(
        "closed",
        "The tunnel between the {first} and the {second} is up. Now the {second} sends an "
        "INFORMATIONAL request with DELETE for the IKE SA.",
        "What does the {first} do?",
        "The request came encrypted and protected, under the IKE SA itself.",
        "A deletion is confirmed, and with the IKE SA everything under it goes.",
        "RFC 7296, 1.4.1",
        (
            Option(
                "all-gone",
                "It confirms, and forgets the IKE SA and all child SAs under it.",
                "The request is protected by the IKE SA itself, so it is genuine.",
            ),
            Option(
                "children-stay",
                "It confirms, and keeps the child SAs until their lifetime ends.",
                "Child SAs go with their IKE SA, without being named.",
            ),
            Option(
                "not-the-maker",
                "It refuses, because it was the one who set the tunnel up.",
                "Either end may delete an SA, whoever made it.",
            ),
            Option(
                "liveness-first",
                "It asks for a sign of life, to be sure that the request is no forgery.",
                "Nobody else can make a message under this IKE SA.",
            ),
        ),
        stop=10.01,
        orders=((10.0, 1, Close("The tunnel is closed on purpose.", 0.0)),),
        code=all_gone,
    ),
)
