"""One question in the teacher's page: its text, all its measures, and what the class made of it."""

from collections import defaultdict
from collections.abc import Sequence
from html import escape

from vpnedu.classroom.analysing.distractors import FLAGS, MOST_WRONG, WRONG_KEY, Pick, Wrong
from vpnedu.classroom.analysing.items import VERDICTS, Analysis, Item
from vpnedu.classroom.analysing.variants import FALSE_ALARMS, FEWEST, Variant
from vpnedu.classroom.grading.results import Results, shown
from vpnedu.classroom.telling.own_answers import right_answer
from vpnedu.classroom.telling.pages import facts, prose, table
from vpnedu.quiz.numbers import Number
from vpnedu.quiz.question import Question
from vpnedu.quiz.typed import Typed

# Of a pool whose variants offer different things, only what is flagged is shown, so many of them.
MOST_GROUPS = 3
UNKNOWN = "–"


def percent(share: float | None) -> str:
    """A share for people."""
    return UNKNOWN if share is None else f"{100 * share:.0f} %"


def decimal(value: float | None) -> str:
    """A measure for people."""
    return UNKNOWN if value is None else f"{value + 0.0:.2f}".replace("-", "−")


def name_of(item: Item, place: int) -> str:
    """A question's number and name: HTML."""
    return f"{place}. {escape(item.slot)}"


def item_html(results: Results, analysis: Analysis, at: int) -> str:
    """The question at place `at` of the paper, counted from 0."""
    item, slot = analysis.items[at], results.key.paper.slots[at]
    question = slot.pool[0]
    pool = f" · one of {len(slot.pool)} variants" if len(slot.pool) > 1 else ""
    worth = f"{shown(slot.points)} point{'' if slot.points == 1 else 's'}"
    verdicts = "".join(f"<li>{escape(VERDICTS[code])}</li>" for code in item.flags)
    return (
        f'<section class="card" id="q{at + 1}"><h3 class="about"><span>{name_of(item, at + 1)}'
        f"</span><span>{escape(question.kind)} · {worth}{pool}</span></h3>"
        f'<div class="text">{prose(question.text)}</div>{_right(question)}'
        f"{f'<ul class=flag>{verdicts}</ul>' if verdicts else ''}{_measures(item)}"
        f"{_picks([one for one in analysis.picks if one.slot == item.slot], at + 1)}"
        f"{_wrongs([one for one in analysis.wrongs if one.slot == item.slot], at + 1)}"
        f"{_variants([one for one in analysis.variants if one.slot == item.slot], at + 1)}"
        "</section>\n"
    )


def _right(question: Question) -> str:
    if not isinstance(question.answer, Number | Typed):
        return ""
    return f"<p>Right: {right_answer(question.answer)}</p>"


def _measures(item: Item) -> str:
    effective = "negative" if item.negative_weight else percent(item.effective)
    pairs = [
        ("facility", percent(item.facility)),
        ("by guessing", percent(item.guess)),
        ("SD, points", decimal(item.sd)),
        ("discrimination", decimal(item.discrimination)),
        ("… with the total", decimal(item.with_total)),
        ("efficiency", decimal(item.efficiency)),
        ("upper − lower", decimal(item.upper_lower)),
        ("weight had", effective),
        ("weight meant", percent(item.weight)),
        ("alpha without it", decimal(item.alpha_without)),
        ("blank", percent(item.blank)),
        ("unread", percent(item.invalid)),
    ]
    return facts(pairs).replace('class="facts"', 'class="facts little"')


def _picks(found: Sequence[Pick], number: int) -> str:
    groups: defaultdict[tuple[int, ...], list[Pick]] = defaultdict(list)
    for pick in found:
        groups[pick.variants].append(pick)
    whole = len(groups) == 1
    flagged = {v: g for v, g in groups.items() if whole or any(map(_alarming, g))}
    parts = [
        _picked(group, number, "" if whole else f", variant {variants[0]}")
        for variants, group in list(flagged.items())[:MOST_GROUPS]
    ]
    rest = len(groups) - len(parts)
    if rest > 0 and not whole:
        parts.append(
            f'<p class="soft small">What was picked in {rest} other '
            f"variant{'' if rest == 1 else 's'} stands in choices.csv.</p>"
        )
    return "".join(parts)


def _alarming(pick: Pick) -> bool:
    return WRONG_KEY in pick.flags


def _picked(group: Sequence[Pick], number: int, variant: str) -> str:
    paired = any(pick.part for pick in group)
    flagged = any(pick.flags for pick in group)
    rows: list[tuple[str, ...]] = []
    for pick in group:
        sign = '<span class="right">✓ right</span>' if pick.right else ""
        flags = "; ".join(FLAGS[flag] for flag in pick.flags)
        rows.append(
            (
                *((escape(pick.part),) if paired else ()),
                *(escape(pick.text), sign, percent(pick.share), str(pick.chosen)),
                decimal(pick.rest),
                *((f'<span class="flag">{flags}</span>' if flags else "",) if flagged else ()),
            )
        )
    caption = f"What was picked in question {number}{variant}"
    named = ("item",) if paired else ()
    last = ("to look at",) if flagged else ()
    columns = (*named, "choice", "key", "picked", "students", "mean elsewhere", *last)
    return table(caption, columns, rows, "numbers")


def _wrongs(found: Sequence[Wrong], number: int) -> str:
    rows = []
    for one in found:
        known = f"<code>{escape(one.mistake)}</code>: {escape(one.says)}" if one.mistake else ""
        share = percent(one.count / one.n)
        read = escape(one.read) if one.read else "by variant"
        rows.append((read, share, str(one.count), decimal(one.rest), known))
    columns = ("answer", "given", "students", "mean elsewhere", "known as")
    caption = f"Wrong answers to question {number}, the {MOST_WRONG} given most"
    return table(caption, columns, rows, "numbers") if rows else ""


def _variants(found: Sequence[Variant], number: int) -> str:
    if not found:
        return ""
    differing = [one for one in found if one.differs]
    tested = sum(one.chance is not None for one in found)
    if not tested:
        return (
            f'<p class="soft small">Its {len(found)} variants can’t be compared: none went to '
            f"{FEWEST} students.</p>"
        )
    said = (
        f"{tested} of its {len(found)} variants went to at least {FEWEST} students; "
        f"{len(differing) or 'none'} of them differ from the rest beyond chance (Fisher’s exact "
        f"test, at most {100 * FALSE_ALARMS:.0f} % false alarms)."
    )
    rows = [
        (
            *(f"variant {one.variant}", str(one.n), percent(one.facility)),
            *(f"{percent(one.low)} to {percent(one.high)}", f"{one.chance:.2g}"),
        )
        for one in differing
    ]
    columns = ("variant", "students", "facility", "with 95 % confidence", "p, adjusted")
    caption = f"Variants of question {number} that are not as hard as the rest"
    return f'<p class="small">{said}</p>' + (
        table(caption, columns, rows, "numbers") if rows else ""
    )
