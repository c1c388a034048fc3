//! Every page of the window, and the dialogs that open on them.

/// One page, and how to see that it stands there.
pub struct Page {
    /// What it is called in a report, and in the name of its picture.
    pub name: &'static str,
    /// Its address. `NOTE` stands for a note of the Exempelkrets, `QUESTION` for a question with
    /// answers, `EYES` for a request to think along, `BULLETIN` for what is new to know,
    /// `SUGGESTION` for a suggestion, `RULING` for a decision about a card.
    pub at: &'static str,
    /// What is clicked there first, in order.
    pub clicks: &'static [Shown],
    /// Whether all that is folded is opened.
    pub unfolded: bool,
    /// What can be seen when it is ready.
    pub ready: Shown,
}

/// An element that can be seen: selector and text.
pub type Shown = (&'static str, &'static str);

const fn page(name: &'static str, at: &'static str, ready: Shown) -> Page {
    Page {
        name,
        at,
        clicks: &[],
        unfolded: false,
        ready,
    }
}

const fn clicked(
    name: &'static str,
    at: &'static str,
    clicks: &'static [Shown],
    ready: Shown,
) -> Page {
    Page {
        clicks,
        ..page(name, at, ready)
    }
}

const fn unfolded(name: &'static str, at: &'static str, ready: Shown) -> Page {
    Page {
        unfolded: true,
        ..page(name, at, ready)
    }
}

/// Shown between two pages, so that what is waited for is never left from the page before.
pub const BETWEEN: Page = page(
    "anteckning-saknas",
    "#/anteckning/saknas",
    ("p", "Anteckningen finns inte här."),
);

/// The Exempelkrets has no road: its pages say so. Journeys show them in a krets of their own.
const INVENTED: Shown = ("p", "Exempelkretsen är påhittad.");

