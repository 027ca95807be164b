"""The table that the benchmark prints."""


class Table:
    """Rows of a Markdown table: what was measured, how it compares, and whether it is enough."""

    HEAD = ["stage", "figure", "value", "compared", "bar", ""]

    def __init__(self):
        self.rows, self.notes = [], []

    def add(self, stage, figure, value, compared="", bar="", is_met=None):
        verdict = "" if is_met is None else "met" if is_met else "not met"
        self.rows.append([stage, figure, value, compared, bar, verdict])

    def skip(self, stage, figure, reason):
        self.add(stage, figure, f"not measured: {reason}")

    def note(self, text):
        """A line below the table."""
        self.notes.append(text)

    def text(self):
        lines = [self.HEAD, ["---", "---", "---:", "---", "---", "---"]] + self.rows
        return "\n".join(
            ["| " + " | ".join(row) + " |" for row in lines] + [""] + self.notes) + "\n"


def rounded(value):
    """A number with about three digits."""
    places = 0 if value >= 100 else 1 if value >= 10 else 2 if value >= 1 else 3
    return f"{value:,.{places}f}"


def micros(nanoseconds):
    return rounded(nanoseconds / 1000) + " µs"


def times(factor):
    return rounded(factor) + " ×"
