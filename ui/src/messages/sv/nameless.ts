import type { AnonymousHurdle, AnonymousState, Named, WaitingPost } from "../../bindings";
import { joined } from "./common";

/** Writing without a name: what is promised, what is not, and why it cannot be done. */
export const nameless = {
  tick: "Utan namn",
  writer: "Utan namn",
  promised:
    "Ingen kollega, ingen administratör och ingen vi kan be ser i Rådrum vem som skrev. Namn, kommun och klockslag följer inte med.",
  promisedWhen: "Det skickas någon gång inom sex timmar, när datorn är i gång och har kontakt.",
  notTitle: "Det här lovar vi inte",
  not: [
    "Sättet att skriva och det du berättar kan avslöja dig.",
    "Den som kommer åt din dator kan se det.",
    "Den som sköter reläet kan se varifrån och när något skickas, men inte vad.",
    "Skriv inte det här i en krets som är så liten att alla ändå vet.",
  ],
  waiting: "Väntar på att skickas utan namn",
  waitingText: "Bara du ser det här. Du kan ångra dig tills det har skickats.",
  sent: "på väg till de andra, går inte att ångra",
  undo: "Ångra",
  noOurWay: "Det som skrivs utan namn säger inte hur er kommun gör.",
  settle: "Klar för mig",
  step: "Träd fram",
  stepTitle: "Berätta att det var du",
  stepText: "Ditt namn visas för alla i kretsen, och det går inte att ta tillbaka.",
  stepAsked: "Det var jag som frågade.",
  stepWrote: "Det var jag som skrev det.",
  stepVerb: "Visa mitt namn",
  cancel: "Avbryt",
  stepped: (who: Named) => `${who.title} har trätt fram`,
};

/** What waits: what was written, or what is to be done with something that was. */
export function postWords({ act, text }: WaitingPost): string {
  if (act === "clear") return `Klar för mig: ${text}`;
  return act === "erase" ? `Tas bort: ${text}` : text;
}

/** Who wrote, when the name was left out: "Utan namn", or whoever has stepped forward. */
export function namelessWords(stepped: Named | null): string {
  return joined([nameless.writer, stepped && nameless.stepped(stepped)]);
}

/** Why the tick cannot be set. */
export function hurdleWords(state: AnonymousState): string {
  const { devices, devices_min, municipalities, municipalities_min } = state;
  const words: Record<AnonymousHurdle, string> = {
    example: "Går inte i Exempelkretsen: den skickar ingenting, och där finns bara du.",
    no_krets: "Går när datorn är med i en krets.",
    few_devices: `Går när kretsen har minst ${devices_min} datorer. Nu är de ${devices}, och då vore det lätt att gissa.`,
    few_municipalities: `Går när kretsen har minst ${municipalities_min} kommuner. Nu är de ${municipalities}, och då vore det lätt att gissa.`,
    no_relay:
      "Går när kretsen har ett relä. På en sticka eller i huset syns det varifrån något kommer.",
    no_tokens:
      "Går inte just nu. Varje dator får fyra sådana inlägg i veckan, och de är slut eller har inte kommit än.",
  };
  return state.hurdle ? words[state.hurdle] : "";
}
