const ZONE = "Europe/Stockholm";

function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("sv-SE", options);
}

const instantDay = format({ day: "numeric", month: "short", timeZone: ZONE });
const instantDayYear = format({ day: "numeric", month: "short", year: "numeric", timeZone: ZONE });
const instantTime = format({ hour: "2-digit", minute: "2-digit", timeZone: ZONE });
const instantYear = format({ year: "numeric", timeZone: ZONE });
const instantDate = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeZone: ZONE });

// Calendar days have no zone: they are read and written as UTC.
const dayMonth = format({ day: "numeric", month: "short", timeZone: "UTC" });
const monthYear = format({ month: "long", year: "numeric", timeZone: "UTC" });
const longDay = format({ day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const weekday = format({ weekday: "long", timeZone: "UTC" });

/** Months are written without a full stop: "22 nov". */
function plain(text: string): string {
  return text.replace(/\.(?=\s|$)/g, "");
}

function calendar(day: string): Date | null {
  const date = new Date(`${day}T00:00:00Z`);
  const real = /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(date.getTime());
  return real && date.toISOString().startsWith(day) ? date : null;
}

export function isDay(day: string): boolean {
  return calendar(day) !== null;
}

/** "22 nov 10:02"; the year only when it is another one. */
export function instant(ms: number, today: string): string {
  return `${instantDayWords(ms, today)} ${instantTime.format(ms)}`;
}

/** "10:02". */
export function instantTimeOf(ms: number): string {
  return instantTime.format(ms);
}

/** "22 nov", or "3 dec 2024". */
export function instantDayWords(ms: number, today: string): string {
  const same = instantYear.format(ms) === today.slice(0, 4);
  return plain((same ? instantDay : instantDayYear).format(ms));
}

/** "i dag 10:02", "i går 16:30", "22 nov 10:02". */
export function instantNear(ms: number, today: string): string {
  const day = instantDate.format(ms);
  if (day === today) return `i dag ${instantTime.format(ms)}`;
  if (day === dayBefore(today)) return `i går ${instantTime.format(ms)}`;
  return instantDayWords(ms, today);
}

function dayBefore(day: string): string {
  const date = calendar(day);
  if (!date) return "";
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}

/** "1 dec". */
export function shortDay(day: string): string {
  const date = calendar(day);
  return date ? plain(dayMonth.format(date)) : day;
}

/** "1–5 dec", "30 nov–2 dec", "5 dec". */
export function span(from: string, to: string): string {
  if (from === to) return shortDay(from);
  if (from.slice(0, 7) === to.slice(0, 7)) return `${Number(from.slice(8))}–${shortDay(to)}`;
  return `${shortDay(from)}–${shortDay(to)}`;
}

/** "mars 2026". */
export function month(day: string): string {
  const date = calendar(day);
  return date ? monthYear.format(date) : day;
}

/** "14 mars 2026". */
export function fullDay(day: string): string {
  const date = calendar(day);
  return date ? longDay.format(date) : day;
}

/** "lördag 28 november 2026". */
export function weekdayDay(day: string): string {
  const date = calendar(day);
  return date ? `${weekday.format(date)} ${longDay.format(date)}` : day;
}

/** "från 2025-04-01", "2025-04-01–2026-03-31", "till och med 2026-03-31", or nothing. */
export function period(from: string | null, to: string | null): string {
  if (from && to) return `${from}–${to}`;
  if (from) return `från ${from}`;
  return to ? `till och med ${to}` : "";
}
