// All Swedish text of the interface, by page.

export * from "./sv/ask";
export * from "./sv/backup";
export * from "./sv/card";
export * from "./sv/common";
export * from "./sv/dates";
export * from "./sv/delivery";
export * from "./sv/edit";
export * from "./sv/erase";
export * from "./sv/errors";
export * from "./sv/fields";
export * from "./sv/guard";
export * from "./sv/hand_over";
export * from "./sv/history";
export * from "./sv/krets";
export * from "./sv/labels";
export * from "./sv/late";
export * from "./sv/members";
export * from "./sv/nameless";
export * from "./sv/news";
export * from "./sv/people";
export * from "./sv/records";
export * from "./sv/region";
export * from "./sv/road";
export * from "./sv/search";
export * from "./sv/statute";
export * from "./sv/statutes";
