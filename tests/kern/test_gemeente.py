"""No gemeente sees or reaches a row of another (ONTWERP 7, R230)."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kern.handeling import GeenGemeente, handeling, voor_gemeente
from kern.models import GemeenteModel
from organisatie.models import Rolvervulling
from tests.kern import fabrieken as kern
from tests.organisatie import fabrieken as organisatie

MODELLEN = sorted((m for m in apps.get_models() if issubclass(m, GemeenteModel)), key=lambda m: m._meta.label)
FABRIEKEN = [
    kern.BerichtFabriek,
    kern.GebeurtenisFabriek,
    kern.WerkvoorraadFabriek,
    organisatie.TeamFabriek,
    organisatie.FormatieFabriek,
    organisatie.MedewerkerFabriek,
    organisatie.RolFabriek,
    organisatie.AfwezigheidFabriek,
    organisatie.WaarnemingFabriek,
    organisatie.GebiedFabriek,
    organisatie.LocatieFabriek,
    organisatie.ContactpersoonFabriek,
]


@pytest.mark.parametrize("model", MODELLEN, ids=lambda m: m._meta.label)
def test_elke_manager_filtert_en_weigert_zonder_gemeente(model) -> None:
    assert model._default_manager.name == "objects"
    with voor_gemeente(4711):
        assert '"gemeente_id" = (4711)' in str(model._default_manager.all().query)
    buiten = model._default_manager.all()  # as in a form class: made before anybody is there
    with pytest.raises(GeenGemeente):
        list(buiten)
    with voor_gemeente(4712):
        assert '"gemeente_id" = (4712)' in str(buiten.query)
    assert not model._meta.get_field("gemeente").null


@pytest.mark.eis("R230", "Een gemeente ziet nooit een rij van een andere gemeente")
@pytest.mark.parametrize("fabriek", FABRIEKEN, ids=lambda f: f._meta.model.__name__)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(verdeling=st.lists(st.integers(0, 2), min_size=1, max_size=6))
def test_geen_gemeente_ziet_een_rij_van_een_ander(db, fabriek, verdeling: list[int]) -> None:
    with transaction.atomic():
        gemeenten = kern.GemeenteFabriek.create_batch(3)
        van: dict[int, set[int]] = {g.pk: set() for g in gemeenten}
        for nummer in verdeling:
            with voor_gemeente(gemeenten[nummer]):
                van[gemeenten[nummer].pk].add(fabriek().pk)
        model = fabriek._meta.model
        for g in gemeenten:
            with voor_gemeente(g):
                gezien = set(model.objects.values_list("pk", flat=True))
                assert van[g.pk] <= gezien
                assert not gezien & set().union(*(ids for pk, ids in van.items() if pk != g.pk))
                assert set(model.objects.values_list("gemeente_id", flat=True)) <= {g.pk}
        transaction.set_rollback(True)


def _sleutels() -> list[tuple[str, str, str]]:
    return [
        (model._meta.db_table, veld.column, veld.remote_field.model._meta.db_table)
        for model in MODELLEN
        for veld in model._meta.local_fields
        if veld.is_relation
        and veld.db_constraint
        and veld.column != "gemeente_id"
        and any(v.column == "gemeente_id" for v in veld.remote_field.model._meta.local_fields)
    ]


@pytest.mark.parametrize(("tabel", "kolom", "doel"), _sleutels())
def test_elke_verwijzing_blijft_in_de_gemeente(db, tabel: str, kolom: str, doel: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE contype = 'f' AND conrelid = %s::regclass AND confrelid = %s::regclass",
            [tabel, doel],
        )
        definities = [rij[0] for rij in cursor.fetchall()]
    assert any(f"FOREIGN KEY (gemeente_id, {kolom})" in d for d in definities), definities


def test_verwijzing_naar_een_andere_gemeente_wordt_geweigerd(db) -> None:
    hier, daar = kern.GemeenteFabriek.create_batch(2)
    with voor_gemeente(daar):
        team_daar = organisatie.TeamFabriek()
    with voor_gemeente(hier):
        medewerker = organisatie.MedewerkerFabriek()
        with (
            pytest.raises(IntegrityError, match="gemeente_id"),
            transaction.atomic(),
            handeling(kern.FABRIEK),
        ):
            Rolvervulling.objects.create(
                medewerker=medewerker, rol="consulent", team=team_daar, begindatum=organisatie.BEGIN
            )
            connection.check_constraints()
    with voor_gemeente(hier), pytest.raises(IntegrityError), transaction.atomic(), handeling(kern.FABRIEK):
        account = kern.GebruikerFabriek(gemeente=daar)
        organisatie.MedewerkerFabriek(gebruiker=account)
        connection.check_constraints()
