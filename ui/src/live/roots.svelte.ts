/** Root keys that nobody has said to have put away. They lie nowhere but here. */
export interface Roots {
  name: string;
  /** The day of the founding. */
  day: string;
  keys: string[];
}

let kept = $state.raw<Roots | null>(null);

function ask(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

export function rootsLeft(): Roots | null {
  return kept;
}

export function keepRoots(roots: Roots): void {
  kept = roots;
  addEventListener("beforeunload", ask);
}

export function forgetRoots(): void {
  kept = null;
  removeEventListener("beforeunload", ask);
}
