"""*Find the fault*: broken networks to look into, to send packets through, and to be named.

Everything is computed here: what each table holds, what the sender of each probe sees, which
observation rules a suspect out, and the runs that show the fault. The page only counts.
"""

from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

from vpnedu.simulation.journey import send
from vpnedu.widgets.fault_cases import CASES, PROBES, Case
from vpnedu.widgets.fault_looks import Look, looks
from vpnedu.widgets.fault_suspects import SUSPECTS, TOO_BIG, Observed
from vpnedu.widgets.figure import Figure, Show
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
        "cases": [_data(anchor, at, *page) for at, page in enumerate(pages, 1)],
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
    # Imported here: anywidget is not there where only the core runs, as in a browser's Python.
    from vpnedu.widgets.live import Live
    from vpnedu.widgets.modules import STATIC, javascript

    style = "".join(
        (STATIC / f"{name}.css").read_text(encoding="utf-8") for name in ("vpnedu", "fault")
    )
    # Its runs are figures: in a notebook the player comes with it.
    return type("Fault", (Live,), {"_esm": javascript("fault_live"), "_css": style})


def _outcome(seen: Observed, place: int) -> str:
    said = seen.outcome(PROBES[place])
    return f"{said}, largest {seen.room}" if said == TOO_BIG else said


def _data(anchor: str, number: int, case: Case, seen: Observed) -> dict[str, Any]:
    """One case as the page needs it."""
    return {
        "title": case.title,
        "symptom": case.symptom,
        "looks": [look.to_dict() for look in looks(seen)],
        "sees": [_outcome(seen, place) for place in range(len(PROBES))],
        "counts": [seen.counts(probe) for probe in PROBES],
        # The right suspect is the one that has nothing to say for itself.
        "alibis": [suspect.alibi(seen) for suspect in SUSPECTS.values()],
        "cure": case.cure,
        "figure": _figure(f"{anchor}-{number}", case).to_dict(),
    }


def _figure(anchor: str, case: Case) -> Figure:
    """The runs that show what was wrong."""
    title = SUSPECTS[case.answer].words
    title = title[0].upper() + title[1:]
    shows = tuple(
        Show(
            preset.label,
            (
                send(
                    case.topology,
                    preset.packet,
                    title=title,
                    changes=preset.changes or (),
                    answered=True,
                ),
            ),
        )
        for preset in case.plays
    )
    return Figure(anchor, title, case.cure, (title,), shows)


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
        f'<div class="told">{"".join(_told(case, seen) for case, seen in pages)}'
        f'<div class="answers"><p><b>Answers</b></p><ol>{answers}</ol></div></div>'
    )


def _told(case: Case, seen: Observed) -> str:
    sent = tuple((p.label, _outcome(seen, at)) for at, p in enumerate(PROBES))
    shown = (*looks(seen), Look("what the senders see", ("packet", "outcome"), sent))
    return (
        f'<section><p class="panel-name">{escape(case.title)}</p><p>{escape(case.symptom)}</p>'
        f'<div class="evidence">{"".join(map(_table, shown))}</div>'
        f"<details><summary>The answer</summary><p>{_answer(case)}</p></details></section>"
    )


def _answer(case: Case) -> str:
    words = SUSPECTS[case.answer].words
    return escape(f"{words[0].upper()}{words[1:]}. {case.cure}")


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
        lines += [f"  {p.label}: {_outcome(seen, at)}" for at, p in enumerate(PROBES)]
        lines.append("")
    answers = (f"{at}. {SUSPECTS[c.answer].words}" for at, (c, _) in enumerate(pages, 1))
    return "\n".join([*lines, "Answers:", *answers])
