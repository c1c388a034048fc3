import type { LanState, RoadPhase } from "../../bindings";
import { number } from "./common";
import { instantNear, instantTimeOf } from "./dates";

export const road = {
  title: "Vägen mellan kontoren",
  lead: "Det som sparas går av sig självt till de andra kontoren när det finns nät, genom en brevlåda som kallas relä. Reläet ser aldrig vad som står. Utan nät går det med sticka, och allt går att läsa och skriva ändå.",
  fetched: "Senast hämtat",
  fetchedText: "När den här datorn senast hämtade från de andra, på vilken väg som helst.",
  never: "inte än",
  waiting: "Väntar på att skickas",
  waitingNone: "inget",
  waitingText:
    "Saker som är sparade här men inte har nått reläet, eller en sticka där det inte finns något relä. De ligger säkert på datorn och skickas när det går.",
  now: "Just nu",
  again: "Försök nu",
  line: "Vägen",
  all: "Läs mer om vägen",
  settings: "Adress till kretsens relä",
  settingsHelp:
    "En adress på varje rad. Ni får den av den som sköter reläet. Utan adress går allt med sticka.",
  tooMany: "Skriv högst fyra adresser, var och en på högst 240 tecken.",
  save: "Spara adressen",
  saved: "Sparat.",
  forOperator: "Till den som sköter reläet",
  forOperatorText:
    "Reläet tar emot kretsen när det startas med kretsens nummer och nyckel. Skicka raden; den är ingen hemlighet och öppnar ingenting.",
  command: (region: string, key: string) => `radrum-relay --krets ${region}=${key}`,
  copy: "Kopiera raden",
  copied: "Kopierat.",
  notCopied: "Raden är markerad. Tryck Ctrl C för att kopiera den.",
};

export const lan = {
  title: "Lokalt nät",
  text: "Datorer i samma hus kan lämna till varandra utan relä och utan internet. Andra på nätet ser att Rådrum körs här, men inte vad som står.",
  start: "Använd lokalt nät",
  stop: "Sluta använda lokalt nät",
  addresses: "Andra datorers adresser, om de inte hittar varandra själva",
  addressesHelp: "En på varje rad: datorns namn eller nummer, kolon och porten.",
  addressesFault:
    "Skriv varje adress som dator:port, till exempel 10.0.0.12:4711. Högst 64 stycken.",
  save: "Spara adresserna",
  saved: "Sparat.",
};

/** How many computers answer, and where this one is reached. */
export function lanWords({ lines, port }: LanState): string {
  const met =
    lines === 0
      ? "Ingen annan dator i kretsen svarar just nu."
      : `Förbindelse med ${lines === 1 ? "en dator" : `${number(lines)} datorer`}.`;
  return port === null ? met : `${met} Den här datorn nås på port ${port}.`;
}

const PHASES: Record<RoadPhase, string> = {
  closed: "Stängd",
  resting: "Vilar, försöker snart igen",
  connecting: "Söker reläet",
  fetching: "Hämtar",
  sending: "Skickar",
  up_to_date: "Allt är hämtat",
};

export function phaseWords(phase: RoadPhase, relays: string[]): string {
  if (relays.length === 0) return "Ingen adress till relä är inlagd";
  return PHASES[phase];
}

/** "10:02" on the same day, else "i går 16:30" or "22 nov". */
export function fetchedWords(at: number | null, today: string): string {
  if (at === null) return road.never;
  const near = instantNear(at, today);
  return near.startsWith("i dag") ? instantTimeOf(at) : near;
}

export function waitingWords(count: number): string {
  return count === 0 ? road.waitingNone : number(count);
}

interface Trouble {
  text: string;
  todo: string;
}

