"""Photographs that tests draw: of any size, weight and form, as cameras and telephones save them."""

from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image, ImageDraw

# EXIF's tags.
ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825


def scene(width: int, height: int, seed: int = 1, *, noise: int = 0) -> Image.Image:
    """A picture with soft ground, edges and, the more ``noise`` there is, the more grain: 255 fills any file."""
    random = Random(seed)
    image = Image.frombytes("RGB", (8, 6), random.randbytes(8 * 6 * 3)).resize(
        (width, height), Image.Resampling.BICUBIC
    )
    draw = ImageDraw.Draw(image)
    for _ in range(40):
        x, y, side = random.randrange(width), random.randrange(height), max(2, width // random.randrange(8, 40))
        draw.rectangle((x, y, x + side, y + side // 2), fill=tuple(random.randrange(256) for _ in range(3)))
    if noise:
        grain = Image.frombytes("RGB", (width, height), random.randbytes(width * height * 3))
        image = Image.blend(image, grain, noise / 255)
    return image


def saved(image: Image.Image, form: str = "JPEG", **options: Any) -> bytes:
    """The bytes of an image in one of Pillow's formats."""
    written = BytesIO()
    image.save(written, form, **options)
    return written.getvalue()


def from_a_camera(image: Image.Image, orientation: int = 1, **options: Any) -> bytes:
    """A JPEG that says how the camera was held, who made it, and where it stood."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = orientation, "Lune Optical"
    exif[GPS] = {1: "N", 2: (54.0, 3.0, 0.0), 3: "W", 4: (2.0, 48.0, 0.0)}
    return saved(image, exif=exif, comment=b"secret", **options)


def put(root: Path, name: str, data: bytes) -> None:
    """A file of content/media/."""
    path = root / "content" / "media" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def record(file: str, **more: str) -> str:
    """The record of a picture in English and French; ``more`` are further keys, or others in place of these."""
    keys = {
        "file": file,
        "alt": "{en: A crane., fr: Une grue.}",
        "caption": "{en: The crane, fr: La grue}",
        "credit": "{en: Ada Lune, fr: Ada Lune}",
        "holder": "{en: Harbour Museum, fr: Musée du port}",
        "licence": "CC-BY-4.0",
        **more,
    }
    return "".join(f"{key}: {value}\n" for key, value in keys.items() if value)
