"""Numbers with a check or a grammar: BSN, IBAN, telephone, mail, web, network, accounts, in the forms people type."""

from __future__ import annotations

import pytest

from compassbot import guard
from compassbot.guard import structured as layer
from compassbot.guard.normal import normalise
from compassbot.guard.tokens import cut


def touched(text: str, what: str) -> list[str]:
    """The kinds of what is found on the words `what` of the text."""
    at = text.index(what)
    return [found.kind for found in guard.read(text) if found.start < at + len(what) and at < found.end]


def structured(text: str) -> list[str]:
    """The kinds found in the text by the finders of everything that has a form; names are for other tests."""
    plain = normalise(text).text
    return [found.kind for found in layer.finds(plain, cut(plain), [])]


FOUND = [
    ("bsn", "haar bsn is {}", "123456782"),
    ("bsn", "BSN {} van moeder", "123.456.782"),
    ("bsn", "burgerservicenummer: {}", "1234-56-782"),
    ("bsn", "sofinr {} stond op de kaart", "12 34 56 782"),
    ("bsn", "ze gaf {} door, zonder erbij te zeggen wat het was", "123456782"),
    ("bsn", "het staat op {} in Suwinet", "123 456 782"),
    ("bsn", "({}, bsn)", "123456782"),
    ("bsn", "{} (bsn) klopt niet", "514658721"),
    ("bsn", "bsn vader {}", "514658720"),
    ("bsn", "bsn van het kind is {}", "123456789"),
    ("bsn", "bsn: {}", "12345678"),
    ("bsn", "bsn{} staat zonder spatie", "187138515"),
    ("bsn", "citizen service number {}", "123 456 789"),
    ("bsn", "bsn 741587269 en {} zijn verwisseld", "653134332"),
    ("bsn", "bsn 741587269 / {}", "653134332"),
    ("bsn", "het getal {} brak over de regel", "123456\n782"),
    ("bsn", "burgerservicenr. {}", "430.73.91.51"),
    ("bsn", "<b>BSN</b>&nbsp;{}", "123456782"),
    ("bsn", "BSN *{}*", "123456782"),
    ("iban", "rekening {}", "NL91ABNA0417164300"),
    ("iban", "rekening {}", "nl91 abna 0417 1643 00"),
    ("iban", "rekening {}", "NL91.ABNA.0417.1643.00"),
    ("iban", "rekening {}", "NL91-ABNA-0417-1643-00"),
    ("iban", "rekening {}", "NL91 ABNA 04 17 16 43 00"),
    ("iban", "IBAN:{}", "NL91ABNA0417164300"),
    ("iban", "rekening {} met een tikfout", "NL91 ABNA 0417 1643 01"),
    ("iban", "geld naar {} in Polen", "PL61109010140000071219812874"),
    ("iban", "geld naar {}", "DE89 3704 0044 0532 0130 00"),
    ("iban", "geld naar {}", "BE71 0961 2345 6769"),
    ("iban", "geld naar {}", "TR33 0006 1005 1978 6457 8413 26"),
    ("iban", "geld naar {}", "GB82 WEST 1234 5698 7654 32"),
    ("iban", "geld naar {}", "FR14 2004 1010 0505 0001 3M02 606"),
    ("iban", "geld naar {}", "RO49 AAAA 1B31 0075 9384 0000"),
    ("iban", "oude giro {}", "1234567"),
    ("iban", "bankrekening {}", "12.34.56.789"),
    ("phone", "bel {}", "06-12345678"),
    ("phone", "bel {}", "06 12 34 56 78"),
    ("phone", "bel {}", "0612345678"),
    ("phone", "bel {}", "06.12.34.56.78"),
    ("phone", "bel {}", "06/12345678"),
    ("phone", "bel {}", "(06) 1234 5678"),
    ("phone", "bel {}", "06 - 12 34 56 78"),
    ("phone", "bel {}", "+31612345678"),
    ("phone", "bel {}", "+31 (0)6 12345678"),
    ("phone", "bel {}", "+31(0)6-12 34 56 78"),
    ("phone", "bel {}", "0031 6 12345678"),
    ("phone", "bel {}", "+31-6-1234 5678"),
    ("phone", "hij zit op {}", "020-6114058"),
    ("phone", "hij zit op {}", "(0341) 27 88 03"),
    ("phone", "hij zit op {}", "0320.44.17.96"),
    ("phone", "hij zit op {}", "0597 123 456"),
    ("phone", "haar Belgische nummer {}", "0478 21 60 94"),
    ("phone", "in Gent: {}", "+32 478 21 60 94"),
    ("phone", "in Gent: {}", "0032 (0)478/21.60.94"),
    ("phone", "Duits: {}", "+49 1512 8840376"),
    ("phone", "Duits: {}", "0049 176 3044812"),
    ("phone", "Pools: {}", "+48 601 337 284"),
    ("phone", "Turks: {}", "+90 532 417 09 26"),
    ("phone", "Marokkaans: {}", "+212 661-408819"),
    ("phone", "Marokkaans: {}", "00212 6 61 40 88 19"),
    ("phone", "Surinaams: {}", "+597 8812345"),
    ("phone", "Syrisch: {}", "+963 944 317 025"),
    ("phone", "Engels: {}", "+44 7911 123456"),
    ("phone", "Iers: {}", "+353 87 412 9906"),
    ("phone", "Roemeens: {}", "0040 722 118 305"),
    ("phone", "Oekraiens: {}", "+380 67 123 45 67"),
    ("phone", "Eritrees: {}", "+291 7 123 456"),
    ("phone", "Indiaas: {}", "+91 98765 43210"),
    ("phone", "tel {} met een cijfer te weinig", "06-1234567"),
    ("phone", "mobiel: {}", "6 12345678"),
    ("phone", "bel hem op {}", "06 en dan 24 55 71 08"),
    ("phone", "ze belt met {}", "nul zes, 4190 en dan 26 31"),
    ("phone", "call him at {}", "zero six one two three four five six seven eight"),
    ("phone", "<tel:+31612345678|{}>", "06-12345678"),
    ("phone", "Teams: <p>bel&nbsp;{}</p>", "06-12345678"),
    ("phone", "0\ufe0f\u20e36\ufe0f\u20e3 dan {}", "06-12345678"),
    ("email", "mail {}", "j.dekker@voorbeeld.nl"),
    ("email", "mail {}", "J.DEKKER@VOORBEELD.NL"),
    ("email", "mail {} even", "jan_de-vries+werk@mail.voorbeeld.co.uk"),
    ("email", "mail {}", "jan [at] mail.example.com"),
    ("email", "mail {}", "jan(at)mail.example.com"),
    ("email", "mail {}", "jan (at) mail (dot) example (dot) com"),
    ("email", "mail {}", "jan {at} mail.example.com"),
    ("email", "mail {}", "jan apenstaartje mail punt nl"),
    ("email", "mail {}", "jan punt smit apenstaart mail punt nl"),
    ("email", "mail {}", "jan at mail dot nl"),
    ("email", "mail {}", "janATgmailDOTcom"),
    ("email", "mail {}", 'jan"apestaartje"gmail.com'),
    ("email", "mail {}", "jan . smit @ mail . nl"),
    ("email", "Van: <{}>", "k.wolters@cjg-delta.example.org"),
    ("email", "<mailto:{}|mail hem>", "jan@voorbeeld.nl"),
    ("email", '<a href="mailto:{}">hier</a>', "jan@voorbeeld.nl"),
    ("email", "mail {}", "info@autobedrijf-hamstra.example.com"),
    ("url", "zie {}", "https://www.facebook.com/roos.vdb"),
    ("url", "zie {}", "instagram.com/dilara.bakes"),
    ("url", "zie {}", "https://www.tiktok.com/@noko.dances11"),
    ("url", "zie {}", "linkedin.com/in/lowie-peeters-0a71b"),
    ("url", "zie {}", "https://www.airbnb.nl/users/show/48821907"),
    ("url", "zie {}", "linktr.ee/moos.zingt.vals"),
    ("url", "zie {}", "https://www.strava.com/athletes/40118832"),
    ("url", "zie {}", "tumblr.com/summer-is-not-ok"),
    ("url", "zie {}", "wa.me/31612345678"),
    ("url", "zie <{}|haar pagina>", "https://www.facebook.com/fenna.hofstee.9"),
    ("ip", "ingelogd vanaf {}", "84.27.110.93"),
    ("ip", "ingelogd vanaf {}", "10.44.117.9"),
    ("ip", "vanaf {} geopend", "2001:db8:44::17"),
    ("ip", "vanaf {}", "2a02:a45f:31c2:1:9d1b:77aa:4e0:12"),
    ("ip", "het apparaat {}", "a4:5e:60:c1:22:9f"),
    ("username", "vraag {}", "@tineke.veldkamp"),
    ("username", "{} kijk even mee", "@team_inning_daan"),
    ("username", "op insta is ze {}", "mooieroos88"),
    ("username", "hij logde in als {}", "cverbruggen2"),
    ("username", "op tiktok {} en", "luckyluuk.x"),
    ("username", "in de groepsapp staat hij als {}", "boss_vd_blok"),
    ("username", "gebruikersnaam: {}", "jdvries"),
    ("username", "inlog {}", "r.elouardi"),
    ("username", "login {}", "kdag_1971"),
    ("username", "as {} on Discord", "nightowl_snr"),
    ("username", "<@{}> kijk jij even", "U04KX7PQL"),
]  # fmt: skip

