from django.urls import path

from regelgeving.views import lijsten, verwerkingen, voorstellen, wetswaarden

urlpatterns = [
    path("beheer/regelgeving", lijsten.parameters, name="regelgeving"),
    path("beheer/regelgeving/bedragen", lijsten.bedragen, name="regelgeving_bedragen"),
    path("beheer/regelgeving/codelijsten", lijsten.codelijsten, name="regelgeving_codelijsten"),
    path("beheer/regelgeving/codelijsten/<slug:sleutel>", lijsten.codelijst, name="regelgeving_codelijst"),
    path("beheer/regelgeving/termijnen", lijsten.termijnen, name="regelgeving_termijnen"),
    path("beheer/regelgeving/minimumloon/nieuw", wetswaarden.minimumloon, name="regelgeving_minimumloon"),
    path("beheer/regelgeving/termijnen/nieuw", wetswaarden.termijn, name="regelgeving_termijn"),
    path("beheer/regelgeving/voorstellen", voorstellen.overzicht, name="regelgeving_voorstellen"),
    path("beheer/regelgeving/voorstellen/nieuw", voorstellen.nieuw, name="regelgeving_voorstel_nieuw"),
    path("beheer/regelgeving/voorstellen/<int:pk>", voorstellen.voorstel, name="regelgeving_voorstel"),
    path("verwerkingsregister", verwerkingen.register, name="verwerkingsregister"),
    path("verwerkingsregister.json", verwerkingen.register_export, name="verwerkingsregister_export"),
    path("verwerkingsregister/<slug:code>", verwerkingen.verwerking, name="verwerking"),
]