/// All pages. One card has two voices, one contact is archived, and a new note is half written.
pub const PAGES: &[Page] = &[
    page("sok", "#/sok", ("h2", "Nytt i kretsen")),
    page(
        "sok-svar",
        "#/sok?q=vem kan adoption",
        ("h2", "Handlingskort"),
    ),
    unfolded("sok-fler", "#/sok?q=barn", ("h2", "Handlingskort")),
    page(
        "sok-sidor",
        "#/sok?q=lägg till dator",
        ("h2", "Sidor i Rådrum"),
    ),
    page(
        "sok-tomt",
        "#/sok?q=qwzxjqwzxj",
        ("p", "Inget som stämmer helt."),
    ),
    page("kort-lista", "#/kort", ("a.t", "LVM")),
    page(
        "kort",
        "#/kort/adoption-international",
        ("h2", "Hela kortet"),
    ),
    unfolded(
        "kort-utfallt",
        "#/kort/adoption-international",
        ("h2", "Hela kortet"),
    ),
    page(
        "kort-las",
        "#/kort/adoption-international?las=1",
        ("h2", "Måste enligt lag"),
    ),
    page("kort-okant", "#/kort/unknown-case", ("h1", "Okänt ärende")),
    page("kort-lydelser", "#/kort/lvu", (".voices .voice", "Bredvid")),
    clicked(
        "kort-frister",
        "#/kort/lvu",
        &[("button", "Räkna från ett datum")],
        ("button", "Sluta räkna"),
    ),
    page(
        "kort-sa-gor-vi",
        "#/kort/lvm?skriv=har",
        ("button", "Spara"),
    ),
    clicked(
        "kort-avsteg",
        "#/kort/lvm",
        &[
            ("li input", ""),
            ("button.menu", "Skriv"),
            ("button", "Skriv avsteg"),
        ],
        ("label", "Vad gjorde ni i stället?"),
    ),
    page(
        "kort-redigera",
        "#/kort/adoption-international/redigera",
        ("#edit-steps", ""),
    ),
    unfolded(
        "kort-redigera-utfallt",
        "#/kort/adoption-international/redigera",
        ("#edit-steps", ""),
    ),
    page(
        "kort-redigera-lydelser",
        "#/kort/lvu/redigera",
        (".beside .voice", "Bredvid"),
    ),
    page("kort-historik", "#/kort/lvu/historik", ("h1", "Historik")),
    unfolded(
        "kort-historik-utfalld",
        "#/kort/lvu/historik",
        ("h1", "Historik"),
    ),
    page("kort-nytt", "#/kort/nytt", ("h1", "Nytt handlingskort")),
    page(
        "kort-saknas",
        "#/kort/saknas",
        ("p", "Kortet finns inte här."),
    ),
    clicked(
        "kort-arkivera",
        "#/kort/lvm",
        &[("button", "Arkivera")],
        ("dialog h2", "Arkivera LVM"),
    ),
    page("fragor", "#/fragor", ("a.t", "Hur tar ni emot")),
    page("fragor-klara", "#/fragor?visa=klara", ("a.t", "nycklarna")),
    page(
        "fragor-parkerade",
        "#/fragor?visa=parkerade",
        ("a", "Skriv ut"),
    ),
    page("fragor-apt", "#/fragor/apt", ("h2", "Ingen har svarat")),
    page(
        "fragor-parkerat",
        "#/fragor/parkerade",
        ("h2", "Till Digitala Mötesplatsen"),
    ),
    unfolded("fraga", "#/fraga/QUESTION", ("h2", "Svar")),
    page(
        "fraga-svara",
        "#/fraga/QUESTION?skriv=annan",
        ("button", "Publicera"),
    ),
    page(
        "fraga-redigera",
        "#/fraga/QUESTION?redigera=1",
        ("button", "Publicera"),
    ),
    page(
        "fraga-historik",
        "#/fraga/QUESTION/historik",
        ("h1", "Historik"),
    ),
    page("fraga-ogon", "#/fraga/EYES", ("button", "Ja, gärna")),
    page(
        "fraga-saknas",
        "#/fraga/saknas",
        ("p", "Frågan finns inte här."),
    ),
    unfolded(
        "fraga-ny",
        "#/fraga/ny?q=Vem har nycklarna efter ett dödsfall i ett dödsbo?",
        ("section h2", "Frågat förut"),
    ),
    page(
        "fraga-soker",
        "#/fraga/ny?form=soker",
        ("h1", "Söker erfarenhet"),
    ),
    page(
        "fraga-ny-ogon",
        "#/fraga/ny?form=ogon",
        ("h1", "Be om andra ögon"),
    ),
    page("personer", "#/personer", ("li", "Maja Lundmark")),
    page(
        "kontor",
        "#/personer?flik=kontor",
        ("li, article, section", "Dorotea"),
    ),
    clicked(
        "kontor-pausa",
        "#/personer?flik=kontor",
        &[("button.link", "Pausa")],
        ("dialog h2", "Pausa"),
    ),
    page("externa", "#/personer?flik=externa", ("li", "MFoF")),
    page(
        "resurser",
        "#/personer?flik=resurser",
        ("li", "Föräldrautbildning"),
    ),
    page(
        "sok-vem",
        "#/sok?q=vem frågar jag malå",
        ("h2", "Vem frågar jag?"),
    ),
    page("vem", "#/vem/of%2Fdorotea", ("ol li", "Kerstin Tjärnlund")),
    unfolded(
        "vem-redigera",
        "#/vem/of%2Fdorotea?redigera=1",
        ("button", "Lägg till i ordningen"),
    ),
    page(
        "vem-historik",
        "#/vem/of%2Fdorotea/historik",
        ("h1", "Historik"),
    ),
    page("vem-tom", "#/vem/of%2Fnorsjo", ("a.btn", "Skriv ordningen")),
    page(
        "vem-saknas",
        "#/vem/of%2Fsaknas",
        ("p", "Kontoret finns inte här."),
    ),
    page(
        "radgrupp",
        "#/radgrupp/of%2Ffoster-home",
        ("h1", "Rådgruppen för familjehem"),
    ),
    unfolded(
        "radgrupp-redigera",
        "#/radgrupp/of%2Ffoster-home?redigera=1",
        ("button", "Lägg till kollega"),
    ),
    page(
        "radgrupp-tom",
        "#/radgrupp/of%2Flvm",
        ("a.btn", "Skriv vilka som är med"),
    ),
    unfolded(
        "ansvar-radgrupp",
        "#/ansvar?omrade=foster-home",
        ("main .area a", "Rådgruppen för familjehem"),
    ),
    page(
        "person-foresla",
        "#/person/karin-aberg?foresla=1",
        ("dialog h2", "Föreslå en rad"),
    ),
    page("person", "#/person/karin-aberg", ("h2", "Erfarenhet")),
    page(
        "person-redigera",
        "#/person/karin-aberg?redigera=1",
        ("#f-title, #f-name", ""),
    ),
    page(
        "person-historik",
        "#/person/karin-aberg/historik",
        ("h1", "Historik"),
    ),
    page("person-ny", "#/person/ny", ("h1", "Ny kollega")),
    page("kontakt", "#/kontakt/mfof", ("h1", "MFoF")),
    page(
        "kontakt-redigera",
        "#/kontakt/mfof?redigera=1",
        ("#f-title", ""),
    ),
    page(
        "kontakt-arkiverad",
        "#/kontakt/tingsratten",
        (".notice", "Arkiverat."),
    ),
    page("kontakt-ny", "#/kontakt/ny", ("h1", "Ny kontakt")),
    clicked(
        "webbsida",
        "#/kontakt/mfof",
        &[("button", "Öppna webbsidan")],
        ("dialog h2", "Öppna webbsidan?"),
    ),
    page(
        "resurs",
        "#/resurs/foraldrautbildning-adoption",
        ("h1", "Föräldrautbildning"),
    ),
    page(
        "resurs-redigera",
        "#/resurs/foraldrautbildning-adoption?redigera=1",
        ("#f-title", ""),
    ),
    page("resurs-ny", "#/resurs/ny", ("h1", "Ny resurs")),
    page("ansvar", "#/ansvar", ("main .area", "")),
    unfolded(
        "ansvar-utfallt",
        "#/ansvar?omrade=adoption",
        ("main .area", ""),
    ),
    page("ansvar-nytt", "#/ansvar?ny=1", ("dialog h2", "Nytt ansvar")),
    clicked(
        "ansvar-ett",
        "#/ansvar",
        &[("td .lead", "")],
        ("dialog h2", "–"),
    ),
    clicked(
        "ansvar-andra",
        "#/ansvar",
        &[("td .lead", ""), ("dialog button", "Ändra")],
        ("dialog h2", "Ändra ansvar"),
    ),
    clicked(
        "ansvar-over",
        "#/ansvar",
        &[("td .lead", ""), ("dialog button", "Lämna över")],
        ("dialog h2", "Lämna över ansvaret"),
    ),
    clicked(
        "ansvar-slut",
        "#/ansvar",
        &[("td .lead", ""), ("dialog button", "Avsluta")],
        ("dialog h2", "Avsluta ansvaret"),
    ),
    page("anteckningar", "#/anteckningar", ("h1", "Anteckningar")),
    page("anteckning", "#/anteckning/NOTE", ("article h1", "")),
    page(
        "anteckning-redigera",
        "#/anteckning/NOTE?redigera=1",
        ("#f-body", ""),
    ),
    page(
        "anteckning-historik",
        "#/anteckning/NOTE/historik",
        ("h1", "Historik"),
    ),
    page(
        "utkast",
        "#/anteckning/ny",
        (".notice", "Du har ett utkast"),
    ),
    clicked(
        "anteckning-ny",
        "#/anteckning/ny",
        &[("button", "Fortsätt")],
        ("button", "Kasta utkastet"),
    ),
    clicked(
        "anteckning-fel",
        "#/anteckning/ny",
        &[("button", "Fortsätt"), ("button", "Spara")],
        ("[role=alert]", "Rätta det som är markerat"),
    ),
    page("krets", "#/krets", ("h2", "Granskas")),
    unfolded("krets-utfalld", "#/krets", ("h2", "Granskas")),
    page("etiketter", "#/etiketter", ("a.t", "Familjehem")),
    page(
        "etikett-ny",
        "#/etikett/ny",
        ("dialog h2", "Lägg till etikett"),
    ),
    page("etikett", "#/etikett/familjehem", ("h2", "Fråga")),
    page(
        "etikett-redigera",
        "#/etikett/familjehem?redigera=1",
        ("dialog h2", "Ändra Familjehem"),
    ),
    clicked(
        "etikett-ihop",
        "#/etikett/familjehem",
        &[("button", "Slå ihop med en annan")],
        ("dialog h2", "Slå ihop Familjehem"),
    ),
    page(
        "etikett-ihopslagen",
        "#/etikett/jourhem",
        ("button", "Skilj dem åt"),
    ),
    page(
        "etikett-historik",
        "#/etikett/jourhem/historik",
        ("h1", "Historik"),
    ),
    page(
        "etikett-saknas",
        "#/etikett/saknas",
        ("p", "Etiketten finns inte här."),
    ),
    page("att-veta", "#/att-veta", ("a.t", "Ny blankett")),
    clicked(
        "att-veta-ny",
        "#/att-veta/ny",
        &[("button", "Leta kort")],
        ("p", "Skriv både lag och paragraf"),
    ),
    page(
        "att-veta-en",
        "#/att-veta/BULLETIN",
        ("h2", "Kort som berörs"),
    ),
    clicked(
        "att-veta-redigera",
        "#/att-veta/BULLETIN?redigera=1",
        &[("button", "Leta kort")],
        ("button", "Märk alla som berörda"),
    ),
    page(
        "att-veta-historik",
        "#/att-veta/BULLETIN/historik",
        ("h1", "Historik"),
    ),
    page(
        "kort-faststallt",
        "#/kort/custody",
        ("section p", "Fastställd i Dorotea"),
    ),
    page(
        "kort-faststall",
        "#/kort/custody?faststall=1",
        ("dialog h2", "Fastställ kortet"),
    ),
    page(
        "faststalld",
        "#/faststalld/RULING",
        ("article p", "kortet som det stod då"),
    ),
    page(
        "faststalld-andra",
        "#/faststalld/RULING?redigera=1",
        ("dialog h2", "Ändra eller avsluta"),
    ),
    page(
        "faststalld-historik",
        "#/faststalld/RULING/historik",
        ("h1", "Historik"),
    ),
    page(
        "faststalld-sedan",
        "#/kort/custody/historik?sedan=RULING",
        ("p", "Det här har ändrats sedan"),
    ),
    page(
        "faststalld-saknas",
        "#/faststalld/saknas",
        ("p", "Beslutet finns inte här."),
    ),
    page("nytt", "#/nytt", ("h2", "Etikett: Familjehem")),
    page("kommun", "#/kommun", ("h2", "Få att fråga")),
    page(
        "behover-dig",
        "#/behover-dig",
        ("a", "Resten står på kommunens sida"),
    ),
    page("introduktion", "#/introduktion", ("h2", "Din fadder")),
    page(
        "introduktion-lista",
        "#/introduktion/socialsekreterare",
        ("h2", "Första dagen"),
    ),
    page(
        "introduktion-redigera",
        "#/introduktion/socialsekreterare?redigera=1",
        ("button", "Spara"),
    ),
    page(
        "introduktion-ny",
        "#/introduktion/ny",
        ("h1", "Ny introduktion"),
    ),
    page(
        "introduktion-saknas",
        "#/introduktion/saknas",
        ("p", "Listan finns inte här."),
    ),
    page(
        "person-fadder",
        "#/person/elin-granstrom?fadder=1",
        ("dialog h2", "Min fadder"),
    ),
    page("baksidan", "#/baksidan", ("h2", "Arkiverat")),
    page(
        "valkomsttext",
        "#/baksidan/valkomsttext",
        ("a.btn", "Ändra välkomsttexten"),
    ),
    page(
        "valkomsttext-redigera",
        "#/baksidan/valkomsttext?redigera=1",
        ("#f-text", ""),
    ),
    page(
        "valkomsttext-historik",
        "#/baksidan/valkomsttext/historik",
        ("h1", "Historik"),
    ),
    page(
        "dubbletter",
        "#/baksidan/dubbletter",
        ("section li", "leder till"),
    ),
    clicked(
        "resurs-ihop",
        "#/resurs/foraldrautbildning-adoption",
        &[("button", "Slå ihop med en annan")],
        ("dialog h2", "Slå ihop »"),
    ),
    page(
        "kort-ihopslaget",
        "#/kort/gambling",
        (".notice", "Gäller samma sak som"),
    ),
    page("forslag", "#/forslag", ("a.t", "Länken leder fel")),
    page(
        "forslag-nytt",
        "#/forslag/ny?fran=kort%2Flvm",
        ("h1", "Nytt förslag eller fel"),
    ),
    page("forslag-ett", "#/forslag/SUGGESTION", ("button", "Svara")),
    page(
        "forslag-svara",
        "#/forslag/SUGGESTION?svara=1",
        ("dialog h2", "Svara på"),
    ),
    page(
        "forslag-historik",
        "#/forslag/SUGGESTION/historik",
        ("h1", "Historik"),
    ),
    page(
        "forslag-saknas",
        "#/forslag/saknas",
        ("p", "Förslaget finns inte här."),
    ),
    page("krets-grunda", "#/krets/grunda", INVENTED),
    page("krets-bjud-in", "#/krets/bjud-in", INVENTED),
    page("krets-ga-med", "#/krets/ga-med", INVENTED),
    page("krets-borttaget", "#/krets/borttaget", ("h1", "Borttaget")),
    page("krets-sakerhetskopia", "#/krets/sakerhetskopia", INVENTED),
    page("krets-vagen", "#/krets/vagen", INVENTED),
    page("krets-delas", "#/krets/delas", ("h1", "Vad får delas här?")),
    page("krets-lagras", "#/krets/lagras", ("th", "Säkerhetskopior")),
    page(
        "krets-stadgar",
        "#/krets/stadgar",
        ("h1", "Kretsens stadgar"),
    ),
    page(
        "krets-lamna-over",
        "#/krets/lamna-over/member:karin-aberg",
        ("h1", "Lämna över"),
    ),
    clicked(
        "tangenter",
        "#/sok",
        &[("button", "Tangenter")],
        ("dialog h2", "Tangenter"),
    ),
];
