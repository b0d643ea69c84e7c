"""The book's glue: one Sphinx extension that dresses the pages and brings in the figures' files."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: "Sphinx") -> dict[str, bool]:
    """Connect each step to the moment of the build it belongs to."""
    # Imported here: a notebook uses this package's facts where no Sphinx is installed.
    from vpnedu.site import (
        assets,
        cells,
        editor,
        launching,
        offline,
        pages,
        policy,
        pools,
        publishing,
        python,
        quizzes,
    )

    # The theme, early: otherwise its settings in _config.yml count as unknown.
    app.setup_extension("furo")
    # Cards for shared links, drawn where `baseurl` says where the book is published.
    app.setup_extension("sphinxext.opengraph")
    # "owner/name" on GitHub, and its branches with the chapters and with the published site.
    app.add_config_value("vpnedu_repository", "", "html")
    app.add_config_value("vpnedu_branch", "main", "html")
    app.add_config_value("vpnedu_published", "gh-pages", "html")
    # Jupyter Book sets this value for an extension that the book does not load.
    app.add_config_value("comments_config", {}, "")
    # When a script or style changes, every page is written again with its new address.
    app.add_config_value("vpnedu_assets", assets.digest(), "html")
    # The same for Python in the page.
    app.add_config_value("vpnedu_python", python.version(app), "html")
    app.add_config_value("vpnedu_editor", editor.version(app), "html")
    app.add_css_file("vpnedu/book.css", priority=700)
    app.add_js_file("vpnedu/offline.js", loading_method="defer")
    app.connect("config-inited", publishing.share)
    app.connect("builder-inited", quizzes.check)
    app.connect("builder-inited", assets.copy)
    app.connect("builder-inited", python.write, priority=600)
    app.connect("builder-inited", editor.write, priority=600)
    # After the folder that it writes to was made anew.
    app.connect("builder-inited", pools.write, priority=600)
    app.connect("source-read", quizzes.depend)
    app.connect("html-page-context", quizzes.compare)
    app.connect("html-page-context", pages.describe)
    app.connect("html-page-context", python.offer)
    app.connect("html-page-context", cells.offer)
    app.connect("html-page-context", launching.offer)
    # Before the cards are made.
    app.connect("html-page-context", publishing.unshared, priority=100)
    # After everything that adds a style to the page.
    app.connect("html-page-context", assets.choose, priority=900)
    # Before sphinx-external-toc writes a redirect without title and language.
    app.connect("build-finished", pages.write_index, priority=100)
    for finish in (publishing.write_sitemap, publishing.write_missing, launching.write):
        app.connect("build-finished", finish)
    # When every page is as it will be.
    app.connect("build-finished", policy.write, priority=900)
    app.connect("build-finished", offline.write, priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
