"""Small files of every kind that people bring as evidence, and of those that they should not."""

import io
import random
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

PDF = b"%PDF-1.4\n% prueba\n%%EOF\n"
OOXML = "application/vnd.openxmlformats-officedocument."
WORD = f"{OOXML}wordprocessingml.document.main+xml"
EXCEL = f"{OOXML}spreadsheetml.sheet.main+xml"
SLIDES = f"{OOXML}presentationml.presentation.main+xml"
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"


def upload(content=PDF, name="acta.pdf"):
    return SimpleUploadedFile(name, content)


def archive(members: dict) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        for name, content in members.items():
            book.writestr(zipfile.ZipInfo(name), content)  # without the hour: the same bytes every time
    return out.getvalue()


def office_file(main: str, **more) -> bytes:
    types = f'<?xml version="1.0"?><Types><Override PartName="/main.xml" ContentType="{main}"/></Types>'
    return archive({"[Content_Types].xml": types, "main.xml": "<main/>", **more})


def open_document(media_type: str, **more) -> bytes:
    return archive({"mimetype": media_type, "content.xml": "<office/>", **more})


def picture(form="JPEG", *, position=False) -> bytes:
    """A tiny picture; with `position`, it says where it was taken."""
    out, image = io.BytesIO(), Image.new("RGB", (4, 4), "white")
    exif = Image.Exif()
    if position:
        exif.get_ifd(0x8825)[1] = "N"
        exif.get_ifd(0x8825)[2] = (4.0, 44.0, 48.0)
    image.save(out, form, exif=exif)
    return out.getvalue()


def large_picture(form="JPEG", mode="RGB", **options) -> bytes:
    """A picture with enough in it to be cut off in the middle; the same bytes every time."""
    size, dots = (60, 40), random.Random(form)
    image = Image.frombytes("RGB", size, dots.randbytes(size[0] * size[1] * 3)).convert(mode)
    if form == "MPO":
        options |= {"save_all": True, "append_images": [image]}
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()
