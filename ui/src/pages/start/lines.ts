import { passphraseFault } from "../../live/passphrase";
import { start as words } from "../../messages/sv";

/** One line that is asked for at the first start. */
export interface Line {
  name: string;
  label: string;
  help?: string;
  required?: boolean;
}

/** What is wrong with what was typed, by field, in the order of the page. */
export function faults(
  lines: Line[],
  typed: Record<string, string>,
  /** Twice, where one is asked for. */
  phrase: { passphrase: string; again: string } | null,
): Record<string, string> {
  const out: Record<string, string> = {};
  for (const { name, required } of lines) {
    if (required && !typed[name]?.trim()) out[name] = words.required;
  }
  const fault = phrase && passphraseFault(phrase.passphrase, phrase.again);
  if (fault === "short") out["passphrase"] = words.passphraseShort;
  if (fault === "differs") out["again"] = words.passphraseDiffers;
  return out;
}
