import type { Part, Playbook, Statement, Step } from "../bindings";
import { history, partRow, type Named } from "../messages/sv";

export interface NumberedStep {
  step: Step;
  number: number;
}

/** Steps in order; the number is the one that search and history say. */
export function numbered(card: Playbook): NumberedStep[] {
  const steps = card.steps.filter((step) => !step.removed);
  return steps.map((step, at) => ({ step, number: at + 1 }));
}

export function statementsOf(card: Playbook, part: Part): Statement[] {
  return card.statements.filter((statement) => !statement.removed && statement.part === part);
}

/** What each row of a card is called in a sentence. */
export function rowNames(card: Playbook, titles: Record<string, string>): Named["rows"] {
  const rows: Named["rows"] = new Map();
  for (const { step, number } of numbered(card)) rows.set(step.id, history.step(number));
  for (const { id, name } of card.deadlines) rows.set(id, history.deadline(name));
  for (const { id, title } of card.sources) rows.set(id, history.source(title));
  for (const { id, municipality, year } of card.done) {
    rows.set(id, history.done((municipality && titles[municipality]) || "", year));
  }
  const counts = new Map<Part, number>();
  for (const { id, part, removed } of card.statements) {
    if (removed) continue;
    const number = (counts.get(part) ?? 0) + 1;
    counts.set(part, number);
    rows.set(id, partRow(part, number));
  }
  return rows;
}
