"""Pictures: proved whole, freed of what the camera wrote into them, drawn in other widths."""

import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from PIL import Image, ImageOps

from wiki.errors import Refusal, TooLarge

#: Bytes of one decoded picture; above it, memory is in danger.
_LARGEST_DECODED = 100_000_000
_MOST_PIXELS = 80_000_000
_MOST_FRAMES = 500
_LONGEST_SIDE = 5_000
_FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF", "image/webp": "WEBP"}
_OPTIONS: dict[str, dict[str, object]] = {
    "JPEG": {"quality": 88, "optimize": True},
    "WEBP": {"quality": 88, "method": 4},
    "PNG": {"compress_level": 6},
    "GIF": {},
}
_PNG_PARTS = (
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP pHYs bKGD sBIT acTL fcTL fdAT".split()
)
_WEBP_PARTS = (b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP")
# Decoding takes much memory: one picture at a time.
_one_at_a_time = Lock()


@dataclass(frozen=True)
class Picture:
    """Width and height in pixels, as shown."""

    width: int
    height: int


def clean_image(source: Path, target: Path, media_type: str) -> Picture:
    """Decode the picture and write what may be kept to `target`.

    A picture that holds nothing but itself is copied byte for byte, so that sending it round
    changes nothing; any other is encoded anew, upright, at most 5,000 pixels a side. Raises
    `Refusal` for damaged pictures and `TooLarge` for those that would fill the memory.
    """
    with _one_at_a_time, _opened(source, media_type) as (image, full):
        if getattr(image, "is_animated", False):
            _check_frames(image)
            _check_animation(source, media_type)
            source.replace(target)
            return Picture(*image.size)
        upright = _upright(image)
        is_small = max(full) <= _LONGEST_SIDE
        if upright is image and is_small and _holds_only_itself(source, media_type):
            source.replace(target)
        else:
            upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE), Image.Resampling.LANCZOS)
            _save(upright, target, _FORMATS[media_type])
        return Picture(*upright.size)


def draw_thumbnail(source: Path, target: Path, media_type: str, width: int) -> None:
    """Write the picture in at most that width. A moving picture stands still in it."""
    with _one_at_a_time, _opened(source, media_type, width) as (image, _full):
        small = _shrinkable(image)
        small.thumbnail((width, _LONGEST_SIDE * 4), Image.Resampling.LANCZOS)
        _save(small, target, _FORMATS[thumbnail_type(media_type)])


def thumbnail_type(media_type: str) -> str:
    """The type of a picture's smaller copies."""
    return "image/png" if media_type == "image/gif" else media_type


@contextmanager
def _opened(
    path: Path, media_type: str, width: int | None = None
) -> Iterator[tuple[Image.Image, tuple[int, int]]]:
    """The decoded picture (a JPEG perhaps at a part of its size) and its full size."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(path, formats=[_FORMATS[media_type]])
        with image:
            full = image.size
            _check_size(image, width)
            image.load()
            yield image, full
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except (OSError, SyntaxError, ValueError, struct.error, EOFError, IndexError) as error:
        raise Refusal(
            "The picture is damaged: it cannot be read to its end. Nothing was stored. Save it "
            "anew in the program it comes from and upload it again."
        ) from error


def _check_size(image: Image.Image, width: int | None) -> None:
    if image.width * image.height > _MOST_PIXELS:
        raise _too_many_pixels()
    # JPEG can be decoded at a half, a quarter or an eighth, with that much less memory.
    if image.format in ("JPEG", "MPO"):
        if width is not None:
            image.draft(None, (width, width))
        elif _decoded_size(image) > _LARGEST_DECODED:
            image.draft(None, (image.width // 2, image.height // 2))
    if _decoded_size(image) > _LARGEST_DECODED:
        raise _too_many_pixels()


def _decoded_size(image: Image.Image) -> int:
    return image.width * image.height * len(image.getbands())


def _too_many_pixels() -> TooLarge:
    return TooLarge(
        "The picture has too many pixels: about 25 million can be taken, as JPEG 80 million. "
        "Nothing was stored. Make it smaller and upload it again."
    )


def _check_frames(image: Image.Image) -> None:
    frames = int(getattr(image, "n_frames", 1))
    if frames > _MOST_FRAMES or frames * image.width * image.height > 10 * _MOST_PIXELS:
        raise TooLarge(
            "The moving picture is too long. Nothing was stored. Shorten it and upload it again."
        )


def _check_animation(source: Path, media_type: str) -> None:
    if media_type != "image/gif" and not _holds_only_itself(source, media_type):
        raise Refusal(
            "The moving picture holds hidden data, perhaps the place where it was made. Nothing "
            "was stored. Save it without them and upload it again."
        )


def _upright(image: Image.Image) -> Image.Image:
    if image.getexif().get(0x0112, 1) == 1:
        return image
    turned = ImageOps.exif_transpose(image)
    return turned if turned is not None else image


def _shrinkable(image: Image.Image) -> Image.Image:
    if image.mode == "P" or (image.mode == "1"):
        return image.convert("RGBA")
    return image if image.mode in ("L", "LA", "RGB", "RGBA") else image.convert("RGB")


def _save(image: Image.Image, target: Path, form: str) -> None:
    profile = image.info.get("icc_profile")
    if form == "JPEG" and image.mode not in ("L", "RGB", "CMYK"):
        image = image.convert("RGB")
    options = dict(_OPTIONS[form])
    if profile and form != "GIF":
        options["icc_profile"] = profile
    # What stays in `info` would be written: comments, the camera's words, thumbnails.
    image.info = {k: v for k, v in image.info.items() if k == "transparency"}
    if form != "GIF":
        options["exif"] = b""
    image.save(target, form, **options)


def _holds_only_itself(path: Path, media_type: str) -> bool:
    data = path.read_bytes()
    if media_type == "image/png":
        return _png_is_bare(data)
    if media_type == "image/webp":
        return _webp_is_bare(data)
    return _jpeg_is_bare(data) if media_type == "image/jpeg" else data[-1:] == b";"


def _png_is_bare(data: bytes) -> bool:
    place = 8
    while place + 12 <= len(data):
        length, kind = struct.unpack(">I4s", data[place : place + 8])
        if kind not in _PNG_PARTS:
            return False
        place += 12 + length
        if kind == b"IEND":
            return bool(place == len(data))
    return False


def _webp_is_bare(data: bytes) -> bool:
    place = 12
    while place + 8 <= len(data):
        kind, length = struct.unpack("<4sI", data[place : place + 8])
        if kind not in _WEBP_PARTS:
            return False
        place += 8 + length + length % 2
    return bool(place == len(data))


def _jpeg_is_bare(data: bytes) -> bool:
    """No segment besides the picture's own, JFIF, colour profile and Adobe's colour mark."""
    place = 2
    while data[place : place + 1] == b"\xff" and place + 4 <= len(data):
        marker, length = data[place + 1], int.from_bytes(data[place + 2 : place + 4], "big")
        own = data[place + 4 : place + 16]
        if marker == 0xDA:
            return bool(data.find(b"\xff\xd9", place) == len(data) - 2)
        if marker == 0xFE or (0xE0 <= marker <= 0xEF and not _is_allowed(marker, own)):
            return False
        place += 2 + length
    return False


def _is_allowed(marker: int, own: bytes) -> bool:
    return (
        (marker == 0xE0 and own.startswith(b"JFIF\0"))
        or (marker == 0xE2 and own.startswith(b"ICC_PROFILE\0"))
        or (marker == 0xEE and own.startswith(b"Adobe"))
    )
