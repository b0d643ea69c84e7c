"""Each chapter as a notebook: to download, and to open where a publisher's repository is known."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

import nbformat
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

FOLDER = "notebooks"

# A machine of somebody else's starts empty. The chapters read the book's own facts and questions,
# so the notebook needs the whole book beside it, not only the library.
GET = """# Get the book and its library: once, on a machine that has neither.
!git clone --quiet --depth 1 --branch {branch} https://github.com/{repository} vpn-book
%cd vpn-book/chapters
%pip install --quiet .."""


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write a copy of every chapter's notebook into the site."""
    if exception:
        return
    target = Path(app.outdir) / FOLDER
    target.mkdir(exist_ok=True)
    for name in _notebooks(app):
        notebook = nbformat.read(Path(app.srcdir) / f"{name}.ipynb", as_version=4)
        if app.config.vpnedu_repository:
            source = GET.format(repository=_repository(app), branch=app.config.vpnedu_branch)
            notebook.cells.insert(1, nbformat.v4.new_code_cell(source, id="get-the-book"))
        nbformat.write(notebook, target / f"{Path(name).name}.ipynb")


def offer(app: Sphinx, page: str, template: str, context: dict[str, Any], tree: object) -> None:
    """Put the ways to the notebook under the title of a page that is one."""
    if page not in _notebooks(app):
        return
    head, heading, rest = context["body"].partition("</h1>")
    links = [(f"{context['pathto'](FOLDER, 1)}/{Path(page).name}.ipynb", "Download this notebook")]
    if app.config.vpnedu_repository:
        links += _elsewhere(app, page)
    shown = " · ".join(
        f'<a href="{address}"{"" if place else " download"}>{words}</a>'
        for place, (address, words) in enumerate(links)
    )
    context["body"] = f'{head}{heading}\n<p class="notebook-links">{shown}</p>{rest}'


def _elsewhere(app: Sphinx, page: str) -> list[tuple[str, str]]:
    repository, branch = _repository(app), quote(app.config.vpnedu_branch, safe="")
    opened = quote(f"lab/tree/{page}.ipynb", safe="")
    # Colab starts empty, so it gets the copy that fetches the book: that of the published site.
    published = quote(app.config.vpnedu_published, safe="")
    name = Path(page).name
    return [
        (f"https://mybinder.org/v2/gh/{repository}/{branch}?urlpath={opened}", "Open in Binder"),
        (
            f"https://colab.research.google.com/github/{repository}/blob/{published}"
            f"/{FOLDER}/{name}.ipynb",
            "Open in Colab",
        ),
    ]


def _repository(app: Sphinx) -> str:
    """The repository as "owner/name"; anything else ends the build."""
    parts = str(app.config.vpnedu_repository).split("/")
    if len(parts) != 2 or not all(part and part == quote(part) for part in parts):
        rule = f"{app.config.vpnedu_repository!r} is not a GitHub repository such as owner/name"
        raise ExtensionError(f"_config.yml: vpnedu_repository: {rule}")
    return "/".join(parts)


def _notebooks(app: Sphinx) -> list[str]:
    return [page for page in sorted(app.env.found_docs) if _is_notebook(app, page)]


def _is_notebook(app: Sphinx, page: str) -> bool:
    return app.env.doc2path(page).endswith(".ipynb")
