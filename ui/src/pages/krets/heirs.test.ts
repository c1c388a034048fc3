import { describe, expect, it } from "vitest";
import type { MemberRow } from "../../bindings";
import { byPlace, heirOf, nameOfThing } from "./heirs";

const card = { key: "playbook:lvm", field: "owner_member" };

describe("Whoever takes a thing", () => {
  it("is the one for everything, until somebody is chosen for it apart", () => {
    expect(heirOf(card, "member:siv", {})).toBe("member:siv");
    expect(heirOf(card, "member:siv", { [nameOfThing(card)]: "member:bo" })).toBe("member:bo");
    expect(heirOf(card, "member:siv", { [nameOfThing(card)]: "" })).toBe("");
  });

  it("is never her own deputy", () => {
    expect(heirOf({ key: "member:siv", field: "deputy" }, "member:siv", {})).toBe("");
  });

  it("is looked for in the same municipality first", () => {
    const person = (title: string, place: string) =>
      ({
        key: `member:${title}`,
        title,
        municipality: { key: `municipality:${place}`, title: place },
      }) as MemberRow;
    const place = (title: string) => ({ key: `municipality:${title}`, title });
    const all = ["Dorotea", "Malå", "Sorsele", "Åsele"].map(place);
    const people = [person("Anna", "Åsele"), person("Bo", "Dorotea"), person("Siv", "Malå")];
    const homeless = { key: "member:Eva", title: "Eva", municipality: null } as MemberRow;
    const places = byPlace([...people, homeless], all, "municipality:Malå");
    expect(places.map(({ title }) => title)).toEqual(["Malå", "Dorotea", "Åsele", "–"]);
    expect(places.flatMap(({ people }) => people).length).toBe(4);
  });
});
