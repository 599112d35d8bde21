/** Colours a text, or returns it unchanged. */
export type Paint = Readonly<Record<keyof typeof codes, (text: string) => string>>

/** SGR codes that turn each colour on and off. */
const codes = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
} as const

// Not `styleText` of node:util: newer versions read the process's streams and environment, and a report must not depend
// on them.
export function paintWith(colour: boolean): Paint {
  const paint =
    ([on, off]: readonly [number, number]) =>
    (text: string) =>
      colour ? `\u001B[${on}m${text}\u001B[${off}m` : text
  return {
    bold: paint(codes.bold),
    dim: paint(codes.dim),
    red: paint(codes.red),
    green: paint(codes.green),
    yellow: paint(codes.yellow),
  }
}
