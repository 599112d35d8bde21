/** `1 run`, `2 runs`, `1,200 runs`. */
export function count(items: number, noun: string): string {
  return `${grouped(items)} ${noun}${items === 1 ? '' : 's'}`
}

/** `1,200` */
export function grouped(items: number): string {
  // Not `toLocaleString`: the first use of Intl takes longer than a small suite.
  return String(items).replace(/\B(?=(\d{3})+$)/g, ',')
}
