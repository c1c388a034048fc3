import type { QuestionRow, QuestionsPage } from "../../bindings";
import { ask } from "../../messages/sv";
import { fits } from "../../parts/fits";

export type Tab = keyof typeof ask.tabs;

export const TABS = Object.entries(ask.tabs) as [Tab, string][];

export function tabOf(name: string | null): Tab {
  return TABS.find(([tab]) => tab === name)?.[0] ?? "oppna";
}

/** The rows of a tab, in the order that the core gives. */
export function rowsOf(tab: Tab, page: QuestionsPage): QuestionRow[] {
  switch (tab) {
    case "oppna":
      return page.open;
    case "obesvarade":
      return page.unanswered;
    case "vantar":
      return page.waiting;
    case "parkerade":
      return page.parked;
    case "klara":
      return page.clear;
  }
}

export function matches(filter: string, row: QuestionRow): boolean {
  return fits(filter, [
    row.title,
    row.area?.title,
    row.by?.title,
    row.municipality?.title,
    ...row.labels.map(({ title }) => title),
  ]);
}

const NEW_DAYS = 31;
const DAY_MS = 86_400_000;

/** What a staff meeting goes through; a question stands under one heading only. */
export function aptLists(page: QuestionsPage, today: string) {
  const since = Date.parse(today) - NEW_DAYS * DAY_MS;
  const told = new Set(page.unanswered.map(({ key }) => key));
  const waiting = page.waiting.filter(({ key }) => !told.has(key));
  for (const { key } of waiting) told.add(key);
  const fresh = page.open.filter(({ key, created_at }) => !told.has(key) && created_at >= since);
  return { unanswered: page.unanswered, waiting, fresh };
}
