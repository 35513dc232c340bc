"""Write docs/images/*.png: the reader, the Tracker and a statement of the demo corpus, 1280 pixels wide, light.

    python -m tools.make_images

Needs Chromium and the packages for developers. The server and its data folder are thrown away afterwards.
"""

import io
import shutil
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from benchmarks import server

TARGET = server.ROOT / "docs" / "images"
VIEW = {"width": 1280, "height": 800}
PERSON = "liwei"
COLOURS = 256
LARGEST = 250_000  # bytes
DOCUMENT = "世界人工智能合作組織能做什麼"


def sign_in(page: Page, base: str, data: Path) -> None:
    """Log in as the checker of the demo."""
    logins = dict(line.split("\t")[:2] for line in (data / "demo-logins.txt").read_text("utf-8").splitlines())
    page.goto(f"{base}/accounts/login/")
    page.fill("[name=login]", PERSON)
    page.fill("[name=password]", logins[PERSON])
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/accounts/" not in address)


def keep(page: Page, name: str) -> None:
    """The window as a picture of few colours, small enough for a page that many load."""
    page.wait_for_timeout(800)
    whole = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    few = whole.quantize(COLOURS, dither=Image.Dither.NONE)
    path = TARGET / f"{name}.png"
    few.save(path, optimize=True)
    print(f"{path.relative_to(server.ROOT)}: {path.stat().st_size / 1000:.0f} kB")
    assert path.stat().st_size < LARGEST


def reader(page: Page, base: str) -> None:
    """A document with claims and proposals, one card open."""
    page.goto(f"{base}/c/demo/documents/")
    page.get_by_role("link", name=DOCUMENT).first.click()
    while not page.evaluate("performance.getEntriesByName('reader:painted').length"):
        page.wait_for_timeout(50)
    page.keyboard.press("j")
    keep(page, "reader")


def tracker(page: Page, base: str) -> None:
    page.goto(f"{base}/c/demo/tracker/")
    page.locator("table tbody tr").first.wait_for()
    keep(page, "tracker")


def statement(page: Page, base: str) -> None:
    """A published check with questions and evidence."""
    page.goto(f"{base}/c/demo/statements/C-8/")
    page.locator("#live-check").wait_for()
    keep(page, "statement")


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    with server.prepared() as data, sync_playwright() as playwright:
        server.manage(data, "load_demo")
        with server.running(data) as (_, port):
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            context = browser.new_context(viewport=VIEW, color_scheme="light", locale="en-GB")
            page = context.new_page()
            base = f"http://127.0.0.1:{port}"
            sign_in(page, base, data)
            for picture in (reader, tracker, statement):
                picture(page, base)
            browser.close()


if __name__ == "__main__":
    main()
