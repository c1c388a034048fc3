/** Pictures of oneself: made small and square here, as nothing but their dots. */

/** As the core has them: sides in dots, and bytes at most. */
const DOTS = 192;
const BYTES_MAX = 12 * 1024;

/** From the best down, until one is small enough. */
const QUALITIES = [0.85, 0.7, 0.5, 0.3];

const MARK = 0xff;
const SCAN = 0xda;
/** JFIF's head, the frames, the tables and their pace. */
const KEPT = [0xe0, 0xc0, 0xc2, 0xdb, 0xc4, 0xdd];

/**
 * The same picture without what a program may have written beside its dots, such as a colour
 * profile; null when it is no JPEG.
 */
export function bare(bytes: Uint8Array): Uint8Array | null {
  const kept: number[] = [MARK, 0xd8];
  let at = 2;
  while (bytes[at] === MARK) {
    const sort = bytes[at + 1] ?? 0;
    if (sort === SCAN) return Uint8Array.from([...kept, ...bytes.subarray(at)]);
    const end = at + 2 + (bytes[at + 2] ?? 0) * 256 + (bytes[at + 3] ?? 0);
    if (KEPT.includes(sort)) kept.push(...bytes.subarray(at, end));
    at = end;
  }
  return null;
}

function encoded(canvas: HTMLCanvasElement, quality: number): Promise<Blob | null> {
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
}

/** The middle of a picture, small, in base64; null when the file is none. */
export async function smallPhoto(file: Blob): Promise<string | null> {
  const whole = await createImageBitmap(file).catch(() => null);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = DOTS;
  const to = canvas.getContext("2d");
  if (!whole || !to) return null;
  const { width, height } = whole;
  const side = Math.min(width, height);
  // What a picture shows through is white on paper and on a page.
  to.fillStyle = "white";
  to.fillRect(0, 0, DOTS, DOTS);
  to.drawImage(whole, (width - side) / 2, (height - side) / 2, side, side, 0, 0, DOTS, DOTS);
  for (const quality of QUALITIES) {
    const blob = await encoded(canvas, quality);
    const bytes = blob && bare(new Uint8Array(await blob.arrayBuffer()));
    if (bytes && bytes.length <= BYTES_MAX) return btoa(String.fromCharCode(...bytes));
  }
  return null;
}

/** To be shown. */
export function photoBlob(photo: string): Blob {
  const bytes = Uint8Array.from(atob(photo), (letter) => letter.charCodeAt(0));
  return new Blob([bytes], { type: "image/jpeg" });
}
