import { fireEvent, render, screen } from "@testing-library/svelte";
import { expect, it, vi } from "vitest";
import type { Block } from "../bindings";
import Rich from "./Rich.svelte";

const hostile = '<img src=x onerror="alert(1)"><script>alert(1)</script>';

it("Text is shown as text, whatever it looks like", () => {
  const blocks: Block[] = [
    { block: "paragraph", inlines: [{ inline: "text", text: hostile }] },
    { block: "verbatim", text: hostile },
  ];
  const { container } = render(Rich, { blocks, onlink: vi.fn() });
  expect(container.querySelectorAll("img, script")).toHaveLength(0);
  expect(container.textContent).toContain(hostile);
});

it("A link is handed to the host and never followed by the page", async () => {
  const onlink = vi.fn();
  const inlines = [{ inline: "text" as const, text: "MFoF" }];
  const blocks: Block[] = [
    { block: "paragraph", inlines: [{ inline: "link", url: "https://mfof.se/", inlines }] },
  ];
  const { container } = render(Rich, { blocks, onlink });
  expect(container.querySelector("a")).toBeNull();
  await fireEvent.click(screen.getByRole("button", { name: "MFoF" }));
  expect(onlink).toHaveBeenCalledWith("https://mfof.se/");
});
