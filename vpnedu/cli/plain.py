"""Text from outside, made safe to show: no control characters, and never more than a line."""

from difflib import get_close_matches

from vpnedu.network.addresses import InputError

LONGEST = 360


def plain(text: str, keep: str = "") -> str:
    """`text` with what can't be printed escaped, so that no file can steer the terminal."""
    return "".join(
        c if c.isprintable() or c in keep else c.encode("unicode_escape").decode() for c in text
    )


def clipped(text: str, longest: int = LONGEST) -> str:
    """`text` with its middle left out if it is long: the rule that was broken stands at its end."""
    if len(text) <= longest:
        return text
    half = longest // 2
    return f"{text[:half]}…{text[-half:]}"


def one_line(wrong: InputError) -> str:
    """An error as one line: where, then what."""
    where = f"{plain(wrong.field)}: " if wrong.field else ""
    # Cut twice: a huge rule is not worth escaping, and escaping makes it longer.
    return where + clipped(plain(clipped(wrong.rule)))


def nearest(word: str, known: tuple[str, ...]) -> str:
    """The known words nearest to `word`; all of them where none is near."""
    asked = word[:40].lower()
    wider = [one for one in known if len(asked) > 2 and asked in one]
    return ", ".join(wider or get_close_matches(asked, known, n=3, cutoff=0.5) or known)
