import type { HeldThing, Listed, MemberRow } from "../../bindings";

/** Names one thing of a list: an item may be held in two roles. */
export function nameOfThing({ key, field }: Pick<HeldThing, "key" | "field">): string {
  return `${key} ${field}`.replaceAll(/[^a-z0-9]+/gu, "-");
}

/** Who takes a thing: chosen for it apart, or for everything. Nobody answers for herself. */
export function heirOf(
  thing: Pick<HeldThing, "key" | "field">,
  all: string,
  apart: Record<string, string>,
): string {
  const heir = apart[nameOfThing(thing)] ?? all;
  return heir === thing.key ? "" : heir;
}

export interface Place {
  title: string;
  people: MemberRow[];
}

/** Colleagues by municipality: the nearest first, then in the order of the municipalities, and last
 * those without one. */
export function byPlace(
  people: MemberRow[],
  municipalities: Pick<Listed, "key" | "title">[],
  nearest: string | undefined,
): Place[] {
  const near = municipalities.filter(({ key }) => key === nearest);
  const far = municipalities.filter(({ key }) => key !== nearest);
  const known = new Set(municipalities.map(({ key }) => key));
  const places = [...near, ...far].map(({ key, title }) => ({
    title,
    people: people.filter(({ municipality }) => municipality?.key === key),
  }));
  const others = people.filter(({ municipality: of }) => !of || !known.has(of.key));
  places.push({ title: "–", people: others });
  return places.filter((place) => place.people.length > 0);
}
