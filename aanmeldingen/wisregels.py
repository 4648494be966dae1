"""What belongs to a referral without naming a person: it goes when the referral goes."""

from __future__ import annotations

from aanmeldingen.models import Aanmelding
from aanmeldingen.toestanden import AANMELDING, OPEN
from kern.models import Bericht, Gebeurtenis, Idempotentie, Overgang, Werkvoorraad
from kern.wissen import NietTeWissen, Opdracht


def _zonder_dossier(opdracht: Opdracht) -> None:
    """Referrals by the same BSN that never got a dossier go too; one that is still open comes first."""
    rijen = opdracht.vraag(
        "SELECT a.id, a.status FROM aanmeldingen_aanmelding a JOIN deelnemers_burgerservicenummer b "
        "ON b.gemeente_id = a.gemeente_id AND b.zoeksleutel = a.bsn_zoeksleutel "
        "WHERE b.deelnemer_id = ANY(%s) AND a.deelnemer_id IS NULL ORDER BY a.id",
        [list(opdracht.mensen)],
    )
    if any(status in OPEN for _, status in rijen):
        raise NietTeWissen("Er loopt een nieuwe aanmelding van deze persoon.")
    opdracht.voeg_toe(Aanmelding, [pk for pk, _ in rijen])


def verzamel(opdracht: Opdracht) -> None:
    """Moves, events, stored answers, work and mail about these referrals, by tracking number and public id."""
    if opdracht.dossier:
        _zonder_dossier(opdracht)
    pks = opdracht.van(Aanmelding)
    if not pks:
        return
    gemeente = opdracht.gemeente_id
    kenmerken = [
        str(rij[0])
        for rij in opdracht.vraag("SELECT kenmerk FROM aanmeldingen_aanmelding WHERE id = ANY(%s) ORDER BY id", [pks])
    ]
    nummers = [f"A{pk:06d}" for pk in pks]
    zoek = {
        Overgang: ("soort = %s AND object_id = ANY(%s)", [AANMELDING.soort, pks]),
        Gebeurtenis: ("onderwerp = ANY(%s)", [[*kenmerken, *nummers]]),
        Idempotentie: (
            "locatie LIKE ANY(%s) OR pad LIKE ANY(%s) OR antwoord ->> 'id' = ANY(%s)",
            [[f"%{k}%" for k in kenmerken], [f"%{k}%" for k in kenmerken], kenmerken],
        ),
        Werkvoorraad: ("kamer = 'aanmeldingen' AND sleutel = ANY(%s)", [[f"aanmelding:{pk}" for pk in pks]]),
        Bericht: ("onderwerp LIKE ANY(%s) OR tekst LIKE ANY(%s)", [[f"%{n}%" for n in nummers]] * 2),
    }
    for model, (waar, waarden) in zoek.items():
        rijen = opdracht.vraag(
            f"SELECT id FROM {model._meta.db_table} WHERE gemeente_id = %s AND ({waar})", [gemeente, *waarden]
        )
        opdracht.voeg_toe(model, [rij[0] for rij in rijen])
