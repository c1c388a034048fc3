import type { Kind, Listed } from "../bindings";
import type { Choice, Form } from "./form";
import { query, type Query } from "./query.svelte";

function kindsOf(form: Form): Kind[] {
  const fields = [...form.fields, ...form.lists.flatMap((list) => list.fields)];
  return [...new Set([...fields.flatMap(({ of }) => of ?? []), ...form.sets.map(({ of }) => of)])];
}

/** What the references of a form may be set to. Call while a component is being made. */
export function optionsOf(form: Form): () => Partial<Record<Kind, Choice[]>> {
  const asked: [Kind, Query<Listed[]>][] = kindsOf(form).map((kind) => [
    kind,
    query("choices", () => ({ kind })),
  ]);
  return () =>
    Object.fromEntries(
      asked.map(([kind, { data }]) => [
        kind,
        (data ?? []).map(({ key, title, fou }) => ({ value: key, label: title, fou })),
      ]),
    );
}
