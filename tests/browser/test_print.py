"""What is handed out on paper."""

from tests.browser.fixtures import OpenPage


def test_a_printed_page_says_where_it_is_from_and_leaves_out_what_only_works_on_a_screen(
    open_page: OpenPage,
) -> None:
    """Title and address stand at its head; navigation, copying and folds are gone, what was folded is there."""
    page = open_page("en/editions/2022/")
    address = page.locator(".site-address")

    assert not address.is_visible()

    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")

    assert address.is_visible()
    assert (address.text_content() or "").endswith("/en/editions/2022/")
    assert not page.locator(".site-nav").is_visible()
    assert not page.locator(".why > summary").first.is_visible()
    assert page.locator(".why-body > p:not(.why-term, .why-cite, .why-link)").first.is_visible()
