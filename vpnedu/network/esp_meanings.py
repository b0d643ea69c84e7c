"""What the bytes mean that a tunnel adds, who chose them, and where that is written."""

from vpnedu.network.field_meanings import OPENER, SEALER, Meanings, Told

NAT_T: Meanings = {
    "source port": Told(
        "4500. A translator on the path may put another port here, and knows the answer by it.",
        f"{SEALER}, then the translator",
        "RFC 3948, 2.1",
    ),
    "destination port": Told("4500: here the other gateway listens.", SEALER, "RFC 3948, 2.1"),
    "length": Told("This header and the ESP packet.", SEALER, "RFC 3948, 2.1"),
    "checksum": Told(
        "0: none. The integrity check value below proves far more.", SEALER, "RFC 3948, 2.1"
    ),
}
ESP_HEADER: Meanings = {
    "security parameters index": Told(
        "The label by which the receiver finds keys and rules for this packet: the SPI.",
        f"{OPENER}, when IKE made the tunnel",
        "RFC 4303, 2.1",
    ),
    "sequence number": Told(
        "Counts the packets under this key, from 1. The receiver refuses a number it has seen.",
        f"{SEALER}, one more each time",
        "RFC 4303, 2.2",
    ),
    "IV": Told(
        "With 4 secret bytes, the salt, it makes the nonce, which must never repeat under one key.",
        f"{SEALER}; here it repeats the sequence number",
        "RFC 4106, 3.1 and 4",
    ),
}
# Of a 64-bit number only half is on the wire; the check covers all of it.
ESN = Told(
    "The lower half of a 64-bit number. The upper half is not sent, yet the check covers it.",
    f"{SEALER}, one more each time",
    "RFC 4303, 2.2.1",
)
SEALED: Meanings = {
    "sealed part": Told(
        "The inner packet and its trailer. Where one ends and the other begins can't be seen.",
        "the cipher, with the key that both gateways derived",
        "RFC 4303, 2.3; RFC 4106, 3.2",
    ),
}
ESP_TRAILER: Meanings = {
    "padding": Told(
        "1, 2, 3 …, as many as it takes for the trailer to end on a multiple of 4 bytes.",
        f"{SEALER}, by that rule",
        "RFC 4303, 2.4",
    ),
    "pad length": Told(
        "How many bytes of padding stand before it: the receiver removes so many.",
        SEALER,
        "RFC 4303, 2.5",
    ),
    "next header": Told(
        "What was sealed: 4 is a whole IPv4 packet, 41 a whole IPv6 packet.",
        SEALER,
        "RFC 4303, 2.6",
    ),
}
ICV: Meanings = {
    "ICV": Told(
        "The integrity check value. Change one covered bit and it no longer fits, and it takes the "
        "key to make a new one.",
        "the cipher, with the key that both gateways derived",
        "RFC 4303, 2.8; RFC 4106, 6",
    ),
}
