"""The bibliography in the build: a chapter may link to an entry, as references.md#rfc7296."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

PAGE = "chapters/references"


def setup(app: "Sphinx") -> dict[str, bool]:
    """Load sphinxcontrib-bibtex, and name its entries before links are followed."""
    app.setup_extension("sphinxcontrib.bibtex")
    app.connect("env-updated", name_entries)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def name_entries(_app: "Sphinx", env: "BuildEnvironment") -> list[str]:
    """Tell MyST the anchors of the entries, beside those of headings; no page is read anew."""
    from vpnedu.site.references import references

    anchors = env.metadata[PAGE].setdefault("myst_slugs", {})
    anchors.update({one.key: (0, one.key, one.names[0]) for one in references()})
    return []
