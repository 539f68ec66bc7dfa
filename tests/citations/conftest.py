"""Source documents of every kind that quotations are checked against."""

from pathlib import Path

import pytest

INTERVIEW = (
    "Mayor Jo Lind spoke on Friday. “We do not believe that the officers acted wrongly in this case, and we will pay "
    "$5 million to the family in two years,” Lind said. “It is a sad day. Nobody was hurt in the fire.”\n"
    "“The council never saw the report,” Kim Vale, a council member, said.\n"
)
MAIL = """From: Max Roth <max@ostport.example>
To: Jo Lind <jo@ostport.example>
Subject: the case
Content-Type: text/plain; charset=utf-8

I would rather settle before the vote in March.

On Mon, 3 May 2021, Jo Lind <jo@ostport.example> wrote:
> Please prepare a list of all
> payments since 2009 for the committee.
>
> On Sun, 2 May 2021, Ann Brandt <ann@ostport.example> wrote:
>> Nobody has counted them so far.
"""


def pdf(pages: list[list[str]]) -> bytes:
    """Give a PDF with these lines on its pages."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, lines in enumerate(pages):
        shown = " T* ".join(f"({line}) Tj" for line in lines)
        stream = f"BT /F1 12 Tf 72 720 Td 14 TL {shown} ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {5 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    head = f"xref\n0 {size}\n0000000000 65535 f \n"
    tail = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + f"{head}{table}{tail}".encode()


@pytest.fixture(scope="session")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    (folder / "interview.txt").write_text(INTERVIEW, encoding="utf-8")
    (folder / "mail.eml").write_text(MAIL, encoding="utf-8")
    (folder / "audit.pdf").write_bytes(
        pdf(
            [
                ["The audit covers nine years."],
                ["The city paid 214 times in", "nine years and never counted set-", "tlements."],
            ]
        )
    )
    return folder
