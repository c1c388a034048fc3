import { render, screen } from "@testing-library/svelte";
import { expect, it } from "vitest";
import Passphrase from "./Passphrase.svelte";

it("ties a field to its label and its help, and to what is wrong instead of the help", async () => {
  const empty = { passphrase: "", again: "" };
  const { rerender } = render(Passphrase, { ...empty, said: {} });
  const field = () => screen.getByLabelText("Lösenfras", { exact: true });
  expect(field()).toBeRequired();
  expect(field()).toBeValid();
  expect(field()).toHaveAccessibleDescription(/minst tolv tecken/);
  expect(screen.getByLabelText("Lösenfrasen en gång till")).not.toHaveAttribute("aria-describedby");

  await rerender({ ...empty, said: { passphrase: "För kort.", again: "Inte lika." } });
  expect(field()).toBeInvalid();
  expect(field()).toHaveAccessibleDescription("För kort.");
  expect(screen.getByLabelText("Lösenfrasen en gång till")).toHaveAccessibleDescription(
    "Inte lika.",
  );
});
