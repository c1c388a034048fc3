/** Whether each word of the filter stands somewhere in the texts. */
export function fits(filter: string, texts: (string | null | undefined)[]): boolean {
  const words = filter.toLocaleLowerCase("sv").split(/\s+/).filter(Boolean);
  const all = texts.filter(Boolean).join(" ").toLocaleLowerCase("sv");
  return words.every((word) => all.includes(word));
}
