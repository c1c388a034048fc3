import { describe, expect, it } from "vitest";
import { kindOf, link, linkTo, linkToDraft, linkToPath, nameOf, parseRoute, pathOf } from "./route";

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

  it.each([
    "#/kort/lvm?steg=a1",
    "#/vem/of%2Fdorotea",
    "#/radgrupp/of%2Flvm?redigera=1",
    "#/sok?q=x",
  ])("is kept with what is written from it, and leads back to its page: %s", (hash) =>
    expect(linkToPath(pathOf(parseRoute(hash)))).toBe(hash.split("?")[0]),
  );

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
    ["question:a1", "#/fraga/a1"],
    ["answer:b2", "#/svar/b2"],
    ["ask_order:of/dorotea", "#/vem/of%2Fdorotea"],
    ["advice_group:of/lvm", "#/radgrupp/of%2Flvm"],
    ["area:adoption", "#/ansvar?omrade=adoption"],
    ["label:lvm", "#/etikett/lvm"],
    ["introduction:ifo-chef", "#/introduktion/ifo-chef"],
    ["suggestion:a1", "#/forslag/a1"],
    ["welcome:valkomsttext", "#/baksidan/valkomsttext"],
    ["municipality:dorotea", "#/krets"],
  ])("%s is read at %s", (key, href) => expect(linkTo(key)).toBe(href));
});

describe("a draft", () => {
  it.each([
    ["new:question", "#/fraga/ny"],
    ["new:question:ogon", "#/fraga/ny?form=ogon"],
    ["new:answer:a1:annan", "#/fraga/a1?skriv=annan"],
    ["new:answer:a1:vidare:b2", "#/fraga/a1?skriv=vidare&under=b2"],
    ["question:a1", "#/fraga/a1?redigera=1"],
    ["new:note", "#/anteckning/ny"],
    ["new:note:playbook:lvm", "#/anteckning/ny?om=playbook%3Alvm"],
    ["new:note:playbook:lvm:efter", "#/anteckning/ny?om=playbook%3Alvm&efter=1"],
    ["new:label", "#/etikett/ny"],
    ["new:introduction", "#/introduktion/ny"],
    ["label:lvm", "#/etikett/lvm?redigera=1"],
    ["new:suggestion", "#/forslag/ny"],
    ["suggestion:a1", "#/forslag/a1?redigera=1"],
    ["suggestion:a1#svara", "#/forslag/a1?svara=1"],
    ["member:maja#fadder", "#/person/maja?fadder=1"],
    ["answer:b2", "#/svar/b2?andra=1"],
    ["new:responsibility", "#/ansvar?ny=1"],
    ["new:hand_over:c3", "#/ansvar?ansvar=c3"],
    ["responsibility:c3#avsluta", "#/ansvar?ansvar=c3"],
    ["office:dorotea#pausa", "#/personer?flik=kontor"],
    ["new:welcome", "#/baksidan/valkomsttext?redigera=1"],
  ])("%s is taken up again at %s", (key, href) => expect(linkToDraft(key)).toBe(href));
});
