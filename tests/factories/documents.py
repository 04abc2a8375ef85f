"""Documents as office programs make them, and as people who mean harm do."""

import tempfile
import zlib
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import typst
from docx import Document as WordFile
from openpyxl import Workbook
from pptx import Presentation
from pypdf import PdfReader, PdfWriter

from wiki.files.rules import ODT

WORD_XML = "word/document.xml"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def pdf(*pages: str) -> bytes:
    """A PDF with a page for each text, letters as Typst sets them."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "a.typ"
        source.write_text("\n#pagebreak()\n".join(pages))
        made: bytes = typst.compile(str(source))
    return made


def locked_pdf(text: str, password: str, algorithm: str = "AES-256") -> bytes:
    """A PDF that opens with this password; with an empty one it is locked against changes only."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf(text))))
    writer.encrypt(user_password=password, owner_password="owner", algorithm=algorithm)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def drawn_pdf() -> bytes:
    """A page with a drawing and not one letter, like a scanned one."""
    return pdf("#rect(width: 2cm, height: 2cm, fill: black)")


def docx(*paragraphs: str, cells: Sequence[str] = (), header: str = "") -> bytes:
    """A DOCX with paragraphs, a table of one row, and a header."""
    file = WordFile()
    for words in paragraphs:
        file.add_paragraph(words)
    if cells:
        row = file.add_table(rows=1, cols=len(cells)).rows[0]
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    if header:
        file.sections[0].header.paragraphs[0].text = header
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def xlsx(**sheets: Sequence[Sequence[object]]) -> bytes:
    """An XLSX with these sheets of rows."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def pptx(*slides: tuple[str, str]) -> bytes:
    """A PPTX: each slide has a title and notes."""
    deck = Presentation()
    for title, notes in slides:
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        slide.shapes.title.text = title
        slide.notes_slide.notes_text_frame.text = notes
    out = BytesIO()
    deck.save(out)
    return out.getvalue()


def odt(body: str) -> bytes:
    """An ODT with this XML as its text."""
    content = (
        '<office:document-content xmlns:office="o" xmlns:text="t"><office:body><office:text>'
        f"{body}</office:text></office:body></office:document-content>"
    )
    return packed({"mimetype": ODT, "content.xml": content})


def word_of(body: str, before: str = "") -> bytes:
    """A DOCX with exactly this XML in its body and before its first element."""
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            WORD_XML: f"{before}<w:document {_W}><w:body>{body}</w:body></w:document>",
        }
    )


def packed(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP of these parts."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def repacked(document: bytes, **changes: str | bytes) -> bytes:
    """The archive with some parts replaced; `xl__workbook` stands for `xl/workbook.xml`."""
    with ZipFile(BytesIO(document)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    return packed({**parts, **{f"{n.replace('__', '/')}.xml": c for n, c in changes.items()}})


def bare_pdf(content: bytes, kids: str = "", pages: int = 1) -> bytes:
    """A PDF written by hand: pages that all have this content; `kids` as the tree of pages."""
    data = zlib.compress(content)
    font = "<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 3 0 R/Resources{font}>>"
    tree = kids or f"[{' '.join(f'{number} 0 R' for number in range(4, 4 + pages))}]"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids{tree}/Count {pages}>>".encode(),
        b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(data), data),
        *[page.encode()] * pages,
    )
    out, places = b"%PDF-1.4\n", []
    for number, written in enumerate(objects, 1):
        places.append(b"%010d 00000 n \n" % len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, written)
    size = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n" % size + b"".join(places)
    return (
        out + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(out))
    )
