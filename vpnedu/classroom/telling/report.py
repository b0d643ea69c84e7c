"""The teacher's page: how the class did, what to look at, and what could not be marked."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from fractions import Fraction
from html import escape
from zoneinfo import ZoneInfo

from vpnedu.classroom.analysing.items import FEW, VERDICTS, Analysis, Item
from vpnedu.classroom.grading.codes import CODES, FLAGS
from vpnedu.classroom.grading.results import DIGITS, Grade, Results, shown
from vpnedu.classroom.grading.times import lasted
from vpnedu.classroom.telling.pages import facts, page, table
from vpnedu.classroom.telling.report_items import decimal, item_html, percent
from vpnedu.drawing.scores import facility_by_discrimination, histogram

_NAV = """<nav aria-label="Parts of this page"><a href="#questions">Questions</a>
<a href="#quarantine">What could not be marked</a><a href="#flags">Flags</a>
<a href="#each">Each question</a><a href="#grades">Grades</a></nav>
"""
# More rows than that make a page slow; the rest is said to be in the tables.
MOST_ROWS = 5000


def report_html(
    results: Results, analysis: Analysis, *, zone: ZoneInfo, digits: int = DIGITS, title: str = ""
) -> str:
    """The page; `title` is the paper's unless told."""
    body = "".join(
        (
            _NAV,
            _summary(results, analysis, digits),
            _figures(results, analysis),
            _look(analysis),
            _items(analysis),
            _quarantined(results),
            _flags(results),
            '<h2 id="each">Each question</h2>\n',
            *(item_html(results, analysis, at) for at in range(len(analysis.items))),
            _grades(results, zone, digits),
        )
    )
    return page(title or results.key.paper.title, body)


