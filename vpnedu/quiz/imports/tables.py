"""The one table of a question's HTML, if it has one head and rows of the same length."""

from html import escape
from html.parser import HTMLParser

from vpnedu.quiz.imports.html_prose import LONGEST, from_html, tame
from vpnedu.quiz.question import Table


def table_of(html: str) -> Table | None:
    """The table in a text; None if there is none, or none that ours could be."""
    if "<table" not in html.lower() or len(html) > LONGEST:
        return None
    reader = _Reader()
    reader.feed(tame(html))
    reader.close()
    rows = [row for row in reader.rows if row]
    if reader.count != 1 or len(rows) < 2 or len({len(row) for row in rows}) != 1:
        return None
    head, *rest = (tuple(from_html(cell).text for cell in row) for row in rows)
    return Table(from_html(reader.caption).text, head, tuple(rest))


class _Reader(HTMLParser):
    """Collects the HTML of caption and cells."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.count = 0
        self.caption = ""
        self.rows: list[list[str]] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag == "table":
            self.count += 1
        elif tag == "tr":
            self.rows.append([])
        elif tag == "caption":
            self._inside = tag
        elif tag in ("td", "th") and self.rows:
            self._inside = tag
            self.rows[-1].append("")
        else:
            self._add(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("table", "tr", "caption", "td", "th"):
            self._inside = ""
        else:
            self._add(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._add(escape(data))

    def _add(self, html: str) -> None:
        if self._inside == "caption":
            self.caption += html
        elif self._inside:
            self.rows[-1][-1] += html
