import { Editing, type Target } from "./editing.svelte";
import { optionsOf } from "./options.svelte";

export interface OpenForm {
  editing: Editing;
  options: ReturnType<typeof optionsOf>;
}

/** Opens a form. Call while the component that shows it is being made. */
export function openForm(target: Target): OpenForm {
  return { editing: new Editing(target), options: optionsOf(target.form) };
}
