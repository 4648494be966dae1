from django.apps import AppConfig


class OrganisatieConfig(AppConfig):
    name = "organisatie"
    verbose_name = "Organisatie"

    def ready(self) -> None:
        from kern.aansluitingen import medewerker, menu, werkvoorraad, zoeken
        from organisatie import aansluitingen
        from organisatie.blokken import goedkeuringen, inkomensconsulent
        from organisatie.rechten import RECHTEN
        from organisatie.tasks import werkregels
        from organisatie.wie import wie

        medewerker.sluit_aan(wie, RECHTEN)
        werkvoorraad.sluit_aan("organisatie", werkregels)
        aansluitingen.teamblok(30, goedkeuringen)
        aansluitingen.teamblok(40, inkomensconsulent)
        menu.punt("Mijn team", "mijn_team", "groep", "team.zien", volgorde=30, kern=True)
        menu.punt("Medewerkers", "medewerkers", "mensen", "medewerkers.beheren", blok="Beheer", volgorde=10)
        menu.punt(
            "Rechten controleren",
            "rechten_controle",
            "slot",
            "rechten.controleren",
            blok="Beheer",
            volgorde=20,
        )
        zoeken.handeling("Iemand in dienst nemen", "medewerker_nieuw", "medewerkers.beheren", icoon="mensen")
        zoeken.handeling("Collega afwezig melden", "afwezig_melden", "team.zien", icoon="agenda", woorden="ziek verlof")
        zoeken.handeling("Waarneming regelen", "waarneming_nieuw", "team.zien", icoon="groep", woorden="vervangen")
        menu.punt("Ketenpartners", "ketenpartners", "telefoon", "ketenpartner.zien", blok="Naslag")
