import type { Delivery } from "../../bindings";
import { number } from "./common";
import { instantNear } from "./dates";

export const delivery = {
  title: "Var finns den här ändringen?",
  reached: "ja",
  later: "inte än",
  elsewhere: "Det senaste skrevs på en annan dator. Bara den vet hur långt det har kommit.",
  help: "Det gäller det senaste som är skrivet på den här datorn. Ingen ser vem som har läst det.",
  more: "Läs mer om vägen",
};

interface Stage {
  text: string;
  reached: boolean;
}

/** How far the newest change has come, from this computer outwards. */
export function deliveryStages(of: Delivery, today: string): Stage[] {
  return [
    { text: `Skriven här ${instantNear(of.written_at, today)}`, reached: true },
    { text: "Lämnat datorn", reached: of.left },
    { text: "Mottagen på vägen", reached: of.relayed },
  ];
}

/** "Finns hos 6 av 9 kontor." Small offices are counted together, so that nobody is pointed at. */
export function officesWords({ offices, of, grouped }: Delivery): string {
  if (of === 0) return "Kontoren är för få för att räknas utan att peka ut någon.";
  const told = `Finns hos ${number(offices)} av ${number(of)} kontor.`;
  return grouped ? `${told} Kontor med färre än tre datorer räknas ihop till ett.` : told;
}
