"""The chooser of gateway types: a list of needs to tick, and the gateway that serves them.

The page gets the rules as data, and does no more than leave out what they rule out.
"""

from html import escape
from itertools import groupby
from typing import Any

from vpnedu.book.choosing import Chooser, Reason, Rule
from vpnedu.book.choosing_rules import chooser
from vpnedu.widgets.instrument import Instrument, shown
from vpnedu.widgets.live import Live


def choose_type(*, anchor: str, caption: str, title: str = "Tick what the gateway must do") -> Live:
    """The chooser, as it stands in the page under `anchor`."""
    return shown(instrument_of(chooser(), anchor=anchor, caption=caption, title=title))


def instrument_of(choosing: Chooser, *, anchor: str, caption: str, title: str) -> Instrument:
    """A chooser as an instrument: its rules as data, and as a table for pages without scripts."""
    data = data_of(choosing)
    return Instrument("chooser", anchor, title, caption, data, _still(data), _text(data))


def data_of(choosing: Chooser) -> dict[str, Any]:
    """What the page combines: needs in groups, SKUs in order of preference, rules, sources."""
    sources = list(
        dict.fromkeys(
            source
            for rule in choosing.rules
            for reason in rule.reasons
            for source in reason.sources
        )
    )
    grouped = groupby(choosing.needs, key=lambda need: need.group)
    return {
        "groups": [
            {"name": name, "needs": [[need.id, need.label] for need in needs]}
            for name, needs in grouped
        ],
        "skus": [[sku.kind, sku.name, sku.remark] for sku in choosing.skus],
        "rules": [_rule(rule, choosing, sources) for rule in choosing.rules],
        "sources": [_shorter(source) for source in sources],
    }


def _rule(rule: Rule, choosing: Chooser, sources: list[str]) -> dict[str, Any]:
    return {
        "when": list(rule.needs),
        "out": [
            {
                "at": list(reason.out),
                "who": who(reason, choosing),
                "why": reason.why,
                "from": [sources.index(source) for source in reason.sources],
            }
            for reason in rule.reasons
        ],
        "way": rule.way,
    }


def who(reason: Reason, choosing: Chooser) -> str:
    """The SKUs that a reason rules out, in words: a run of them by its first and last."""
    if len(reason.out) == len(choosing.skus):
        return "all"
    numbered = enumerate(reason.out)
    runs = [[place for _, place in run] for _, run in groupby(numbered, lambda at: at[1] - at[0])]
    return "; ".join(words for run in runs for words in _run(run, choosing))


def _run(run: list[int], choosing: Chooser) -> list[str]:
    """Each Basic by its type, the others from the first to the last."""
    skus = [choosing.skus[place] for place in run]
    basic = [f"{sku.name}, {sku.kind}" for sku in skus if sku.basic]
    others = list(dict.fromkeys(sku.name.split(",")[0] for sku in skus if not sku.basic))
    if len(others) > 1:
        others = [f"{others[0]} to {others[-1]}"]
    return [*others, *basic] if not skus[0].basic else [*basic, *others]


def _shorter(source: str) -> str:
    return source.replace(", Microsoft Learn", "")


def _rows(data: dict[str, Any]) -> list[tuple[str, str, str]]:
    """All rules as rows of a table: what is needed, what that rules out, and why."""
    labels = {id_: label for group in data["groups"] for id_, label in group["needs"]}
    return [
        (
            " + ".join(labels[id_] for id_ in rule["when"]) if place == 0 else "",
            reason["who"],
            f"{reason['why']} ({'; '.join(data['sources'][at] for at in reason['from'])})",
        )
        for rule in data["rules"]
        for place, reason in enumerate(rule["out"])
    ]


LEFT = "The first that is left serves: "


def _order(data: dict[str, Any]) -> str:
    """The SKUs in the order in which they are preferred, as one sentence."""
    names = (f"{name} ({kind})" if name == "Basic" else name for kind, name, _ in data["skus"])
    return LEFT + "; ".join(names) + "."


def _still(data: dict[str, Any]) -> str:
    """The rules as a table, for paper and for pages without scripts."""
    body = "".join(
        f'<tr><th scope="row">{escape(need)}</th><td>{escape(out)}</td><td>{escape(why)}</td></tr>'
        for need, out, why in _filled(_rows(data))
    )
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Needed", "Ruled out", "Because"))
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    return f'<div class="rules">{table}<p>{escape(_order(data))}</p></div>'


def _filled(rows: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """The rows with no empty head: a row's head is read aloud with each of its cells."""
    heads: list[str] = []
    for need, _, _ in rows:
        heads.append(need or heads[-1])
    return [(head, out, why) for head, (_, out, why) in zip(heads, rows, strict=True)]


def _text(data: dict[str, Any]) -> str:
    lines = [f"{need}: rules out {out}. {why}" for need, out, why in _filled(_rows(data))]
    return "\n".join([*lines, _order(data)])
