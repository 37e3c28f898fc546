"""What is known of a photograph and of the lighter pictures that the build makes of it. The bytes are kept apart."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rendition:
    """A lighter picture of a photograph: its form (``webp``, ``jpg``), pixels, bytes, and their SHA-256 in hex."""

    form: str
    width: int
    height: int
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Photograph:
    """The pixels of an upright photograph, and its renditions: WebP, the narrowest first, then one JPEG.

    ``key`` names it by its content. ``places``: its metadata say where it was taken.
    """

    key: str
    width: int
    height: int
    places: bool
    renditions: tuple[Rendition, ...]
