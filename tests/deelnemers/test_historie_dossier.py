"""The history of a dossier: who may read that something changed, and what it was (R227, R228)."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from deelnemers.historievragen import wijzigingen
from deelnemers.models import Belemmering, Deelnemer
from deelnemers.services.contact import leg_belemmering_vast
from kern.aansluitingen import historie
from kern.handeling import handeling
from kern.historie import MET_HISTORIE
from organisatie.rechten import RECHTEN, ROLRECHTEN, Rol, rechten_van
from tests.deelnemers.fabrieken import ContactFabriek, met_regie
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK

pytestmark = pytest.mark.django_db
TELLER = itertools.count()

#: What nobody may read off the history of a dossier, or only with a right of its own.
BESCHERMD = {
    "aanmeldingen.Handhavingssignaal": "handhaving.zien",
    "aanmeldingen.Samenaanpak": "handhaving.zien",
    "aanmeldingen.Aanpakafspraak": "handhaving.zien",
    "aanmeldingen.AanmeldingBijzonder": "dossier.bijzonder",
    "aanmeldingen.AanmeldingVeiligheid": "",
    "deelnemers.Veiligheidsmelding": "veiligheid.wijzigen",
    "deelnemers.Incident": "incident.behandelen",
    "deelnemers.Doorbreking": "",
    "deelnemers.Leesverbod": "",
    "deelnemers.Leessignaal": "",
    "deelnemers.Notitieconcept": "",
    "deelnemers.Privacyverzoek": "inzage.verstrekken",
    "werkgevers.Urenbeoordeling": "dossier.bijzonder",
}


def _noteer(deelnemer: Deelnemer, tabel: str, rij_id: int = 1, reden: str = "") -> None:
    """A line of history as the triggers write it; the application itself cannot."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kern_wijziging (tijdstip, gemeente_id, tabel, rij_id, betrokkene_id, actie, actor_soort, "
            "actor_id, actor_naam, verzoek, reden) VALUES (now(), %s, %s, %s, %s, 'I', 'taak', '', 'toets', '', %s)",
            [deelnemer.gemeente_id, tabel, rij_id, deelnemer.pk, reden],
        )


def tabellen(persoon: Deelnemer, rechten: frozenset[str]) -> set[str]:
    return set(wijzigingen(persoon, rechten).values_list("tabel", flat=True))


@pytest.mark.eis("R228", "Van elke tabel met historie staat vast wie het ziet; een nieuwe tabel ziet niemand")
def test_elke_tabel_met_historie_is_ingedeeld() -> None:
    assert not historie.niet_ingedeeld(), (
        f"Wie ziet in het dossier dat hier iets wijzigde? {historie.niet_ingedeeld()}. "
        "Noem de tabel in historiezicht.py van de kamer."
    )
    zonder_persoon = [z.model._meta.label for z in historie.alle().values() if not MET_HISTORIE.get(z.model)]
    assert not zonder_persoon, "ingedeeld, maar zonder historie van een persoon"


def test_elk_recht_in_de_indeling_bestaat() -> None:
    genoemd = {recht for zicht in historie.alle().values() for recht in zicht.rechten}
    assert genoemd <= set(RECHTEN)


def test_een_tabel_die_niemand_noemt_ziet_niemand(consulent: Any) -> None:
    persoon = met_regie(consulent)
    _noteer(persoon, "deelnemers_nieuw")
    alles = frozenset().union(*ROLRECHTEN.values())
    assert "deelnemers_nieuw" not in tabellen(persoon, alles)


@pytest.mark.eis("R228", "Wat beschermd is, staat ook niet in de historie van wie het recht niet heeft")
@pytest.mark.parametrize("rol", [rol for rol in Rol if "dossier.zien" in ROLRECHTEN[rol]])
def test_beschermde_tabellen_per_rol(consulent: Any, rol: Rol) -> None:
    persoon, rechten = met_regie(consulent), rechten_van([rol])
    modellen = {m._meta.label: m._meta.db_table for m in MET_HISTORIE}
    for label in BESCHERMD:
        _noteer(persoon, modellen[label])
    mag = {modellen[label] for label, recht in BESCHERMD.items() if recht and recht in rechten}
    assert tabellen(persoon, rechten) & {modellen[label] for label in BESCHERMD} == mag


