"""What may come next while a tunnel is set up."""

from vpnedu.quiz.generators.reckoning.ike_cases import WIDE, Case, Option, narrowed, old_stays
from vpnedu.quiz.generators.reckoning.ike_situations import OTHERS
from vpnedu.simulation.ike import Dial, Forget

SETTING_UP = (
    Case(
        "after-the-first-exchange",
        "The {first} has sent its IKE_SA_INIT request, and the answer of the {second} has just "
        "arrived.",
        "What comes next?",
        "Two things are still missing: each end's proof of who it is, and a child SA.",
        "After IKE_SA_INIT both ends have keys, and neither knows who the other one is: IKE_AUTH "
        "follows.",
        "RFC 7296, 1.2",
        (
            Option(
                "initial-contact",
                "The {first} proves its identity and asks for the first child SA.",
                "That is the IKE_AUTH request, the third of four messages.",
            ),
            Option(
                "packets",
                "The {first} sends sealed packets, since both ends have the keys.",
                "They have keys for IKE only, shared with somebody unknown. Data needs a child SA.",
            ),
            Option(
                "create-child-sa-request",
                "The {first} asks for a child SA with a CREATE_CHILD_SA request.",
                "The first child SA comes with IKE_AUTH. CREATE_CHILD_SA makes all later ones.",
            ),
            Option(
                "their-proof",
                "The {second} proves its identity, as it was called.",
                "The one who begins proves itself first, so that the one that was called tells "
                "no stranger who it is.",
            ),
        ),
        stop=0.07,
    ),
    Case(
        "wrong-key",
        "The {first} has just sent its IKE_AUTH request to the {second}. The pre-shared keys of "
        "the two differ by one letter.",
        "What does the {second} do?",
        "Which of the two is the pre-shared key for: encryption or identity?",
        "The pre-shared key proves who somebody is. It fits or it does not, and then there is no "
        "IKE SA.",
        "RFC 7296, 2.15 and 2.21.2",
        (
            Option(
                "authentication-failed",
                "It answers AUTHENTICATION_FAILED, and there is no tunnel.",
                "The proof was made with another key, so it does not fit.",
            ),
            Option(
                "garbled",
                "It agrees, and the tunnel comes up, but no packet can be decrypted.",
                "The pre-shared key encrypts nothing; those keys come from Diffie-Hellman. It "
                "proves identity, and fails at once.",
            ),
            Option(
                "ts-unacceptable",
                "It answers TS_UNACCEPTABLE, and IKE is up without a child SA.",
                "That would be about traffic selectors. They don't matter while the proof fails.",
            ),
            Option(
                "no-proposal-chosen",
                "It answers NO_PROPOSAL_CHOSEN, because keys are part of the proposal.",
                "Proposals are about algorithms, and those were agreed on in IKE_SA_INIT.",
            ),
        ),
        stop=0.12,
        their_key="Secret",
    ),
    Case(
        "nothing-in-common",
        "The {first} offers to carry 10.1.0.0/16 to 10.2.0.0/16 in its IKE_AUTH request. The "
        "{second} is set up to carry 192.168.0.0/16 to 10.9.0.0/16 and nothing else. Their "
        "pre-shared keys are equal.",
        "What does the {second} do?",
        "Two things were asked for in one message: an IKE SA, and a child SA under it.",
        "Where only the child SA fails, the IKE SA is there all the same: up, and no traffic.",
        "RFC 7296, 1.2 and 2.9",
        (
            Option(
                "ts-unacceptable",
                "It answers TS_UNACCEPTABLE: the IKE SA is up, without a child SA.",
                "The proof was right, so IKE is up. There is nothing that both want to carry.",
            ),
            Option(
                "authentication-failed",
                "It answers AUTHENTICATION_FAILED, and there is no IKE SA.",
                "The proof was right: the keys are equal. Only the child SA fails.",
            ),
            Option(
                "widened",
                "It widens its own selectors to what was offered.",
                "A responder may narrow what it is offered. It never widens.",
            ),
            Option(
                "sa-deleted",
                "It deletes the IKE SA, because there is nothing to carry.",
                "The IKE SA stays; other child SAs may be asked for under it.",
            ),
        ),
        stop=0.12,
        theirs=OTHERS,
    ),
    Case(
        "narrower",
        "The {first} offers to carry 10.1.0.0/16 to 10.0.0.0/8 in its IKE_AUTH request. The "
        "{second} is set up to carry 10.2.0.0/16 to 10.1.0.0/16, seen from its own side.",
        "What comes of it?",
        "Write the offer as the responder sees it, and look for what the two have in common.",
        "A responder narrows an offer to the part that it wants as well.",
        "RFC 7296, 2.9",
        (
            Option(
                "narrowed",
                "A child SA for 10.1.0.0/16 to 10.2.0.0/16, the part that both want.",
                "The {second} narrows the offer and says so in its answer.",
            ),
            Option(
                "ts-unacceptable",
                "TS_UNACCEPTABLE, because the selectors of the two ends are not equal.",
                "IKEv2 needs no equal selectors. It fails only where nothing is left of both.",
            ),
            Option(
                "as-offered",
                "A child SA for 10.1.0.0/16 to 10.0.0.0/8, as it was offered.",
                "The {second} would have to want more than it is set up for. It can only narrow.",
            ),
            Option(
                "each-its-own",
                "A child SA in which each end goes by the selectors of its own.",
                "Both ends of a child SA have the same selectors: those in the answer.",
            ),
        ),
        stop=0.12,
        watch=0.1,
        ours=WIDE,
        code=narrowed,
    ),
    Case(
        "dialled-anew",
        "The {first} has lost its power and is back. It knows nothing of its old tunnel and dials "
        "the {second}, where the old SAs are still up. Its IKE_SA_INIT request has just been sent.",
        "What does the {second} do?",
        "Who could have sent this request, which is not protected by anything?",
        "Anybody can send an IKE_SA_INIT request. Only a proof ends the old SA.",
        "RFC 7296, 2.4",
        (
            Option(
                "old-stays",
                "It answers, and keeps the old SAs until the {first} has proved who it is.",
                "With the proof comes INITIAL_CONTACT: the {first} has no other SA. Then they go.",
            ),
            Option(
                "old-deleted",
                "It deletes the old SAs at once, since a new tunnel begins.",
                "Then anybody could end a tunnel with one forged packet.",
            ),
            Option(
                "refused",
                "It refuses, because there is a tunnel between the two already.",
                "A request is answered. Otherwise a peer that restarts would be locked out until "
                "the old SA is given up.",
            ),
            Option(
                "liveness-first",
                "It asks for a sign of life under the old SA before it answers.",
                "It need not: the new IKE SA stands beside the old one until the proof is there.",
            ),
        ),
        stop=15.01,
        orders=((14.0, 0, Forget(0.0)), (15.0, 0, Dial(0.0))),
        code=old_stays,
    ),
)
