"""How a question is answered in QTI 2.1: the response, the interaction, the marks, what is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from xml.etree.ElementTree import Element

from vpnedu.quiz.exports.markup import element, in_line, in_paragraphs
from vpnedu.quiz.exports.qti21.processing import (
    RESPONSE,
    base_value,
    either,
    mapped,
    response,
    right,
    scored,
    tell,
    tell_if,
)
from vpnedu.quiz.exports.ranges import decimal, shares
from vpnedu.quiz.inputs import Choice, Many, One, Order, Pairs
from vpnedu.quiz.lettering import Sheet
from vpnedu.quiz.question import Question
from vpnedu.simulation.chance import Chance

Feedback = tuple[str, Sequence[Element | str]]


@dataclass(frozen=True)
class Parts:
    """What of an item depends on how it is answered."""

    declaration: Element
    interaction: Element
    processing: tuple[Element, ...]
    feedback: tuple[Feedback, ...]


def declaration(
    cardinality: str, kind: str, correct: Sequence[str], mapping: Element | None = None
) -> Element:
    """The declaration of the response, with what is right."""
    values = element("correctResponse", None, *(element("value", None, v) for v in correct))
    attributes = {"identifier": RESPONSE, "cardinality": cardinality, "baseType": kind}
    return element("responseDeclaration", attributes, values, mapping)


def mapping(worth: Sequence[tuple[str, Fraction]], bounded: bool = True) -> Element:
    """What each part of an answer is worth, the sum held between 0 and 1 if `bounded`."""
    bounds = {"lowerBound": "0", "upperBound": "1"} if bounded else {}
    entries = [
        element("mapEntry", {"mapKey": key, "mappedValue": decimal(value)}) for key, value in worth
    ]
    return element("mapping", bounds | {"defaultValue": "0"}, *entries)


def full_or_none() -> Element:
    """The rule that gives 1 for what is right and 0 for all else."""
    return either(base_value("float", "1"), base_value("float", "0"), right())


def picking(answer: One, chance: Chance) -> Parts:
    """One of several choices."""
    names = _names(answer.choices)
    processing, feedback = [full_or_none()], []
    for choice, name in names.items():
        if choice.says:
            test = element("match", None, response(), base_value("identifier", name))
            processing.append(tell_if(test, f"says-{name}"))
            feedback.append((f"says-{name}", in_paragraphs(choice.says)))
    key = [name for choice, name in names.items() if choice.right]
    shown = _choices(answer, names, chance, "1")
    return Parts(
        declaration("single", "identifier", key), shown, tuple(processing), tuple(feedback)
    )


def ticking(answer: Many, chance: Chance) -> Parts:
    """Any of several choices; all credits that there are can be told exactly."""
    names = _names(answer.choices)
    key = [name for choice, name in names.items() if choice.right]
    worth, base = _ticks(answer, names)
    processing, feedback = [_score(answer.credit, base)], []
    for choice, name in names.items():
        if choice.says:
            test = element("member", None, base_value("identifier", name), response())
            said = f"says-{name}"
            # What is right is explained even if it was missed.
            processing.append(tell(said) if choice.right else tell_if(test, said))
            feedback.append((said, in_paragraphs(choice.says)))
    declared = declaration("multiple", "identifier", key, worth)
    shown = _choices(answer, names, chance, "0")
    return Parts(declared, shown, tuple(processing), tuple(feedback))


def _ticks(answer: Many, names: dict[Choice, str]) -> tuple[Element | None, Fraction]:
    """What ticks are worth, and what there is before the first of them."""
    yes = [choice for choice in answer.choices if choice.right]
    if answer.credit == "all":
        return None, Fraction(0)
    if answer.credit == "net":
        parts = dict(zip(yes, shares(len(yes)), strict=True))
        low = -min(parts.values())
        return mapping([(n, parts.get(c, low)) for c, n in names.items()]), Fraction(0)
    each = shares(len(names))
    gains = {c: p if c.right else -p for c, p in zip(names, each, strict=True)}
    base = -sum(value for value in gains.values() if value < 0)
    return mapping([(names[c], value) for c, value in gains.items()], bounded=False), Fraction(base)


def _score(credit: str, base: Fraction) -> Element:
    if credit == "all":
        return full_or_none()
    if not base:
        return scored(mapped())
    total = element("sum", None, base_value("float", decimal(base)), mapped())
    blank = element("isNull", None, response())
    return either(base_value("float", "0"), total, blank)


def pairing(answer: Pairs, chance: Chance) -> Parts:
    """Rows that get one option each."""
    rows = {item.id: f"r{place}" for place, item in enumerate(answer.items, 1)}
    options = {name: f"o{place}" for place, (name, _) in enumerate(answer.options, 1)}
    key = [f"{rows[item.id]} {options[item.option]}" for item in answer.items]
    worth = None
    if answer.credit == "each":
        worth = mapping(list(zip(key, shares(len(key)), strict=True)))
    left = [_associable(rows[item.id], item.text, "1") for item in answer.items]
    texts = chance.shuffled(answer.options)
    shown = element(
        "matchInteraction",
        # The default is a single association.
        {"responseIdentifier": RESPONSE, "shuffle": "false", "maxAssociations": "0"},
        element("simpleMatchSet", None, *left),
        element("simpleMatchSet", None, *(_associable(options[n], t, "0") for n, t in texts)),
    )
    mark = scored(mapped()) if answer.credit == "each" else full_or_none()
    said = [(rows[item.id], item.says) for item in answer.items if item.says]
    return Parts(
        declaration("multiple", "directedPair", key, worth),
        shown,
        (mark, *(tell(f"says-{name}") for name, _ in said)),
        tuple((f"says-{name}", in_paragraphs(says)) for name, says in said),
    )


def ordering(answer: Order, question: Question) -> Parts:
    """Steps to be put in order, all right or nothing; shown first in no telling order."""
    names = {step.id: f"s{place}" for place, step in enumerate(answer.steps, 1)}
    steps = [
        element("simpleChoice", {"identifier": names[step]}, *in_line(text))
        for step, text in Sheet.of(question).lettered
    ]
    shown = element("orderInteraction", {"responseIdentifier": RESPONSE, "shuffle": "true"}, *steps)
    processing, feedback = [full_or_none()], []
    for place, step in enumerate(answer.steps, 1):
        if step.says:
            here = element("index", {"n": str(place)}, response())
            test = element("match", None, here, base_value("identifier", names[step.id]))
            processing.append(tell_if(element("not", None, test), f"says-{names[step.id]}"))
            feedback.append((f"says-{names[step.id]}", in_paragraphs(step.says)))
    declared = declaration("ordered", "identifier", list(names.values()))
    return Parts(declared, shown, tuple(processing), tuple(feedback))


def _names(choices: Sequence[Choice]) -> dict[Choice, str]:
    """Identifiers by place: what a choice is called in the bank can be any text."""
    return {choice: f"c{place}" for place, choice in enumerate(choices, 1)}


def _choices(answer: One | Many, names: dict[Choice, str], chance: Chance, most: str) -> Element:
    """The choices, shuffled for readers that don't; what belongs at the end stays there."""
    shown = list(answer.choices)
    if not answer.ordered:
        shown = sorted(chance.shuffled(shown), key=lambda choice: choice.last)
    return element(
        "choiceInteraction",
        {
            "responseIdentifier": RESPONSE,
            "shuffle": "false" if answer.ordered else "true",
            "maxChoices": most,
        },
        *(
            element(
                "simpleChoice",
                {"identifier": names[choice]} | ({"fixed": "true"} if choice.last else {}),
                *in_line(choice.text),
            )
            for choice in shown
        ),
    )


def _associable(name: str, text: str, most: str) -> Element:
    attributes = {"identifier": name, "matchMax": most}
    return element("simpleAssociableChoice", attributes, *in_line(text))
