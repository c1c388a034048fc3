/**
 * "SoL 13:10" is written "13 kap. 10 § SoL"; "LVM 15-18 §§" is written "15–18 §§ LVM". A chapter
 * has two digits at most: "HSLF-FS 2025:1" is a number of a series and stays.
 */
export function statuteWords(reference: string): string {
  const text = reference.trim();
  const chaptered = /^(\S+) (\d{1,2}):(\d+ ?[a-z]?(?:-\d+ ?[a-z]?)?)$/u.exec(text);
  if (chaptered) {
    const [, law, chapter, section = ""] = chaptered;
    return `${chapter} kap. ${dashed(section)} ${sign(section)} ${law}`;
  }
  const plain = /^(\S+) (\d[\d a-z,-]*) (§§?)$/u.exec(text);
  if (plain) {
    const [, law, section = "", mark] = plain;
    return `${dashed(section)} ${mark} ${law}`;
  }
  return text;
}

function dashed(section: string): string {
  return section.replace("-", "–");
}

function sign(section: string): string {
  return section.includes("-") ? "§§" : "§";
}

/** References stand parted by semicolons. */
export function statutes(references: string | null): string {
  if (!references) return "";
  return references.split(";").map(statuteWords).filter(Boolean).join(" · ");
}
