"""What makes a word the name of a street: its ending, the words it begins with, what stands before and after it."""

from __future__ import annotations

import re

from compassbot.guard.caseless import Caseless

STRONG = (
    "straat", "str", "laan", "plein", "gracht", "singel", "kade", "dreef", "plantsoen", "steeg", "straatje", "laantje", "pleintje", "boulevard",
    "straatweg", "strjitte", "leane", "avenue", "street", "strasse", "straße", "gasse", "platz", "caddesi", "sokak", "buorren", "weg", "dijkje",
)  # fmt: skip
WEAK = (
    "hof", "pad", "park", "dijk", "wal", "markt", "veld", "baan", "haven", "hoek", "meent", "erf", "ring", "werf", "zoom", "allee", "rade", "kamp", "weide",
    "donk", "akker", "horst", "diep", "vaart", "sluis", "brink", "berg", "oord", "burg", "borg", "tuin", "land", "bos", "hout", "rak", "kwartier", "poort",
    "wijk", "es", "dam", "vliet", "duin", "made", "gaarde", "stede", "lanen", "hage", "heide", "polder", "stein", "passage", "rand", "hoeve", "hoef",
    "oever", "terp", "gouw", "stroom", "wetering", "zijl", "molen", "slag", "gors", "hove", "wegje", "steiger", "ven", "kraag", "wei", "einde", "eind",
    "heem", "steech", "kaai", "buurt", "gang", "bocht", "loop", "beek", "drift", "kant", "laar", "tocht", "schans", "bolwerk", "vest", "muur", "kolk",
    "hoogte", "akkers", "velden", "landen", "blok", "stee", "stegen", "zicht", "zijde", "lust", "wieken", "padje", "hofje", "driehoek", "brug", "kruis",
    "trap", "plaats", "kerf", "boog", "spoor", "meer", "plas", "sloot", "greppel", "laagte", "kwelder", "schor", "plaat", "wierde", "hem", "road", "lane", "hofdijck",
    "kring", "hil", "bosch", "rijk", "sate", "state", "stins", "staete", "borch",
)  # fmt: skip
NAMED = frozenset(
    "weegbree kievit merel lijster wulp grutto fuut reiger leeuwerik spreeuw zwaluw gaai specht sperwer buizerd valk meeuw stern scholekster kluut tureluur nachtegaal "
    "goudvink vink mees koolmees roodborst ooievaar patrijs kwartel fazant eider smient wilg berk eik beuk es iep populier esdoorn kastanje linde els hazelaar meidoorn "
    "sleedoorn vlier lijsterbes kornoelje liguster jasmijn seringen brem heide klaver boterbloem korenbloem klaproos margriet madelief dotterbloem zuring zegge riet lisdodde "
    "waterlelie gladiool dahlia begonia tulp hyacint narcis krokus crocus mient reling boeg steven kiel mast fok bezaan schoener galjoen botter tjotter punter".split()
)
"""Plants, birds and parts of ships that streets are called after without an ending of their own."""
HEADS = frozenset(
    "v v.d vd v.d.h burgemeester burg prins prinses koning koningin dokter dr professor prof pastoor sint st jan van de der den het ten ter t "
    "oude nieuwe grote kleine lange korte hoge lage eerste tweede derde graaf gravin hertog laan generaal admiraal president oud nieuw groot klein lang "
    "kort noord zuid oost west noorder zuider ooster wester verlengde achter binnen buiten boven beneden hoog laag willem johan anne karel maria rode witte zwarte "
    "groene blauwe gouden mr dominee ds pater kardinaal wethouder sir la le in op aan aen ir mgr monseigneur zuster meester abt pieter piet frans hendrik "
    "thomas albert anna maarten martin nelson jacob jacoba johannes simon gerard louis hugo cornelis".split()
)
ADDITION = (
    r"(?:[ ,]{0,2}[-/]?(?:[1-9]|een|één|twee|drie|vier|vijf|zes)[ -]?(?:hoog|hg|etage)(?!\w)|[ ]?[-/]?[ ]?(?:bis|hs|huis|rood|zwart|rd|zw|sous(?:terrain)?|bg|[ivx]{1,4}|(?-i:[A-DF-HJ-TV-Z]))(?![\w'])|[-/]?[a-dfghjlnprtz](?![\w'-])|[-/][a-z](?![\w'-])"
    r"| [-/]? ?[a-dfgh](?![\w'-])| ?[-/] ?[a-z]?\d{1,4}[a-z]?(?![\w-]|/\d)|[ ,]{1,2}(?:achter|boven|beneden|links|rechts|voor)(?= ?[,.;:)(\n]|$| \d{4})"
    r"|[ ,]{1,2}(?:bov|ben|achterh|bened)\.|[ ,]{1,2}(?:(?:achter|voor|boven|beneden|zij|tuin|koets)(?:huis|woning)|souterrain|begane grond|bovenverdieping)(?!\w)"
    r"|[ ,]{1,2}(?:achter|boven|beneden|links|rechts)(?! (?:de|het|een|in|op|aan|t|'t|zijn|haar|mijn|deze|dit|alles|hem|elkaar|ons|een|te|van|mij|die|uit)\b)(?!\w))"
)
"""What may follow a house number: 12-3, 7a, 101-III, 44 bis, 80-III links."""

