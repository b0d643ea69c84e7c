"""Reasons read off the tables of provider facts: which SKUs a cell rules out, and who says so."""

from collections.abc import Callable

from vpnedu.book.choosing import POLICY, ROUTE, Reason, Sku
from vpnedu.book.facts import Facts, facts

EXCEPT_BASIC = "except on Basic"


class FactReader:
    """Reads reasons off the tables for a list of SKUs."""

    def __init__(self, skus: tuple[Sku, ...]) -> None:
        self.skus = skus
        self.table = facts("azure", "gateway SKUs")
        self.types = facts("azure", "gateway types")
        self.more = facts("choosing", "further needs")

    def places(self, hold: Callable[[Sku], bool]) -> tuple[int, ...]:
        return tuple(place for place, sku in enumerate(self.skus) if hold(sku))

    def typed(
        self, table: Facts, row: str, has: Callable[[str], bool] = lambda cell: cell != "no"
    ) -> list[Reason]:
        """Who is ruled out by a row with a column for each type; `has` reads one cell."""
        policy, route = (str(table[row, column]) for column in ("Policy-based", "Route-based"))
        basic = self.places(lambda sku: sku.kind == ROUTE and sku.basic)
        found = []
        if not has(policy):
            found.append((self.places(lambda sku: sku.kind == POLICY), policy))
        if route.endswith(EXCEPT_BASIC):
            found.append((basic, route))
        return [Reason(out, f"{row}: {cell}", cited(table, row)) for out, cell in found]

    def limited(self, column: str, over: int) -> list[Reason]:
        """Who takes no more than `over` of what stands in `column`, one reason a limit."""
        limits = {self.cell(sku, column) for sku in self.skus}
        low = [n for n in limits if not isinstance(n, int) or n <= over]
        return [
            self.celled(column, n, f"{column}: {'at most ' if isinstance(n, int) else ''}{n}")
            for n in sorted(low, key=lambda n: n if isinstance(n, int) else 0)
        ]

    def celled(self, column: str, cell: str | int, why: str) -> Reason:
        """Who has exactly `cell` in `column`."""
        out = self.places(lambda sku: self.cell(sku, column) == cell)
        pages = (page for place in out for page in cited(self.table, self.head(self.skus[place])))
        return Reason(out, why, tuple(dict.fromkeys(pages)))

    def row(self, table: Facts, row: str, hold: Callable[[Sku], bool]) -> Reason:
        """Those of whom `hold` is true, ruled out by what the row says of route-based gateways."""
        why = f"{row}: {table[row, 'Route-based']}"
        return Reason(self.places(hold), why, cited(table, row))

    def head(self, sku: Sku) -> str:
        return f"{sku.name}, {sku.kind}" if sku.basic else sku.name

    def cell(self, sku: Sku, column: str) -> str | int:
        return self.table[self.head(sku), column]


def cited(table: Facts, row: str) -> tuple[str, ...]:
    """The sources of one row, each with its date."""
    found = next(cells for cells in table.rows if cells[0] == row)
    return tuple(table.sources[int(place) - 1] for place in str(found[-1]).split(", "))
