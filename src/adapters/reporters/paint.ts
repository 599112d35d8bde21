/** Colours a text, or leaves it as it is. */
export type Paint = Readonly<Record<keyof typeof codes, (text: string) => string>>

/** SGR codes that turn each on and off. */
const codes = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
} as const

// Not `styleText` of node:util: newer Nodes look at the process's own streams and environment, and a report must not.
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
