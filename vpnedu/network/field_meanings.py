"""What each field of a packet means, who chose it, and where that is written."""

from dataclasses import dataclass

SENDER = "the sender's computer"
SEALER = "the sending gateway"
OPENER = "the receiving gateway"


@dataclass(frozen=True, slots=True)
class Told:
    """A field in words: what it means, who chose its value, and the sections that define it."""

    meaning: str
    chosen: str
    reference: str


Meanings = dict[str, Told]


def _addresses(reference: str) -> Meanings:
    return {
        "source address": Told("Who sent the packet. Answers go there.", SENDER, reference),
        "destination address": Told(
            "Who is to receive the packet. Gateways choose a tunnel by it.", SENDER, reference
        ),
    }


_INNER_4 = _addresses("RFC 791, 3.1") | {
    "version and header length": Told(
        "4 for IPv4, then 5: the header has five words of 4 bytes, which means no options.",
        SENDER,
        "RFC 791, 3.1",
    ),
    "DSCP and ECN": Told(
        "How urgent the packet is, and room for routers to report congestion. 0 asks for nothing.",
        SENDER,
        "RFC 2474, 3; RFC 3168, 5",
    ),
    "total length": Told("The whole packet, header included.", SENDER, "RFC 791, 3.1"),
    "identification": Told(
        "Fragments of one packet share it. A packet that may not be fragmented needs none.",
        SENDER,
        "RFC 6864, 4",
    ),
    "flags and fragment offset": Told(
        "Whether routers may cut the packet, and where a piece belongs. Here it is whole.",
        SENDER,
        "RFC 791, 3.1",
    ),
    "time to live": Told(
        "How many more routers may pass it on. The sending gateway took one off before it sealed.",
        f"{SENDER}, then every router on the way",
        "RFC 791, 3.1; RFC 4301, 5.1.2.1",
    ),
    "protocol": Told(
        "What follows this header: 6 is TCP, 17 is UDP, 1 is ICMP.", SENDER, "RFC 791, 3.1"
    ),
    "header checksum": Told(
        "A sum over the header that shows damage. Anyone can compute it, so it stops no forger.",
        "arithmetic, anew at every router",
        "RFC 791, 3.1; RFC 1071",
    ),
}
_INNER_6 = _addresses("RFC 8200, 3") | {
    "version, class, flow label": Told(
        "6 for IPv6; then how urgent the packet is, and a label by which routers know its flow.",
        SENDER,
        "RFC 8200, 3",
    ),
    "payload length": Told("What follows this header of 40 bytes.", SENDER, "RFC 8200, 3"),
    "next header": Told(
        "What follows this header: 6 is TCP, 17 is UDP, 58 is ICMPv6.", SENDER, "RFC 8200, 3"
    ),
    "hop limit": Told(
        "How many more routers may pass it on. The sending gateway took one off before it sealed.",
        f"{SENDER}, then every router on the way",
        "RFC 8200, 3; RFC 4301, 5.1.2.2",
    ),
}

# By the version of IP.
INNER = {4: _INNER_4, 6: _INNER_6}

_OUTER_LENGTH = Told(
    "The whole packet as it crosses the path. Sealing does not hide how long packets are.",
    SEALER,
    "RFC 4301, 5.1.2",
)
_OUTER_PROTOCOL = Told(
    "What follows this header: 50 is ESP; 17 is UDP, in which ESP passes translated addresses.",
    SEALER,
    "RFC 4303, 2; RFC 3948, 2.1",
)
_OUTER_HOPS = Told(
    "A count of its own for the path between the gateways.", SEALER, "RFC 4301, 5.1.2"
)
_OUTER_ADDRESSES = {
    "source address": Told(
        "The gateway that sealed the packet. Who sent what is inside can't be seen.",
        f"{SEALER}: its own address",
        "RFC 4301, 5.1.2",
    ),
    "destination address": Told(
        "The gateway that will open it. The path routes by this address alone.",
        "the security association",
        "RFC 4301, 5.1.2",
    ),
}
_OUTER_4 = (
    _INNER_4
    | _OUTER_ADDRESSES
    | {
        "version and header length": Told(
            "An IPv4 header of 20 bytes. Options of the inner packet are never copied here.",
            SEALER,
            "RFC 4301, 5.1.2.1",
        ),
        "DSCP and ECN": Told(
            "Copied, so that the path knows how urgent the packet is. So does anyone else.",
            "copied from the inner packet",
            "RFC 4301, 5.1.2.1",
        ),
        "total length": _OUTER_LENGTH,
        "identification": Told(
            "Fragments of one packet share it. It says nothing of the inner packet's own.",
            SEALER,
            "RFC 4301, 5.1.2.1; RFC 6864, 4",
        ),
        "flags and fragment offset": Told(
            "Don't fragment is copied here; it may also be set or cleared, for each tunnel.",
            "copied from the inner packet",
            "RFC 4301, 5.1.2.1 and 8.1",
        ),
        "time to live": _OUTER_HOPS,
        "protocol": _OUTER_PROTOCOL,
    }
)
_OUTER_6 = _OUTER_ADDRESSES | {
    "version, class, flow label": Told(
        "An IPv6 header; the class is copied from the inner packet.", SEALER, "RFC 4301, 5.1.2.2"
    ),
    "payload length": _OUTER_LENGTH,
    "next header": _OUTER_PROTOCOL,
    "hop limit": _OUTER_HOPS,
}
OUTER = {4: _OUTER_4, 6: _OUTER_6}

