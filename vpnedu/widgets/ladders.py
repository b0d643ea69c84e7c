"""The ladder: IKEv2 message by message, what each carries, and what each end knows after it."""

from dataclasses import dataclass
from html import escape
from typing import Any

from vpnedu.simulation.ike import Message
from vpnedu.simulation.ike.conversation import Line
from vpnedu.simulation.ike.knowledge import knowledge
from vpnedu.simulation.ike.payloads import Payload, payloads, sealed
from vpnedu.simulation.ike.stories import INITIATOR, RESPONDER, STORIES, Story
from vpnedu.simulation.ike.telling import told
from vpnedu.widgets.instrument import Instrument, shown
from vpnedu.widgets.live import Live

ENDS = (INITIATOR, RESPONDER)
KNOWN = ("Keys of the IKE SA", "The peer", "Child SA, outward", "Child SA, inward")
TITLE = "IKEv2, message by message"


def ike_ladder(*, anchor: str, caption: str, title: str | None = None) -> Live:
    """The ladder in a notebook and on the page."""
    return shown(ladder(anchor=anchor, caption=caption, title=title))


def ladder(*, anchor: str, caption: str, title: str | None = None) -> Instrument:
    """The ladder with all its stories, each a run of the engine's IKE."""
    stories = tuple(make() for make in STORIES)
    tables = _Tables(_Rows(), _Rows())
    data = {
        "ends": ENDS,
        "known": KNOWN,
        "stories": [_story(story, tables) for story in stories],
        "payloads": tables.payloads.rows,
        "facts": tables.facts.rows,
    }
    explained: set[Payload] = set()
    still = "".join(_still(story, explained) for story in stories)
    text = "\n\n".join(_text(story) for story in stories)
    return Instrument("ladder", anchor, title or TITLE, caption, data, still, text)


class _Rows:
    """Rows that are sent once, and told by their place."""

    def __init__(self) -> None:
        self.rows: list[list[Any]] = []

    def place(self, *row: Any) -> int:
        made = [*row]
        if made not in self.rows:
            self.rows.append(made)
        return self.rows.index(made)


@dataclass(frozen=True, slots=True)
class _Tables:
    payloads: _Rows
    facts: _Rows


def _story(story: Story, tables: _Tables) -> dict[str, Any]:
    steps = [_step(story, place, tables) for place in range(len(story.lines))]
    return {"label": story.label, "notice": story.notice, "steps": steps}


def _step(story: Story, place: int, tables: _Tables) -> dict[str, Any]:
    line = story.lines[place]
    says, section = _says(line)
    step = {
        "time": _time(line),
        "from": line.sender,
        "says": says,
        "section": section,
        "knows": [
            [tables.facts.place(known.has, known.words) for known in knowledge(belief, me, peer)]
            for belief, me, peer in zip(line.beliefs, ENDS, reversed(ENDS), strict=True)
        ],
    }
    if line.message is None:
        return step
    parts = _payloads(story, place)
    return step | {
        "name": _name(line.message),
        "sealed": sealed(line.message),
        "lost": line.lost,
        "ports": _ports(story, place),
        "sees": _sees(story, place),
        "payloads": [tables.payloads.place(p.name, p.says, p.section, p.sealed) for p in parts],
    }


def _time(line: Line) -> str:
    return f"{line.at:.2f} s"


def _name(message: Message) -> str:
    return f"{message.exchange} {'request' if message.request else 'response'}"


def _payloads(story: Story, place: int) -> tuple[Payload, ...]:
    message = story.lines[place].message
    assert message, "only a message has payloads"
    asked = story.lines[place - 1].message if place and not message.request else None
    return payloads(message, asked) + (story.extras[place] if story.extras else ())


def _ports(story: Story, place: int) -> str:
    return story.ports[place] if story.ports else "UDP 500 to 500"


def _says(line: Line) -> tuple[str, str]:
    if line.message is None:
        return " ".join(line.reasons), "2.4"
    says, section = told(line.message, line.at - line.first)
    return (f"{says} It does not arrive." if line.lost else says), section


def _sees(story: Story, place: int) -> str:
    """What somebody on the way learns from one message."""
    message = story.lines[place].message
    assert message, "an end's own thoughts are not to be seen"
    if sealed(message):
        guess = ""
        if message.exchange == "INFORMATIONAL":
            guess = " Whether it deletes something or only asks, the header does not tell."
        return (
            f"that the two talk, that this is {message.exchange}, its number and its length: the "
            f"header is in the clear, all else is sealed.{guess}"
        )
    if message.notify:
        return f"everything: the refusal is in the clear ({message.notify})."
    return (
        "which algorithms, the public value and the nonce. The keys can't be worked out from these."
    )


def _still(story: Story, explained: set[Payload]) -> str:
    """A story for paper: its messages in order, each with what is in the clear and what is sealed.

    A payload that has been `explained` is only named.
    """
    items = "".join(
        f"<li>{_item(story, place, explained)}</li>" for place in range(len(story.lines))
    )
    return (
        f'<div class="story"><p class="story-name">{escape(story.label)}</p>'
        f"<p>{escape(story.notice)}</p><ol>{items}</ol></div>"
    )


def _item(story: Story, place: int, explained: set[Payload]) -> str:
    line = story.lines[place]
    says, section = _says(line)
    if line.message is None:
        return f"<b>{_time(line)}</b> {escape(says)} (RFC 7296, {section})"
    parts = _payloads(story, place)
    clear = _listed("in the clear", [p for p in parts if not p.sealed], explained)
    shut = _listed("sealed", [p for p in parts if p.sealed], explained)
    explained.update(parts)
    way = f"{ENDS[line.sender]} to {ENDS[1 - line.sender]}"
    lost = ", lost" if line.lost else ""
    over = f" ({_ports(story, place)})" if story.ports else ""
    return (
        f"<b>{_time(line)}</b> {way}{over}{lost}: <b>{_name(line.message)}</b>. {escape(says)} "
        f"(RFC 7296, {section}){clear}{shut}"
    )


def _listed(how: str, parts: list[Payload], explained: set[Payload]) -> str:
    told = "; ".join(
        f"<code>{escape(p.name)}</code>{'' if p in explained else f' {escape(p.says)}'}"
        for p in parts
    )
    sign = "●" if how == "sealed" else "○"
    return f'<br><span class="{how.split()[-1]}">{sign} {how}:</span> {told}' if parts else ""


def _text(story: Story) -> str:
    lines = [story.label, story.notice]
    for place, line in enumerate(story.lines, start=1):
        says, section = _says(line)
        if line.message is None:
            lines.append(f"{place}. {_time(line)} {says} (RFC 7296, {section})")
            continue
        how = "sealed" if sealed(line.message) else "in the clear"
        names = ", ".join(p.name for p in _payloads(story, place - 1))
        lines.append(
            f"{place}. {_time(line)} {ENDS[line.sender]} to {ENDS[1 - line.sender]}: "
            f"{_name(line.message)}, {how}: {names}. {says} (RFC 7296, {section})"
        )
    return "\n".join(lines)
