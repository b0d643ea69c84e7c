"""What the fields of a packet are for: in feedback, and as questions."""

# For each field of the engine's packets what it does: a sentence.
MEANINGS = {
    "version and header length": "It says IPv4, and that the header has 20 bytes.",
    "DSCP and ECN": "Routers read here how urgent the packet is, and mark congestion.",
    "total length": "Anybody can read here how long the whole packet is.",
    "identification": "It tells fragments of different packets apart.",
    "flags and fragment offset": "Here stands whether the packet may be cut, and which piece it "
    "is.",
    "time to live": "Every router on the way lowers it by one.",
    "protocol": "It says what follows the IPv4 header: 50 for ESP, 17 for UDP, 6 for TCP, 1 for "
    "a ping.",
    "header checksum": "It covers the IPv4 header only, and anybody can compute it.",
    "version, class, flow label": "It says IPv6, how urgent the packet is, and to which flow it "
    "belongs.",
    "payload length": "Anybody can read here how much follows the IPv6 header.",
    "next header": "It says what follows the IPv6 header: 50 for ESP, 17 for UDP, 6 for TCP, 58 "
    "for "
    "a ping.",
    "hop limit": "Every router on the way lowers it by one.",
    "source address": "It is where the packet comes from, as anybody can read.",
    "destination address": "It is where the packet has to go, as every router must be able to "
    "read.",
    "UDP header, port 4500": "NAT traversal put it there, so that a NAT finds ports.",
    "security parameters index": "The receiver chose this number, the SPI, and finds the security "
    "association by it: keys and rules.",
    "sequence number": "It counts the packets of this direction; the anti-replay window looks at "
    "it.",
    "IV": "With the salt, which both ends know, it makes the nonce: another one for every packet.",
    "inner packet": "It is sealed from its first byte to its last: addresses, ports and data.",
    "padding": "It is sealed, and fills the last block of 4 bytes.",
    "pad length and next header": "This is the ESP trailer, sealed. It says how much padding there "
    "is, and that an IP packet is inside.",
    "ICV": "The integrity check value shows whether anything from the SPI to the trailer was "
    "changed.",
    "source port": "It is the port of the program that sends.",
    "destination port": "It is the port of the program that is asked.",
    "sequence, flags, window, checksum": "TCP keeps its connection in order with these.",
    "length and checksum": "UDP has nothing else but these and the two ports.",
    "ICMP echo request": "This is the ping's own header.",
    "data": "This is what is being said; in a packet without a tunnel anybody can read it.",
}
ESP_RFC, GCM_RFC, NAT_RFC = "RFC 4303, 2", "RFC 4106, 3 and 4", "RFC 3948, 2.1"
IPV4_RFC, IPV6_RFC, IP_RFC = "RFC 791, 3.1", "RFC 8200, 3", "RFC 791, 3.1; RFC 8200, 3"
# A field, what is asked for in its place, and where it is defined.
Wanted = tuple[str, str, str]
WANTED_ON_THE_WIRE: tuple[Wanted, ...] = (
    (
        "security parameters index",
        "the field by which the {there} finds the keys for this packet",
        "RFC 4303, 2.1",
    ),
    ("security parameters index", "the SPI", "RFC 4303, 2.1"),
    ("sequence number", "the ESP sequence number", "RFC 4303, 2.2"),
    ("sequence number", "the field that the anti-replay window looks at", "RFC 4303, 2.2"),
    ("IV", "the initialisation vector", GCM_RFC),
    ("IV", "the field that makes the nonce another one for every packet", GCM_RFC),
    ("ICV", "the integrity check value", "RFC 4303, 2.8"),
    ("ICV", "the field by which the {there} notices a change in what is sealed", "RFC 4303, 2.8"),
    ("inner packet", "the part in which {who}'s own address is hidden", "RFC 4303, 2.3"),
    ("inner packet", "the part that holds what {who} has written", "RFC 4303, 2.3"),
    (
        "pad length and next header",
        "the field that tells the {there} that an {inner} packet is inside",
        "RFC 4303, 2.5 and 2.6",
    ),
    ("protocol", "the field that tells what follows the outer IP header", IPV4_RFC),
    ("next header", "the field that tells what follows the outer IP header", IPV6_RFC),
    ("source address", "the address of the {here}", "RFC 4301, 5.1.2"),
    ("destination address", "the address of the {there}", "RFC 4301, 5.1.2"),
    ("total length", "the field that says how long the packet on the path is", IPV4_RFC),
    ("payload length", "the field that says how much follows the outer IP header", IPV6_RFC),
    ("time to live", "the field that every router on the internet lowers by one", IPV4_RFC),
    ("hop limit", "the field that every router on the internet lowers by one", IPV6_RFC),
    ("UDP header, port 4500", "the header that lets the packet pass a NAT", NAT_RFC),
)
WANTED_INSIDE: tuple[Wanted, ...] = (
    ("source address", "the address of {who}'s computer", IP_RFC),
    ("destination address", "the address that the {here} looks up in its routes", IP_RFC),
    ("destination port", "the port of the program that {who} asks", "RFC 9293, 3.1; RFC 768"),
    ("protocol", "the field that tells TCP, UDP and ping apart", IPV4_RFC),
    ("next header", "the field that tells TCP, UDP and ping apart", IPV6_RFC),
    ("data", "what {who} has to say to {whom}", IP_RFC),
    ("time to live", "the field that the {here} will lower by one", IPV4_RFC),
    ("hop limit", "the field that the {here} will lower by one", IPV6_RFC),
)