const TROUBLES: Record<string, Trouble> = {
  sync_example: {
    text: "Exempelkretsen är påhittad och lämnar aldrig den här datorn.",
    todo: "Gör det i ert eget Rådrum.",
  },
  sync_wrong_relay: {
    text: "Reläet på adressen känner inte er krets.",
    todo: "Kontrollera adressen nedan med den som sköter reläet, och att raden till reläet är inlagd.",
  },
  sync_not_on_roster: {
    text: "Reläet släpper inte in den här datorn. Det som inte är skickat ligger kvar här.",
    todo: "Fråga kommunens representant om datorn är med i kretsen. Hon kan bjuda in den på nytt.",
  },
  sync_not_believed: {
    text: "Det som svarar på adressen tar inte emot datorns bevis. Det kan vara ett annat program än ett relä.",
    todo: "Kontrollera adressen. Är den rätt: be IT se på datorns nycklar.",
  },
  sync_disk_full: {
    text: "Disken på den här datorn är full, så inget mer kan hämtas.",
    todo: "Frigör plats, till exempel genom att tömma papperskorgen. Hämtningen fortsätter sedan av sig själv.",
  },
  sync_store_away: {
    text: "Filen på den här datorn gick inte att nå just nu.",
    todo: "Rådrum försöker snart igen. Hjälper det inte: stäng Rådrum och öppna det.",
  },
  sync_no_network: {
    text: "Reläet svarar inte. Det saknas nät, eller så ligger en inloggningssida emellan.",
    todo: "Arbeta vidare: allt skickas när nätet är tillbaka. Brådskar det, lägg på sticka.",
  },
  sync_relay_full: {
    text: "Kretsens plats på reläet är full. Att hämta går som vanligt.",
    todo: "Säg till den som sköter reläet. Det som väntar ligger kvar här, och kan gå med sticka.",
  },
  sync_quota: {
    text: "Dagens utrymme på reläet är slut. Att hämta går som vanligt.",
    todo: "Du behöver inte göra något. Resten skickas i morgon.",
  },
  sync_busy: {
    text: "Reläet har mycket att göra eller startar om.",
    todo: "Du behöver inte göra något. Rådrum försöker snart igen.",
  },
  sync_entry_refused: {
    text: "Reläet tog inte emot en av sakerna härifrån. Den ligger kvar på den här datorn.",
    todo: "Säg till IT, och lämna den på sticka så länge. Det andra skickas som vanligt.",
  },
  sync_relay_odd: {
    text: "Reläet svarar på ett sätt som Rådrum inte förstår. Inget av det har lagts in.",
    todo: "Säg till den som sköter reläet. Använd sticka så länge.",
  },
  sync_relay_withholds: {
    text: "Reläet säger att det finns mer, men lämnar inte ut det.",
    todo: "Säg till den som sköter reläet. Läs in en sticka från ett annat kontor så länge.",
  },
  sync_relay_behind: {
    text: "Reläet har mindre än förut, kanske efter en återställning. Det fylls på igen härifrån.",
    todo: "Du behöver inte göra något. Händer det ofta, säg till den som sköter reläet.",
  },
  lan_store_away: {
    text: "Filen på den här datorn gick inte att nå just nu, eller så är disken full.",
    todo: "Rådrum försöker snart igen. Frigör plats om disken är full.",
  },
  lan_no_multicast: {
    text: "Nätet släpper inte fram det som datorer hittar varandra med.",
    todo: "Skriv en kollegas adress nedan, eller använd relä eller sticka.",
  },
  road_no_https: {
    text: "Den här datorn kan inte öppna en säker förbindelse.",
    todo: "Be IT se på datorns certifikat och proxy. Använd sticka så länge.",
  },
  road_no_thread: {
    text: "Datorn har inte kraft över till att hämta just nu.",
    todo: "Stäng några program, och starta sedan om Rådrum.",
  },
  address_not_https: {
    text: "Adressen till reläet är inte säker.",
    todo: "Skriv den så att den börjar med https://",
  },
  address_form: {
    text: "Adressen till reläet går inte att läsa.",
    todo: "Skriv den så att den börjar med https:// och slutar med namnet på reläet.",
  },
  bad_address: {
    text: "Adressen till reläet går inte att läsa.",
    todo: "Skriv den så att den börjar med https:// och slutar med namnet på reläet.",
  },
};

const UNKNOWN: Trouble = {
  text: "Vägen är stängd av ett skäl som det här programmet inte känner.",
  todo: "Uppdatera Rådrum. Använd sticka så länge.",
};

/** What is wrong with the road and what to do, for each code of the core. */
export function roadTrouble(code: string): Trouble {
  return TROUBLES[code] ?? UNKNOWN;
}

/** Problems that pass by themselves and are said quietly. */
const QUIET = new Set(["sync_no_network", "sync_busy", "sync_quota", "sync_store_away"]);

export function isQuiet(code: string): boolean {
  return QUIET.has(code);
}

/** The one line in the rail when something wants to be seen to. */
export const roadLine = {
  fetched: (when: string) => `Senast hämtat ${when}`,
  waiting: (count: number) => `Väntar på att skickas:\u00a0${number(count)}`,
  trouble: "Vägen behöver ses över",
};
