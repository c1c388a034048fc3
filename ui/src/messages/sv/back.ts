import type { Suggestion, SuggestionForm, SuggestionState } from "../../bindings";
import { joined } from "./common";

export const SUGGESTION_FORMS: Record<SuggestionForm, string> = {
  wish: "Förslag",
  fault: "Fel",
  unknown: "Förslag",
};

export const SUGGESTION_STATES: Record<SuggestionState, string> = {
  taken_up: "tas upp",
  done: "gjort",
  not_now: "inte nu",
  unknown: "nytt",
};

export const back = {
  title: "Baksidan",
  lead: "Det som håller ordning på kretsens innehåll. Redaktörerna sköter det, och alla får hjälpa till.",
  linkText: "Etiketter, förslag och fel, dubbletter, välkomsttext och arkiverat.",
  labels: "Byt namn på, slå ihop och sluta erbjuda etiketter.",
  suggestions: "Vad kollegor önskar eller har sett är fel, och vad det blir av det.",
  duplicates: "Två frågor eller kort om samma sak blir en i listor och sök.",
  welcome: "Några meningar till den som öppnar programmet.",
};

export const suggestions = {
  title: "Förslag och fel",
  lead: "Vad kollegor önskar av programmet och innehållet, eller har sett är fel. Alla ser listan. Den som sköter den svarar med ett ord.",
  foot: "Förslag eller fel på sidan?",
  tell: "Skriv vad som hände",
  new: "Nytt förslag eller fel",
  newText: "Skriv inget som pekar ut en klient.",
  write: "Skriv ett förslag eller anmäl ett fel",
  none: "Inga förslag ännu. Skriv det första, också om det är litet.",
  missing: "Förslaget finns inte här.",
  page: "Till sidan som det skrevs på",
  answer: "Svar",
  noAnswer: "Ingen har svarat ännu.",
  reply: "Svara",
  replyTo: (title: string) => `Svara på »${title}«`,
};

export const welcome = {
  title: "Välkomsttext",
  lead: "Visas på startsidan tills var och en lägger undan den, och alltid på sidan Krets.",
  none: "Kretsen har ingen välkomsttext ännu.",
  write: "Skriv välkomsttexten",
  edit: "Ändra välkomsttexten",
  heading: (region: string) => `Välkommen till ${region}`,
  away: "Lägg undan",
};

/** "Fel · tas upp". */
export function suggestionWords({ form, state }: Suggestion): string {
  return joined([SUGGESTION_FORMS[form], SUGGESTION_STATES[state]]);
}
