import { type Packed, unpack } from '../model/pack.js'
import type { RunView } from '../model/run-view.js'
import type { ViewIndex } from '../model/view-index.js'
import type { Source } from './source.js'

/** So many unpacked chunks are kept. */
const mostChunks = 4

/** A result that is packed. @param textOf  The text of a part, in base64: of `index`, or of a chunk such as `chunk-0`. */
export function packedSource(textOf: (part: string) => string | Promise<string>): Source {
  const chunks = new Map<number, Promise<readonly (RunView | null)[]>>()
  return {
    index: async () => inflated<ViewIndex>(textOf('index')),
    runs(chunk) {
      const known = chunks.get(chunk) ?? inflated<readonly (RunView | null)[]>(textOf(`chunk-${chunk}`))
      // The one that was asked for last is the last to go.
      chunks.delete(chunk)
      chunks.set(chunk, known)
      for (const oldest of [...chunks.keys()].slice(0, -mostChunks)) chunks.delete(oldest)
      return known
    },
  }
}

/** Parts in the page itself. */
export function embeddedText(part: string): string {
  const element = document.getElementById(part)
  if (!element) throw new RangeError(`The page has no ${part}: it was cut off.`)
  return element.textContent
}

export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), character => character.charCodeAt(0))
}

async function inflated<Value>(base64: string | Promise<string>): Promise<Value> {
  const stream = new Blob([bytesOf(await base64)]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
  return unpack((await new Response(stream).json()) as Packed) as Value
}
