"""The figures' modules as one file: for a notebook, and for a page opened from anywhere.

The files in `static` are plain ES modules. anywidget takes one module only, and a browser loads
none at all from a disk (`file:`), so each gets them in one piece.
"""

import re
from pathlib import Path

STATIC = Path(__file__).parent / "static"
_IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./(\w+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export const (\w+)", re.MULTILINE)
# Lines that are a comment, and indents: a fifth of what a reader would have to load.
_SPARED = re.compile(r"^[ \t]*(?://.*\n)?", re.MULTILINE)


def javascript(entry: str, *beside: str) -> str:
    """The module `entry`.js and all it imports as one module: anywidget takes one file only.

    Each imported module becomes a function's result, so that its own names stay its own. Those
    of `beside` come along for what they do.
    """
    done: dict[str, str] = {}

    def add(name: str) -> str:
        source = (STATIC / f"{name}.js").read_text(encoding="utf-8")
        for _, imported in _IMPORT.findall(source):
            join(imported)
        return _IMPORT.sub(r"const \1 = module_\2;", source)

    def join(name: str) -> None:
        if name not in done:
            body = add(name)
            exports = ", ".join(_EXPORT.findall(body))
            body = _EXPORT.sub(r"const \1", body)
            done[name] = f"const module_{name} = (() => {{\n{body}return {{ {exports} }};\n}})();\n"

    for name in beside:
        join(name)
    body = add(entry)
    return "".join(done.values()) + body


def script(entry: str) -> str:
    """The module `entry`.js and all it imports as a classic script, which runs on any page."""
    body = _SPARED.sub("", _EXPORT.sub(r"const \1", javascript(entry)))
    return f"(() => {{\n{body}}})();\n"
