"""Typed answers: addresses, prefixes, ports, bytes and words, each compared by what it means.

What is not in the form that is asked for is invalid, never incorrect: a slip of the pen costs no
attempt. Addresses are told in the form of RFC 5952.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from ipaddress import IPv6Address, ip_address
from typing import Any, ClassVar
from unicodedata import normalize

from vpnedu.network.addresses import HIGHEST_PORT, InputError, IPAddress
from vpnedu.quiz.marking import Mark, invalid, marked
from vpnedu.quiz.numbers import Mistake
from vpnedu.quiz.texts import SPACE, collapsed, entered

LONGEST = 200

_OCTETS = re.compile(r"\d+(?:\.\d+){3}", re.ASCII)
_PORT = re.compile(
    rf"(?:(tcp|udp){SPACE}*[/:]?{SPACE}*)?(?:port{SPACE}*)?(\d{{1,5}})"
    rf"|(\d{{1,5}}){SPACE}*[/:]?{SPACE}*(tcp|udp)",
    re.ASCII | re.IGNORECASE,
)
_PARTED = re.compile(rf"{SPACE}+|[:-]")
_ADDRESS = "write an IPv4 or IPv6 address, as in 10.1.0.4 or 2001:db8::4"
_LENGTH = "a prefix needs its length, as in 10.1.0.0/16"


@dataclass(frozen=True, slots=True)
class Typed:
    """Type something of the given `form`: address, prefix, port, hex or words.

    `accept` are the right answers, the first the one that people are told.
    """

    form: str
    accept: tuple[str, ...]
    mistakes: tuple[Mistake, ...] = ()
    name: ClassVar[str] = "typed"

    def __post_init__(self) -> None:
        if self.form not in FORMS:
            raise InputError("form", f"there is no {self.form!r}; there are {', '.join(FORMS)}")
        if not self.accept:
            raise InputError("accept", "there is no right answer")
        for field, texts in (("accept", self.accept), ("mistakes", self._expected)):
            for text in texts:
                try:
                    FORMS[self.form](text)
                except InputError as wrong:
                    raise InputError(field, f"{text!r}: {wrong.rule}") from None

    @property
    def key(self) -> str:
        return self.accept[0]

    def mark(self, answer: object) -> Mark:
        text = entered(answer, LONGEST)
        if isinstance(text, Mark):
            return text
        read = FORMS[self.form]
        try:
            given = read(text)
            right = {read(accepted) for accepted in self.accept}
            if self.form == "port":
                _alike(given, right)
        except InputError as wrong:
            return invalid(wrong.rule)
        if given in right:
            return marked(Fraction(1), (), given)
        hit = (mistake.id for mistake in self.mistakes if read(mistake.value) == given)
        return marked(Fraction(0), tuple(hit)[:1], given)

    def to_dict(self) -> dict[str, Any]:
        mistakes = [mistake.to_dict() for mistake in self.mistakes]
        return {"form": self.form, "accept": list(self.accept), "mistakes": mistakes}

    @property
    def _expected(self) -> tuple[str, ...]:
        return tuple(mistake.value for mistake in self.mistakes)


def _address(text: str) -> str:
    """The address as RFC 5952 writes it."""
    return _told(_ip(text))


def _ip(text: str) -> IPAddress:
    if "%" in text:
        raise InputError("answer", "leave % and what follows out: it names an interface")
    if "/" in text:
        raise InputError("answer", "write one address, without a length")
    if _OCTETS.fullmatch(text) and re.search(r"\b0\d", text):
        # Some programs read 010 as 8, others as 10.
        raise InputError("answer", "write the numbers of an address without leading zeros")
    try:
        return ip_address(text)
    except ValueError:
        raise InputError("answer", _ADDRESS) from None


def _told(address: IPAddress) -> str:
    # Versions of Python differ in how they write these; RFC 5952, section 5, does not.
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return f"::ffff:{address.ipv4_mapped}"
    return str(address)


def _prefix(text: str) -> str:
    """The prefix with its length, as RFC 5952 writes it."""
    start, slash, end = text.partition("/")
    if not slash:
        raise InputError("answer", _LENGTH)
    address = _ip(collapsed(start))
    length = _length(collapsed(end), address)
    if int(address) & (1 << address.max_prefixlen - length) - 1:
        raise InputError("answer", f"bits behind the length of {length} are set")
    return f"{_told(address)}/{length}"


def _length(text: str, address: IPAddress) -> int:
    """The length of a prefix that `text` writes as a number, or as a netmask for IPv4."""
    if address.version == 4 and _OCTETS.fullmatch(text):
        hosts = int(_ip(text)) ^ 0xFFFFFFFF
        if hosts & hosts + 1:
            raise InputError("answer", f"{text} is not a netmask: its ones must come first")
        return 32 - hosts.bit_length()
    if not re.fullmatch("[0-9]{1,3}", text):
        raise InputError("answer", _LENGTH)
    if int(text) > address.max_prefixlen:
        longest = address.max_prefixlen
        raise InputError("answer", f"an IPv{address.version} prefix has at most {longest} bits")
    return int(text)


def _port(text: str) -> str:
    """The port, as udp/500 where the protocol is named."""
    match = _PORT.fullmatch(text)
    if not match:
        raise InputError("answer", "write a port, as in 500 or udp/500")
    before, port, alone, behind = match.groups()
    number = int(port or alone)
    if number > HIGHEST_PORT:
        raise InputError("answer", f"ports run from 0 to {HIGHEST_PORT}")
    protocol = before or behind
    return f"{protocol.lower()}/{number}" if protocol else str(number)


def _alike(given: str, right: set[str]) -> None:
    """Refuse a port with its protocol where none is asked for, and one without where it is."""
    protocols = {"/" in port for port in right}
    if "/" in given and True not in protocols:
        raise InputError("answer", "write the number of the port alone")
    if "/" not in given and False not in protocols:
        raise InputError("answer", "write the protocol too, as in tcp/443")


def _hex(text: str) -> str:
    """The bytes, two digits each with a space between them."""
    digits = _PARTED.sub("", re.sub("^0[xX]", "", text))
    if not re.fullmatch("[0-9A-Fa-f]+", digits):
        raise InputError("answer", "write bytes in hex, as in de ad be ef")
    if len(digits) % 2:
        raise InputError("answer", "each byte has two hex digits; one digit is missing")
    return bytes.fromhex(digits).hex(" ")


def _words(text: str) -> str:
    """The words without regard to case, to spaces and to a period at their end."""
    words = collapsed(text).removesuffix(".").rstrip(" ")
    if not words:
        raise InputError("answer", "write at least one word")
    # What JavaScript has of case folding: ß is SS in upper case, and ς is Σ.
    return normalize("NFC", words.upper().lower())


FORMS: dict[str, Callable[[str], str]] = {
    "address": _address,
    "prefix": _prefix,
    "port": _port,
    "hex": _hex,
    "words": _words,
}