def _summary(results: Results, analysis: Analysis, digits: int) -> str:
    grades, total = results.grades, results.total
    counted = [grade for grade in grades if grade.counted]
    late = sum(any(grade.graded[at].late for at in grade.counted) for grade in counted)
    whole = sum(not one.graded for one in results.quarantined)
    handed_in = f"{len(counted)} of {len(grades)}"
    about = [
        ("Handed in, and counts", f"{handed_in}<small>{len(counted) - late} in time</small>"),
        ("Late", str(late)),
        ("Nothing that counts", str(len(grades) - len(counted))),
        ("Files that could not be marked", str(whole)),
    ]
    marks = sorted(grade.points for grade in counted)
    if marks:
        average = sum(marks, Fraction(0)) / len(marks)
        middle = (marks[len(marks) // 2] + marks[(len(marks) - 1) // 2]) / 2
        about += [
            ("Mean grade", f"{shown(average, digits)}<small>of {shown(total, digits)}</small>"),
            ("Median grade", shown(middle, digits)),
        ]
    sem = "" if analysis.sem is None else f"<small>± {decimal(analysis.sem)} points</small>"
    about += [
        ("Spread before lateness (SD)", decimal(analysis.sd)),
        ("Reliability (alpha)", decimal(analysis.alpha) + sem),
    ]
    key = results.key
    issued = f"Quiz {key.paper.name}, issue {key.issue}, issued {key.issued}"
    due = f", due {key.due}" if key.due else ""
    return f'<p class="soft">{escape(issued + due)}</p>\n{facts(about)}{_basis(analysis)}'


def _basis(analysis: Analysis) -> str:
    words = (
        f"Grades are after lateness and after what you set by hand. All about questions is of "
        f"{analysis.n} students, one submission each: the one that counts, or the first of "
        "several that do, before lateness. Alpha tells how far the questions measure one thing: "
        "0.75 is satisfactory, and below 0.64 much of a grade is chance. Beneath it stands by how "
        "much the same student’s points would vary (standard error of measurement)."
    )
    few = (
        f'<p class="note"><strong>Too few.</strong> With fewer than {FEW} students these numbers '
        "say little: take them as a reason to look, never as proof.</p>\n"
    )
    return f'<p class="soft small">{words}</p>\n{few if analysis.few else ""}'


def _figures(results: Results, analysis: Analysis) -> str:
    total = results.total
    shares = [float(one.points / total) for one in results.grades if one.counted and total]
    dots = [
        (str(place), item.facility, item.discrimination)
        for place, item in enumerate(analysis.items, start=1)
        if item.facility is not None and item.discrimination is not None
    ]
    without = [
        str(place)
        for place, item in enumerate(analysis.items, start=1)
        if item.facility is not None and item.discrimination is None
    ]
    caption = "Questions"
    missing = f" (not shown, all answered alike: {', '.join(without)})" if without else ""
    return (
        f'<div class="figures"><figure><figcaption>Grades</figcaption>{histogram(shares)}</figure>'
        f"<figure><figcaption>{caption}{missing}</figcaption>"
        f"{facility_by_discrimination(dots)}</figure></div>\n"
    )


def verdict(item: Item) -> str:
    """What is wrong with a question in plain words: HTML."""
    words = "; ".join(VERDICTS[code] for code in item.flags)
    if item.dropped:
        words = f"counts for nobody; {words}".rstrip("; ")
    return f'<span class="flag">{escape(words)}</span>' if words else "good"


def _look(analysis: Analysis) -> str:
    order = list(VERDICTS)
    found = [(at, item) for at, item in enumerate(analysis.items, start=1) if item.flags]
    found.sort(key=lambda one: (order.index(one[1].flags[0]), one[0]))
    lines = "".join(
        f'<li><a href="#q{at}">{at}. {escape(item.slot)}</a>: {verdict(item)}</li>'
        for at, item in found
    )
    body = f"<ul>{lines}</ul>" if lines else "<p>Nothing: no question stands out.</p>"
    return f"<h2>What to look at first</h2>\n{body}\n"


def _items(analysis: Analysis) -> str:
    rows = [
        (
            f'<a href="#q{at}">{at}. {escape(item.slot)}</a>',
            *(percent(item.facility), decimal(item.discrimination), decimal(item.efficiency)),
            f"{percent(item.effective)} ({percent(item.weight)})",
            *(percent(item.blank), percent(item.invalid)),
            f'<span class="words">{verdict(item)}</span>',
        )
        for at, item in enumerate(analysis.items, start=1)
    ]
    columns = (
        *("question", "facility", "discrimination", "efficiency", "weight had (meant)"),
        *("blank", "unread", "verdict"),
    )
    words = (
        "Facility is the share of the points that the class got. Discrimination is the correlation "
        "with the points in all other questions, and efficiency how much of the discrimination "
        "that was possible came about. A weight is a question’s share in how "
        "totals differ; upper − lower is by how much the best 27 % did better than the last."
    )
    return f'<h2 id="questions">Questions</h2>\n<p class="soft small">{words}</p>\n' + table(
        "All questions", columns, rows, "wide numbers"
    )


def _quarantined(results: Results) -> str:
    if not results.quarantined:
        return '<h2 id="quarantine">What could not be marked</h2>\n<p>Everything was marked.</p>\n'
    rows = [
        (
            *(escape(one.source), f"<code>{escape(one.code)}</code>", escape(one.rule)),
            "the rest was marked" if one.graded else "nothing of it was marked",
            f'<span class="words">{escape(CODES.get(one.code, ""))}</span>',
        )
        for one in results.quarantined[:MOST_ROWS]
    ]
    columns = ("file", "code", "why", "the rest", "what to do")
    return '<h2 id="quarantine">What could not be marked</h2>\n' + _capped(
        table(_counted("Quarantine", (one.code for one in results.quarantined)), columns, rows),
        *(len(results.quarantined), "quarantine.csv"),
    )


def _flags(results: Results) -> str:
    if not results.flags:
        return '<h2 id="flags">Flags</h2>\n<p>Nothing about the submissions stands out.</p>\n'
    rows = [
        (
            *(escape(one.learner), escape(one.source), f"<code>{escape(one.code)}</code>"),
            *(escape(one.words), f'<span class="words">{escape(FLAGS.get(one.code, ""))}</span>'),
        )
        for one in results.flags[:MOST_ROWS]
    ]
    columns = ("student", "file", "code", "what", "what it means")
    return (
        '<h2 id="flags">Flags</h2>\n<p>A flag changes no points: it is for you to judge.</p>\n'
        + _capped(
            table(_counted("Flags", (one.code for one in results.flags)), columns, rows),
            *(len(results.flags), "flags.csv"),
        )
    )


def _grades(results: Results, zone: ZoneInfo, digits: int) -> str:
    rows = [_grade(results, grade, zone, digits) for grade in results.grades[:MOST_ROWS]]
    columns = (
        "student",
        "name",
        "points",
        "%",
        f"received ({zone})",
        "late",
        "hand-ins",
        "set by hand",
    )
    caption = f"Grades, of {shown(results.total, digits)} points"
    return '<h2 id="grades">Grades</h2>\n' + _capped(
        table(caption, columns, rows, "numbers"), len(results.grades), "grades.csv"
    )


def _grade(results: Results, grade: Grade, zone: ZoneInfo, digits: int) -> Sequence[str]:
    last = grade.graded[grade.counted[-1]] if grade.counted else None
    share = shown(100 * grade.points / results.total, 1) if results.total else ""
    when = "nothing tells when" if last else "nothing counts" if grade.graded else "nothing came"
    if last and last.received is not None:
        when = f"{datetime.fromtimestamp(last.received, zone):%Y-%m-%d %H:%M:%S}"
    return (
        *(escape(grade.learner.id), escape(grade.learner.name)),
        *(shown(grade.points, digits), share, when),
        lasted(last.late) if last and last.late else "",
        *(str(len(grade.graded)), escape(grade.override)),
    )


def _counted(name: str, codes: Iterable[str]) -> str:
    counts = Counter(codes)
    return f"{name}: {', '.join(f'{code} {counts[code]}' for code in sorted(counts))}"


def _capped(html: str, rows: int, file: str) -> str:
    if rows <= MOST_ROWS:
        return html
    return f"{html}<p>These are the first {MOST_ROWS:,} of {rows:,}; {file} has all.</p>\n"
