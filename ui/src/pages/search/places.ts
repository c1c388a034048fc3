import { PLACES, type Place } from "../../messages/sv";

/** Pages that are shown: they stand below everything else that was found. */
const SHOWN = 3;

/** As the rest of the search folds: accents go, and the three letters behind z stay. */
function fold(text: string): string {
  const lower = text.normalize("NFC").toLocaleLowerCase("sv");
  return lower.replace(/[^\p{ASCII}\u00e5\u00e4\u00f6]/gu, (letter) =>
    letter.normalize("NFD").replace(/\p{M}/gu, ""),
  );
}

const wordsOf = (text: string): string[] =>
  fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

const known = PLACES.map((place) => {
  const title = wordsOf(place.title);
  return { place, title, all: [...title, ...place.words.map(fold)] };
});

/** Pages of the program for which every word that was typed is the beginning of one of their words.
 * Those whose title says it stand first. */
export function placesFor(typed: string): Place[] {
  const words = wordsOf(typed);
  if (words.length === 0) return [];
  const begins = (of: string[]) => words.every((word) => of.some((one) => one.startsWith(word)));
  const found = known.filter(({ all }) => begins(all));
  const [titled, others] = [true, false].map((is) =>
    found.filter(({ title }) => begins(title) === is),
  ) as [typeof found, typeof found];
  return [...titled, ...others].slice(0, SHOWN).map(({ place }) => place);
}
