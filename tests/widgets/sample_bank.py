"""A bank with one question of every kind, and a text that tries to run a script in every field."""

from fractions import Fraction

from vpnedu.quiz.bank import Bank, Objective
from vpnedu.quiz.inputs import Byte, ByteField, Choice, Item, Many, One, Order, Pairs, Step
from vpnedu.quiz.numbers import Mistake, Number
from vpnedu.quiz.question import Hint, Input, Question, Table
from vpnedu.quiz.typed import Typed
from vpnedu.simulation.scenarios import scenario

OBJECTIVES = (
    Objective("look-up", "say which row of a table decides, and why", "which-route-wins"),
    Objective("count", "count the bytes that a tunnel adds", "bytes-on-the-wire"),
)
ROUTES = Table(
    "Routes of the head office gateway",
    ("prefix", "next hop", "preference"),
    (("10.2.0.0/16", "tunnel east", "10"), ("10.2.9.0/24", "tunnel west", "10")),
)
PACKET = bytes.fromhex("45000064000040003206b2c7c6336401cb007105c1f077a20000002a9e4107d3")


def asked(name: str, kind: str, text: str, answer: Input, **more: object) -> Question:
    common = {
        "explain": "The *longest* prefix that holds the address wins, here `10.2.9.0/24`.",
        "reference": "RFC 4632, section 5.1",
        "objective": "look-up",
        "difficulty": 2,
    }
    return Question(name, kind, text, answer, **{**common, **more})  # type: ignore[arg-type]


ROUTE = asked(
    "route",
    "single",
    "A packet goes to `10.2.9.7`. Which route does it take?\n\nBoth routes are in the table.",
    One(
        (
            Choice("west", "The one to **10.2.9.0/24**, by tunnel west.", True, "It is longer."),
            Choice(
                "east", "The one to 10.2.0.0/16, which comes first.", False, "Order is nothing."
            ),
            Choice("both", "Both, in turn.", False, "Only routes of equal length share."),
            Choice("none", "None of these.", False, "Two of them hold the address.", last=True),
        )
    ),
    table=ROUTES,
    hints=(
        Hint("Which of them *hold* the address?", Fraction(1, 4)),
        Hint("Of two that hold it, which one says more?", Fraction(1, 2)),
    ),
)
TRUTHS = asked(
    "truths",
    "multiple",
    "What is true of a route-based gateway?",
    Many(
        (
            Choice("table", "It asks its route table.", True, "That is what it is called after."),
            Choice("any", "Its tunnels may carry any addresses.", True, "The selectors are wide."),
            Choice("bgp", "It must speak BGP.", False, "Static routes do, too."),
            Choice("order", "The first row decides.", False, "That is the policy table."),
        )
    ),
)
SAYING = asked(
    "saying",
    "true-false",
    "A longer prefix wins over a lower metric.",
    One(
        (
            Choice("true", "True", True, "Length is compared first."),
            Choice("false", "False", False, "A metric parts equal lengths only."),
        ),
        ordered=True,
    ),
)
SIZE = asked(
    "size",
    "numeric",
    "A packet of 1,400 bytes is sealed. How long is it on the wire?",
    Number(Fraction(1456), Fraction(0), "B", (Mistake("no-pad", "1453", "Padding is missing."),)),
    objective="count",
    hints=(Hint("Add the padding.", Fraction(1, 4)),),
)
ADDRESS = asked(
    "address",
    "text",
    "Which prefix holds exactly 10.2.8.0 to 10.2.9.255?",
    Typed("prefix", ("10.2.8.0/23",), (Mistake("half", "10.2.8.0/24", "That is half of it."),)),
)
PARTNERS = asked(
    "partners",
    "matching",
    "What does each of them do?",
    Pairs(
        (
            Item("ike", "IKE", "agree", "It agrees on keys, over UDP 500."),
            Item("esp", "`ESP`", "seal", "It seals each packet."),
            Item("bgp", "BGP", "tell", "It tells of routes."),
        ),
        (("agree", "agrees on keys"), ("seal", "seals packets"), ("tell", "tells of `routes`")),
    ),
)
STEPS = asked(
    "steps",
    "ordering",
    "In which order do the messages go?",
    Order(
        (
            Step("hello", "IKE_SA_INIT request", "Nothing can be sealed before it."),
            Step("answer", "IKE_SA_INIT response", "Now both can reckon the keys."),
            Step("auth", "IKE_AUTH request", "The first that is sealed."),
            Step("done", "IKE_AUTH response", "With it the tunnel is there."),
        )
    ),
)
FATE = asked(
    "fate",
    "predict",
    "Ana sends a packet to 10.2.9.7. Which tunnel will it take?",
    One(
        (
            Choice("east", "tunnel east", True, "The first policy that holds it decides."),
            Choice("west", "tunnel west", False, "Narrower, but never asked."),
            Choice("none", "none", False, "A policy holds it."),
        )
    ),
    trace=scenario("three-sites-overlapping").run(0),
    picture=True,
)
FIELD = asked(
    "field",
    "bytes",
    "Find a byte of the sequence number.",
    Byte(
        PACKET,
        (
            ByteField("IPv4 header", 0, 19, "All of it is in the clear."),
            ByteField("SPI", 20, 23, "It names the security association."),
            ByteField("sequence number", 24, 27, "It counts up, against replay.", right=True),
            ByteField("ciphertext", 28, 31, "Sealed: nobody on the way reads it."),
        ),
    ),
    objective="count",
    difficulty=3,
)

QUESTIONS = (ROUTE, TRUTHS, SAYING, SIZE, ADDRESS, PARTNERS, STEPS, FATE, FIELD)


def sample_bank(*questions: Question, name: str = "sample") -> Bank:
    """The bank of the given questions, or of all kinds."""
    return Bank(name, "Questions of every kind", OBJECTIVES, questions or QUESTIONS)
