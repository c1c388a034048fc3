import type { Code, Rejected } from "../../bindings";

/** `unreachable` is the only code that no command gives. */
export type FailureCode = Code | "unreachable";

/** What happened and what to do. Each has a way on. */
const FAILURES: Record<FailureCode, string> = {
  bad_arguments:
    "Programmet bad om något som inte finns. Inget är förlorat. Stäng Rådrum, öppna det igen och gör om.",
  not_found: "Det finns inte här. Sök efter det i stället, eller se Arkiverat på sidan Krets.",
  rejected: "Något i formuläret behöver rättas innan det kan sparas.",
  unknown_version:
    "Det du skrev bygger på en version som inte finns på den här datorn. Texten står kvar. Kopiera den, öppna sidan på nytt och klistra in.",
  disk_full:
    "Disken är full. Inget sparades, men det du skrev står kvar här. Frigör plats och spara igen.",
  read_only:
    "Mappen går inte att skriva i. Det du skrev står kvar här. Be IT om skrivrättighet och spara igen.",
  damaged:
    "Filen gick inte att läsa. Inget är raderat. Stäng Rådrum och öppna det igen, så visas vad du kan göra.",
  busy: "En annan körning av Rådrum har filen öppen. Stäng den och försök igen.",
  newer_program: "Filen är skriven av ett nyare Rådrum. Uppdatera programmet och öppna igen.",
  wrong_passphrase: "Lösenfrasen stämmer inte. Försök igen. Inget händer med det som är sparat.",
  weak_passphrase: "Lösenfrasen är för kort. Skriv minst tolv tecken, gärna tre vanliga ord.",
  key_not_kept: "Datorns nyckelförråd tog inte emot nyckeln. Välj en lösenfras i stället.",
  not_ready: "Rådrum är inte öppet längre. Ladda om sidan och försök igen. Utkast är kvar.",
  too_large:
    "Texten är för lång för att sparas på en gång. Dela den i två. Det du skrev står kvar.",
  bad_ticket: "Filen hann bytas ut. Välj den en gång till.",
  file_not_written: "Filen kunde inte skrivas där. Välj en annan plats och försök igen.",
  bad_pack: "Filen är inget startkort som Rådrum kan läsa. Välj en annan fil.",
  example: "Exempelkretsen är påhittad och lämnar aldrig den här datorn.",
  already_in_krets: "Den här datorn hör redan till en krets, eller så gör den som frågar det.",
  not_in_krets: "Det finns ingen krets här än. Starta en, eller be om en inbjudan.",
  not_admin: "Bara kommunens representant kan göra det. Fråga den som står som representant.",
  bad_letter: "Brevet passar inte här. Be om ett nytt, och klistra in hela texten.",
  wrong_check_code: "Siffrorna stämmer inte. Läs upp de nya siffrorna och försök igen.",
  letter_used_up: "Inbjudan är förbrukad. Bjud in på nytt.",
  keys_missing:
    "Datorns egna nycklar saknas. Inget är raderat. Be om en ny inbjudan, eller fråga IT.",
  bad_address:
    "Adressen går inte att använda. Den ska börja med https:// och vara den som reläets driftansvariga har gett.",
  bad_bundle: "Filen är skadad eller ingen fil från Rådrum. Inget ändrades. Skriv den på nytt.",
  other_krets: "Filen hör till en annan krets. Inget ändrades.",
  not_yet_here:
    "Hämtas fortfarande till den här datorn, så det kan läsas men inte ändras än. Utkastet är sparat. Spara igen om en stund.",
  bug: "Något gick fel i programmet. Inget är förlorat. Försök igen, och säg till IT om det händer ofta.",
  unreachable: "Rådrum svarar inte. Det du skrev står kvar. Vänta en stund och försök igen.",
};

export function failureWords(code: FailureCode): string {
  return FAILURES[code];
}

/** What is wrong with one field. */
export function rejectedWords(rejected: Rejected): string {
  switch (rejected.reason) {
    case "required":
      return "Fyll i det här.";
    case "too_long":
      return `Korta texten: högst ${rejected.max} tecken.`;
    case "too_many":
      return `Högst ${rejected.max} rader. Ta undan en rad först.`;
    case "not_a_date":
      return "Skriv datumet som 2026-11-22.";
    case "not_a_year":
      return "Skriv året med fyra siffror.";
    case "not_a_web_address":
      return "Skriv webbadressen så att den börjar med https://";
    case "not_an_email":
      return "Skriv e-postadressen som namn@kommun.se.";
    case "not_a_length":
      return "Välj en tid, och skriv ett tal mellan 1 och 600.";
    case "not_a_choice":
    case "not_a_key":
      return "Välj något i listan.";
    case "no_such_entry":
      return "Raden finns inte längre. Lägg till den igen.";
    case "wrong_type":
      return "Skriv ett tal.";
    case "unknown":
      return "Det här fältet går inte att spara.";
  }
}
