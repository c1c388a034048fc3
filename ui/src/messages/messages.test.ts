import { describe, expect, it } from "vitest";
import * as sv from "./sv";

/** Every text in the messages, with where it stands. */
function texts(of: unknown, path: string, out: [string, string][] = []): [string, string][] {
  if (typeof of === "string") out.push([path, of]);
  else if (of && typeof of === "object")
    for (const [name, inner] of Object.entries(of)) texts(inner, `${path}.${name}`, out);
  return out;
}

/** Also those that stand inside of functions: their source is searched. */
function sources(of: unknown, out: string[] = []): string[] {
  if (typeof of === "function") out.push(String(of));
  else if (of && typeof of === "object") for (const inner of Object.values(of)) sources(inner, out);
  return out;
}

const all = texts(sv, "sv");

describe("The words", () => {
  it("never call a colleague what the users refused", () => {
    const refused = /\bexpert|accepterat svar|användare|synkroniseringsfel|poäng|topplista/iu;
    expect(all.filter(([, text]) => refused.test(text))).toEqual([]);
    expect(sources(sv).filter((source) => refused.test(source))).toEqual([]);
  });

  it("speak of deleting only where something is erased for everybody", () => {
    const elsewhere = all.filter(([path]) => !path.startsWith("sv.erase."));
    expect(elsewhere.filter(([, text]) => /\bta bort|\bradera\b/iu.test(text))).toEqual([]);
  });

  it("are never empty, but for values of a newer program, which are left unsaid", () => {
    expect(all.length).toBeGreaterThan(200);
    const empty = all.filter(([, text]) => text.trim() === "").map(([path]) => path);
    expect(empty.filter((path) => !path.endsWith(".unknown"))).toEqual([]);
  });
});
