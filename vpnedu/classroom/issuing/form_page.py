"""A form as one page that needs nothing else: no server, no other file, no network.

Its questions can be read, and printed, where no script runs; the script of `graded.js` makes them
answerable and saves what is handed in. Nothing of the key is in it but what `form_data` gives.
"""

from fractions import Fraction
from functools import cache
from html import escape

from vpnedu import __version__
from vpnedu.classroom.issuing.form_cards import card, many
from vpnedu.classroom.issuing.forms import Form, form_data
from vpnedu.widgets.modules import STATIC, script
from vpnedu.widgets.quizzes import as_script

STYLES = ("vpnedu.css", "quiz.css", "graded.css")
# The page may ask no host for anything; what it shows and runs is written in it.
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>{title}</title>
<style>{style}</style></head>
<body><main><vpn-quiz class="graded" data-app="vpnedu {version}">{head}{cards}</vpn-quiz></main>
{data}
<script>{script}</script></body></html>
"""

_UNSCRIPTED = (
    "Nothing can be answered here yet: what you read this with runs no scripts. Save the file and "
    "open it in a browser, such as Firefox, Chrome, Edge or Safari. Or answer on paper: print "
    "this page, or write the number of each question and your answer, with your name and the name "
    "of the form, and hand that in."
)


def form_html(form: Form) -> str:
    """The page of `form`: the same bytes for the same key and learner."""
    data = form_data(form)
    slots = data["slots"]
    cards = "".join(card(slot, place, len(slots)) for place, slot in enumerate(slots, start=1))
    # The drawings stand in the page already.
    spare = [{name: slot[name] for name in slot if name != "picture"} for slot in slots]
    return _PAGE.format(
        policy=escape(POLICY),
        title=escape(f"{data['title']} · {form.learner.name or form.learner.id}"),
        style=_style(),
        version=escape(__version__),
        head=_head(form),
        cards=cards,
        data=as_script(data | {"slots": spare}),
        script=_script(),
    )


@cache
def _style() -> str:
    return "".join((STATIC / name).read_text(encoding="utf-8") for name in STYLES)


@cache
def _script() -> str:
    return script("graded")


def _head(form: Form) -> str:
    """Whose form it is, when it is due, and what counts."""
    key, learner = form.key, form.learner
    who = f"<strong>{escape(learner.name or learner.id)}</strong>"
    who += f" ({escape(learner.id)})" if learner.name else ""
    told = "".join(f"<li>{escape(sentence)}</li>" for sentence in key.told)
    told = told and f'<ul class="g-told">{told}</ul>'
    count, points = len(key.paper.slots), key.paper.points
    about = f"{many(Fraction(count), 'question')} · {many(points, 'point')} · form {form.id}"
    return (
        f'<header class="g-head"><h1>{escape(key.paper.title)}</h1>'
        f'<p class="g-who">For {who} · attempt {key.attempt}</p>{_due(key.due)}'
        f"{told}"
        f'<p class="g-about">{about}</p><p class="g-unscripted">{_UNSCRIPTED}</p></header>'
    )


def _due(moment: str) -> str:
    """When it is due, in UTC; the script puts the student's own clock in its place."""
    if not moment:
        return ""
    words = f"{moment[:10]}, {moment[11:16]} UTC"
    return f'<p class="g-due">Due <time datetime="{escape(moment)}">{escape(words)}</time>.</p>'
