"""A real browser, with JavaScript and without: from home to the sentence, and a query; nothing leaves this machine."""

import os
import shutil
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests import facts as given
from tests.server.conftest import Server

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
REQUIRED = os.environ.get("RELEASEKG_REQUIRE_BROWSER") == "1"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None and not REQUIRED, reason="no Chromium on PATH"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert CHROMIUM is not None, "RELEASEKG_REQUIRE_BROWSER=1, and no Chromium on PATH"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(params=[True, False], ids=["javascript", "plain"])
def page(browser: Browser, server: Server, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A tab that fails the test when it asks another machine for anything, or when a script or the policy complains."""
    context = browser.new_context(java_script_enabled=request.param, base_url=server.url)
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert asked
    assert {urlsplit(url).hostname for url in asked if not url.startswith("data:")} == {"127.0.0.1"}
    assert complaints == []


def test_from_home_to_the_sentence(page: Page) -> None:
    """Home leads to a drug, the drug's statement to the sentence, which is marked and in view."""
    page.goto("/")
    page.get_by_role("link", name="EX-101", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("EX-101")
    (evidence,) = given.DESIGNATION.evidence
    statement = page.locator("li.statement", has_text=evidence.text).filter(has_text="orphan drug").first
    statement.get_by_role("link", name="Example Gets a Designation").click()
    mark = page.locator(f"#evidence-{evidence.start}-{evidence.end}")
    expect(mark).to_have_class("chosen")
    expect(mark).to_be_in_viewport()
    chosen = "".join(page.locator("mark.chosen").all_text_contents())
    assert chosen == evidence.text
    assert page.locator(".release-text").text_content() == given.RELEASE.text


def test_search(page: Page) -> None:
    """A name typed at home finds its page."""
    page.goto("/")
    page.get_by_label("Search for").fill("ex101")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("main").get_by_role("link", name="EX-101").click()
    expect(page).to_have_title("EX-101 · releasekg")


def test_a_query(page: Page) -> None:
    """The query page runs its first query; a result leads to its page on this server."""
    page.goto("/query")
    editor = page.locator(".yasqe_queryButton")
    if editor.count():  # the editor is installed (`make yasgui`), and JavaScript is on
        editor.click()
        page.locator("#editor table").get_by_text("drug/ex-101").first.click()
    else:
        page.get_by_role("button", name="Run").click()
        expect(page.get_by_role("status")).to_have_text("1 row")
        page.get_by_role("cell", name="EX-101", exact=True).wait_for()
        page.locator("table.results a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("EX-101")


def test_a_query_that_fails(page: Page) -> None:
    """Without the editor, a malformed query stays in the form and says where it is wrong."""
    page.goto("/query")
    if page.locator(".yasqe_queryButton").count():
        pytest.skip("the editor has its own way of showing errors")
    page.get_by_label("SPARQL query").fill("SELECT * {\n oops }")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("alert")).to_contain_text("line 2")
    expect(page.get_by_label("SPARQL query")).to_have_value("SELECT * {\n oops }")


def test_the_keyboard_is_enough(page: Page) -> None:
    """The first Tab offers to skip to the content, and the skip link works."""
    page.goto("/id/drug/ex-101")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/id/drug/ex-101#main")


def test_nothing_overflows(browser: Browser, server: Server) -> None:
    """On a phone and on a desk, no page scrolls sideways."""
    context = browser.new_context(base_url=server.url)
    page = context.new_page()
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for path in ("/", "/id/drug/ex-101", "/id/release/r1", "/query", "/validation", "/export"):
            page.goto(path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
    context.close()
