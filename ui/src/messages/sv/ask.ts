import type {
  AnswerForm,
  AnswerOf,
  Grown,
  QuestionForm,
  QuestionRow,
  QuestionState,
} from "../../bindings";
import { capital, joined, kindWord, listed } from "./common";
import { instantDayWords } from "./dates";
import { nameless, namelessWords } from "./nameless";

export const QUESTION_FORMS: Record<QuestionForm, string> = {
  question: "fråga",
  experience_request: "söker erfarenhet",
  second_eyes: "andra ögon",
  unknown: "",
};

export const QUESTION_STATES: Record<QuestionState, string> = {
  open: "öppen",
  with_group: "hos gruppen",
  clear: "klar för frågeställaren",
  unknown: "öppen",
};

/** "unknown" is not parked. */
export const PARKED: Record<string, string> = {
  group: "tas upp i gruppen",
  meeting: "tas upp på Digitala Mötesplatsen",
  unknown: "",
};

export const ANSWER_FORMS: Record<AnswerForm, string> = {
  answer: "svar",
  other_experience: "annan erfarenhet",
  follow_up: "frågeställaren lägger till",
  ask_further: "frågar vidare",
  yes: "ja",
  later: "senare",
  ask_other: "fråga någon annan",
  unknown: "",
};

export const ask = {
  title: "Frågor",
  ask: "Fråga kretsen",
  sections: "Vilka frågor",
  tabs: {
    oppna: "Öppna",
    obesvarade: "Obesvarade",
    vantar: "Väntar på oss",
    parkerade: "Parkerade",
    klara: "Klara",
  },
  filter: "Filtrera på ord, område eller kommun",
  none: {
    oppna: "Ingen öppen fråga just nu.",
    obesvarade: "Alla frågor har fått svar.",
    vantar: "Ingen fråga väntar på ett svar från er.",
    parkerade: "Ingen fråga är parkerad till ett möte.",
    klara: "Ingen fråga är klar än.",
  },
  first: "Ingen har frågat något än. Ställ den första, även om den känns enkel.",
  cut: "De nyaste visas. Sök, så hittar du även äldre.",
  secondEyes: "Andra ögon",
  erased: "Svar på borttagna frågor",
  erasedQuestion: "Frågan är borttagen",
  erasedText:
    "Den som frågade, eller någon annan som får, har tagit undan frågan för alla. Svaren står kvar.",
  erasedLink: "Visa svaren",
  missing: "Frågan finns inte här.",

  newTitle: "Fråga kretsen",
  newLead: "Fråga som du skulle fråga över skrivbordet. Det finns inga dumma frågor.",
  publish: "Publicera",
  more: "Mer: bakgrund, område, etiketter",
  otherForms: "Vill du inte skriva om ärendet?",
  experienceTitle: "Söker erfarenhet",
  experienceLead:
    "Du säger bara området och hur du nås. Skriv inget om ärendet, det pratar ni om när ni hörs.",
  secondEyesTitle: "Be om andra ögon",
  secondEyesLead:
    "Du ber en kollega att tänka med dig. Skriv inget om ärendet, det tar ni när ni hörs. Andra i kretsen kan se att du har frågat, inte vad det gäller.",
  experienceText: (area: string) => `Söker erfarenhet: ${area}`,
  secondEyesText: (area: string) => `Andra ögon: ${area}`,
  askSecondEyes: "Be om andra ögon",

  nearQuestions: "Frågat förut",
  nearCards: "Handlingskort",
  suggested: "Förslag att sortera under",
  sorted: (under: string) => `Sorteras under: ${under}`,
  addArea: (title: string) => `Område: ${title}`,
  addLabel: (title: string) => `Etikett: ${title}`,

  changed: (day: string) => `ändrad ${day}`,
  contact: "Nås så här",
  wished: "När det passar",
  askedOf: (name: string) => `Till ${name}`,
  answers: "Svar",
  noAnswers: "Ingen har svarat än.",
  noAnswersYet: "Ingen har svarat än. Några rader räcker, även om du bara vet en del.",
  answer: "Svara",
  answerTitle: "Ditt svar",
  other: "Annan erfarenhet",
  otherInvite: "Gör ni på ett annat sätt? Båda sätten får stå.",
  otherTitle: "En annan erfarenhet",
  offer: "Jag har erfarenhet",
  offerTitle: "Skriv kort hur ni kan höras",
  further: "Fråga vidare",
  furtherTitle: "Din fråga till svaret",
  followUp: "Lägg till",
  followUpTitle: "Lägg till i din fråga",
  reply: "Svara här",
  replyTitle: "Svar på det som frågas",
  ourWay: "Så gör vi hos oss",
  underGone: "Svaret som det här hör till finns inte kvar.",
  editAnswer: "Redigera",
  noClient: "Inget som pekar ut en klient.",
  askInstead: (name: string) => `Fråga hellre: ${name}`,

  yes: "Ja, gärna",
  later: "Senare",
  askOther: "Fråga någon annan",
  yesText: "Ja, jag tänker gärna med dig.",
  laterText: "Inte nu, men gärna senare.",
  askOtherText: "Fråga hellre någon annan.",
  asksYou: (name: string) => `${name} ber dig tänka med. Svara när det passar.`,

  clear: "Klar för mig",
  reopen: "Öppna igen",
  toGroup: "Ta till gruppen",
  toMeeting: "Ta upp på Digitala Mötesplatsen",
  unpark: "Ta av listan",

  grown: "Har blivit",
  growThread: "Låt tråden bli något",
  growAnswer: "Använd svaret",
  growCard: "Nytt handlingskort",
  growDeviation: "Skriv som avsteg",
  growOn: "På vilket kort?",
  growLead: "Texten följer med, och det syns var den kommer ifrån.",
  growNote: "Skriv en anteckning om frågan",
  origin: (title: string) => `Kommer ur frågan: ${title}`,

  print: "Skriv ut",
  apt: "APT-lista",
  aptTitle: "Frågelådan till arbetsplatsträffen",
  aptLead: (municipality: string, day: string) => (municipality ? `${municipality}, ${day}` : day),
  aptNew: "Nya sedan förra månaden",
  aptUnanswered: "Ingen har svarat",
  aptWaiting: "Andra har svarat, men inte vi",
  aptNone: "Inget här den här gången.",
  parkedTitle: "Parkerat till nästa möte",
  parkedGroup: "Till gruppen",
  parkedMeeting: "Till Digitala Mötesplatsen",
};

