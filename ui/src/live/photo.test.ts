import { expect, it } from "vitest";
import { bare } from "./photo";

const BEGIN = [0xff, 0xd8];
const HEAD = [0xff, 0xe0, 0, 4, 1, 2];
const TABLE = [0xff, 0xdb, 0, 3, 9];
const EXIF = [0xff, 0xe1, 0, 6, 71, 80, 83, 33];
const PROFILE = [0xff, 0xe2, 0, 3, 7];
const COMMENT = [0xff, 0xfe, 0, 4, 72, 105];
const SCAN = [0xff, 0xda, 0, 3, 1, 5, 6, 7, 0xff, 0xd9];

const of = (...parts: number[][]) => Uint8Array.from(parts.flat());

it("keeps of a JPEG what makes its dots, and nothing that says where, when or by what", () => {
  const whole = of(BEGIN, HEAD, EXIF, PROFILE, TABLE, COMMENT, SCAN);
  expect(bare(whole)).toEqual(of(BEGIN, HEAD, TABLE, SCAN));
});

it("says that something else is no JPEG", () => {
  expect(bare(of([0x89, 80, 78, 71]))).toBeNull();
  expect(bare(of(BEGIN, HEAD))).toBeNull();
});
