"""Cuts the connection while a browser saves, many times: `python -m bench.cuts [rounds] [seed]`.

The suite cuts a handful of times with a fixed seed; this is the long run, made by hand.
"""

import re
import sys
import time
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from playwright.sync_api import expect, sync_playwright

from bench.instance import Instance
from tests.journeys.browser import launch
from tests.journeys.cutting import Cuts, CuttingProxy
from tests.journeys.people import PATIENCE, House


def main(rounds: int = 100, seed: int = 1) -> int:
    """Print the figures; 1 when a text was lost or called saved while it was not."""
    expect.set_options(timeout=PATIENCE)
    with TemporaryDirectory() as folder, sync_playwright() as driver:
        instance = Instance(Path(folder) / "instance", {"demonstration": "1"})
        with instance.serving() as server, CuttingProxy(server.address, Random(seed)) as proxy:
            house = House(launch(driver), server.address)
            anna = house.person("anna")
            page = anna.makes_page("Written on a bad line", "The beginning.")
            anna.address = proxy.address
            cuts = Cuts(anna, proxy, page, Random(seed))
            begun = time.monotonic()
            for _round in range(rounds):
                cuts.round()
            print(f"{rounds} rounds in {time.monotonic() - begun:.0f} s, seed {seed}")
            print(f"{sum(proxy.cuts.values())} cuts: {dict(proxy.cuts)}")
            lost = cuts.lost
            print(f"{len(cuts.words)} texts, lost: {lost}, falsely called saved: {cuts.false}")
            heard = {re.sub(r"https?://\S+", "…", said) for said in anna.complaints}
            print(f"the browser's console: {sorted(heard)}")
            house.browser.close()
    return 1 if lost or cuts.false else 0


if __name__ == "__main__":
    sys.exit(main(*(int(argument) for argument in sys.argv[1:3])))
