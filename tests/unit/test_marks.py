"""Words that stand in for those of a page's language say so in its HTML, and nowhere else."""

import pytest

from expoarchive.render.marks import directed, marked, marks_as_html

DE = marked("Halle", "de")


@pytest.mark.parametrize(
    ("html", "becomes"),
    [
        (f"<p>{DE}</p>", '<p><bdi lang="de">Halle</bdi></p>'),
        (f"<p>3 {DE}, {DE}</p>", '<p>3 <bdi lang="de">Halle</bdi>, <bdi lang="de">Halle</bdi></p>'),
        # Where no element can stand.
        (f'<title>{DE}</title><a title="{DE}" href=x>b</a>', '<title>Halle</title><a title="Halle" href=x>b</a>'),
        (f"<option>{DE}</option><svg><text>{DE}</text></svg>", "<option>Halle</option><svg><text>Halle</text></svg>"),
        (f"<script>{{'{DE}'}}</script><!-- {DE} -->", "<script>{'Halle'}</script><!-- Halle -->"),
        # A sentence with a link, and with words of the page's own.
        (
            f"<p>{marked('In {place} heute', 'de')}</p>".format(place=f"<a href=x>{marked('the hall', 'en')}</a>"),
            '<p><bdi lang="de">In <a href=x><bdi lang="en">the hall</bdi></a> heute</bdi></p>',
        ),
        # A text that was cut, or whose end is in another element.
        (f"<p>{DE[:-3]}</p><p>b</p>", '<p><bdi lang="de">Hall</bdi></p><p>b</p>'),
        (f"<p><a>{DE[:-2]}</a>{DE[-2:]} b</p>", '<p><a><bdi lang="de">Halle</bdi></a> b</p>'),
        # Scripts put words on the page later.
        (f'<a title="{DE}" data-of="{DE}">', f'<a title="Halle" data-of="{DE}">'),
        # Nobody smuggles in HTML.
        (f"<p>{marked('a', 'de><b')}</p>", "<p>a</p>"),
        ("<p>\U000e0001</p>", "<p></p>"),
    ],
)
def test_marks_become_elements_where_these_can_stand(html: str, becomes: str) -> None:
    """Around what they hold, links included."""
    assert marks_as_html(html) == becomes


def test_what_has_no_letters_has_no_language() -> None:
    """Numbers, commas, and patterns that only others fill in."""
    assert [marked(text, "de") for text in ("1,200", "、", "{number}")] == ["1,200", "、", "{number}"]


def test_a_page_says_which_way_its_languages_run_where_one_runs_from_the_right() -> None:
    """On every element with a language, since those around it may run the other way."""
    assert directed('<html lang="en"><p lang="fr">a</p>') == '<html lang="en"><p lang="fr">a</p>'
    assert (
        directed('<html lang="ar"><p lang="fr">a <q lang="fa-IR">b</q></p>')
        == '<html lang="ar" dir="rtl"><p lang="fr" dir="ltr">a <q lang="fa-IR" dir="rtl">b</q></p>'
    )
