import type { Code, Rejected } from "../../bindings";

/** `unreachable` is the only code that no command gives. */
export type FailureCode = Code | "unreachable";

/** What happened and what to do. Each has a way on. */
const FAILURES: Record<FailureCode, string> = {
  bad_arguments:
    "Programmet bad om något som inte finns. Inget är förlorat. Stäng Rådrum, öppna det igen och gör om.",
  bad_mail_address:
    "Det ser inte ut som en e-postadress. Skriv den som anna@kommunen.se. Inget är ändrat.",
  not_found:
    "Det finns inte här. Sök efter det i stället, eller se Arkiverat på Baksidan, under Krets.",
  rejected: "Något i formuläret behöver rättas innan det kan sparas.",
  personal_data:
    "Texten kan peka ut en person, så den är inte delad. Det du skrev står kvar här. Skriv om det som är markerat och spara igen.",
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
  already_in_krets:
    "Den datorn hör redan till en krets. Inget har ändrats. En dator kan bara höra till en krets.",
  not_in_krets: "Det finns ingen krets här än. Starta en, eller be om en inbjudan.",
  not_admin: "Bara kommunens representant kan göra det. Fråga den som står som representant.",
  bad_letter:
    "Brevet går inte att läsa här. Klistra in hela texten, från RADRUM till punkten sist, och se att det är rätt brev. Hjälper det inte: be om ett nytt.",
  wrong_check_code: "Siffrorna stämmer inte. Läs upp de nya siffrorna och försök igen.",
  letter_used_up:
    "Inbjudan är förbrukad eller hör till en annan dator. Ingen har släppts in. En ny inbjudan behövs.",
  last_admin:
    "Kommunen skulle bli utan representant. Gör först någon annan till representant. Två rotnycklar behövs till det.",
  own_computer:
    "Du kan inte ta ut dig själv. Be en annan representant göra det, så att någon som är kvar vet om det.",
  last_root:
    "En ensam rotnyckel räcker inte. Två behövs alltid, så att ingen ensam styr kretsen. Är två borta går det inte att återställa: grunda då en ny krets.",
  wrong_root_keys:
    "Det är inte två olika rotnycklar till den här kretsen. Jämför tecken för tecken med papperet. Inget har ändrats.",
  keys_missing:
    "Datorns egna nycklar saknas. Inget är raderat. Be om en ny inbjudan, eller fråga IT.",
  bad_bundle:
    "Filen är skadad, eller så är den ingen sticka från Rådrum. Inget har ändrats här. Lägg på stickan på nytt vid den andra datorn, och läs in den igen.",
  other_krets:
    "Stickan hör till en annan krets. Inget har ändrats här. Välj en fil som är skriven på en dator i din krets.",
  bad_backup:
    "Filen är ingen säkerhetskopia från Rådrum, eller så är den skadad. Inget har ändrats. Välj en annan fil.",
  restored_from_other:
    "Datorn är återställd från en annan krets, och inbjudan gäller inte den. Inget har ändrats. Be om en inbjudan till rätt krets.",
  bad_address:
    "Adressen till reläet går inte att använda. Skriv den så att den börjar med https:// och slutar med namnet på reläet.",
  not_yet_here:
    "Hämtas fortfarande till den här datorn, så det kan läsas men inte ändras än. Utkastet är sparat. Spara igen om en stund.",
  may_not_erase:
    "Det är någon annans, så det kan inte tas bort härifrån. Inget har ändrats. Fråga kommunens representant, eller arkivera det.",
  not_anonymous:
    "Just nu går det inte att skriva utan namn. Texten finns kvar: skriv med namn, eller försök senare.",
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
    case "not_a_photo":
      return "Bilden gick inte att spara. Välj en annan.";
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
