/**
 * A text as the cell of a table. Spreadsheets compute a cell that begins like a formula, and take an apostrophe before it
 * for "this is text".
 */
export function safeCell(text: string): string {
  return isFormula(text) ? `'${text}` : text
}

/** The text of a cell: without the apostrophe before what begins like a formula. */
export function plainCell(cell: string): string {
  return cell.startsWith("'") && isFormula(cell.slice(1)) ? cell.slice(1) : cell
}

/** Begins with a sign of a formula, also in full width, after white space or apostrophes; a plain number is none. */
function isFormula(text: string): boolean {
  return /^[\s']*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) && !/^[+-]?\d+(?:\.\d+)?$/.test(text)
}
