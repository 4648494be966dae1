from django.urls import path

from loonkostensubsidie.views import contracten, contractleveringen, facturen

_C = "contracten/<uuid:kenmerk>"
_L = "contracten/inlezen/<uuid:kenmerk>"

urlpatterns = [
    path("contracten", contracten.contracten, name="contracten"),
    path("contracten/export", contracten.contracten_export, name="contracten_export"),
    path("contracten/inlezen", contractleveringen.contractleveringen, name="contractleveringen"),
    path(_L, contractleveringen.contractlevering, name="contractlevering"),
    path(f"{_L}/rapport", contractleveringen.contractlevering_rapport, name="contractlevering_rapport"),
    path(f"{_L}/doorvoeren", contractleveringen.contractlevering_doorvoeren, name="contractlevering_doorvoeren"),
    path(_C, contracten.contract, name="contract"),
    path(f"{_C}/afspraken", contracten.contract_afspraken, name="contract_afspraken"),
    path(f"{_C}/voorstel", contracten.contract_voorstel, name="contract_voorstel"),
    path(f"{_C}/stap/<slug:actie>", contracten.contract_stap, name="contract_stap"),
    path("facturen", facturen.facturen, name="facturen"),
    path("facturen/export", facturen.facturen_csv, name="facturen_csv"),
    path("facturen/<uuid:kenmerk>", facturen.factuur_pdf, name="factuur_pdf"),
]
