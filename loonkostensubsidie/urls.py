from django.urls import include, path, re_path

from loonkostensubsidie import betaalurls, contracturls
from loonkostensubsidie.bezwaarurls import urlpatterns as bezwaarpaden
from loonkostensubsidie.views import (
    aanvraagstappen,
    aanvragen,
    berekening,
    besluiten,
    coach,
    doelgroep,
    geld,
    grootboek,
    plaatsplannen,
    subsidies,
    vangnet,
    werkgeverslink,
    wetsproef,
    wetsproefbestand,
)

_A = "subsidies/aanvragen/<uuid:kenmerk>"
_B = "subsidies/besluiten/<uuid:kenmerk>"

urlpatterns = [
    path("api/v1/", include("loonkostensubsidie.api.urls")),
    # The one address that people pass on by mouth and on paper: with and without a slash.
    re_path(r"^loonkostensubsidie/berekenen/?$", berekening.berekenen, name="berekenen"),
    path("subsidies/budget", geld.budget, name="subsidiebudget"),
    path("subsidies/geplande-plaatsen", plaatsplannen.plaatsplannen, name="plaatsplannen"),
    path("subsidies/geplande-plaatsen/nieuw", plaatsplannen.plan_nieuw, name="plaatsplan_nieuw"),
    path("subsidies/geplande-plaatsen/<int:pk>", plaatsplannen.plan_wijzigen, name="plaatsplan_wijzigen"),
    path("subsidies/mijn-werknemers", coach.mijn_werknemers, name="mijn_werknemers"),
    path("subsidies/andere-regels", wetsproef.wetsproef, name="subsidie_wetsproef"),
    path("subsidies/andere-regels/<slug:vorm>", wetsproefbestand.wetsproef_bestand, name="subsidie_wetsproef_bestand"),
    *betaalurls.urlpatterns,
    *contracturls.urlpatterns,
    path("subsidies", subsidies.subsidies, name="subsidies"),
    path("subsidies/aanvragen", aanvragen.aanvragen, name="lks_aanvragen"),
    path("subsidies/aanvragen/nieuw/<int:dienstverband_id>", aanvragen.nieuw, name="lks_aanvraag_nieuw"),
    path(_A, aanvragen.aanvraag, name="lks_aanvraag"),
    path(f"{_A}/invullen", aanvragen.invullen, name="lks_aanvraag_invullen"),
    path(f"{_A}/controles", aanvragen.opnieuw, name="lks_controles"),
    path(f"{_A}/controles/<slug:soort>", aanvraagstappen.oordeel, name="lks_controle"),
    path(f"{_A}/link", aanvragen.link, name="lks_aanvraag_link"),
    path(f"{_A}/stap/<slug:actie>", aanvraagstappen.stap, name="lks_aanvraag_stap"),
    path(f"{_A}/ingebreke", aanvraagstappen.ingebreke, name="lks_ingebreke"),
    path(f"{_A}/dienstverband", aanvraagstappen.dienstverband, name="lks_dienstverband"),
    path(f"{_A}/week", aanvraagstappen.week, name="lks_week"),
    path(f"{_A}/stukken/nieuw", aanvraagstappen.stuk_nieuw, name="lks_stuk_nieuw"),
    path(f"{_A}/stukken/<int:pk>", aanvraagstappen.stuk, name="lks_stuk"),
    path(f"{_A}/besluit/<slug:soort>", besluiten.besluit_nieuw, name="lks_besluit_nieuw"),
    path(_B, besluiten.besluit, name="lks_besluit"),
    path(f"{_B}/aanpassen", besluiten.aanpassen, name="lks_besluit_aanpassen"),
    path(f"{_B}/stap/<slug:actie>", besluiten.stap, name="lks_besluit_stap"),
    path(f"{_B}/brief", besluiten.brief, name="lks_brief"),
    path(f"{_B}/kopie", besluiten.kopie, name="lks_kopie"),
    path("subsidies/<uuid:kenmerk>", subsidies.subsidie, name="subsidie"),
    path("subsidies/<uuid:kenmerk>/maand/<int:jaar>/<int:maand>", grootboek.subsidie_maand, name="subsidie_maand"),
    path("subsidies/<uuid:kenmerk>/narekenen", grootboek.subsidie_narekenen, name="subsidie_narekenen"),
    path("subsidies/<uuid:kenmerk>/besluit/<slug:soort>", subsidies.besluit_nieuw, name="subsidie_besluit"),
    path("deelnemers/<str:dossiernummer>/doelgroepverzoek", doelgroep.nieuw, name="lks_doelgroep_nieuw"),
    path("subsidies/doelgroep/<int:pk>", doelgroep.verzoek, name="lks_doelgroepverzoek"),
    path("subsidies/vangnet/<int:pk>", vangnet.vangnet, name="lks_vangnet"),
    *bezwaarpaden,
    path("werkgeverslink/<str:sleutel>", werkgeverslink.openen, name="werkgeverslink"),
]
