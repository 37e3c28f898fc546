"""What is handed out on paper."""

from pathlib import Path

from tests.browser.fixtures import OpenPage
from tests.browser.kinds import permalink_of


def test_a_printed_page_says_where_it_is_from_and_leaves_out_what_only_works_on_a_screen(
    open_page: OpenPage, archive_output: Path
) -> None:
    """Title and address stand at its head; navigation, copying and folds are gone, what was folded is there."""
    permalink = permalink_of(archive_output, "en edition")
    page = open_page(permalink)
    address = page.locator(".site-address")

    assert not address.is_visible()

    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")

    assert address.is_visible()
    assert (address.text_content() or "").endswith(f"/{permalink}")
    assert not page.locator(".site-nav").is_visible()
    assert not page.locator(".why > summary").first.is_visible()
    assert page.locator(".why-body > p:not(.why-term, .why-cite, .why-link)").first.is_visible()
