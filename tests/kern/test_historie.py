"""History and read log cannot be bypassed (ONTWERP 3.4)."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.test import RequestFactory

from kern.alleen_lezen import SchrijvenGeweigerd
from kern.handeling import Actor, handeling, met_verzoek
from kern.historie import MET_HISTORIE
from kern.middleware import GemeenteEnToegang
from kern.models import Bericht, Gebruiker, Leesregel, Overgang, Wijziging
from tests.kern.fabrieken import BerichtFabriek, WerkvoorraadFabriek

ACTOR = Actor("gebruiker", "7", "Chantal Brouwer", 7)


def wijzigingen(rij) -> list[Wijziging]:
    return list(Wijziging.objects.filter(tabel=rij._meta.db_table, rij_id=rij.pk).order_by("id"))


@pytest.mark.parametrize("model", sorted(MET_HISTORIE, key=lambda m: m._meta.label), ids=lambda m: m._meta.label)
def test_elk_model_met_historie_heeft_de_triggers(db, model) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass "
            "AND tgname LIKE 'pgtrigger_historie%%' AND tgenabled = 'O'",
            [model._meta.db_table],
        )
        assert cursor.fetchone()[0] == 3


def test_schrijven_zonder_actor_weigert_de_database(gemeente) -> None:
    bericht = BerichtFabriek(fout="oud")
    pogingen = [
        lambda: Bericht.objects.create(kanaal="email", aan="a@voorbeeld.example", tekst="x"),
        lambda: Bericht.objects.filter(pk=bericht.pk).update(fout="nieuw"),
        lambda: Bericht.objects.filter(pk=bericht.pk).delete(),
        lambda: Bericht.objects.bulk_create([Bericht(kanaal="sms", aan="0612345678", tekst="x")]),
        lambda: connection.cursor().execute("UPDATE kern_bericht SET fout = 'nieuw'"),
    ]
    for poging in pogingen:
        with pytest.raises(DatabaseError, match="zonder actor"), transaction.atomic():
            poging()
    assert Bericht.objects.get().fout == "oud"


@pytest.mark.eis(
    "R227", "Elke wijziging staat in de historie met wie, waarom en in welk verzoek, ook een update in bulk"
)
def test_update_en_bulk_staan_in_de_historie(gemeente) -> None:
    een, twee = BerichtFabriek.create_batch(2, fout="oud", betrokkene_id=12)
    with met_verzoek("verzoek-1"), handeling(ACTOR, reden="typefout"):
        Bericht.objects.update(fout="nieuw")
    for rij in (een, twee):
        nieuw, gewijzigd = wijzigingen(rij)
        assert (nieuw.actie, nieuw.actor_naam) == ("I", "fabriek")
        assert (gewijzigd.actie, gewijzigd.oud, gewijzigd.nieuw) == (
            "U",
            {"fout": "oud"},
            {"fout": "nieuw"},
        )
        assert (gewijzigd.actor_id, gewijzigd.actor_naam, gewijzigd.reden) == (
            "7",
            "Chantal Brouwer",
            "typefout",
        )
        assert (gewijzigd.betrokkene_id, gewijzigd.gemeente_id, gewijzigd.verzoek) == (
            12,
            gemeente.pk,
            "verzoek-1",
        )


def test_verwijderen_bewaart_de_hele_rij(gemeente) -> None:
    bericht = BerichtFabriek(fout="weg")
    with handeling(ACTOR):
        Bericht.objects.filter(pk=bericht.pk).delete()
    assert wijzigingen(bericht)[-1].oud["fout"] == "weg"


def test_niets_gewijzigd_geeft_geen_regel(gemeente) -> None:
    bericht = BerichtFabriek()
    with handeling(ACTOR):
        bericht.save()
    assert len(wijzigingen(bericht)) == 1


def test_na_een_binnenste_actor_is_de_buitenste_terug(gemeente) -> None:
    with handeling(ACTOR):
        with handeling(Actor.taak("nacht"), reden="ronde"):
            binnen = Bericht.objects.create(kanaal="email", aan="a@voorbeeld.example", tekst="x")
        buiten = Bericht.objects.create(kanaal="email", aan="b@voorbeeld.example", tekst="x")
    assert [wijzigingen(r)[0].actor_naam for r in (binnen, buiten)] == ["nacht", "Chantal Brouwer"]


@pytest.mark.parametrize("tabel", ["kern_wijziging", "kern_leesregel", Overgang._meta.db_table])
@pytest.mark.parametrize("opdracht", ["UPDATE {} SET reden = 'x'", "DELETE FROM {}", "TRUNCATE {}"])
def test_applicatie_kan_het_spoor_niet_wissen(db, tabel: str, opdracht: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(opdracht.format(tabel))


def test_leeslog_alleen_via_de_functie(db) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute("INSERT INTO kern_leesregel DEFAULT VALUES")


def test_geen_truncate_op_enige_tabel(db) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') "
            "AND relnamespace = 'public'::regnamespace AND has_table_privilege(oid, 'TRUNCATE')"
        )
        assert cursor.fetchall() == []


def vraag(methode: str, gebruiker, view):
    request = getattr(RequestFactory(), methode)("/toets")
    request.user = Gebruiker.objects.get(pk=gebruiker.pk)
    return GemeenteEnToegang(view)(request)


def test_een_get_kan_niet_schrijven(maak_medewerker) -> None:
    gebruiker = maak_medewerker("consulent").gebruiker

    def schrijft(request):
        with handeling(ACTOR):
            Bericht.objects.create(kanaal="email", aan="a@voorbeeld.example", tekst="x")

    with pytest.raises(SchrijvenGeweigerd), transaction.atomic():
        vraag("get", gebruiker, schrijft)
    assert Bericht.objects.count() == 0


@pytest.mark.eis("R223", "Wie mensen op het scherm krijgt, staat met naam, tijd en reden in het leeslog")
def test_wie_leest_staat_in_het_leeslog(log_in) -> None:
    client = log_in("consulent")
    WerkvoorraadFabriek(voor=client.medewerker.gebruiker, betrokkene_id=41)
    WerkvoorraadFabriek(voor=client.medewerker.gebruiker, betrokkene_id=42)
    client.get("/")
    regel = Leesregel.objects.get()
    assert (regel.verwerking, regel.betrokkenen, regel.grond) == ("vandaag.bekijken", [41, 42], "taak")
    assert (regel.actor_id, regel.gemeente_id) == (
        str(client.medewerker.gebruiker_id),
        client.medewerker.gemeente_id,
    )


def test_zonder_leesregel_geen_bladzijde(maak_medewerker) -> None:
    from django.http import HttpResponse

    def toont(request):
        request.lezing.toon("v" * 61, [1])  # longer than the column: the database refuses the row
        return HttpResponse("geheim")

    with pytest.raises(DatabaseError), transaction.atomic():
        vraag("get", maak_medewerker("consulent").gebruiker, toont)


def test_na_een_binnenste_reden_is_de_buitenste_terug(gemeente) -> None:
    with handeling(ACTOR, reden="uit dienst"):
        with handeling(ACTOR, reden="dubbel"):
            binnen = Bericht.objects.create(kanaal="email", aan="a@voorbeeld.example", tekst="x")
        with handeling(Actor.taak("nacht")):
            ander = Bericht.objects.create(kanaal="email", aan="b@voorbeeld.example", tekst="x")
        buiten = Bericht.objects.create(kanaal="email", aan="c@voorbeeld.example", tekst="x")
    assert [wijzigingen(r)[0].reden for r in (binnen, ander, buiten)] == ["dubbel", "", "uit dienst"]
