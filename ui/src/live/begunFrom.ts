import type { Edit, Playbook } from "../bindings";
import { hexOf } from "./window";

/** Bytes of an entry's id. */
const ID_BYTES = 11;

/**
 * What a new card takes from another one: its steps, and what it asks for judgement, in their
 * order. What the law demands in one area it may not in the next, so nothing comes along as law:
 * no statute, nothing that binds, and all of it is marked as not looked through.
 */
export function begunFrom({ steps, statements }: Pick<Playbook, "steps" | "statements">): Edit[] {
  const add = (list: string, fields: Record<string, string | boolean>): Edit => ({
    edit: "add",
    list,
    id: hexOf(ID_BYTES),
    fields: { ...fields, source: "practice" },
    after: null,
  });
  return [
    ...steps
      .filter(({ removed }) => !removed)
      .map(({ text, force, first_day }) =>
        add("steps", { text, force: force === "usual" ? "usual" : "judge", first_day }),
      ),
    ...statements
      .filter(({ removed, part }) => !removed && part === "question")
      .map(({ text, part }) => add("statements", { text, part })),
  ];
}
