"""An instance with a director, made anew for each run, and files of deals to import into it."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

from bench.instance import Instance

DIRECTOR = "vera@bench.example"
_HEADINGS = (
    "opportunity_id", "sales_agent", "product", "account", "deal_stage", "engage_date",
    "close_date", "close_value",
)  # fmt: skip


class Stage:
    """The instance, the folder for files, and a way to tell how far the run is."""

    def __init__(self, folder: Path, tell: Callable[[str], None]) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self.folder, self.tell = folder, tell
        self.instance = Instance(folder / "instance")
        self.instance.add_person(DIRECTOR, "director")

    def file_of(self, deals: int) -> Path:
        """A file of so many made deals, the same for every run."""
        path = self.folder / f"deals-{deals}.csv"
        if not path.exists():
            _write(path, deals)
        return path


def _write(path: Path, deals: int) -> None:
    chance = Random(7)
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(_HEADINGS)
        writer.writerows(_deal(chance, number) for number in range(deals))


def _deal(chance: Random, number: int) -> tuple[str, ...]:
    stage = chance.choices(("Won", "Lost", "Engaging", "Prospecting"), (48, 28, 18, 6))[0]
    is_over = stage in ("Won", "Lost")
    won = f"{chance.randrange(1_000, 3_000_000) / 100:.2f}"
    return (
        f"D{number:07d}",
        f"Продавец {chance.randrange(200)}",
        f"Товар {chance.randrange(300)}",
        f"Клиент {chance.randrange(5_000)}" if chance.random() < 0.85 else "",
        stage,
        "" if stage == "Prospecting" else _day(chance, 2025),
        _day(chance, 2026) if is_over else "",
        (won if stage == "Won" else "0") if is_over else "",
    )


def _day(chance: Random, year: int) -> str:
    return f"{year}-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}"