/** "Svar från Malå och Åsele", "ingen har svarat". */
export function answeredWords({ unanswered, answered_by: by, form }: QuestionRow): string {
  if (unanswered) return form === "second_eyes" ? "väntar på svar" : "ingen har svarat";
  return by.length > 0 ? `svar från ${listed(by)}` : "besvarad";
}

/** What a row says under its title. */
export function questionWords(row: QuestionRow, today: string): string {
  const { form, state, parked } = row;
  return joined([
    row.by ? joined([row.by.title, row.municipality?.title], ", ") : nameless.writer,
    row.by && instantDayWords(row.created_at, today),
    form === "experience_request" && QUESTION_FORMS[form],
    row.asked && `till ${row.asked.title}`,
    row.area?.title,
    answeredWords(row),
    (state === "clear" || state === "with_group") && QUESTION_STATES[state],
    PARKED[parked],
  ]);
}

/** "Malå · Kristina Selsfors, 20 nov · annan erfarenhet". */
export function answerWords(of: AnswerOf, today: string): string {
  const { head, answer, municipality } = of;
  if (of.nameless) {
    const form = answer.form !== "answer" && ANSWER_FORMS[answer.form];
    return joined([namelessWords(of.stepped_forward), form]);
  }
  const changed = head.updated_at > head.created_at;
  return joined([
    joined([head.created_by?.title, instantDayWords(head.created_at, today)], ", "),
    answer.form !== "answer" && ANSWER_FORMS[answer.form],
    answer.our_way && municipality && `så gör vi i ${municipality.title}`,
    changed && `ändrat ${instantDayWords(head.updated_at, today)}`,
  ]);
}

/** "Handlingskort: Dödsbo". */
export function grownWords({ kind, title }: Grown): string {
  return `${capital(kindWord(kind))}: ${title}`;
}
