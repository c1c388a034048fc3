import { describe, expect, it } from "vitest";
import { kindOf, link, linkTo, nameOf, parseRoute } from "./route";

describe("an address", () => {
  it("is read as page, name, part and parameters", () => {
    const route = parseRoute("#/kort/lvm/historik?steg=a1");
    expect([route.page, route.name, route.sub]).toEqual(["kort", "lvm", "historik"]);
    expect(route.params.get("steg")).toBe("a1");
  });

  it.each(["", "#", "#/", "#/finns-inte", "#/sok/%E0%A4%A", "#//////"])(
    "that means nothing leads to the search page: %s",
    (hash) => expect(parseRoute(hash).page).toBe("sok"),
  );

  it("keeps å, ä, ö and spaces on the way out and in", () => {
    const route = parseRoute(link("sok", "", "", { q: "våld i nära relationer & mer" }));
    expect(route.params.get("q")).toBe("våld i nära relationer & mer");
  });

  it("leaves out parameters without a value", () => {
    expect(link("kort", "lvm", "", { steg: "", ihop: null })).toBe("#/kort/lvm");
  });
});

describe("a key", () => {
  it("is a kind and a name, and the name may hold a colon", () => {
    expect([kindOf("playbook:lvm"), nameOf("playbook:lvm")]).toEqual(["playbook", "lvm"]);
    expect(nameOf("note:a:b")).toBe("a:b");
  });

  it.each([
    ["playbook:lvm", "#/kort/lvm"],
    ["member:maja", "#/person/maja"],
    ["external_contact:mfof", "#/kontakt/mfof"],
    ["resource:barnahus", "#/resurs/barnahus"],
    ["area:adoption", "#/ansvar?omrade=adoption"],
    ["municipality:dorotea", "#/krets"],
  ])("%s is read at %s", (key, href) => expect(linkTo(key)).toBe(href));
});