_PROGRAM = f"{SENDER}: its TCP"
TCP_HEADER: Meanings = {
    "source port": Told(
        "By it the computer knows which of its programs an answer is for.", SENDER, "RFC 9293, 3.1"
    ),
    "destination port": Told(
        "Which service is wanted: 80 is the web, unencrypted.", "the program", "RFC 9293, 3.1"
    ),
    "TCP sequence number": Told(
        "Where in the stream this data belongs. TCP's own; it has nothing to do with ESP's.",
        _PROGRAM,
        "RFC 9293, 3.1 and 3.4",
    ),
    "acknowledgement number": Told(
        "The next byte that is expected of the other side.", _PROGRAM, "RFC 9293, 3.1"
    ),
    "data offset": Told(
        "Where the data begins: here at once, after a header without options.",
        _PROGRAM,
        "RFC 9293, 3.1",
    ),
    "flags": Told(
        "ACK: the acknowledgement number counts. PSH: hand the data to the program now.",
        _PROGRAM,
        "RFC 9293, 3.1",
    ),
    "window": Told(
        "How much the sender itself is ready to receive.", _PROGRAM, "RFC 9293, 3.1 and 3.8.6"
    ),
    "checksum": Told(
        "Shows damage to header, data or addresses. Anyone can compute it.",
        "arithmetic",
        "RFC 9293, 3.1",
    ),
    "urgent pointer": Told("Not used here.", _PROGRAM, "RFC 9293, 3.1"),
    "data": Told(
        "What a program says. Without a tunnel, anyone on the path reads it.",
        "the program",
        "RFC 9293, 3.1",
    ),
}
UDP_HEADER: Meanings = {
    "source port": Told(
        "By it the computer knows which of its programs an answer is for.", SENDER, "RFC 768"
    ),
    "destination port": Told("Which service is wanted.", "the program", "RFC 768"),
    "length": Told("UDP header and data together.", SENDER, "RFC 768"),
    "checksum": Told(
        "Shows damage to header, data or addresses. Anyone can compute it.", "arithmetic", "RFC 768"
    ),
    "data": Told(
        "What a program says. Without a tunnel, anyone on the path reads it.",
        "the program",
        "RFC 768",
    ),
}
ICMP_HEADER: Meanings = {
    "type": Told(
        "An echo request, better known as a ping: please answer.",
        "the program",
        "RFC 792; RFC 4443, 4.1",
    ),
    "code": Told("0: echo has no variants.", "the program", "RFC 792; RFC 4443, 4.1"),
    "checksum": Told(
        "Shows damage. Anyone can compute it.", "arithmetic", "RFC 792; RFC 4443, 2.3"
    ),
    "identifier": Told(
        "By it the computer knows which ping an answer belongs to.",
        "the program",
        "RFC 792; RFC 4443, 4.1",
    ),
    "echo sequence number": Told(
        "Counts the pings. It has nothing to do with ESP's number.",
        "the program",
        "RFC 792; RFC 4443, 4.1",
    ),
    "data": Told(
        "What the answer must bring back unchanged.", "the program", "RFC 792; RFC 4443, 4.1"
    ),
}
