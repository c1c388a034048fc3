import type { KretsComputer, KretsPeople, KretsPerson, SuspendedAct } from "../../bindings";
import { number } from "./common";
import { fullDay } from "./dates";

/** Who belongs, and what the representative does when somebody comes, leaves or loses a computer. */
export const members = {
  title: "Kollegor och datorer",
  link: "Kollegor och datorer",
  lead: "De som hör till kretsen, kommun för kommun. Det de har skrivit står kvar även när de har slutat.",
  unnamed: "Kommun som inte har hämtats än",
  nameless: "Kollega vars namn inte har hämtats än",
  /** The same within a sentence. */
  namelessWithin: "en kollega vars namn inte har hämtats än",
  me: "du",
  admin: "representant",
  starting: "Under uppstart: kommunen har inte två representanter än.",
  disputed:
    "Rotnycklarna har bytts på två ställen samtidigt. En av dem som gjorde det kan ha kommit över nycklarna orätt. Ring de tre som förvarar dem, och byt nycklar igen.",
  thisComputer: "Den här datorn",
  computer: (at: number, of: number) => (of === 1 ? "Dator" : `Dator ${at}`),
  resting: "vilar, har inte hörts av på länge",
  remove: "Ta ut ur kretsen",
  lost: "Datorn är borta",
  wake: "Väck",
  woken: (name: string) => `Datorn är väckt. ${name} läser vidare när den får kontakt.`,
  makeAdmin: "Gör till representant",
  signToo: "Skriv under du också",
  renew: "Byt kretsens lås",
  renewText:
    "Om du misstänker att någon utomstående har kunnat läsa. Alla datorer i kretsen får ett nytt lås. Rådrum gör det också av sig självt varje kvartal.",
  renewed: "Kretsens lås är bytt.",
};

/** What happens when somebody is taken out, and what does not. */
export const ending = {
  removeTitle: (name: string) => `Ta ut ${name} ur kretsen?`,
  lostTitle: (name: string) => `Har ${name} blivit av med en dator?`,
  happens: [
    "Datorn får inget nytt längre, varken över nätet eller med en sticka.",
    "Allt som har skrivits hittills står kvar, med namn.",
    "Alla andra datorer får ett nytt lås.",
  ],
  not: "Det som redan ligger på datorn ligger kvar där. Det går inte att ta tillbaka härifrån. Rådrum är låst på datorn, men säg till IT.",
  lostMore:
    "Har din kollega en annan dator fungerar den som förut. En ny dator bjuds in som vanligt.",
  forEver: "Det går inte att ångra. Den som kommer tillbaka bjuds in på nytt.",
  adminTitle: "Hen är representant",
  adminText:
    "För att ta ut en representant behövs två: du och en representant till, eller du och en av rotnycklarna.",
  rootKey: "Rotnyckel, om du har en till hands",
  rootKeyHelp: "De 64 tecknen på papperet. Lämna tomt om en representant till ska skriva under.",
  yes: "Ta ut",
  yesLost: "Datorn är borta",
  working: "Tar ut …",
  done: (name: string) => `${name} är inte längre med i kretsen.`,
  doneLost: (name: string) => `Datorn är ute ur kretsen. Säg till ${name}, och till IT.`,
  needsAnother: (name: string) =>
    `Du har skrivit under. ${name} är med tills en representant till har gjort det, på sin dator, på den här sidan.`,
};

export const rootKeys = {
  title: "Rotnycklarna",
  link: "Prova rotnycklarna",
  lead: "Tre organisationer förvarar var sin nyckel. Två av dem tillsammans kan återställa kretsen. Prova dem en gång om året, så att ni vet att de går att läsa.",
  where:
    "Sitt tillsammans, eller läs upp nycklarna för varandra. Rådrum sparar dem inte. Det du skriver försvinner när du lämnar sidan.",
  first: "Den ena nyckeln",
  second: "Den andra nyckeln",
  help: "De 64 tecknen på papperet, eller innehållet i filen på stickan. Mellanrum spelar ingen roll.",
  try: "Prova nycklarna",
  trying: "Provar …",
  change: "En nyckel är borta",
  changeText:
    "Med de två andra får ni en ny i stället. Den som är borta går sedan inte att använda tillsammans med en ny.",
  changeGo: "Gör en ny nyckel",
  changed: (at: number) =>
    `Rotnyckel ${at} är bytt. Skriv ut eller spara den nya nu. Den visas bara här, och bara tills du lämnar sidan. Riv den gamla om den dyker upp.`,
  required: "Skriv båda nycklarna.",
};

export const adminTask = {
  title: (name: string) => `Gör ${name} till representant`,
  lead: "En representant bjuder in kollegor, tar ut dem som har slutat och spärrar datorer som är borta. Varje kommun behöver två, så att ingen är ensam.",
  keys: "Två av kretsens rotnycklar behövs. Be dem som förvarar dem.",
  scope: "För vem",
  own: "För kommunen",
  whole: "För hela kretsen",
  go: "Gör till representant",
  going: "Gör …",
  done: (name: string) => `${name} är representant.`,
  gone: "Kollegan hör inte till kretsen längre.",
};

