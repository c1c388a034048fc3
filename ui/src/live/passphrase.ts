const LENGTH_MIN = 12;

/** What is wrong with a new passphrase, if anything. */
export function passphraseFault(passphrase: string, again: string): "short" | "differs" | null {
  if ([...passphrase].length < LENGTH_MIN) return "short";
  return passphrase === again ? null : "differs";
}
