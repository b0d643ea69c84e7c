"""Address plans: where there is room, what is wrong, and how many of a size are enough."""

from ipaddress import IPv4Network

from vpnedu.network.addresses import InputError
from vpnedu.network.planning import Entry, Limits, check, next_free, usable
from vpnedu.quiz.computing.plain import exact

NONE = "none"


def room(space: str, taken: list[str], length: int) -> dict[str, str]:
    """The first free block of `length` in a space, "none" if there is none, and its ends."""
    blocks = [IPv4Network(block) for block in taken]
    found = next_free(IPv4Network(space), blocks, length)
    if found is None:
        return {"answer": NONE, "first": NONE, "last": NONE}
    return {"answer": str(found), "first": str(found[0]), "last": str(found[-1])}


def smallest(machines: int, kept: int) -> dict[str, str]:
    """The length of the smallest block with room for `machines` beside the `kept` addresses."""
    if not 0 <= machines + kept <= 1 << 32:
        raise InputError("machines", f"{machines} and {kept} do not fit into IPv4")
    bits = max(0, (machines + kept - 1).bit_length())
    block = IPv4Network((0, 32 - bits))
    words = {"addresses": str(block.num_addresses), "usable": str(usable(block, kept))}
    return words | {"answer": str(block.prefixlen), "bits": str(bits)}


def findings(
    rows: list[list[str]], longest: int, gateway: str, smallest: int, kept: int
) -> dict[str, str]:
    """What is wrong with a plan of [kind, name, prefix]: the rules' names, how many, in words."""
    entries = [Entry(*row) for row in rows]
    found = check(entries, Limits(gateway, longest, smallest, kept))
    rules = ", ".join(each.rule for each in found) or NONE
    said = " ".join(each.words.says for each in found)
    return {"answer": rules, "count": str(len(found)), "says": said}


def enough(need: object, each: object) -> dict[str, str]:
    """How many of `each` are needed for at least `need`."""
    if exact(each) <= 0:
        raise InputError("each", f"{each} adds up to nothing")
    return {"answer": str(-(-exact(need) // exact(each))), "need": str(need), "each": str(each)}
