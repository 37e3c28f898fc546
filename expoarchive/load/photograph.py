"""Makes photographs light: a few widths as WebP, one JPEG for browsers without it, upright, in sRGB, without metadata.

WebP was measured against AVIF (docs/dependencies.md): at the quality used here it is as small, takes half the time and
has the same bytes however many threads there are.
"""

import contextlib
import warnings
from collections.abc import Callable, Iterator
from hashlib import sha256
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from expoarchive.cache.store import Store
from expoarchive.load.rendition import Photograph, Rendition
from expoarchive.problem import Place, Problem

# In pixels. A phone's column is 360 wide in its own units, of which it has up to three pixels each.
WIDTHS = (480, 800, 1200, 2000)
# A phone takes none that is wider. In bytes.
PHONE_WIDTH, PHONE_BYTES = 1200, 140_000
DESK_BYTES = 400_000
SMALLEST_SIDE = 64
MOST_PIXELS = 80_000_000
# The first at which a picture is small enough is taken; where none is, the picture is made smaller.
_QUALITIES = (75, 65, 55, 45, 35)
# The lowest quality takes no less than a third of what the highest does.
_HOPELESS = 3
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
# EXIF's tags: how the camera was held, with the values of a picture on its side, and where it was taken.
_ORIENTATION, _ON_ITS_SIDE, _GPS = 0x0112, (5, 6, 7, 8), 0x8825
_SRGB = ImageCms.createProfile("sRGB")
_FAULTS = (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, EOFError, MemoryError, OverflowError)
# Changes with the recipe: what was kept of another is not used.
_RECIPE = "1"


# Gives the bytes of a file.
Read = Callable[[], bytes]
_Kept = tuple[int, int, bool, tuple[tuple[str, int, int, int, str], ...]]


def develop(file: str, digest: str, read: Read, store: Store) -> tuple[Photograph | None, list[Problem]]:
    """The photograph of a file, from ``store`` if it has been made of the same bytes before.

    ``digest`` is the SHA-256 of the bytes in hex, ``read`` gives them. Reports ``picture-unreadable``,
    ``picture-pixels`` for too many, ``picture-small`` and ``picture-animated``.
    """
    key = f"{_RECIPE} {digest}"
    kept: _Kept | None = store.get(_about(key), _Kept)
    # Whoever forged what is kept must not name files.
    if kept is not None and {one[0] for one in kept[3]} == {"webp", "jpg"}:
        photograph = Photograph(key, *kept[:3], tuple(Rendition(*one) for one in kept[3]))
        store.touch(_named(key, one) for one in photograph.renditions)
        return photograph, []
    made, problem = _made(file, read())
    if made is None:
        return None, [problem] if problem else []
    width, height, places, pictures = made
    renditions = tuple(one for one, _ in pictures)
    for one, inner in pictures:
        store.put(_named(key, one), inner)
    values = tuple((one.form, one.width, one.height, one.size, one.digest) for one in renditions)
    store.put(_about(key), (width, height, places, values))
    return Photograph(key, width, height, places, renditions), []


def is_developed(digest: str, store: Store) -> bool:
    """Whether ``store`` has what was made of the bytes with this digest."""
    return store.get(_about(f"{_RECIPE} {digest}"), _Kept) is not None


def bytes_of(photograph: Photograph, rendition: Rendition, read: Read, store: Store) -> bytes:
    """The bytes of a rendition, made once more of the photograph's own if ``store`` has lost them."""
    kept: bytes | None = store.get(_named(photograph.key, rendition), bytes)
    if kept is not None and sha256(kept).hexdigest() == rendition.digest:
        return kept
    made, _ = _made("", read())
    return next(inner for one, inner in made[3] if one == rendition) if made else b""


def _about(key: str) -> str:
    return f"photograph {key}"


def _named(key: str, rendition: Rendition) -> str:
    return f"rendition {key} {rendition.form} {rendition.width}"


_Made = tuple[int, int, bool, list[tuple[Rendition, bytes]]]


def _made(file: str, data: bytes) -> tuple[_Made | None, Problem | None]:
    """Width and height of the upright photograph, whether it says where it was taken, and its renditions."""
    place = Place(file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=_FORMATS) as image:
                if problem := _unfit(image, place):
                    return None, problem
                exif = image.getexif()
                width, height = image.size
                if exif.get(_ORIENTATION) in _ON_ITS_SIDE:
                    width, height = height, width
                places = bool(exif.get_ifd(_GPS))
                renditions = list(_renditions(_upright(image), width))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None, _too_many(place)
    except _FAULTS as fault:
        return None, Problem("picture-unreadable", place, {"reason": str(fault) or type(fault).__name__})
    return (width, height, places, renditions), None


