"""The harness guards itself: every guard fails on the mistake it is there for."""

from __future__ import annotations

import datetime as dt
import socket

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.db import connection, connections
from django.db.models import Count, DateField, F
from django.db.models.functions import Lower
from django.http import HttpResponse
from django.template import engines
from django.test import RequestFactory

from tests.hulp import database, eisen, streng
from tests.hulp.servers import met_database, met_redis_nummer
from tests.hulp.vragen import groeit_niet, tel_vragen, vraagbudget

pytestmark = pytest.mark.django_db


def test_toets_werkt_als_applicatierol() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_setting('is_superuser')")
        assert cursor.fetchone() == ("reintegratie_app", "off")


def test_ongeordend_is_willekeurig() -> None:
    assert "ORDER BY RANDOM()" in eerste_vraag(lambda: list(ContentType.objects.all()))
    assert "RANDOM" not in eerste_vraag(lambda: list(ContentType.objects.order_by("pk")))
    assert "RANDOM" not in eerste_vraag(ContentType.objects.count)
    assert "RANDOM" not in eerste_vraag(lambda: list(ContentType.objects.values("app_label").annotate(n=Count("pk"))))
    assert "RANDOM" not in eerste_vraag(lambda: list(ContentType.objects.values("app_label").distinct()))


def eerste_vraag(doe: object) -> str:
    with tel_vragen() as vragen:
        doe()  # type: ignore[operator]
    return vragen.vragen[0][0]


def test_bladzijden_zonder_vaste_volgorde_falen() -> None:
    for volgorde in (["model"], ["app_label", "model"], [Lower("model")], []):
        with pytest.raises(streng.StrengeFout, match="eindigen op"):
            Paginator(ContentType.objects.order_by(*volgorde), 10)
    for volgorde in (["model", "pk"], ["-id"], [F("model").desc(nulls_last=True), F("id").desc()]):
        Paginator(ContentType.objects.order_by(*volgorde), 10)
    Paginator(["a", "b"], 10)
    Paginator(ContentType.objects.none(), 10)


def test_lock_zonder_of_faalt() -> None:
    from django.contrib.auth.models import Permission

    with pytest.raises(streng.StrengeFout, match="of="):
        list(Permission.objects.select_related("content_type").select_for_update().order_by("pk"))
    list(Permission.objects.select_related("content_type").select_for_update(of=("self",)).order_by("pk"))
    list(ContentType.objects.select_for_update().order_by("pk"))


def test_moment_als_datum_faalt() -> None:
    with pytest.raises(streng.StrengeFout, match="moment"):
        DateField().get_prep_value(dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    assert DateField().get_prep_value(dt.date(2026, 1, 1)) == dt.date(2026, 1, 1)


def test_onbekende_variabele_in_eigen_template_faalt() -> None:
    motor = engines["django"]
    with pytest.raises(streng.StrengeFout, match="bestaat_niet"):
        motor.from_string("{{ bestaat_niet }}").render({})
    assert motor.from_string("{{ wel }}{% if niet %}{% endif %}").render({"wel": 1}) == "1"


def test_netwerk_mag_niet() -> None:
    with socket.socket() as lijn, pytest.raises(streng.StrengeFout, match="netwerk"):
        lijn.connect(("192.0.2.1", 80))


def test_get_die_schrijft_faalt() -> None:
    from django.core.handlers.base import BaseHandler

    handler = BaseHandler()

    def schrijf(request: object) -> HttpResponse:
        ContentType.objects.filter(pk=0).update(model="x")
        return HttpResponse()

    handler._middleware_chain = schrijf
    with pytest.raises(streng.StrengeFout, match="GET schrijft"):
        handler.get_response(RequestFactory().get("/"))


def test_vraagbudget_toont_vraag_en_plek() -> None:
    with (
        pytest.raises(AssertionError, match=r"(?s)proef: 2 vragen, hoogstens 1.*test_hulp.py"),
        vraagbudget(1, "proef"),
    ):
        ContentType.objects.count()
        ContentType.objects.count()


def test_groei_van_vragen_faalt() -> None:
    aantal = [1]

    def bekijk() -> None:
        for _ in range(aantal[0]):
            ContentType.objects.count()

    with pytest.raises(AssertionError, match="1 vragen werden er 2"):
        groeit_niet(bekijk, lambda: aantal.__setitem__(0, 2), "lijst")
    groeit_niet(bekijk, lambda: None, "lijst", maximum=2)


def test_elk_merk_noemt_een_bestaande_eis_en_een_zin() -> None:
    alle = eisen.eisen()
    assert len(alle) == 239
    for bewijs in eisen.bewijzen():
        assert bewijs.nummer in alle, bewijs
        assert len(bewijs.zin) > 10, bewijs


def test_adressen_van_een_slot() -> None:
    assert met_database("postgres://rol@/naam?host=/pad", "toets_3") == "postgres://rol@/toets_3?host=/pad"
    assert met_database("postgres://rol:w@server:5432/naam", "toets_3") == "postgres://rol:w@server:5432/toets_3"
    assert met_redis_nummer("unix:///pad/v.sock?db=0", 7) == "unix:///pad/v.sock?db=7"
    assert met_redis_nummer("redis://server:6379/0", 7) == "redis://server:6379/7"


@pytest.mark.django_db(transaction=True, databases=["default", "eigenaar"])
def test_na_een_toets_die_vastlegt_is_de_database_weer_schoon() -> None:
    with connections["eigenaar"].cursor() as cursor:
        cursor.execute("CREATE TABLE rommel (id int)")
    database.herstel()
    with connections["eigenaar"].cursor() as cursor:
        cursor.execute("SELECT to_regclass('rommel')")
        assert cursor.fetchone() == (None,)
