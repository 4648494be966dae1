"""For a few people: documents in the dossier, a talk that ended on paper, and a profile that an employer looked at."""

from __future__ import annotations

import datetime as dt
import hashlib

from deelnemers.keuzes import Akkoordwijze, Viruscontrole
from deelnemers.models import Contactmoment, Deelnemer, Document, Profiellink
from deelnemers.querysets import open_toezeggingen
from deelnemers.services import notities, profiel
from deelnemers.services.contact import zeg_toe
from deelnemers.services.documenten import Upload, voeg_document_toe
from deelnemers.stukvragen import profielregels
from kern import bestanden, klok
from kern.handeling import handeling
from kern.sleutel import afdruk
from organisatie.models import Medewerker
from reintegratie.demodata.documenten import _pdf
from reintegratie.demodata.wegschrijven import ACTOR
from trajecten.services.gesprek import maak_afspraakblad, teken_afspraakblad
from werkgevers.models import Bemiddeling
from werkgevers.toestanden import OPEN_BEMIDDELING

_STUKKEN = (
    ("cv", "cv.pdf", "Cv", 40),
    ("diploma", "certificaat taal.pdf", "Certificaat taal op de werkvloer", 25),
    ("medisch", "arbeidskundig advies.pdf", "Arbeidskundig advies", 90),
)


def maak(peildatum: dt.date) -> None:
    """Samira has everything, two others a part of it. Call when all dossiers are there."""
    samira = Deelnemer.objects.filter(persona="samira").select_related("regievoerder").first()
    if samira is None or samira.regievoerder is None:
        return
    _documenten(samira, peildatum)
    _op_papier(samira)
    _profiel(samira)
    _notities(samira)
    bezig = Bemiddeling.objects.filter(status__in=OPEN_BEMIDDELING, deelnemer__persona="")
    for rij in bezig.select_related("deelnemer__regievoerder").order_by("pk")[:2]:
        if rij.deelnemer.regievoerder is not None and rij.deelnemer.overleden_op is None:
            _profiel(rij.deelnemer, delen=False)


def _notities(samira: Deelnemer) -> None:
    """One note that was put right, and one that belonged to somebody else."""
    rijen = list(Contactmoment.objects.filter(deelnemer=samira, terugkomen_op=None).order_by("-plaatsgevonden_op")[4:6])
    if samira.regievoerder is None or len(rijen) < 2:
        return
    wie = {"medewerker": samira.regievoerder, "actor": ACTOR}
    beter = f"{rijen[0].inhoud} Zij kan op maandag en dinsdag, niet op woensdag."
    notities.corrigeer_notitie(rijen[0], beter, "Samira belde dat de dagen niet klopten.", **wie)
    notities.trek_notitie_in(rijen[1], "Deze notitie hoort bij iemand anders.", **wie)


def _documenten(deelnemer: Deelnemer, peildatum: dt.date) -> None:
    with bestanden.weg_bij_mislukken():
        for soort, naam, titel, dagen in _STUKKEN:
            _bewaar(deelnemer, soort, naam, titel, peildatum - dt.timedelta(days=dagen))
        oud = Document.objects.get(deelnemer=deelnemer, soort="cv")
        _bewaar(deelnemer, "cv", "cv met stage.pdf", "Cv met stage", peildatum, vervangt=oud)
        # The scanner has not seen this one yet: it waits.
        _bewaar(deelnemer, "brief", "brief van school.pdf", "Brief van school", peildatum, Viruscontrole.WACHT)


def _bewaar(
    deelnemer: Deelnemer,
    soort: str,
    naam: str,
    titel: str,
    dag: dt.date,
    controle: Viruscontrole = Viruscontrole.SCHOON,
    vervangt: Document | None = None,
) -> None:
    bytes_ = _pdf(f"{titel} van {deelnemer.roepnaam} (demo, verzonnen)")
    inhoud = bestanden.Inhoud(bytes_, "application/pdf", hashlib.sha256(bytes_).hexdigest())
    voeg_document_toe(
        deelnemer,
        Upload(inhoud, controle),
        soort=soort,
        naam=naam,
        datum=dag,
        medewerker=deelnemer.regievoerder,
        vervangt=vervangt,
        toelichting="Stage in de keuken erbij" if vervangt else "",
        actor=ACTOR,
    )


def _op_papier(deelnemer: Deelnemer) -> None:
    if deelnemer.regievoerder is None:
        return
    if not open_toezeggingen(deelnemer).filter(nagekomen_op__isnull=True).exists():
        zeg_toe(deelnemer, "deelnemer", "Mijn cv nog een keer nakijken", None, actor=ACTOR)
    with bestanden.weg_bij_mislukken():
        blad = maak_afspraakblad(deelnemer, deelnemer.regievoerder, actor=ACTOR)
    teken_afspraakblad(blad, deelnemer=True, actor=ACTOR)


def _profiel(deelnemer: Deelnemer, *, delen: bool = True) -> None:
    """Agreed to most lines, refused one, one still to ask; one employer looked."""
    profiel.stel_profiel_op(deelnemer, actor=ACTOR)
    profiel.voeg_profielregel_toe(deelnemer, "sterk", "Ik leer snel door het te doen.", actor=ACTOR)
    regels, wie = profielregels(deelnemer), deelnemer.regievoerder
    for nummer, regel in enumerate(regels):
        if nummer == 1 and len(regels) > 2:
            profiel.geef_antwoord(regel, False, medewerker=wie, actor=ACTOR)
        elif nummer != 2:
            profiel.geef_antwoord(regel, True, medewerker=wie, wijze=Akkoordwijze.GESPREK, actor=ACTOR)
    if delen and wie is not None:
        _gedeeld(deelnemer, wie)


def _gedeeld(deelnemer: Deelnemer, wie: Medewerker) -> None:
    """One employer has a link and looked. Its key is the same in every demo; a real one is random."""
    nu = klok.echt_nu()
    with handeling(ACTOR):
        link = Profiellink.objects.create(
            deelnemer=deelnemer,
            sleutelhash=afdruk(f"demo-{deelnemer.dossiernummer}"),
            voor="Zorgcentrum De Linde, Petra Smit",
            contact=wie.naam,
            gemaakt_door=wie,
            gemaakt_op=nu,
            geldig_tot=nu + dt.timedelta(days=14),
        )
    profiel.leg_opening_vast(link, "Petra Smit", "petra@delinde.example", actor=ACTOR)