ROOM = (
    r"(?:[ ,]{1,2}(?:bus|kamer|kmr|app(?:artement)?\.?|apt\.?|unit|etage|verdieping|room|flat|bungalow|chalet|huisje|bed|afdeling|woning|studio|vleugel|k\.|box|"
    r"standplaats|plaats|pl\.|kavel|plek|cabin|floor|toegang|trap|blok|gebouw|hut|cel|caravan|stacaravan|suite|bouwlaag|portiek|ingang|appartementnummer|kamernummer|kamernr)"
    r"(?:[ .:-]{0,2}(?:nr\.? ?|nummer )?[a-z]?\d(?:\.?\d){0,4}[a-z]?|[ .:-]{1,2}[a-z])(?![\w']))"
)
NUMBER = re.compile(
    r"(?:[ ,]{1,2}|\. )(?P<years>1[5-9]\d\d(?:-(?:19)?\d\d)? )?(?P<word>(?:op )?(?:nrs?\.? ?|nummers? |no\.? ?|huisnummer |huisnr\.? ?|nr:|#))?(?P<house>\d{1,4})(?![\d%€]|[.,:]\d)(?! ?(?:€|%|°|\+)| 0\d{2,3}(?!\d)| \d{2,3}(?:[ .-]\d|(?!\w)(?![-/]))| \d{5,})"
    rf"(?P<more>{ADDITION}{{0,3}})(?![\w])(?P<room>{ROOM}{{0,3}})",
    re.I,
)
CUES = frozenset(
    "woont woonde wonen wonend woonachtig woon wont adres adressen verblijft ingeschreven inschrijving bewoner bewoners bewoonster bewoonsters pand huisbezoek woning "
    "woningaanpassing noodwoning huurder huurders huurt huurster live lives lived address living stays staying moved tenant tenants resident residents home betreft "
    "onderwerp sleutel sleutels visit house flat apartment dwangsom slaapt sleeps inwoner inwoners eigenaar gehuisvest logeert opvang toegewezen berging kamer naw bezorgd "
    "bezorgen neighbour neighbours neighbor buren buurvrouw buurman melding deur tuin balkon garage schuur zolder huis schutting buiten subject property premises addr addres "
    "woonadres postadres briefadres verhuisadres slaapadres huisje stond langs thuis huisnr straat wonende woonplek trapportaal portiek hennepkwekerij kraakpand loods".split()
)
BEGINNINGS = (
    "verhuis",
    "ontruim",
    "aanbel",
    "evict",
    "bewon",
    "woonacht",
    "inschrij",
    "uitgeschr",
    "huisvest",
    "overlast",
)
FILLERS = frozenset(
    "is was nu al nog ook staat van vn ze hij zij weer met haar zijn die gezin dan tijdelijk alleen samen still now currently mijn op aan in te bij naar at on to of tot over from uit de "
    "het den the een t gedaan gehad terug pas net sinds toen ik we wij she he they and en stond terecht".split()
)
LEAD = Caseless(
    r"(?:\b(?:aan|op|bij|naar|te|in|voor|langs|at|tuin|tegenover|vanaf|from|near|nabij|on|perceel|hoek|achter) )(?:(?:de|het|t|'t|the) )?$",
)
FAINT = Caseless(r"(?:\b(?:van|vn|uit|over|to|of|hoek|en|and) (?:(?:de|het|t|'t|the) )?|[|;:,(/] ?|\n|^)$")
PUBLIC = Caseless(
    r"(?:stadhuis|gemeentehuis|raadhuis|stadskantoor|bezoekadres|postadres van|\bloket|\bbalie|bibliotheek|rechtbank|gerechts|\bkantoor|hoofdkantoor|wijkcentrum|buurthuis|"
    r"voedselbank|werkplein|town hall|city hall|library|\boffices?\b|\bcourt|politiebureau|ziekenhuis|hospital|sporthal|zwembad|inloop(?:spreekuur)?|spreekuur|"
    r"gemeentewinkel|dorpshuis|theater|museum|apotheek|huisartsenpost|milieustraat|werf van de gemeente|locatie van de|servicepunt|informatiepunt|infopunt|"
    r"bijeenkomst|inloopavond|informatieavond|vergadering|training|cursus|workshop|congres|symposium|heidag|meeting|venue|ministerie|uwv|ggd|wegwerkzaamheden|"
    r"kruispunt|rotonde|bushalte|halte|tramhalte|parkeergarage|bouwplan|bestemmingsplan)[^.;!?\n]{0,44}$",
)
PRIVATE = Caseless(
    r"(?:woon|bewon|huurder|tenant|lives|klant|cli[eë]nt|mevr|meneer|\bmw\b|\bdhr\b|\bfam\b|familie|zijn huis|haar huis|thuis)",
)
STOPS = frozenset(
    "mg ml mm cm gr kg km m m2 st stuks pers personen mensen wkn wk mnd jr jaar uur u min dgn dagen weken maanden jaren euro eur keer x maal procent kilo liter "
    "graden punten plekken plaatsen stemmen zetels leden fte banen woningen huizen kamers bedden km/u watt volt a4'tjes pagina's pagina bladzijden procedures "
    "rooms seats units copies cases clients families oekraiense syrische nieuwe "
    "capsules tabletten druppels keren days weeks months years hours minutes people times percent pages euros pounds miles kids kinderen van".split()
)
