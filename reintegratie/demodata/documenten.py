"""A small PDF with each referral that waits for the consulent who logs in."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid

from aanmeldingen.aansluiting import KAMER
from aanmeldingen.keuzes import Documentsoort
from aanmeldingen.models import Aanmelding, AanmeldingDocument
from kern import bestanden
from reintegratie.demodata.context import Context


def _pdf(regel: str) -> bytes:
    """One page with one line, written by hand: the same bytes every time."""
    tekst = f"BT /F1 14 Tf 60 760 Td ({regel}) Tj ET".encode("latin-1")
    delen = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(tekst), tekst),
    ]
    uit, plekken = b"%PDF-1.4\n", []
    for nummer, deel in enumerate(delen, 1):
        plekken.append(len(uit))
        uit += b"%d 0 obj\n%s\nendobj\n" % (nummer, deel)
    tabel = b"".join(b"%010d 00000 n \n" % plek for plek in plekken)
    kop = b"xref\n0 %d\n0000000000 65535 f \n" % (len(delen) + 1)
    slot = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(delen) + 1, len(uit))
    return uit + kop + tabel + slot


def voeg_toe(c: Context, aanmelding: Aanmelding, naam: str, op: dt.date, kenmerk: uuid.UUID) -> None:
    """An advice report that came with this referral (fictitious)."""
    inhoud = _pdf(f"Adviesrapport over {naam} (demo, verzonnen)")
    sha256 = hashlib.sha256(inhoud).hexdigest()
    with bestanden.weg_bij_mislukken():
        plaats = bestanden.bewaar(KAMER, bestanden.Inhoud(inhoud, "application/pdf", sha256), kenmerk)
    rij = AanmeldingDocument(
        kenmerk=kenmerk,
        aanmelding=aanmelding,
        soort=Documentsoort.ADVIESRAPPORT,
        naam="adviesrapport.pdf",
        bestand=plaats,
        mediatype="application/pdf",
        grootte=len(inhoud),
        sha256=sha256,
        controle="zonder",
    )
    c.s.voeg(rij, op)
