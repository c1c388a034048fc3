import type { PageName } from "../../live/route";

/** A stop of the tour: a page, what it is for, and one thing to try there. */
export interface Stop {
  code: string;
  /** Its page, as parts of a link. */
  at: [PageName, ...string[]];
  title: string;
  text: string;
  tryIt: string;
}

export const STOPS: Stop[] = [
  {
    code: "sok",
    at: ["sok"],
    title: "Sök",
    text: "Här börjar allt. Skriv som du tänker. Först kommer en kollega som går att nå i dag, sedan kortet som säger hur du gör.",
    tryIt: "Skriv vem kan adoption i fältet.",
  },
  {
    code: "kort",
    at: ["kort"],
    title: "Handlingskort",
    text: "Ett kort skiljer på vad lagen kräver, vad som brukar göras och vad du själv bedömer. Bockarna är dina egna och lämnar inte datorn.",
    tryIt: "Öppna ett kort och bocka av ett steg.",
  },
  {
    code: "fragor",
    at: ["fragor"],
    title: "Fråga kretsen",
    text: "Hittar du inget: fråga. Två klick och ett fält räcker. Flera svar står bredvid varandra, och inget av dem är det rätta.",
    tryIt: "Öppna en fråga och läs hur andra gör.",
  },
  {
    code: "personer",
    at: ["personer"],
    title: "Personer",
    text: "Kollegor i kretsen, vad de har mött och när de är borta. Under Kontor står vem ni frågar först hos er.",
    tryIt: "Öppna din egen sida och se vad som står där.",
  },
  {
    code: "ansvar",
    at: ["ansvar"],
    title: "Vem gör vad",
    text: "Områden och kommuner i en tabell: vem som har huvudansvar, och vem som är stöd.",
    tryIt: "Leta upp din kommun.",
  },
  {
    code: "delas",
    at: ["krets", "delas"],
    title: "Vad får delas här?",
    text: "Aldrig något om en klient. Rådrum säger till medan du skriver, men det är ett säkerhetsbälte: det är du som vet.",
    tryIt: "Läs vilken väg du tar när det behövs ett namn.",
  },
  {
    code: "nytt",
    at: ["nytt"],
    title: "Nytt för dig",
    text: "Följ en etikett, ett område eller en fråga, så samlas det nya här. Ingen annan ser vad du följer. Allt går att läsa och skriva utan nät.",
    tryIt: "Gå till etiketterna och följ en.",
  },
];

export const tour = {
  offer: "Visa mig runt (under fem minuter)",
  notNow: "Nej tack",
  label: "Visning",
  where: (n: number) => `Visning, ${n} av ${STOPS.length}`,
  tryIt: "Prova",
  back: "Tillbaka",
  next: "Nästa",
  done: "Klart",
  end: "Avsluta visningen",
  linkText: "Sju sidor, en sak att prova på var och en",
};