NOTHING = [
    "bel 14 020 of 14 0341",
    "bel 0800-1234, 0900 8844 of 088 123 45 67",
    "bel +31 88 123 45 67 of 112 of 113",
    "de 0800-nummers zijn gratis",
    "een nummer van negen cijfers zoals 720031716",
    "op alle regels staat 401262573",
    "een bedrag van 453.331.476 euro",
    "€ 123.456.782 voor de hele regio",
    "12.500.000 euro en 1.250,50 euro en € 12.345,67",
    "de begroting is 18 miljoen, 2,5 procent meer",
    "in 2023, 2024 en 2025; 2023-2024 en 2024/2025",
    "van 09:15 tot 10.30 uur, kamer 2.14",
    "versie 10.4.2.1 en versie 3.1.4",
    "artikel 2.5.4.1 van het beleid",
    "zie tabel 4.12.0.3",
    "artikelnummer 476617099",
    "ISBN 978-90-1234-567-8",
    "Staatsblad 2015, 123",
    "stcrt. 2021, 12345",
    "ECLI:NL:RVS:2022:285",
    "mail naar info@gemeente-voorbeeld.nl",
    "mail naar wmo@gemeente-voorbeeld.nl",
    "kijk op https://www.rijksoverheid.nl/onderwerpen/bijstand",
    "kijk op www.nibud.nl en op wetten.overheid.nl/BWBR0015703",
    "zie https://www.uwv.nl/particulieren/ziek",
    "@team-privacy kijk even mee",
    "@hier @channel @iedereen overleg",
    "<!here> overleg om 9 uur in <#C0123ABCD|algemeen>",
    "50plus, 65+, team12, covid19",
    "om 12uur30, 9u30, 20min",
    "13,5% van 1.204 huishoudens",
    "van 1 tot 10, cijfer 7 8 9 6 5",
    "Office365, Windows 11, ISO 27001, NEN 7510",
    "AVG art. 6 lid 1 sub e",
    "ga op 3 februari om 10 uur naar 2 gesprekken",
]


@pytest.mark.parametrize(("kind", "sentence", "what"), FOUND)
def test_the_number_is_found(kind: str, sentence: str, what: str) -> None:
    """A number that leads to somebody is found in this form, and called what it is."""
    assert kind in touched(sentence.replace("{}", what), what)


@pytest.mark.parametrize("text", NOTHING)
def test_what_looks_like_a_number_is_left_alone(text: str) -> None:
    """Desks, amounts, versions, laws and times lead to nobody."""
    assert structured(text) == []
