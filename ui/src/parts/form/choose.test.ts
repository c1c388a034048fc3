import { render, screen } from "@testing-library/svelte";
import { expect, it } from "vitest";
import Choose from "./Choose.svelte";

it("names a group of choices, and says what is wrong with the group", async () => {
  const of = [
    [false, "Allt"],
    [true, "Allt tidigare"],
  ] as const;
  const { rerender } = render(Choose, { id: "what", legend: "Vad ska bort?", of, chosen: true });
  const group = screen.getByRole("group", { name: "Vad ska bort?" });
  expect(screen.getByLabelText("Allt tidigare")).toBeChecked();
  expect(group).not.toHaveAttribute("aria-describedby");
  await rerender({ said: "Välj." });
  expect(group).toHaveAccessibleDescription("Välj.");
});
