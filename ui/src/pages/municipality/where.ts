import type { Need } from "../../bindings";
import { link, linkTo, nameOf } from "../../live/route";

/** Where what a line tells of is solved. */
export function whereTo(need: Need): string {
  switch (need.need) {
    case "leaving":
      return link("krets", "lamna-over", need.member.key);
    case "few_admins":
      return link("krets", "kollegor");
    case "unheld":
      return linkTo(need.holding ?? need.area.key);
    case "unowned":
      return link("kort", nameOf(need.card.key), "redigera");
    case "overdue":
      return linkTo(need.card.key);
    case "nobody":
      return linkTo(need.area.key);
    case "asked":
      return link("sok");
  }
}
