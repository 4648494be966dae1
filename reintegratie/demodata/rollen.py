"""The people with a story as data: their names and what the story asks of them. Keys that end in _ steer the story."""

from __future__ import annotations

from typing import Any


def naam(voor: str, tussen: str, achter: str, geslacht: str, leeftijd: int = 0, **velden: Any) -> dict[str, Any]:
    """Fields of a person."""
    uit: dict[str, Any] = {
        "roepnaam": voor,
        "voornamen": voor,
        "voorletters": f"{voor[0]}.",
        "voorvoegsel": tussen,
        "geslachtsnaam": achter,
        "partnernaam": "",
        "geslacht": geslacht,
    }
    return uit | ({"leeftijd_": leeftijd} if leeftijd else {}) | velden


#: In the caseload of the consulent who logs in; she sees them at Vandaag.
BIJ_CHANTAL: dict[str, dict[str, Any]] = {
    "samira": naam(
        "Samira", "de", "Groot", "2", 34, gebiedscode="T", leefvorm="2", kinderen=2, afspraak_=(14, 30, "voortgang", 30)
    ),
    "kevin": naam("Kevin", "", "Pinas", "1", 19, gebiedscode="T", doelgroepen_=("lvb_jongere",), geen_afspraak_=True),
    "sharda": naam("Sharda", "", "Ramdin", "2", 29),
    "joao": naam("João", "", "Silva", "1", 41, evaluatie_=True),
    "ewa": naam("Ewa", "", "Kowalski", "2", 38),
    "mehmet": naam("Mehmet", "", "Demir", "1", 45, diagnose_="verouderd"),
    "marja": naam("Marja", "", "Dekker", "2", 52, contact_dagen_=43),
    "orlando": naam("Orlando", "", "Croes", "1", 36),
    "abena": naam("Abena", "", "Owusu", "2", 31),
    "fatima": naam("Fatima", "", "El Idrissi", "2", 27, afspraak_=(9, 30, "eerste", 45)),
    "karim": naam("Karim", "", "Bouali", "1", 33, afspraak_=(11, 0, "voortgang", 30)),
    "gloria": naam("Gloria", "", "Mensah", "2", 43, afspraak_=(16, 15, "bellen", 15)),
    "aicha": naam("Aïcha", "", "Amrani", "2", 37),
    "vries_1": naam("Jan", "de", "Vries", "1", 48),
    "vries_2": naam("Jeroen", "de", "Vries", "1", 47),
}
ELDERS: dict[str, dict[str, Any]] = {
    "kaya_elif": naam("Elif", "", "Kaya", "2", 35, kinderen=2),
    "kaya_emre": naam("Emre", "", "Kaya", "1", 37),
    "wilma": naam("Wilma", "", "Blom", "2", 56, loonwaarde_=(55, 57, 59, 61, 63)),
    "ricardo": naam(
        "Ricardo", "", "Martina", "1", 32, werkgever_="Wasserij Waterkant", loonwaarde_=(48,), meting_verlopen_=True
    ),
    "top600": naam("Ravi", "", "Maduro", "1", 24, doelgroepen_=("top_600",)),
    "nova": naam("Monique", "", "Bos", "2", 39),
    "overleden": naam("Willem", "", "Prins", "1", 58),
    "heen_en_weer": naam("Hanan", "", "Boateng", "2", 30),
}
