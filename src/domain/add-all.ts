/** Appends items to a list. Spread into `push`, as many as an input may have would overflow the stack. */
export function addAll<Item>(list: Item[], items: Iterable<Item>): void {
  for (const item of items) list.push(item)
}
