import { backend } from "../backend";

let waiting = $state.raw<string | null>(null);

export const leaving = {
  /** The address that the reader is asked about. */
  get url(): string | null {
    return waiting;
  },
};

/** Web pages are opened only after a question that names the host. */
export function openLink(url: string): void {
  if (url.startsWith("https:")) waiting = url;
  else void backend.openLink(url);
}

export function answerLeaving(yes: boolean): void {
  if (yes && waiting) void backend.openLink(waiting);
  waiting = null;
}
