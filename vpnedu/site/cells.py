"""Code cells to edit: what a page with marked cells (tag `try-it`) is given beside its buttons."""

import ast
import json
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from sphinx.application import Sphinx

from vpnedu.site import editor, python

TAG = "try-it"


def offer(app: Sphinx, page: str, template: str, context: dict[str, Any], tree: object) -> None:
    """Give a page with marked cells the script of their buttons, where the site can run them."""
    if f"tag_{TAG}" not in context.get("body", ""):
        return
    made = editor.version(app)
    if not made or not python.version(app):
        return
    notebook = nbformat.read(Path(app.env.doc2path(page)), as_version=4)
    data = json.dumps({"editor": made, "imports": imports(notebook)}).replace("<", "\\u003c")
    context["body"] += f'\n<script type="application/json" class="vpn-cells">{data}</script>\n'
    app.add_css_file("vpnedu/cells.css")
    app.add_js_file("vpnedu/cells.js", loading_method="defer")


def is_marked(cell: NotebookNode) -> bool:
    """Whether a reader of the page may edit and run `cell`."""
    return cell.cell_type == "code" and TAG in cell.metadata.get("tags", ())


def imports(notebook: NotebookNode) -> str:
    """The imports by which marked cells live and which other cells make: a page hides most of them.

    Of each only the names that marked cells use: a page's Python has no library for pictures.
    """
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    trees = [(is_marked(cell), ast.parse(cell.source)) for cell in code]
    used = {
        node.id
        for marked, tree in trees
        if marked
        for node in ast.walk(tree)
        if isinstance(node, ast.Name)
    }
    kept = (
        wanted
        for marked, tree in trees
        if not marked
        for statement in tree.body
        if (wanted := _of(statement, used))
    )
    return "\n".join(dict.fromkeys(kept))


def _of(statement: ast.stmt, used: set[str]) -> str:
    """The statement with only the names that are `used`, if it imports any."""
    if not isinstance(statement, ast.Import | ast.ImportFrom):
        return ""
    names = [
        name for name in statement.names if (name.asname or name.name).partition(".")[0] in used
    ]
    statement.names = names
    return ast.unparse(statement) if names else ""
