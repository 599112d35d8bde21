import { type Packed, unpack } from '../model/pack.js'
import type { RunView } from '../model/run-view.js'
import type { ViewIndex } from '../model/view-index.js'
import type { Source } from './source.js'

/** So many unpacked chunks are kept. */
const mostChunks = 4

/** The result in the page itself. */
export function embeddedSource(page: Document): Source {
  const chunks = new Map<number, Promise<readonly (RunView | null)[]>>()
  return {
    index: () => inflated<ViewIndex>(textOf(page, 'index')),
    runs(chunk) {
      const known = chunks.get(chunk) ?? inflated<readonly (RunView | null)[]>(textOf(page, `chunk-${chunk}`))
      // The one that was asked for last is the last to go.
      chunks.delete(chunk)
      chunks.set(chunk, known)
      for (const oldest of [...chunks.keys()].slice(0, -mostChunks)) chunks.delete(oldest)
      return known
    },
  }
}

function textOf(page: Document, id: string): string {
  const element = page.getElementById(id)
  if (!element) throw new RangeError(`The page has no ${id}: it was cut off.`)
  return element.textContent
}

async function inflated<Value>(base64: string): Promise<Value> {
  const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0))
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
  return unpack((await new Response(stream).json()) as Packed) as Value
}