export const guests = {
  who: "Vem är det?",
  colleague: "En ny kollega",
  guest: "Någon som är här en tid, till exempel en konsult",
  computer: "En kollegas nästa dator",
  until: "Sista dagen",
  untilHelp:
    "Dagen visas för dig när den har gått. Då tar du ut gästen. Inget händer av sig självt.",
  untilRequired: "Välj sista dagen.",
  whose: "Vems dator",
  whoseRequired: "Välj vems dator det är.",
};

/** "1 och 3". */
export function rightKeysWords(right: number[]): string {
  const all = right.map(String);
  const last = all.pop() ?? "";
  return `Rätt. Det är rotnyckel ${all.join(", ")}${all.length > 0 ? " och " : ""}${last}. De två räcker för att återställa kretsen.`;
}

/** What is said of a computer beside its name. */
export function computerWords(computer: KretsComputer): string {
  const guest =
    computer.guest_until === null
      ? ""
      : computer.guest_over
        ? `skulle sluta ${fullDay(computer.guest_until)}`
        : `till och med ${fullDay(computer.guest_until)}`;
  return [guest, computer.resting ? members.resting : ""].filter(Boolean).join(", ");
}

/** Guests whose last day has passed, for one line above the list. */
export function guestsOver(people: KretsPeople): string {
  const mine = people.municipalities.filter(({ mine }) => mine).flatMap(({ people }) => people);
  const over = mine.filter(({ computers }) => computers.some(({ guest_over }) => guest_over));
  const names = over.map((person) => nameWords(person));
  return names.length === 0
    ? ""
    : `Sista dagen har gått för ${names.join(", ")}. Ta ut den som inte ska vara kvar.`;
}

export function nameWords(person: Pick<KretsPerson, "name">): string {
  return person.name || members.nameless;
}

export function unfinishedWords(name: string): string {
  return `En representant vill ta ut ${name || members.namelessWithin}. Två behöver skriva under.`;
}

/** What an admin did after his end: another one says whether it counts. */
export const suspended = {
  confirm: "Bekräfta",
  leave: "Stämmer det inte behöver du inte göra något.",
  others: "En annan representant för kommunen kan bekräfta det på sin dator.",
  byRoots: "Bekräfta med två rotnycklar",
  confirmed: "Det är bekräftat, och de andra datorerna får veta det.",
  title: "Bekräfta med två rotnycklar",
  keys: "Två av kretsens rotnycklar behövs. Be dem som förvarar dem.",
  going: "Bekräftar …",
  gone: "Det finns inget att bekräfta längre.",
};

export function suspendedWords({ ends, name, municipality, by }: SuspendedAct): string {
  const who = name || members.namelessWithin;
  const where = municipality ? ` i ${municipality}` : "";
  const signer = by || "En representant";
  return ends
    ? `${signer} tog ut en dator för ${who}${where}, men var då själv uttagen ur kretsen. Datorn är med tills någon annan bekräftar.`
    : `${signer} tog in en dator för ${who}${where}, men var då själv uttagen ur kretsen. Datorn räknas inte förrän någon annan bekräftar.`;
}

export function afterEndWords(count: number): string {
  return count === 0
    ? ""
    : `${number(count)} ${count === 1 ? "sak" : "saker"} kom efter det att den som skrev hade tagits ut, och visas inte.`;
}

/** Municipalities come, go, merge and share an office. */
export const municipalityTurns = {
  title: "Kommuner som kommer, går eller slås ihop",
  link: "Kommuner som kommer eller går",
  lead: "Sådant rör hela kretsen, så två av rotnycklarna behövs. Det som kommunerna och FoU har skrivit står alltid kvar.",
  which: "Kommun",
  what: "Vad som händer",
  other: "Den andra kommunen",
  turns: {
    joins: "Kommer med i kretsen, eller kommer tillbaka",
    shares_office: "Delar kontor med en annan kommun",
    merges_into: "Går upp i en annan kommun",
    leaves: "Lämnar kretsen",
  },
  means: {
    joins: "Kommunen hör till kretsen. Datorer som är ute bjuds in på nytt.",
    shares_office: "Båda kommunerna finns kvar, och deras representanter sköter kollegorna i båda.",
    merges_into: "Kollegorna hör sedan till den andra kommunen. Korten och svaren står kvar.",
    leaves:
      "Alla dess datorer tas ut ur kretsen. De får inget nytt längre, men har kvar det som redan ligger där. Det går inte att ångra.",
  },
  go: "Bestäm",
  going: "Skriver …",
  done: "Det är bestämt, och de andra datorerna får veta det.",
  required: "Välj vilken kommun det gäller.",
  otherRequired: "Välj den andra kommunen.",
  same: "Det är samma kommun. Välj en annan.",
};
