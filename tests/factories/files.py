"""Small files of each kind, made by the test itself."""

from io import BytesIO
from zipfile import ZipFile

from PIL import Image


def picture(
    form: str = "PNG", width: int = 40, height: int = 20, mode: str = "RGB", **options: object
) -> bytes:
    """A picture whose left half is dark."""
    image = Image.new(mode, (width, height), "white")
    image.paste("black", (0, 0, width // 2, height))
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def photograph(width: int = 40, height: int = 20, orientation: int = 6) -> bytes:
    """A JPEG as a telephone makes it: with a place, and lying on its side."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SecretCamera"
    return picture("JPEG", width, height, exif=exif)


def archive(*names: str, **contents: bytes) -> bytes:
    """A ZIP with files of these names."""
    out = BytesIO()
    with ZipFile(out, "w") as packed:
        for name in names:
            packed.writestr(name, contents.get(name, b"x"))
    return out.getvalue()