def _unfit(image: Image.Image, place: Place) -> Problem | None:
    """Why an image, of which only the header has been read, is not made into renditions."""
    width, height = image.size
    if width * height > MOST_PIXELS:
        return _too_many(place)
    if min(width, height) < SMALLEST_SIDE:
        return Problem("picture-small", place, {"size": f"{width} × {height}", "least": str(SMALLEST_SIDE)})
    # A telephone's JPEG may hold a second picture, of its depth or brightness: that is no animation.
    if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
        return Problem("picture-animated", place)
    return None


def _too_many(place: Place) -> Problem:
    return Problem("picture-pixels", place, {"most": str(MOST_PIXELS // 1_000_000)})


def _upright(image: Image.Image) -> Image.Image:
    """The picture as it is to be seen, in sRGB with or without transparency, no larger than needed."""
    # A JPEG can be read at a half, a quarter, an eighth of its size, which takes as much less time and memory.
    image.draft(None, (2 * WIDTHS[-1], 2 * WIDTHS[-1]))
    profile = image.info.get("icc_profile")
    image.load()
    upright = ImageOps.exif_transpose(image)
    if upright.width > WIDTHS[-1]:
        if upright.mode not in ("RGB", "RGBA", "L", "LA", "CMYK"):
            upright = _plain(upright)
        upright = _scaled(upright, WIDTHS[-1])
    return _in_srgb(upright, profile)


def _plain(image: Image.Image) -> Image.Image:
    """Without a palette, and with eight bits a colour."""
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    transparent = image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info
    return image.convert("RGBA" if transparent else "RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if profile and image.mode in ("RGB", "CMYK", "L"):
        # A damaged profile is as good as none.
        with contextlib.suppress(ImageCms.PyCMSError, *_FAULTS):
            own = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(image, own, _SRGB, outputMode="RGB")
            if converted is not None:
                return converted
    plain = _plain(image)
    if profile and plain.mode == "RGBA":
        opaque = _in_srgb(plain.convert("RGB"), profile)
        opaque.putalpha(plain.getchannel("A"))
        return opaque
    return plain


def _scaled(image: Image.Image, width: int) -> Image.Image:
    return image.resize((width, max(1, round(image.height * width / image.width))), Image.Resampling.LANCZOS)


def _renditions(image: Image.Image, width: int) -> Iterator[tuple[Rendition, bytes]]:
    """Each width that the photograph has, its own if that is the largest, then a JPEG for any other browser."""
    widths = [one for one in WIDTHS if one <= width]
    if not widths or (width < WIDTHS[-1] and width > widths[-1] * 1.15):
        widths.append(width)
    widest = 0
    for one in widths:
        rendition, data = _light(image, one, "webp")
        # One that had to be made smaller may be no wider than the one before.
        if rendition.width > widest:
            yield rendition, data
        widest = max(widest, rendition.width)
    yield _light(image, max(one for one in widths if one <= PHONE_WIDTH or one == widths[0]), "jpg")


def _light(image: Image.Image, width: int, form: str) -> tuple[Rendition, bytes]:
    """The picture at this width, or at the next smaller one at which it is light enough."""
    most = PHONE_BYTES if width <= PHONE_WIDTH else DESK_BYTES
    while True:
        scaled = _scaled(image, width) if width != image.width else image
        for quality in _QUALITIES:
            data = _encoded(scaled, form, quality)
            if len(data) <= most:
                return Rendition(form, width, scaled.height, len(data), sha256(data).hexdigest()), data
            if len(data) > _HOPELESS * most:
                break
        width = width * 4 // 5


def _encoded(image: Image.Image, form: str, quality: int) -> bytes:
    written = BytesIO()
    # What the image was read with stays behind: Pillow writes only what it is told to.
    if form == "webp":
        image.save(written, "WEBP", quality=quality, method=4, exif=b"", icc_profile=b"", xmp=b"")
        return written.getvalue()
    if image.mode == "RGBA":
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image, mask=image.getchannel("A"))
        image = ground
    bare = {"exif": b"", "icc_profile": b"", "comment": b""}
    image.save(written, "JPEG", quality=quality, optimize=True, progressive=True, **bare)
    return written.getvalue()
