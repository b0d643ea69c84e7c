"""*Find the fault*: broken networks to look into, to send packets through, and to be named.

Everything is computed here: what each table holds, what the sender of each probe sees, which
observation rules a suspect out, and the runs that show the fault. The page only counts.
"""

import sys
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from vpnedu.simulation.journey import send
from vpnedu.widgets.fault_cases import CASES, PAIR, PROBES, Case
from vpnedu.widgets.fault_looks import Look, looks
from vpnedu.widgets.fault_observed import Observed
from vpnedu.widgets.fault_suspects import SUSPECTS
from vpnedu.widgets.fault_telling import outcomes, told, words_of
from vpnedu.widgets.instrument import Instrument
from vpnedu.widgets.scene import scenes

if TYPE_CHECKING:
    from vpnedu.widgets.live import Live

TITLE = "Find the fault"


def fault_finding(*, anchor: str, caption: str) -> Instrument:
    """The instrument: eight broken networks, each with one fault."""
    pages = [(case, Observed(case.topology)) for case in CASES]
    # Not packed: what is said again and again, compression finds as well (11.3 kB against 11.9).
    data = {
        "cases": [told(*page, f"{anchor}-{at}") for at, page in enumerate(pages, 1)],
        "ends": [*PAIR.ends],
        "probes": [probe.label for probe in PROBES],
        "suspects": [suspect.words for suspect in SUSPECTS.values()],
    }
    return Instrument("fault", anchor, TITLE, caption, data, _still(pages), _text(pages))


def find_the_fault(*, anchor: str, caption: str) -> "Live":
    """The instrument in a chapter: live with or without a kernel."""
    made = fault_finding(anchor=anchor, caption=caption)
    return _widget()(made.html(), str(made))


@cache
def _widget() -> "type[Live]":
    # Imported here: the page that draws networks needs none of it.
    from vpnedu.widgets.live import Live
    from vpnedu.widgets.modules import STATIC, javascript

    if sys.platform == "emscripten":  # in a page its script and style are there
        return Live
    style = "".join(
        (STATIC / f"{name}.css").read_text(encoding="utf-8") for name in ("vpnedu", "fault")
    )

    class Fault(Live):
        """The instrument in a notebook: the kernel draws more networks."""

        # Its runs are figures: in a notebook the player comes with it.
        _esm = javascript("fault_live")
        _css = style

        def __init__(self, html: str, text: str):
            super().__init__(html, text)
            self.on_msg(self._asked)

    return Fault


Pages = list[tuple[Case, Observed]]


def _still(pages: Pages) -> str:
    """All cases as text, each with its answer to be opened; on paper the answers stand last."""
    # The network is drawn as it should be: whether a tunnel stands is for the reader to find out.
    healthy = CASES[0]
    drawn = scenes(send(healthy.topology, healthy.plays[0].packet, title="The network"))
    answers = "".join(f"<li>{_answer(case)}</li>" for case, _ in pages)
    return (
        '<vpn-figure still class="net"><div class="scene">'
        f"{drawn['wide']}{drawn['upright']}</div>"
        '<p class="plan">The network as it was planned.</p></vpn-figure>'
        f'<div class="told">{"".join(_section(case, seen) for case, seen in pages)}'
        f'<div class="answers"><p><b>Answers</b></p><ol>{answers}</ol></div></div>'
    )


def _section(case: Case, seen: Observed) -> str:
    sent = tuple(zip((probe.label for probe in PROBES), outcomes(seen), strict=True))
    shown = (*looks(seen), Look("what the senders see", ("packet", "outcome"), sent))
    return (
        f'<section><p class="panel-name">{escape(case.title)}</p><p>{escape(case.symptom)}</p>'
        f'<div class="evidence">{"".join(map(_table, shown))}</div>'
        f"<details><summary>The answer</summary><p>{_answer(case)}</p></details></section>"
    )


def _answer(case: Case) -> str:
    return escape(f"{words_of(case.answer)}. {case.cure}")


def _table(look: Look) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in look.columns)
    rows = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in look.rows
    )
    return (
        f"<table><caption>{escape(look.title)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )


def _text(pages: Pages) -> str:
    """The same for a terminal; the answers stand last."""
    lines: list[str] = []
    for case, seen in pages:
        lines += [case.title, case.symptom]
        for look in looks(seen):
            lines += [f"  {look.title}:", *(f"    {' | '.join(row)}" for row in look.rows)]
        sees = zip(PROBES, outcomes(seen), strict=True)
        lines += [f"  {probe.label}: {outcome}" for probe, outcome in sees]
        lines.append("")
    answers = (f"{at}. {SUSPECTS[c.answer].words}" for at, (c, _) in enumerate(pages, 1))
    return "\n".join([*lines, "Answers:", *answers])
