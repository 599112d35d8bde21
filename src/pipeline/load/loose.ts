/**
 * A part of the suite after the check of its shape. What is present has the schema's shape. Anything else is `undefined` and
 * already reported, so every part may be missing.
 */
export type Loose<Part> = Part extends readonly (infer Item)[]
  ? readonly (Loose<Item> | undefined)[]
  : Part extends object
    ? { readonly [Key in keyof Part]?: Loose<Part[Key]> | undefined }
    : Part

/** The readable items of a list, each with its index. */
export function* readable<Item>(items: readonly (Item | undefined)[] | undefined): Generator<[index: number, item: Item]> {
  for (const [index, item] of (items ?? []).entries()) {
    if (item !== undefined) yield [index, item]
  }
}

/** The same part without keys that have no value. */
export function given<Part extends object>(part: Part): Given<Part> {
  return Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined)) as Given<Part>
}

type Given<Part> = { [Key in keyof Part as undefined extends Part[Key] ? never : Key]: Part[Key] } & {
  [Key in keyof Part as undefined extends Part[Key] ? Key : never]?: Exclude<Part[Key], undefined>
}

/** Whether nothing was removed from a part. */
export function isWhole(part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return part !== undefined
  return Object.values(part).every(isWhole)
}
