"""The book's glue: one Sphinx extension that dresses the pages and brings in the figures' files."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: "Sphinx") -> dict[str, bool]:
    """Connect each step to the moment of the build it belongs to."""
    # Imported here: a notebook uses this package's facts where no Sphinx is installed.
    from vpnedu.site import assets, pages, pools, quizzes

    # The theme, early: otherwise its settings in _config.yml count as unknown.
    app.setup_extension("furo")
    # Jupyter Book sets this value for an extension that the book does not load.
    app.add_config_value("comments_config", {}, "")
    # When a script or style changes, every page is written again with its new address.
    app.add_config_value("vpnedu_assets", assets.digest(), "html")
    app.add_css_file("vpnedu/book.css", priority=700)
    app.connect("builder-inited", quizzes.check)
    app.connect("builder-inited", assets.copy)
    # After the folder that it writes to was made anew.
    app.connect("builder-inited", pools.write, priority=600)
    app.connect("source-read", quizzes.depend)
    app.connect("html-page-context", quizzes.compare)
    app.connect("html-page-context", pages.describe)
    # After everything that adds a style to the page.
    app.connect("html-page-context", assets.choose, priority=900)
    # Before sphinx-external-toc writes a redirect without title and language.
    app.connect("build-finished", pages.write_index, priority=100)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
