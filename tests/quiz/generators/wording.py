"""Laws of a question's words: what sentences written by a program get wrong is looked for here."""

import json
import re
from collections.abc import Iterator
from ipaddress import ip_address, ip_network
from typing import Any

from vpnedu.quiz.prose import plain
from vpnedu.quiz.question import Question

# Documentation and private ranges (RFC 5737, RFC 3849, RFC 1918, RFC 6598, RFC 4193, RFC 2544),
# link-local ones, loopback, and what stands for "any".
ALLOWED = tuple(
    ip_network(text)
    for text in (
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16",
        "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "198.18.0.0/15", "127.0.0.0/8",
        "0.0.0.0/32", "255.0.0.0/8", "2001:db8::/32", "fc00::/7", "fe80::/10", "::/127",
    )
)  # fmt: skip
SECTION = re.compile(r"(?:RFC \d+,? ?§? ?|section |§ ?)[A-Z\d][\d.]*(?:(?:,| and| to) \d[\d.]*)*")
ADDRESS = re.compile(
    r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.]*\d)|[0-9a-f]*:[0-9a-f:]*:[0-9a-f:]*"
)
CLUMSY = (
    (re.compile(r"[{}]"), "a hole that was not filled"),
    (re.compile(r"(?<=[\w,;(] )(?:None|True|False)\b|None\.|\b(?:nan|inf)\b"), "a value of Python"),
    (re.compile(r"\b[A-Z]\w+\(|<[a-z_]\w*[ >]|\\[nu]|\['|', '"), "something as Python writes it"),
    (
        re.compile(r"(?:\ba|(?:^|[.?!:] )A) (?:[aeioAEIO](?!n(?:e|ce)\b)\w|/?(?:8|11|18)\b|SA\b)"),
        "a for an",
    ),
    (re.compile(r"\b[Aa]n (?![aeio]|hour|hono|8|1[18]|/8|/18|u[^s]|[AEFHILMNORSX])"), "an for a"),
    (
        re.compile(
            r"(?<![\d.,/:])\b1 (?:hosts|packets|bytes|rows|routes|tunnels|seconds|minutes|hours|"
            r"days|years|sites|devices|gateways|prefixes|addresses|networks|bits|hops|choices)\b"
        ),
        "one of many",
    ),
    (re.compile(r"\b(\w+) \1\b(?<!that that)(?<!had had)", re.IGNORECASE), "a word twice"),
    (re.compile(r"[,;:]\.|\.\.(?!\.)|,,| [,.;?](?!\.)|\( | \)"), "stray punctuation"),
    (re.compile(r"[`*]"), "a mark that does not close"),
)  # fmt: skip


def texts(question: Question) -> Iterator[tuple[str, str]]:
    """Every prose text of a question, with where it stands, without its marks."""
    yield "text", plain(question.text)
    yield "explain", plain(question.explain)
    for place, hint in enumerate(question.hints):
        yield f"hint {place}", plain(hint.text)
    answer = question.answer
    for name in ("choices", "items", "steps", "fields", "mistakes"):
        for part in getattr(answer, name, ()):
            where = f"{name} {getattr(part, 'id', '') or getattr(part, 'name', '')}"
            if hasattr(part, "text"):
                yield f"{where}: text", plain(part.text)
            yield f"{where}: says", plain(part.says)
    for option, text in getattr(answer, "options", ()):
        yield f"options {option}: text", plain(text)


def words_are_well_made(question: Question) -> None:
    """No hole, no Python, no clumsy word in any text; whole sentences where sentences belong."""
    for where, text in texts(question):
        told = f"{question.id}: {where}: {text!r}"
        assert text, f"{told}: nothing"
        assert text == text.strip(), f"{told}: a space too many"
        for pattern, wrong in CLUMSY:
            found = pattern.search(text)
            assert not found, f"{told}: {wrong} at {found and found.group()!r}"
        if not where.endswith(": text"):
            assert text.endswith((".", "?", "!", "”", ")")), f"{told}: no whole sentence"
            assert not text[0].islower(), f"{told}: begins with a small letter"
    for text in (question.reference, question.objective):
        assert text.strip(), f"{question.id}: reference and objective are needed"


def addresses_are_nobodys(question: Question) -> None:
    """Every address is a private one or one of those kept for documentation."""
    spoken = [text for _, text in texts(question)]
    spoken += [cell for row in _rows(question) for cell in row]
    if question.trace:
        spoken += [node.detail for node in question.trace.nodes]
    for text in spoken:
        for written in ADDRESS.findall(SECTION.sub("", text)):
            try:
                address = ip_address(written)
            except ValueError:
                continue
            allowed = any(address in net for net in ALLOWED if net.version == address.version)
            assert allowed, f"{question.id}: {written} may be somebody's: {text!r}"


def table_is_whole(question: Question) -> None:
    """Each row has a cell for each column, and no cell is a leftover."""
    for row in _rows(question):
        assert len(row) == len(question.table.columns), f"{question.id}: a row of another width"
        for cell in row:
            assert not re.search(r"[{}]|\bNone\b|\w\(", cell), f"{question.id}: {cell!r}"


def _rows(question: Question) -> tuple[tuple[str, ...], ...]:
    return question.table.rows if question.table else ()


def without_id(content: dict[str, Any]) -> str:
    """A question's content as text that two like questions share."""
    return json.dumps({k: v for k, v in content.items() if k not in ("id", "rev")}, sort_keys=True)
