import { expect, it } from "vitest";
import type { Need, OwnCard } from "../../bindings";
import { whereTo } from "./where";

const area = { key: "area:lvm", title: "LVM" };
const card: OwnCard = {
  ...{ card: { key: "playbook:lvm", title: "LVM" }, owner_role: null },
  ...{ review_on: null, overdue: false },
};
const member = { key: "member:anna", title: "Anna" };
const gone = { member, leaving: "archived", until: null, held: [] } as const;

it.each<[Need, string]>([
  [{ need: "leaving", ...gone, held: [] }, "#/krets/lamna-over/member%3Aanna"],
  [{ need: "few_admins" }, "#/krets/kollegor"],
  [{ need: "unheld", area, holding: null }, "#/ansvar?omrade=lvm"],
  [{ need: "unheld", area, holding: "responsibility:a1" }, "#/ansvar?ansvar=a1"],
  [{ need: "unowned", ...card }, "#/kort/lvm/redigera"],
  [{ need: "overdue", ...card }, "#/kort/lvm"],
  [{ need: "nobody", area }, "#/ansvar?omrade=lvm"],
  [{ need: "asked" }, "#/sok"],
])("%j leads to %s", (need, href) => expect(whereTo(need)).toBe(href));
