import type { PageName } from "../../live/route";

/** A page of Rådrum itself, as the search field finds it. */
export interface Place {
  /** Parts of its link. */
  at: [PageName, ...string[]];
  title: string;
  /** Words that people use for it, besides those of its title. */
  words: string[];
  /** The part of a page that is chosen by this word. */
  flik?: string;
}

/** Every page that is no item's own. A test compares it with the pages that there are. */
export const PLACES: Place[] = [
  { at: ["kort"], title: "Handlingskort", words: ["kort", "rutiner", "mallar"] },
  { at: ["kort", "nytt"], title: "Nytt handlingskort", words: ["skriva", "skapa", "kort"] },
  { at: ["fragor"], title: "Frågor", words: ["obesvarade", "svar"] },
  {
    at: ["fraga", "ny"],
    title: "Fråga kretsen",
    words: ["ställa", "ny", "fråga", "utan", "namn", "anonymt"],
  },
  { at: ["fragor", "apt"], title: "APT-lista", words: ["frågor", "skriv", "ut", "personalmöte"] },
  {
    at: ["fragor", "parkerade"],
    title: "Parkerade frågor",
    words: ["möte", "gruppen", "digitala", "mötesplatsen"],
  },
  { at: ["personer"], title: "Personer", words: ["kollegor", "medarbetare", "telefon", "profil"] },
  { at: ["personer"], flik: "kontor", title: "Kontor", words: ["vem", "frågar", "jag", "paus"] },
  { at: ["personer"], flik: "externa", title: "Externa kontakter", words: ["myndigheter", "jour"] },
  { at: ["personer"], flik: "resurser", title: "Resurser", words: ["boende", "avstånd"] },
  { at: ["ansvar"], title: "Vem gör vad", words: ["ansvar", "områden", "följa", "område"] },
  { at: ["anteckningar"], title: "Anteckningar", words: ["alla"] },
  { at: ["anteckning", "ny"], title: "Ny anteckning", words: ["skriva", "skapa"] },
  { at: ["etiketter"], title: "Etiketter", words: ["följa", "följ", "etikett", "sakområden"] },
  { at: ["nytt"], title: "Nytt för dig", words: ["följer", "sedan", "sist", "nyheter"] },
  { at: ["att-veta"], title: "Nytt att veta", words: ["lagändring", "nyheter"] },
  { at: ["att-veta", "ny"], title: "Skriv nytt att veta", words: ["lagändring", "nyhet"] },
  {
    at: ["kommun"],
    title: "Kommunens sida",
    words: ["representant", "ägare", "saknas", "granska"],
  },
  { at: ["behover-dig"], title: "Det här behöver dig", words: ["chef"] },
  {
    at: ["introduktion"],
    title: "Introduktion",
    words: ["ny", "nyanställd", "checklista", "fadder"],
  },
  {
    at: ["krets"],
    title: "Krets",
    words: [
      "inställningar",
      "utseende",
      "mörkt",
      "avisering",
      "brev",
      "exportera",
      "version",
      "om",
      "visning",
      "visa",
      "runt",
    ],
  },
  {
    at: ["krets", "delas"],
    title: "Vad får delas här?",
    words: ["sekretess", "personuppgifter", "klienter", "gdpr"],
  },
  {
    at: ["krets", "lagras"],
    title: "Vad som lagras",
    words: ["gdpr", "personuppgifter", "registerförteckning", "mapp"],
  },
  {
    at: ["krets", "sakerhetskopia"],
    title: "Säkerhetskopia",
    words: ["backup", "återställa", "kopia"],
  },
  { at: ["krets", "borttaget"], title: "Borttaget", words: ["ta", "bort", "raderade", "glömma"] },
  {
    at: ["krets", "kollegor"],
    title: "Kollegor och datorer",
    words: [
      "lägg",
      "lägga",
      "till",
      "dator",
      "ny",
      "borttappad",
      "stulen",
      "slutat",
      "sluta",
      "lämna",
      "över",
    ],
  },
  {
    at: ["krets", "bjud-in"],
    title: "Bjud in en kollega",
    words: ["inbjudan", "lägg", "lägga", "till", "dator", "ny"],
  },
  { at: ["krets", "ga-med"], title: "Gå med i en krets", words: ["inbjudan", "ansökan"] },
  { at: ["krets", "grunda"], title: "Grunda en krets", words: ["ny", "börja"] },
  {
    at: ["krets", "vagen"],
    title: "Vägen mellan kontoren",
    words: ["relä", "sticka", "usb", "nät", "synka", "hämta", "skicka"],
  },
  { at: ["krets", "stadgar"], title: "Kretsens stadgar", words: ["representanter", "syfte"] },
  { at: ["krets", "nycklar"], title: "Rotnycklarna", words: ["rotnyckel", "prova", "byta"] },
  {
    at: ["krets", "kommuner"],
    title: "Kommuner som kommer, går eller slås ihop",
    words: ["kommun", "lämnar"],
  },
  { at: ["krets", "efterat"], title: "Skrivet efteråt", words: ["slutat"] },
  { at: ["baksidan"], title: "Baksidan", words: ["redaktör", "arkiverat", "arkiv"] },
  { at: ["baksidan", "dubbletter"], title: "Dubbletter", words: ["slå", "ihop", "redaktör"] },
  { at: ["baksidan", "valkomsttext"], title: "Välkomsttext", words: ["hälsning", "redaktör"] },
  { at: ["forslag"], title: "Förslag och fel", words: ["synpunkter"] },
  { at: ["forslag", "ny"], title: "Nytt förslag eller fel", words: ["anmäla", "synpunkt"] },
];

export const places = { title: "Sidor i Rådrum" };