@pytest.mark.eis("R228", "Een beschermde regel van een gemengde tabel blijft weg, de andere regels niet")
def test_gemengde_tabel_per_rij(consulent: Any) -> None:
    persoon = met_regie(consulent)
    taal = leg_belemmering_vast(persoon, "taal", actor=FABRIEK)
    schuld = leg_belemmering_vast(persoon, "schulden", actor=FABRIEK)
    assert (taal.bijzonder, schuld.bijzonder) == (False, True)

    def rijen(rol: Rol) -> set[int]:
        uit = wijzigingen(persoon, rechten_van([rol])).filter(tabel="deelnemers_belemmering")
        return set(uit.values_list("rij_id", flat=True))

    assert rijen(Rol.CONSULENT) == {taal.pk, schuld.pk}
    assert rijen(Rol.ACCOUNTMANAGER_WSP) == {taal.pk}
    # What was protected for a while stays away: its earlier changes are of that time.
    with handeling(FABRIEK):
        Belemmering.objects.filter(pk=schuld.pk).update(bijzonder=False)
    assert rijen(Rol.ACCOUNTMANAGER_WSP) == {taal.pk}


def test_de_reden_van_een_beschermde_handeling_staat_nergens_anders(log_in: Any, team: Any, consulent: Any) -> None:
    persoon = met_regie(consulent)
    with handeling(FABRIEK, reden="Vanwege de schulden"):
        leg_belemmering_vast(persoon, "schulden", actor=FABRIEK)
        Deelnemer.objects.filter(pk=persoon.pk).update(bereikbaar="Na tienen")
    with handeling(FABRIEK, reden="Zelf doorgegeven"):
        Deelnemer.objects.filter(pk=persoon.pk).update(telefoon="0612345678")
    url = reverse("historie", args=[persoon.dossiernummer])
    zonder = log_in("afdelingsmanager", team=team).get(url).content.decode()
    assert "Zelf doorgegeven" in zonder and "Vanwege de schulden" not in zonder
    assert "Vanwege de schulden" in log_in("consulent", team=team).get(url).content.decode()


@pytest.mark.eis("R227", "De historie zegt wat het was en wat het is geworden")
def test_oude_en_nieuwe_waarde(log_in: Any, team: Any, consulent: Any) -> None:
    persoon = met_regie(consulent, telefoon="0611111111", straat="Oudestraat")
    with handeling(FABRIEK):
        Deelnemer.objects.filter(pk=persoon.pk).update(telefoon="0622222222", straat="Nieuwstraat", tolk_taal="")
    url = reverse("historie", args=[persoon.dossiernummer])
    client = log_in("consulent", team=team)
    tekst = client.get(url).content.decode()
    assert "Telefoon: 0611111111 → 0622222222" in tekst and "Straat: Oudestraat → Nieuwstraat" in tekst
    with handeling(FABRIEK):
        Deelnemer.objects.filter(pk=persoon.pk).update(adres_geheim=True)
    geheim = client.get(url).content.decode()
    assert "Nieuwstraat" not in geheim and "Straat" in geheim, "een geheim adres staat ook niet in de historie"


def test_de_notitie_zelf_staat_er_niet(log_in: Any, team: Any, consulent: Any) -> None:
    persoon = met_regie(consulent)
    notitie = ContactFabriek(deelnemer=persoon, medewerker=consulent, inhoud="Eerste tekst")
    with handeling(FABRIEK):
        type(notitie).objects.filter(pk=notitie.pk).update(inhoud="Tweede tekst")
    tekst = log_in("consulent", team=team).get(reverse("historie", args=[persoon.dossiernummer])).content.decode()
    assert "Notitie" in tekst and "Eerste tekst" not in tekst and "Tweede tekst" not in tekst


def test_bladeren_en_vaste_kosten(log_in: Any, team: Any, consulent: Any) -> None:
    persoon = met_regie(consulent)
    client, url = log_in("inkomensconsulent", team=team), reverse("historie", args=[persoon.dossiernummer])

    def meer() -> None:
        for _ in range(20):
            with handeling(FABRIEK, reden="Bijgewerkt"):
                Deelnemer.objects.filter(pk=persoon.pk).update(bereikbaar=f"Na {next(TELLER)}")

    meer()
    groeit_niet(lambda: client.get(url), meer, "historie", 25)
    for _ in range(3):
        meer()
    eerste, tweede = client.get(url).content.decode(), client.get(url, {"pagina": 2}).content.decode()
    assert eerste.count("→") >= 50 and tweede.count("→") and "pagina=2" in eerste
