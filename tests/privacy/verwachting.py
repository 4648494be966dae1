"""What each address may show of a person, written down by hand. An address that is not here fails the test."""

from __future__ import annotations

from organisatie.rechten import Rol
from tests.privacy.naald import MET_HANDHAVING


def _namen(tekst: str) -> frozenset[str]:
    return frozenset(tekst.split())


#: Pages that never concern a person: whoever asks, nothing of her may be in the answer.
ZONDER_PERSOON = _namen(
    """
    aanlevering aanlevering_antwoord aanleveringen aflevering aflevering_opnieuw afleveringen afleveringen_alles
    bericht_intrekken bericht_opnieuw client client_nieuw client_openen client_sleutel client_sleutel_intrekken
    client_sleutel_nieuw client_stopzetten client_wijzigen clients contactpersoon contactpersoon_nieuw definitie
    definitie_besluit eerste_keer_goed gereed gezond groep_nieuw groepen inkomen_antwoordbestand inloggen
    instrument instrumenten ketenpartner ketenpartner_nieuw ketenpartner_wijzigen ketenpartners medewerker
    medewerker_blokkeren medewerker_nieuw medewerker_openen medewerker_tweede_factor medewerker_uit_dienst
    medewerker_wachtwoord medewerkers onderdelen ontwikkelaars partnercontact partnercontact_nieuw persoon_nieuw
    prestatiecontract proberen proeftoken profiel rechten_controle rechten_gecontroleerd regelgeving
    regelgeving_bedragen regelgeving_codelijst regelgeving_codelijsten regelgeving_termijnen
    regelgeving_minimumloon regelgeving_termijn
    regelgeving_voorstel regelgeving_voorstel_nieuw regelgeving_voorstellen relatiecontact rol_beeindigen
    rol_geven rol_wisselen route route_afspraak route_evaluatie route_evaluatie_afspraak route_evaluatie_pdf
    route_evaluatie_vaststellen route_evaluatie_verslag route_evaluaties route_maken route_nieuw route_voorstel
    route_wijzigen routecontract routes sleutels_wisselen taak taak_starten taken taken_stand testclient
    logboek_nazien
    testgevallen testgevallen_json thema tweede_factor uitloggen vacature_nieuw vacature_nieuw_bij vacature_stap
    vacature_wijzigen vacatures verwerking verwerkingsregister verwerkingsregister_export vestiging
    vestiging_nieuw wachtwoord_wijzigen waarneming_nieuw waarneming_stoppen weer_aanwezig afwezig_melden
    team_inkomensconsulent
    werkgever_beheer werkgever_nieuw werkgever_wijzigen werkgevers werkgeversafspraak diagnosecijfers
    diagnoseronde_klaar inhaalzaak inhaalslagen inhaalslag_nieuw inhaalslag_sluiten route_pool route_pool_einde
    route_pool_erbij
    werkgever_beheer werkgever_nieuw werkgever_wijzigen werkgevers werkgeversafspraak
    gereedschapskist interventie interventie_nieuw interventie_wijzigen ervaring_weg
    lks_herzieningen lks_herziening_nieuw
    rekening rekening_nieuw rekening_bellen rekening_goedkeuren rekening_afwijzen rekening_intrekken
    berekenen subsidiebudget budgetten budget_nieuw budget_wijzigen werk_bij
    contractleveringen contractlevering contractlevering_rapport contractlevering_doorvoeren facturen
    betaalruns betaalrun betaalrun_nieuw betaalrun_stand betaalrun_bestand betaalrun_lijst betaalopdracht
    terugmelding terugvorderingen terugvordering terugvordering_nieuw terugvordering_bezwaar
    aansluiting aansluiting_export
    salarisleveringen salaris_antwoord
    eindafrekeningen subsidierealisatie betaallinks betaallink_intrekken betaallink_openen
    waardering waarderingscijfers dossier_opzoeken dossier_met_reden
    werkgeversgeld plaatsplannen plaatsplan_nieuw plaatsplan_wijzigen
    """
)
#: Pages about persons: only for who has the right of the page and, unless `MEER` says otherwise, may see the dossier.
MET_PERSOON = _namen(
    """
    vandaag zoeken zoekpalet postvak bericht mijn_team caseload doorbreking wijs_toe gegevens huishouden_nieuw
    uitkering_nieuw veiligheid_nieuw veiligheid doelgroep_nieuw
    doelgroep_einde dossier notitie notitie_verbeteren notitie_intrekken terugkomen toezegging_nieuw
    toezegging_wijzigen
    toezegging_klaar dossier_doorbreken historie regie_wijzigen huishouden diagnose diagnose_bevestig_alles
    diagnose_competenties diagnose_nieuw diagnose_wijzig diagnose_bevestig trede belemmering_nieuw belemmering
    inkomen_meldingen inkomen_melding inkomen_oppakken inkomen_heropenen antwoorden_te_koppelen
    antwoord_te_koppelen antwoord_afwijzen dubbelen dubbelpaar samenvoeging bsn_verbeteren dubbel_melden
    documenten document_nieuw document document_vervangen document_bewijs werkgeversprofiel profiel_opstellen
    profiel_pdf profielregel_nieuw profielregel_wijzig profielregel_zet profiellink_nieuw profiellink_intrekken
    profiel_openen privacyverzoeken privacyverzoek_nieuw privacyverzoek privacyverzoek_achterhouden
    overlijden_herstellen
    privacyverzoek_brief privacyverzoek_bestand leestoezicht leessignaal lezers lezers_logboek leesverboden
    leesverbod plan plan_vaststellen plan_tekenen plan_pdf
    traject_starten traject_doel traject_afsluiten
    traject_heropenen onderdeel_toevoegen onderdeel_zet onderdeel_stoppen onderdeel_wachten
    onderdeel_wacht_op onderdeel_starten
    onderdeel_verschuiven onderdeel_losmaken afspraak_maken afspraak afspraak_melden afspraak_herstellen
    afspraak_verzetten afspraak_vervallen agenda groep presentie bijeenkomst_nieuw groep_deelnemer groep_eruit
    gesprek gesprek_afronden afspraakblad afspraakblad_tekenen mijn_werkgevers werkgever
    werkgeversafspraak_klaar vacature voordragen voordracht_intrekken kandidaat_vacatures jobhunt_nieuw
    jobhunt_benaderen bemiddelingen bemiddeling plaatsen plaatsingen plaatsing plaatsing_beeindigen nazorg proefplaats
    bemiddeling_profiel bemiddeling_profiel_pdf aanmeldingen aanmelding aanmelding_oppakken aanmelding_aannemen
    aanmelding_vraag aanmelding_terug aanmelding_overdracht aanmelding_document verwijzen verwijzingen
    verwijzing verwijzing_wijzig verwijzing_verstuur verwijzing_gehoord verwijzing_antwoord verwijzing_link
    verwijzing_intrekken verwijzing_gezien verwijslink telwaker cijfer cijfer_export terugblik
    veiligheid_overzicht veiligheid_inlichten veiligheid_verlengen incident_nieuw incident incident_nazorg
    incident_nazorg_gedaan incident_afhandelen incidenten vernietigingen bewaarplicht_nieuw bewaarplicht
    vernietigingsregel vernietigingsregel_eraf vernietiging verklaring_van_vernietiging afspraak_tweede
    aanmelding_overnemen aanpak aanpak_afspraak aanpak_afspraak_zet aanpak_einde aanpak_nieuw beschut
    caseload_lopen caseload_overdragen diagnose_route diagnoseronde dossiervraag dossiervraag_gelezen
    dossiervraag_nieuw dossiervragen gezinsregisseur_zet handhaving handhaving_sturen inhaalslag inkomensvraag
    inkomensvragen kaartenbak kaartenbak_zet notitie_concept_zet onderzoek_uitslag overdracht overdracht_nieuw
    overdracht_zet overdrachten overdrachten_zet overlijden schoolverlater schoolverlater_stap
    groep_scores groei groeipotentie mensen_zoeken diagnose_aanbod
    schoolverlater_vervallen schoolverlater_wijzigen schoolverlaters schoolverlaters_export schoolverlaters_uwv
    signaal signaal_antwoord signaal_intrekken signaal_nieuw terugbellen_dossier terugbelverzoek
    terugbelverzoek_nieuw terugbelverzoek_zet terugbelverzoeken uren uren_beoordelen uren_wijzigen urenbewaking
    vertegenwoordiger vertegenwoordiger_nieuw vertegenwoordigers verwijzing_brief voorinschrijving werkverdeling
    terugvordering_brief eindafrekening
    dienstverbanden dienstverband dienstverband_wijzigen dienstverband_contract dienstverband_einde ziekte_nieuw
    dienstverband_jobcoach
    ziekte loonwaarde_nieuw loonwaarde_corrigeren loonwaarde_oordeel
    partners partner partner_nieuw partner_beeindigen partner_niets_delen
    plichten waarschuwing_nieuw waarschuwing waarschuwing_intrekken maatregel_nieuw maatregel_intrekken
    maatregel_gelezen inkomensmaatregelen inkomensmaatregel inkomensmaatregel_zet waardering_vragen
    subsidies subsidie subsidie_besluit subsidie_maand subsidie_narekenen subsidie_wetsproef
    subsidie_wetsproef_bestand mijn_werknemers
    lks_aanvragen lks_aanvraag lks_aanvraag_nieuw lks_aanvraag_invullen
    lks_aanvraag_link lks_aanvraag_stap lks_controles lks_controle lks_ingebreke lks_dienstverband lks_stuk_nieuw
    lks_week lks_vervolg
    lks_doelgroep_nieuw lks_doelgroepverzoek lks_vangnet
    lks_stuk lks_besluit_nieuw lks_besluit lks_besluit_aanpassen lks_besluit_stap lks_brief lks_kopie werkgeverslink
    lks_wijzigingen lks_bezwaar_nieuw lks_bezwaar lks_bezwaar_stap lks_bezwaar_brief lks_bezwaar_besluit
    lks_steekproef_stuk lks_steekproef_link lks_wijziging_nieuw lks_wijziging_link
    lks_herziening lks_herziening_goedkeuren lks_steekproef
    lks_steekproef_geval lks_wijziging lks_wijziging_verwerken lks_wijziging_afwijzen
    contracten contracten_export contract contract_stap contract_afspraken contract_voorstel factuur_pdf facturen_csv
    salaris_vooruit salarislevering salarislevering_bestand salarisregel werk_nieuw
    """
)
#: Pages of which the rows are about what a member of staff does for a person without opening the dossier: role or
#: relation → addresses. Never for who is barred.
WSP = _namen(
    """
    werkgever kandidaat_vacatures jobhunt_nieuw jobhunt_benaderen bemiddelingen bemiddeling plaatsen plaatsingen
    plaatsing plaatsing_beeindigen nazorg vacature voordragen mijn_werkgevers vandaag bemiddeling_profiel
    bemiddeling_profiel_pdf werkgeversafspraak_klaar voordracht_intrekken proefplaats
    """
)
VERNIETIGEN = frozenset(
    {
        "vernietigingen", "bewaarplicht", "vernietigingsregel", "vernietigingsregel_eraf", "vernietiging",
        "verklaring_van_vernietiging",
    }
)  # fmt: skip
#: Who pays a subsidy must know hours, sickness and wage value, and nothing else of the dossier.
DIENSTVERBAND = frozenset(naam for naam in MET_PERSOON if naam.startswith(("dienstverband", "loonwaarde", "ziekte")))
#: Who decides that an employer must pay back reads the letter, with the names that the employer knows.
TERUGVORDEREN = frozenset({"terugvordering_brief", "eindafrekening"})
#: Who handles, approves or audits subsidies sees those of everybody.
SUBSIDIE = frozenset(naam for naam in MET_PERSOON if naam.startswith(("lks_", "subsidie")))
#: Contracts under older schemes and invoices: for who handles, approves or pays subsidies, of everybody.
CONTRACT = _namen(
    """
    contracten contracten_export contract contract_stap contract_afspraken contract_voorstel factuur_pdf facturen_csv
    """
)
#: Payroll is told of everybody in our service: hours, wage, days of sickness, and nothing else of the dossier.
SALARIS = frozenset(naam for naam in MET_PERSOON if naam.startswith("salaris"))
POSTVAK = frozenset(naam for naam in MET_PERSOON if naam.startswith(("aanmelding", "verwijzing")))
SCHOOL = frozenset(naam for naam in MET_PERSOON if naam.startswith("schoolverlater"))
TERUGBELLEN = frozenset({"terugbelverzoeken", "terugbelverzoek", "terugbelverzoek_zet"})
SAMEN = frozenset(naam for naam in MET_PERSOON if naam.startswith(("signaal", "aanpak"))) | {"handhaving"}
INKOMENSVRAGEN = frozenset({"inkomensvragen", "inkomensvraag"})
MAATREGELEN = frozenset({"inkomensmaatregelen", "inkomensmaatregel", "inkomensmaatregel_zet"})
GROEP = frozenset({"groep", "presentie", "bijeenkomst_nieuw", "groep_deelnemer", "groep_eruit"})
MENTOR = frozenset({"groep_scores"})
MEER: dict[str, frozenset[str]] = {
    Rol.ACCOUNTMANAGER_WSP: WSP,
    Rol.TEAMONDERSTEUNING: POSTVAK | GROEP,
    Rol.AFDELINGSMANAGER: POSTVAK | VERNIETIGEN | TERUGVORDEREN | SUBSIDIE | CONTRACT,
    Rol.INKOMENSCONSULENT: frozenset(
        {
            "inkomen_meldingen",
            "inkomen_melding",
            "inkomen_oppakken",
            "inkomen_heropenen",
            "antwoorden_te_koppelen",
            "antwoord_te_koppelen",
            "antwoord_afwijzen",
            "vandaag",
        }
    )
    | INKOMENSVRAGEN
    | MAATREGELEN,
    Rol.HANDHAVER: SAMEN | {"vandaag"},
    Rol.MEDEWERKER_SUBSIDIES: DIENSTVERBAND | TERUGVORDEREN | SUBSIDIE | CONTRACT | SALARIS | {"vandaag"},
    Rol.FUNCTIONEEL_BEHEERDER: frozenset(
        {"dubbelen", "dubbelpaar", "samenvoeging", "leesverboden", "leesverbod", "vandaag"}
    ),
    Rol.PRIVACY_OFFICER: frozenset(
        {naam for naam in MET_PERSOON if naam.startswith(("privacyverzoek", "lees", "lezers"))}
        | {"doorbreking", "vandaag"}
        | VERNIETIGEN
    ),
    Rol.AUDITOR: frozenset({"leestoezicht", "leessignaal", "lezers", "lezers_logboek", "cijfer", "cijfer_export"})
    | SUBSIDIE,
    Rol.CONTROLLER: frozenset({"cijfer", "cijfer_export"}) | SUBSIDIE,
    "trainer": GROEP | MENTOR | {"vandaag", "agenda"},
    "bemiddelaar": WSP,
    "behandelaar": POSTVAK | {"vandaag", "zoeken", "zoekpalet", "werkverdeling"},
    "klantmanager": SCHOOL | {"vandaag"},
    "terugbeller": TERUGBELLEN | {"vandaag"},
}
#: What these may show without the dossier: never a telephone number, an address or a note on a list of figures.
ALLEEN_NAAM = frozenset({"naam", "dossiernummer"})
CIJFERS = frozenset({"cijfer", "cijfer_export", "telwaker"})
#: What stands on a page that a role or relation opens without the dossier: that page and nothing else of the person.
SMAL: dict[str, frozenset[str]] = {
    **dict.fromkeys(CIJFERS, ALLEEN_NAAM),
    **dict.fromkeys(INKOMENSVRAGEN, ALLEEN_NAAM | {"noot:dossiervraag"}),
    **dict.fromkeys(MAATREGELEN, ALLEEN_NAAM | {"noot:maatregeladvies"}),
    **dict.fromkeys(SAMEN, frozenset({"naam"}) | {f"noot:{naam}" for naam in MET_HANDHAVING}),
    **dict.fromkeys(TERUGVORDEREN, frozenset({"naam"})),
    **dict.fromkeys(TERUGBELLEN, frozenset({"noot:terugbelverzoek"})),
}
#: A secret address: only where somebody keeps it up to date, with the dossier open.
ADRES = frozenset({"gegevens"})
#: Where the name of a shielded target group may stand, with the right on it.
DOELGROEP = frozenset(
    {
        "caseload",
        "kaartenbak",
        "diagnose",
        "doelgroep_einde",
        "doelgroep_nieuw",
        "dossier",
        "profiel",
        "historie",
        "aanmelding",
        "aanmeldingen",
        "regelgeving_codelijst",
        "terugblik",
    }
)
#: Lists of own people, with the choice of a group that the right alone gives.
DOELGROEP_LIJST = frozenset({"caseload", "kaartenbak", "profiel", "regelgeving_codelijst"})
#: Where the name of a route stands, such as Top 600: what we ask, and never who came along it.
ROUTENAAM = _namen(
    """
    route routes route_maken route_nieuw route_wijzigen route_voorstel route_afspraak route_evaluatie
    route_evaluaties route_pool route_pool_erbij route_pool_einde routecontract testgevallen testgevallen_json
    proberen ontwikkelaars
    """
)
#: Who keeps the code lists reads them all.
DOELGROEP_BEHEER = "codelijsten.beheren"
#: Where who may see her must find her: role and relation → addresses. Keeps the example rows honest.
ZIET_HAAR: dict[tuple[Rol, str], frozenset[str]] = {
    (Rol.HANDHAVER, "geen"): _namen(
        "handhaving signaal signaal_antwoord signaal_intrekken aanpak aanpak_nieuw aanpak_afspraak aanpak_einde"
    ),
    (Rol.INKOMENSCONSULENT, "geen"): INKOMENSVRAGEN | {"inkomensmaatregelen", "inkomensmaatregel"},
    (Rol.MEDEWERKER_SUBSIDIES, "geen"): (DIENSTVERBAND - {"dienstverband_jobcoach"})
    | TERUGVORDEREN
    | {"lks_aanvraag", "lks_besluit", "subsidie", "salarislevering", "salarislevering_bestand", "salarisregel"},
    (Rol.CONSULENT, "klantmanager"): frozenset({"schoolverlaters", "schoolverlater", "schoolverlaters_export"}),
    (Rol.CONSULENT, "terugbeller"): frozenset({"terugbelverzoeken", "terugbelverzoek"}),
    (Rol.CONSULENT, "regie"): _namen(
        """
        urenbewaking uren uren_beoordelen kaartenbak caseload_lopen caseload_overdragen diagnoseronde dossiervragen
        dossiervraag vertegenwoordigers vertegenwoordiger beschut diagnose_route schoolverlaters_uwv
        schoolverlater_wijzigen handhaving_sturen terugbellen_dossier werkverdeling voorinschrijving overlijden
        onderzoek_uitslag verwijzing_brief aanmelding_overnemen groei groeipotentie mensen_zoeken partners partner
        plichten waarschuwing waardering_vragen
        """
    ),
    (Rol.CONSULENT, "jobcoach"): frozenset({"mijn_werknemers", "dienstverband"}),
    (Rol.CONTROLLER, "geen"): frozenset({"subsidie_wetsproef_bestand"}),
    (Rol.CONSULENT, "waarneming"): frozenset({"overdrachten", "overdracht"}),
    (Rol.TEAMMANAGER, "team"): frozenset(
        {"inhaalslag", "kaartenbak", "mensen_zoeken", "caseload_lopen", "overdracht_nieuw"}
    ),
}
