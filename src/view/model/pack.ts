/**
 * Values of JSON in fewer characters: each text that is a property is written once, and the keys of objects of one shape are.
 * Packing loses nothing that JSON has.
 */
export interface Packed {
  readonly texts: readonly string[]
  /** The keys of a shape, each after the letter of its values: `t` text, `v` anything else. */
  readonly shapes: readonly (readonly string[])[]
  readonly value: unknown
}

/** In place of a shape's number: the values of a list follow. */
const list = -1

/** @param value  What JSON can express; `undefined` properties are left out. */
export function pack(value: unknown): Packed {
  const texts = new Map<string, number>()
  const shapes = new Map<string, number>()
  const shapeKeys: string[][] = []

  function packed(each: unknown): unknown {
    if (typeof each !== 'object' || each === null) return each
    if (Array.isArray(each)) return [list, ...each.map(packed)]
    const properties = Object.entries(each).filter(([, own]) => own !== undefined)
    const keys = properties.map(([key, own]) => (typeof own === 'string' ? 't' : 'v') + key)
    const shape = numberOf(shapes, JSON.stringify(keys))
    shapeKeys[shape] ??= keys
    return [shape, ...properties.map(([, own]) => (typeof own === 'string' ? numberOf(texts, own) : packed(own)))]
  }
  const whole = packed(value)
  return { texts: [...texts.keys()], shapes: shapeKeys, value: whole }
}

/** The number of a text, a new one if it is new. */
function numberOf(numbers: Map<string, number>, text: string): number {
  const known = numbers.get(text)
  if (known !== undefined) return known
  numbers.set(text, numbers.size)
  return numbers.size - 1
}

/** The value that was packed. */
export function unpack({ texts, shapes, value }: Packed): unknown {
  function unpacked(each: unknown): unknown {
    if (!Array.isArray(each)) return each
    const [shape, ...values] = each as [number, ...unknown[]]
    if (shape === list) return values.map(unpacked)
    // A key can be `__proto__`: it becomes a property like any other.
    return Object.fromEntries(
      (shapes[shape] ?? []).map((key, i) => [key.slice(1), key.startsWith('t') ? texts[values[i] as number] : unpacked(values[i])]),
    )
  }
  return unpacked(value)
}
