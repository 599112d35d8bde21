import { useEffect, useState } from 'preact/hooks'
import type { RunView } from '../model/run-view.js'
import { chunkRuns } from '../model/view-index.js'
import type { Source } from '../source/source.js'

/** A run as far as it is there: being unpacked, left out, or not readable. */
export type Loaded =
  | { readonly state: 'loading' | 'left_out' }
  | { readonly state: 'failed'; readonly why: string }
  | { readonly state: 'loaded'; readonly run: RunView }

async function load(source: Source, index: number): Promise<Loaded> {
  try {
    const run = (await source.runs(Math.floor(index / chunkRuns)))[index % chunkRuns]
    return run ? { state: 'loaded', run } : { state: 'left_out' }
  } catch (cause) {
    return { state: 'failed', why: String(cause) }
  }
}

/** Unpacks a run. @param index  `undefined` for none. */
export function useRun(source: Source, index: number | undefined): Loaded {
  const [loaded, setLoaded] = useState<{ readonly index: number | undefined; readonly is: Loaded }>({
    index: undefined,
    is: { state: 'loading' },
  })
  useEffect(() => {
    if (index === undefined) return
    let isWanted = true
    const show = (is: Loaded): void => {
      if (isWanted) setLoaded({ index, is })
    }
    void load(source, index).then(show)
    return () => {
      isWanted = false
    }
  }, [source, index])
  return loaded.index === index ? loaded.is : { state: 'loading' }
}
