export const twins = {
  title: "Slå ihop dubbletter",
  lead: "Två frågor, kort, kontakter eller resurser som gäller samma sak blir en i listor och i sök. Inget skrivs om, och det går att skilja dem åt igen.",
  kind: "Vad letar du bland?",
  kinds: {
    question: "Frågor",
    playbook: "Handlingskort",
    external_contact: "Externa kontakter",
    resource: "Resurser",
  },
  about: "Vad handlar de om?",
  found: "Liknande",
  alike: (n: number) =>
    n === 0 ? "Inget liknande hittades. Pröva ett annat ord." : `${n} liknande`,
  pairs: "Sammanslaget",
  noPairs: "Inget är sammanslaget ännu. Skriv ett ord ovan, så visas vad som liknar varandra.",
  leads: "leder till",
  merge: "Slå ihop med en annan",
  mergeTitle: (title: string) => `Slå ihop »${title}«`,
  mergeText:
    "Den du väljer syns sedan i listor och sök. Den här finns kvar på sin egen sida med allt som står där. Är det frågor visas svaren på båda hos den du väljer.",
  mergeInto: "Vilken ska gälla?",
  mergeNone: "Välj vilken som ska gälla.",
  mergeYes: "Slå ihop",
  merged: "Gäller samma sak som",
  mergedText: "Där finns det som hör till båda. Texten här är kvar som den skrevs.",
  also: "Gäller samma sak:",
  apart: "Skilj dem åt",
};
