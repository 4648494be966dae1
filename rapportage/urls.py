from django.urls import path

from rapportage.views import bord, cijfer, diagnose, inhaalzaak, waardering, werkgeversgeld

urlpatterns = [
    path("prestatiecontract", bord.prestatiecontract, name="prestatiecontract"),
    path("prestatiecontract/telwaker", bord.telwaker, name="telwaker"),
    path(
        "prestatiecontract/definities/<int:versie_id>/besluit",
        cijfer.definitie_besluit,
        name="definitie_besluit",
    ),
    path("cijfers/diagnose", diagnose.diagnosecijfers, name="diagnosecijfers"),
    path("cijfers/inhaalslag/<int:pk>", inhaalzaak.inhaalzaak, name="inhaalzaak"),
    path("cijfers/waardering", waardering.waarderingscijfers, name="waarderingscijfers"),
    path("cijfers/subsidie-per-werkgever", werkgeversgeld.per_werkgever, name="werkgeversgeld"),
    path("prestatiecontract/<str:code>", cijfer.cijfer, name="cijfer"),
    path("prestatiecontract/<str:code>/definitie", cijfer.definitie, name="definitie"),
    path("prestatiecontract/<str:code>/export", cijfer.cijfer_export, name="cijfer_export"),
]
