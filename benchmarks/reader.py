"""The reader page in Chromium: `reader_browser.py` for the runner, with its figures named as promised.

    python -m benchmarks.reader

Without Chromium there are no figures, and the report says so.
"""

from __future__ import annotations

import shutil

from playwright.sync_api import sync_playwright

from benchmarks import reader_browser

SIZES = (1_000, 10_000)
RUNS = 2


def run() -> dict[str, dict[str, float]]:
    """Milliseconds by number of annotations; the better of two visits each, because other work only adds time."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise RuntimeError("Chromium is not installed.")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        found = {f"{size:,}": reader_browser.measure(browser, size, RUNS) for size in SIZES}
        browser.close()
    return found


if __name__ == "__main__":
    for annotations, figures in run().items():
        for figure, value in figures.items():
            print(f"{value:10g}  {annotations} annotations: {figure}")
