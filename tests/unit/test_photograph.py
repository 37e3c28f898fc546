"""Photographs become light: few bytes, upright, in sRGB, without what the camera wrote; bad ones are told."""

import warnings
from hashlib import sha256
from io import BytesIO

import pytest
from PIL import Image, ImageCms

from expoarchive.cache.store import Store
from expoarchive.load.photograph import PHONE_BYTES, bytes_of, develop
from expoarchive.load.rendition import Photograph
from expoarchive.problem import Problem
from tests.photographs import from_a_camera, saved, scene


def developed(data: bytes, store: Store) -> tuple[Photograph | None, list[Problem]]:
    """What is made of these bytes."""
    return develop("a.jpg", sha256(data).hexdigest(), lambda: data, store)


def made_of(data: bytes) -> tuple[Photograph, list[Image.Image]]:
    """The photograph of these bytes, and its renditions as a browser reads them."""
    store = Store()
    photograph, problems = developed(data, store)
    assert photograph is not None, problems
    return photograph, [Image.open(BytesIO(bytes_of(photograph, one, bytes, store))) for one in photograph.renditions]


def kind_of(data: bytes) -> str:
    """What is wrong with these bytes."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        photograph, problems = developed(data, Store())
    assert photograph is None
    return ", ".join(problem.kind for problem in problems)


def test_there_are_widths_for_each_screen_and_one_file_for_any_browser() -> None:
    """None is wider than the photograph, each has its proportions, and says truly how large it is."""
    photograph, pictures = made_of(saved(scene(2400, 1600)))
    renditions = photograph.renditions

    assert [(one.form, one.width, one.height) for one in renditions] == [
        ("webp", 480, 320),
        ("webp", 800, 533),
        ("webp", 1200, 800),
        ("webp", 2000, 1333),
        ("jpg", 1200, 800),
    ]
    assert [picture.size for picture in pictures] == [(one.width, one.height) for one in renditions]
    assert [picture.format for picture in pictures] == ["WEBP"] * 4 + ["JPEG"]
    assert [(one.form, one.width) for one in made_of(saved(scene(300, 200)))[0].renditions] == [
        ("webp", 300),
        ("jpg", 300),
    ]


def test_no_grain_is_too_heavy_for_a_phone() -> None:
    """What cannot be light as wide as it should be is narrower: here every pixel is chance."""
    photograph, _ = made_of(saved(scene(1000, 700, noise=255), quality=95))

    assert all(one.size <= PHONE_BYTES for one in photograph.renditions)
    widths = [one.width for one in photograph.renditions if one.form == "webp"]
    assert widths == sorted(set(widths))
    assert widths[0] == 480
    assert widths[-1] < 1000


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_stands_upright_however_the_camera_was_held(orientation: int) -> None:
    """And says nothing of the camera, its place or its maker."""
    upright = scene(300, 200)
    turned = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}.get(orientation)
    held = upright.transpose(Image.Transpose(turned)) if turned is not None else upright
    photograph, pictures = made_of(from_a_camera(held, orientation, quality=95))

    assert (photograph.width, photograph.height) == (300, 200)
    assert photograph.places
    for picture in pictures:
        assert picture.size == (300, 200)
        assert not {"exif", "icc_profile", "comment", "xmp", "photoshop"} & set(picture.info)
        assert dict(picture.getexif()) == {}
        seen = picture.convert("RGB")
        for at in ((20, 20), (280, 20), (20, 180), (280, 180)):
            assert all(abs(a - b) < 60 for a, b in zip(pixel(seen, at), pixel(upright, at), strict=True)), orientation


def pixel(image: Image.Image, at: tuple[int, int]) -> tuple[int, ...]:
    """The mean of what is around a point."""
    x, y = at
    mean = image.crop((x - 6, y - 6, x + 6, y + 6)).resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    assert isinstance(mean, tuple)
    return mean


def test_colours_are_those_of_srgb() -> None:
    """Of a profile whose numbers mean other colours, the colours are kept and not the numbers."""
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    image = Image.new("RGB", (100, 100), (200, 30, 30))
    same = made_of(saved(image, icc_profile=lab.tobytes(), quality=95))[1][0].convert("RGB")
    damaged = made_of(saved(image, icc_profile=b"no profile", quality=95))[1][0].convert("RGB")

    assert all(abs(a - b) < 6 for a, b in zip(pixel(same, (50, 50)), (200, 30, 30), strict=True))
    assert pixel(damaged, (50, 50)) == pixel(same, (50, 50))


@pytest.mark.parametrize(
    "data",
    [
        saved(Image.new("CMYK", (100, 100), (0, 255, 255, 0))),
        saved(Image.new("L", (100, 100), 90), "PNG"),
        saved(Image.new("I;16", (100, 100), 40_000), "PNG"),
        saved(Image.new("P", (100, 100), 3), "PNG"),
        saved(Image.new("1", (100, 100), 1), "PNG"),
        saved(Image.new("LA", (100, 100), (90, 10)), "PNG"),
        saved(Image.new("RGBA", (100, 100), (9, 90, 9, 120)), "WEBP"),
        saved(Image.new("RGB", (100, 100), (9, 90, 9)), "AVIF"),
        saved(Image.new("RGB", (100, 100), (9, 90, 9)), "GIF"),
        saved(Image.new("RGB", (100, 100), 0), "MPO", save_all=True, append_images=[Image.new("RGB", (100, 100))]),
        saved(scene(100, 9000)),
        saved(scene(9000, 100)),
    ],
    ids=["CMYK", "grey", "16 bits", "palette", "1 bit", "grey-clear", "clear", "AVIF", "GIF", "depth", "tall", "wide"],
)
def test_every_still_picture_is_read(data: bytes) -> None:
    """Whatever its colours are made of; transparency stays where the form has it."""
    photograph, pictures = made_of(data)

    assert {picture.mode for picture in pictures} <= {"RGB", "RGBA", "L"}
    assert pictures[-1].mode != "RGBA"
    assert photograph.renditions[-1].form == "jpg"


def test_what_cannot_be_shown_is_told() -> None:
    """Cut off, moving, tiny, or so large that it would fill the memory; nothing is decoded that is too large."""
    whole = saved(scene(400, 300))
    bomb = saved(Image.new("1", (10_000, 8_001)), "PNG")
    frames = [Image.new("RGB", (100, 100), colour) for colour in ("red", "blue")]

    assert kind_of(whole[: len(whole) // 2]) == "picture-unreadable"
    assert kind_of(b"") == "picture-unreadable"
    assert kind_of(saved(Image.new("RGB", (1, 1)), "PNG")) == "picture-small"
    assert kind_of(bomb) == "picture-pixels"
    assert kind_of(saved(Image.new("1", (14_000, 14_000)), "PNG")) == "picture-pixels"
    for form in ("GIF", "WEBP", "PNG", "AVIF"):
        assert kind_of(saved(frames[0], form, save_all=True, append_images=frames[1:])) == "picture-animated"


def test_the_same_bytes_are_not_made_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the store has lost, or somebody has forged in it, is made again, with the same bytes."""
    data, store = saved(scene(500, 300)), Store()
    first, _ = developed(data, store)
    assert first is not None
    with monkeypatch.context() as patch:
        patch.setattr(Image, "open", None)
        assert developed(data, store) == (first, [])
    forged = Store()
    forged.put(f"photograph {first.key}", (500, 300, False, (("webp/../../index.html", 480, 288, 9, "0"),)))
    assert developed(data, forged)[0] == first
    again, _ = developed(data, Store())

    assert again == first
    assert bytes_of(first, first.renditions[0], lambda: data, Store()) == bytes_of(
        first, first.renditions[0], bytes, store
    )
