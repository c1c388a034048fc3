import type { Cell, Matrix, MatrixRow } from "../../bindings";
import { nameOf } from "../../live/route";

export function cellsAt(row: MatrixRow, municipality: string): Cell[] {
  return row.cells.filter((cell) => cell.municipality.key === municipality);
}

/** The area that a link points to: by its own name or by a holding in it. */
export function aimedArea(matrix: Matrix, params: URLSearchParams): string | null {
  const area = params.get("omrade");
  if (area) return `area:${area}`;
  const holding = params.get("ansvar");
  if (!holding) return null;
  const isIt = (cell: Cell) => nameOf(cell.key) === holding;
  const row = matrix.rows.find((row) => row.cells.some(isIt) || row.past.some(isIt));
  return row?.area.key ?? null;
}

/** Where the arrow keys lead in a table of so many rows and columns. */
export function stepped(
  key: string,
  [row, column]: [number, number],
  [rows, columns]: [number, number],
): [number, number] | null {
  const within = (at: number, count: number) => Math.min(Math.max(at, 0), count - 1);
  switch (key) {
    case "ArrowUp":
      return [within(row - 1, rows), column];
    case "ArrowDown":
      return [within(row + 1, rows), column];
    case "ArrowLeft":
      return [row, within(column - 1, columns)];
    case "ArrowRight":
      return [row, within(column + 1, columns)];
    case "Home":
      return [row, 0];
    case "End":
      return [row, columns - 1];
    default:
      return null;
  }
}

export function dayBefore(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return day;
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}
