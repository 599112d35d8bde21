import type { Path } from '../../../adapters/exchange/path.js'

/** JSON text with the positions of its values. */
export interface PlacedJson {
  readonly text: string
  /** The path to the innermost value or key at an offset. */
  pathAt(offset: number): Path
}

/** Writes a value as JSON, with a line for each member down to the second level, so that messages can name lines. */
export function placeJson(value: unknown): PlacedJson {
  let text = ''
  const places: { readonly start: number; end: number; readonly path: Path }[] = []
  const write = (each: unknown, path: Path): void => {
    const place = { start: text.length, end: 0, path }
    places.push(place)
    if (typeof each !== 'object' || each === null) text += JSON.stringify(each)
    else writeMembers(each, path)
    place.end = text.length
  }
  const writeMembers = (each: object, path: Path): void => {
    const isList = Array.isArray(each)
    const members = Object.entries(each).filter(([, member]) => member !== undefined)
    text += isList ? '[' : '{'
    for (const [i, [name, member]] of members.entries()) {
      if (i > 0) text += ','
      text += path.length < 2 ? '\n' : ' '
      const way = [...path, isList ? Number(name) : name]
      const key = { start: text.length, end: 0, path: way }
      places.push(key)
      if (!isList) text += `${JSON.stringify(name)}: `
      key.end = text.length
      write(member, way)
    }
    text += isList ? ']' : '}'
  }
  write(value, [])
  return { text, pathAt: offset => places.findLast(({ start, end }) => start <= offset && offset < end)?.path ?? [] }
}
