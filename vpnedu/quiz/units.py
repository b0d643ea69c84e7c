"""Units as people write them, with what each is worth in another of its family."""

from fractions import Fraction
from functools import cache

from vpnedu.network.addresses import InputError

Scales = tuple[tuple[str, Fraction], ...]

# For each family its units, all spellings of one together, the one to be named first. Of prefixes
# k, M and G are powers of 1000, Ki, Mi and Gi powers of 1024 (IEC 80000-13). "bps" and "kbps" are
# left out: "Bps" and "kBps" are bytes a second, and the case is easily mistaken.
_FAMILIES: tuple[tuple[tuple[str, Fraction], ...], ...] = (
    (
        ("B byte bytes octet octets", Fraction(1)),
        ("kB", Fraction(1000)),
        ("KiB", Fraction(1024)),
        ("MB", Fraction(1000**2)),
        ("MiB", Fraction(1024**2)),
        ("GB", Fraction(1000**3)),
        ("GiB", Fraction(1024**3)),
    ),
    (
        ("bit bits", Fraction(1)),
        ("kbit", Fraction(1000)),
        ("Mbit", Fraction(1000**2)),
    ),
    (
        ("s sec second seconds", Fraction(1)),
        ("ms", Fraction(1, 1000)),
        ("min minute minutes", Fraction(60)),
        ("h hour hours", Fraction(3600)),
        ("day days", Fraction(86400)),
    ),
    (("% percent per_cent", Fraction(1)),),
    (
        ("bit/s", Fraction(1)),
        ("kbit/s", Fraction(1000)),
        ("Mbit/s Mbps", Fraction(1000**2)),
        ("Gbit/s Gbps", Fraction(1000**3)),
    ),
)
_KNOWN = [
    [(word.replace("_", " "), scale) for words, scale in family for word in words.split()]
    for family in _FAMILIES
]


@cache
def scales_of(unit: str) -> Scales:
    """The units that may follow a number which is asked for in `unit`, each with its worth in it.

    A unit of no known family is a thing that is counted: one of it or many.

    >>> [f"{word} {scale}" for word, scale in scales_of("packets")]
    ['packets 1', 'packet 1']
    """
    for family in _KNOWN:
        if unit in dict(family):
            one = dict(family)[unit]
            return tuple((word, scale / one) for word, scale in family)
        for word, _ in family:
            if word.lower() == unit.lower():
                raise InputError("unit", f"there is no unit {unit!r}; write {word!r}")
    return tuple((word, Fraction(1)) for word in _counted(unit)) if unit else ()


def scale_of(unit: str, scales: Scales) -> Fraction:
    """What `unit` is worth, if it is one of `scales`; an InputError for people otherwise.

    Upper and lower case count in symbols, where they mean different things (Mb and MB); words,
    which are longer and in lower case in the tables, are read in any case.
    """
    for word, scale in scales:
        if unit == word or (len(word) > 2 and unit.lower() == word):
            return scale
    if not scales:
        raise InputError("answer", "write the number alone, without a unit")
    first = {scale: word for word, scale in reversed(scales)}
    named = ", ".join(word for word, scale in scales if first[scale] == word)
    case = any(unit.lower() == word.lower() for word, _ in scales)
    raise InputError(
        "answer",
        f'the unit "{unit}" is not known here; write {named}, or the number alone'
        + ("; upper and lower case count" if case else ""),
    )


def _counted(unit: str) -> list[str]:
    """One and many of a thing: its name, and what it is with or without its ending."""
    known = [unit]
    for name in (unit, unit.lower()):
        if name.endswith("ies"):
            known.append(name[:-3] + "y")
        elif name.endswith("s"):
            known += [name[:-1], *([name[:-2]] if name.endswith("es") else [])]
        else:
            known += [name + "s", name + "es"]
        known.append(name)
    return list(dict.fromkeys(known))
