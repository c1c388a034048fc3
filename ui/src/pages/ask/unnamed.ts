import type { AnonymousState, QuestionPage } from "../../bindings";

/**
 * Whether somebody has left her name out in a thread and has not stepped forward since. What she
 * adds there would name her beside what she wrote, so the form leaves her name out from the start.
 */
export function isUnnamed(page: QuestionPage, own: AnonymousState): boolean {
  const { key, asked, follow_ups: added, threads } = page;
  const answers = threads.flatMap(({ answer, replies }) => [answer, ...replies]);
  const isOwn = (of: { head: { key: string }; stepped_forward: unknown }) =>
    own.mine.includes(of.head.key) && !of.stepped_forward;
  const waits = own.waiting.some(({ act, question }) => act === "write" && question === key);
  return waits || [asked, ...added, ...answers].some((of) => of !== null && isOwn(of));
}
