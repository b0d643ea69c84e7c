"""Questions about bytes: every answer is found again by reading the question as a student does."""

import re
from fractions import Fraction

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.quiz.generators.laws import check
from vpnedu.network.esp import teaching_key
from vpnedu.quiz.prose import plain
from vpnedu.quiz.question import Question
from vpnedu.simulation.events import Sealed

HEADER = {4: 20, 6: 40}


def number(pattern: str, text: str) -> int:
    found = re.search(pattern, text)
    assert found, f"no {pattern!r} in {text!r}"
    return int(found.group(1))


class Wire:
    """What a question tells of a tunnel, and the length on the wire counted byte by byte."""

    def __init__(self, question: Question):
        self.text = plain(question.text)
        lengths = dict(question.table.rows) if question.table else {}
        told = "IV 8 bytes, blocks of 4, ICV 16" in self.text
        self.iv = 8 if told else int(lengths["IV"])
        self.block = 4 if told else int(lengths["block that padding fills"])
        self.icv = 16 if told else int(lengths["ICV"])
        self.version = 6 if "over IPv6, with ESP" in self.text else 4
        self.udp = 8 if "NAT traversal puts ESP inside UDP" in self.text else 0

    def sealed(self, inner: int) -> int:
        inside = inner + 2
        while inside % self.block:
            inside += 1
        return HEADER[self.version] + self.udp + 8 + self.iv + inside + self.icv

    def room(self, mtu: int) -> int:
        """By trying every length."""
        return next(inner for inner in range(mtu, 0, -1) if self.sealed(inner) <= mtu)


def bytes_on_the_wire(question: Question) -> str:
    inner = number(r"has (\d+) bytes, IP header included", plain(question.text))
    total = Wire(question).sealed(inner)
    if question.trace:
        sealing = next(e for e in question.trace.events if isinstance(e, Sealed))
        assert question.trace.datagrams[sealing.datagram].length == total
        assert question.trace.datagrams[sealing.inner].length == inner
    return str(total)


@pytest.mark.usefixtures("quick")
def test_the_length_on_the_wire_is_what_a_count_of_the_bytes_gives():
    made = check("bytes-on-the-wire", second_way=bytes_on_the_wire)
    shown = [question for question in made if question.trace]
    assert len(shown) > len(made) // 3
    named = {mistake.id for question in made for mistake in question.answer.mistakes}
    assert {"without-padding", "without-icv", "without-udp-header", "needless-udp-header"} <= named
    assert {"other-ip-version", "inner-alone", "padded-before-trailer"} <= named


def test_the_bytes_of_the_run_are_what_another_library_seals():
    for question in check("bytes-on-the-wire", range(160)):
        if not question.trace:
            continue
        sealing = next(e for e in question.trace.events if isinstance(e, Sealed))
        outer, inner = (question.trace.datagrams[i] for i in (sealing.datagram, sealing.inner))
        start = next(f.start for f in outer.fields if f.name == "security parameters index")
        esp = outer.data[start:]
        near, far = (line.name for line in question.trace.nodes if line.kind == "gateway")
        key = teaching_key(f"tunnel, {near} to {far}")
        opened = AESGCM(key.key).decrypt(key.salt + esp[8:16], esp[16:], esp[:8])
        assert opened[: inner.length] == inner.data


def largest_packet(question: Question) -> str:
    wire = Wire(question)
    return str(wire.room(number(r"packets of up to (\d+) bytes", wire.text)))


@pytest.mark.usefixtures("quick")
def test_the_largest_packet_is_what_trying_every_length_gives():
    for question in check("largest-packet", second_way=largest_packet):
        if question.trace:
            assert question.trace.verdict.kind == "delivered"


def tcp_mss(question: Question) -> str:
    text = plain(question.text)
    headers = 20 + HEADER[number(r"TCP over IPv(\d)", text)]
    if question.table is None:
        return str(number(r"has an MTU of (\d+) bytes", text) - headers)
    wire, mtu = Wire(question), number(r"packets of up to (\d+) bytes", text)
    return str(next(n for n in range(mtu, 0, -1) if wire.sealed(headers + n) <= mtu))


@pytest.mark.usefixtures("quick")
def test_the_mss_is_the_largest_segment_that_fits():
    made = check("tcp-mss", second_way=tcp_mss)
    assert {question.table is None for question in made} == {True, False}


def fragments(question: Question) -> str:
    wire = Wire(question)
    length = number(r"packet of (\d+) bytes", wire.text)
    mtu, total = number(r"packets of up to (\d+) bytes", wire.text), wire.sealed(length)
    if total <= mtu:
        return "one-piece"
    if "an IPv6 packet" in wire.text or "marked don't fragment" in wire.text:
        return "dropped"
    header = HEADER[wire.version] + (8 if wire.version == 6 else 0)
    left, pieces = total - HEADER[wire.version], 0
    while left > 0:
        pieces += 1
        left -= left if left <= mtu - header else (mtu - header) // 8 * 8
    return f"{('two', 'three', 'four', 'five')[pieces - 2]}-pieces"


@pytest.mark.usefixtures("quick")
def test_the_fate_of_a_packet_is_what_cutting_it_piece_by_piece_gives():
    made = check("fragments", second_way=fragments)
    keys = [question.answer.key for question in made]
    for fate in ("one-piece", "two-pieces", "three-pieces", "dropped"):
        assert keys.count(fate) > len(made) / 20, f"{fate} is hardly ever right"


def overhead_share(question: Question) -> str:
    wire = Wire(question)
    if question.kind == "single":
        grown = {
            choice.id: Fraction(wire.sealed(size), size)
            for choice in question.answer.choices[:-1]
            for size in [number(r"(\d+) bytes$", choice.text)]
        }
        assert len(set(grown.values())) == len(grown), "two grow alike"
        return (max if "largest share" in wire.text else min)(grown, key=grown.__getitem__)
    if "Mbit/s" in wire.text:
        line, size = number(r"line of (\d+)", wire.text), number(r"have (\d+) bytes", wire.text)
        return f"{line * size / wire.sealed(size):.1f}"
    size = number(r"Packets of (\d+) bytes", wire.text)
    return f"{100 * wire.sealed(size) / size - 100:.0f} %"


@pytest.mark.usefixtures("quick")
def test_the_share_of_the_overhead_is_right_when_rounded_as_asked():
    made = check("overhead-share", second_way=overhead_share)
    assert {question.kind for question in made} == {"numeric", "single"}


def replay_window(question: Question) -> list[str]:
    """By sets: everything that came, and the highest that came genuine."""
    text = plain(question.text)
    size = number(r"window of (\d+)", text)
    top = number(r"integrity check is (\d+)", text)
    missing = {int(n) for n in re.findall(r"\d+", text.split("except")[1].split("Now")[0])}
    came, accepted = set(range(1, top + 1)) - missing, []
    for (_, written, icv), choice in zip(question.table.rows, question.answer.choices, strict=True):
        sequence = int(written)
        if sequence > top - size and sequence not in came and icv == "fits":
            accepted.append(choice.id)
            came.add(sequence)
            top = max(top, sequence)
    return accepted


@pytest.mark.usefixtures("quick")
def test_the_window_accepts_what_a_model_with_sets_accepts():
    made = check("replay-window", second_way=replay_window)
    refused = [c.says for q in made for c in q.answer.choices if not c.right]
    for why in ("received before", "too old", "ICV does not fit"):
        assert sum(why in says for says in refused) > len(made) / 5, f"{why} hardly ever"
