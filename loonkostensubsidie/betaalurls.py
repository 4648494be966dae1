"""Addresses of payments."""

from django.urls import path

from loonkostensubsidie.views import aansluiting, afrekenen, betaallink, betaalopdracht, betalen, terugvorderen

urlpatterns = [
    path("subsidies/betalingen", betalen.betaalruns, name="betaalruns"),
    path("subsidies/betalingen/nieuw", betalen.betaalrun_nieuw, name="betaalrun_nieuw"),
    path("subsidies/betalingen/aansluiting", aansluiting.aansluiting, name="aansluiting"),
    path("subsidies/betalingen/aansluiting/export", aansluiting.aansluiting_export, name="aansluiting_export"),
    path("subsidies/betalingen/<uuid:kenmerk>", betalen.betaalrun, name="betaalrun"),
    path("subsidies/betalingen/<uuid:kenmerk>/stand", betalen.betaalrun_stand, name="betaalrun_stand"),
    path("subsidies/betalingen/<uuid:kenmerk>/bestand", betaalopdracht.betaalrun_bestand, name="betaalrun_bestand"),
    path("subsidies/betalingen/<uuid:kenmerk>/lijst", betaalopdracht.betaalrun_lijst, name="betaalrun_lijst"),
    path("subsidies/betalingen/<uuid:kenmerk>/bank", betaalopdracht.terugmelding, name="terugmelding"),
    path("subsidies/betalingen/<uuid:kenmerk>/opdracht/<int:pk>", betaalopdracht.betaalopdracht, name="betaalopdracht"),
    path("subsidies/terugvorderingen", terugvorderen.terugvorderingen, name="terugvorderingen"),
    path("subsidies/terugvorderingen/nieuw/<int:pk>", terugvorderen.terugvordering_nieuw, name="terugvordering_nieuw"),
    path("subsidies/terugvorderingen/<uuid:kenmerk>", terugvorderen.terugvordering, name="terugvordering"),
    path(
        "subsidies/terugvorderingen/<uuid:kenmerk>/brief",
        terugvorderen.terugvordering_brief,
        name="terugvordering_brief",
    ),
    path("subsidies/eindafrekeningen", afrekenen.eindafrekeningen, name="eindafrekeningen"),
    path("subsidies/eindafrekeningen/<uuid:kenmerk>", afrekenen.eindafrekening, name="eindafrekening"),
    path("subsidies/realisatie/<int:jaar>", afrekenen.subsidierealisatie, name="subsidierealisatie"),
    path("subsidies/betalingen/werkgever/<int:pk>", betaallink.betaallinks, name="betaallinks"),
    path(
        "subsidies/betalingen/werkgever/<int:pk>/<int:link_id>/stop",
        betaallink.betaallink_intrekken,
        name="betaallink_intrekken",
    ),
    path("betalingen/stand/<str:sleutel>", betaallink.betaallink_openen, name="betaallink_openen"),
]
