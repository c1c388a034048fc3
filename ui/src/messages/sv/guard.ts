import type { Because, GuardFinding, GuardHit, GuardLevel } from "../../bindings";

const LEVELS: Record<GuardLevel, string> = { stop: "Stopp", ask: "Fråga", tip: "Tips" };

const FINDINGS: Record<GuardFinding, string> = {
  personal_number: "personnummer",
  coordination_number: "samordningsnummer",
  birth_date: "födelsedatum",
  case_number: "diarienummer",
  phone: "telefonnummer",
  phone_or_personal_number: "telefonnummer eller personnummer",
  email: "e-postadress",
  address: "adress",
  property: "fastighet",
  vehicle: "registreringsnummer",
  name: "namn",
  initials: "initialer",
  combination: "flera uppgifter tillsammans",
};

const NUMBER =
  "Stämmer siffrorna är det ett personnummer. Är det ett annat nummer kan det stå kvar.";

const WHY: Record<GuardFinding, string> = {
  personal_number: NUMBER,
  coordination_number: NUMBER,
  birth_date: "Ett födelsedatum räcker ofta för att veta vem det är.",
  case_number: "Ett diarienummer leder till en person. Hör det till ett avtal kan det stå kvar.",
  phone: "Är det någons privata nummer, eller en kontakt i tjänsten?",
  phone_or_personal_number: "Siffrorna kan vara både ett mobilnummer och ett personnummer.",
  email: "Är det någons privata adress, eller en kontakt i tjänsten?",
  address: "En adress säger var någon bor. Är det en myndighet kan den stå kvar.",
  property: "En fastighet har en ägare som vem som helst kan slå upp.",
  vehicle: "En bil har en ägare som vem som helst kan slå upp.",
  name: "Är det en klient eller en anhörig? Skriv klienten, mamman eller barnet i stället.",
  initials: "I en liten kommun räcker initialer ofta.",
  combination:
    "Kan någon i en liten kommun känna igen personen? Skriv ungefärlig ålder, och ”orten” i stället för dess namn.",
};

const BECAUSE: Record<Because, string> = {
  work_contact: "Det är en tjänstekontakt",
  not_a_person: "Behåll ändå: gäller ingen person",
  public: "Behåll ändå: redan offentligt",
};

export const guard = {
  title: "Kan texten peka ut någon?",
  lead: "Texten är inte delad. Välj för varje rad vad som ska stå.",
  clear: "Inget mer att välja. Du kan spara.",
  stopText: "Får aldrig delas här. Skriv om, eller ändra själv i texten.",
  belt: "Det här är ett säkerhetsbälte, inget bevis: vanliga former känns igen, andra slinker förbi. Läs alltid igenom själv.",
  shared: "Vad får delas här?",
  back: "Tillbaka till texten",
  levels: LEVELS,
  findings: FINDINGS,
  why: WHY,
  because: BECAUSE,
};

/** What the button says that puts the rewording in. */
export function guardOffer(hit: GuardHit): string {
  const [first] = hit.rewording;
  return hit.finding === "combination" || !first
    ? "Skriv mindre exakt"
    : `Ersätt med ${first.text}`;
}

/** The page that every dialog of the guard leads to. */
export const delas = {
  lead: "Rådrum är för kunskap mellan kollegor: hur man gör, vem som kan och vad som gäller. Det som handlar om en klient hör hemma i journalen.",
  yesTitle: "Får delas",
  yes: [
    "Arbetssätt, steg, frister och mallar.",
    "Frågor om en sorts ärende: ”vi har en adoption där makarna bor i två länder”.",
    "Vem som har erfarenhet, och hur man når en kollega eller en myndighet i tjänsten.",
    "Lagrum, domar, förarbeten och beslut från myndigheter.",
    "Diarienummer till avtal, gallringsbeslut och beslut om vem som ansvarar.",
  ],
  noTitle: "Får inte delas",
  no: [
    "Namn, personnummer, födelsedatum, adress och telefon till en klient eller en anhörig.",
    "Diarienummer till en klients ärende.",
    "Flera uppgifter som tillsammans pekar ut någon: ålder, ort, skola, språk, yrke, diagnos. I en liten kommun räcker ofta tre.",
  ],
  roadTitle: "När det måste framgå vem det gäller",
  road: "Använd SDK (Säker digital kommunikation) eller telefon, aldrig Rådrum. SDK är myndigheternas gemensamma väg för känsliga uppgifter mellan kommun, region och stat. Kontaktens SDK-adress står på dess sida under Personer, om någon har skrivit in den. Har kommunen inte SDK än: ring, och följ er egen rutin för sekretess.",
  howTitle: "Så hjälper Rådrum till",
  how: "När du skriver, och innan något sparas för kretsen, läser datorn texten själv. Stopp går inte att dela. Fråga väntar på ditt val. Tips är bara en påminnelse. Inget av det skickas någonstans, och ingen ser vad du valde.",
  beltTitle: "Ett säkerhetsbälte, inget bevis",
  belt: "Datorn känner igen vanliga former och missar andra. Att den är tyst betyder inte att texten är fri från uppgifter. Är du osäker: skriv mindre, eller ring.",
};
