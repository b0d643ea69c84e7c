"""Questions about a packet's bytes: its fields are counted by hand, or looked for in the bytes."""

import re
from ipaddress import ip_address

import pytest

from tests.quiz.generators.laws import check
from vpnedu.network.headers import MESSAGE
from vpnedu.quiz.prose import plain
from vpnedu.quiz.question import Question
from vpnedu.simulation.events import Flight

HEADER = {4: 20, 6: 40}
# The byte to pick for what is asked, counted by hand: from the start of the outer IP header, of
# what follows it, or from the end.
IN_IPV4 = {"how long": 2, "lowers by one": 8, "lower by one": 8, "what follows the outer": 9,
           "TCP, UDP and ping": 9, "address of the {here}": 12, "'s computer": 12,
           "address of the {there}": 16, "in its routes": 16}  # fmt: skip
IN_IPV6 = {"how much follows": 4, "what follows the outer": 6, "TCP, UDP and ping": 6,
           "lowers by one": 7, "lower by one": 7, "address of the {here}": 8, "'s computer": 8,
           "address of the {there}": 24, "in its routes": 24}  # fmt: skip
IN_ESP = {"SPI": 0, "finds the keys": 0, "sequence number": 4, "anti-replay": 4,
          "initialisation": 8, "nonce": 8, "address is hidden": 16, "has written": 16}  # fmt: skip
AT_THE_END = {"packet is inside": 18, "integrity check value": 16, "notices a change": 16}


def find_the_field(question: Question) -> str:
    text, data = plain(question.text), question.answer.data
    asked = text.rsplit("Pick a byte of", 1)[1]
    near, far = (node.name for node in question.trace.nodes if node.kind == "gateway")
    asked = asked.replace(near, "{here}").replace(far, "{there}")
    version, sealed = data[0] >> 4, "sealed with" in text
    udp = 8 if sealed and data[9 if version == 4 else 6] == 17 else 0
    after = HEADER[version]
    places = {"pass a NAT": after, "program": after + 2}
    places |= {words: after + udp + at for words, at in IN_ESP.items()}
    places |= {words: len(data) - back for words, back in AT_THE_END.items()}
    places |= IN_IPV4 if version == 4 else IN_IPV6
    if "has to say" in asked:
        return str(next(at for at in range(len(data)) if MESSAGE.startswith(data[at:])))
    found = {at for words, at in places.items() if words in asked}
    assert len(found) == 1, f"{asked!r} could be {found}"
    return str(found.pop())


@pytest.mark.usefixtures("quick")
def test_the_field_stands_where_counting_by_hand_finds_it():
    made = check("find-the-field", second_way=find_the_field)
    right = {field.name for q in made for field in q.answer.fields if field.right}
    assert len(right) > 12, "fields of all kinds are asked for"
    assert all(len(question.answer.data) <= 128 for question in made)


def eavesdropper(question: Question) -> list[str]:
    """Addresses and the message are looked for in the bytes; the rest is known of the place."""
    text = plain(question.text)
    flights = [event for event in question.trace.events if isinstance(event, Flight)]
    place = 0 if "before the packet reaches" in text else 2 if "behind the gateway" in text else 1
    data = question.trace.datagrams[flights[place].datagram].data
    outside = {"which-association", "how-many-so-far", "how-long"}
    found = []
    for choice in question.answer.choices:
        address = re.search(r", ([0-9a-f.:]+)$", choice.text)
        if address:
            node = next(n for n in question.trace.nodes if n.detail == address.group(1))
            seen = ip_address(node.detail).packed in data
        elif choice.id == "what-is-said":
            seen = MESSAGE[:20] in data
        else:
            seen = (choice.id in outside) == (place == 1)
        found += [choice.id] * seen
    return found


@pytest.mark.usefixtures("quick")
def test_what_can_be_read_is_what_stands_in_the_bytes():
    made = check("what-the-eavesdropper-reads", second_way=eavesdropper)
    readable = {c.id for q in made for c in q.answer.choices if c.right}
    hidden = {c.id for q in made for c in q.answer.choices if not c.right}
    assert readable == hidden, "each fact is readable at one place and hidden at another"
