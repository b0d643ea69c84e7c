"""The map of the book: its parts and chapters, what each needs, and four ways to read them.

The cards are HTML, so that they are there without scripts. The page's script (`static/map.js`)
adds what the browser keeps of a reader's answers, and shows a path by numbers on the cards.
"""

from collections.abc import Iterable, Mapping
from html import escape

from vpnedu.book import mapping
from vpnedu.book.banks import banks
from vpnedu.book.mapping import BookMap, Page, ReadingPath
from vpnedu.quiz.bank import Bank
from vpnedu.widgets.instrument import Instrument, shown
from vpnedu.widgets.live import Live

TITLE = "The map of this book"


def book_map(*, anchor: str, caption: str, title: str = TITLE) -> Live:
    """The map of this book, as it stands in the page under `anchor`."""
    made = instrument_of(mapping.book_map(), banks(), anchor=anchor, caption=caption, title=title)
    return shown(made)


def instrument_of(
    book: BookMap, asked: Mapping[str, Bank], *, anchor: str, caption: str, title: str = TITLE
) -> Instrument:
    """A map as an instrument; `asked` are the banks of its pages."""
    data = {
        "revs": {
            name: [question.revision for question in asked[name].questions]
            for name in book.pages
            if name in asked
        },
        "needs": {page.name: page.needs for page in book.pages.values() if page.needs},
        "paths": [
            {
                "name": path.name,
                "told": _told(path, book),
                "steps": [page for page, _ in path.steps],
            }
            for path in book.paths
        ],
    }
    still = _parts(book, asked, anchor) + "".join(_path(one, book, anchor) for one in book.paths)
    return Instrument("map", anchor, title, caption, data, still, _text(book, asked))


def _told(path: ReadingPath, book: BookMap) -> str:
    """A path in one sentence: how long it is, and its pages in order."""
    names = ", ".join(book.pages[page].title for page, _ in path.steps)
    return f"{len(path.steps)} pages, {in_hours(book.minutes(path))} of reading: {names}."


def in_hours(minutes: int) -> str:
    """A stretch of reading in words, to half an hour.

    >>> in_hours(100)
    'about 1½ hours'
    """
    halves = max(1, round(minutes / 30))
    whole, half = str(halves // 2 or ""), "½" * (halves % 2)
    return f"about {whole}{half} {'hours' if halves > 2 else 'hour'}"


def _minutes(page: Page) -> str:
    return page.time or f"{page.minutes} min"


def _questions(page: Page, asked: Mapping[str, Bank]) -> str:
    return f"{len(asked[page.name].questions)} questions" if page.name in asked else ""


def _titles(names: Iterable[str], book: BookMap) -> str:
    return ", ".join(book.pages[name].title for name in names)


def _link(page: Page) -> str:
    return f'<a href="{escape(page.name)}.html">{escape(page.title)}</a>'


def _headed(name: str, id_: str, tag: str, items: str) -> str:
    """A list under its name."""
    id_ = escape(id_)
    kind = ' class="cards"' if tag == "ul" else ""
    return (
        f'<p class="part" id="{id_}">{escape(name)}</p>'
        f'<{tag}{kind} aria-labelledby="{id_}">{items}</{tag}>'
    )


def _parts(book: BookMap, asked: Mapping[str, Bank], anchor: str) -> str:
    cards = ("".join(_card(page, book, asked) for page in part.pages) for part in book.parts)
    bands = "".join(
        _headed(part.name, f"{anchor}-part-{place}", "ul", items)
        for place, (part, items) in enumerate(zip(book.parts, cards, strict=True), start=1)
    )
    return f'<div class="bands">{bands}</div>'


def _card(page: Page, book: BookMap, asked: Mapping[str, Bank]) -> str:
    """A page with its question, its time, and what stands before and behind it."""
    facts = escape(_minutes(page))
    if questions := _questions(page, asked):
        facts += f' · <span class="asked">{questions}</span>'
    before = f'<p class="needs">Needs {escape(_titles(page.needs, book))}</p>'
    behind = escape(_titles(book.needing(page.name), book))
    return (
        f'<li class="card" data-page="{escape(page.name)}"><p class="name">{_link(page)}</p>'
        f'<p class="question">{escape(page.question)}</p><p class="facts">{facts}</p>'
        + (before if page.needs else "")
        + (f'<p class="unseen">Needed for {behind}</p>' if behind else "")
        + "</li>"
    )


def _path(path: ReadingPath, book: BookMap, anchor: str) -> str:
    steps = "".join(
        f"<li>{_link(book.pages[page])}: {escape(why)}</li>" for page, why in path.steps
    )
    return f'<div class="path">{_headed(path.name, f"{anchor}-{path.id}", "ol", steps)}</div>'


def _text(book: BookMap, asked: Mapping[str, Bank]) -> str:
    parts = ("\n".join([part.name, *_lines(part.pages, book, asked)]) for part in book.parts)
    paths = (
        "\n".join([path.name, *_steps(path, book), f"  {in_hours(book.minutes(path))} of reading"])
        for path in book.paths
    )
    return "\n\n".join([*parts, *paths])


def _lines(pages: Iterable[Page], book: BookMap, asked: Mapping[str, Bank]) -> Iterable[str]:
    for page in pages:
        needs = f"needs {_titles(page.needs, book)}" if page.needs else ""
        told = "; ".join(filter(None, (_minutes(page), _questions(page, asked), needs)))
        yield f"  {page.title}: {page.question} ({told})"


def _steps(path: ReadingPath, book: BookMap) -> Iterable[str]:
    for place, (page, why) in enumerate(path.steps, start=1):
        yield f"  {place}. {book.pages[page].title}: {why}"
