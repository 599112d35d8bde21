import { useEffect, useMemo, useState } from 'preact/hooks'
import { matchesRow, type Query, readQuery } from '../model/query.js'
import type { RunView } from '../model/run-view.js'
import type { Rows } from '../model/rows.js'
import { chunkRuns, type ViewIndex } from '../model/view-index.js'
import type { Source } from '../source/source.js'

/** The runs that a query finds. */
export interface Matches {
  readonly query: Query
  /** Their indexes, in plan order. */
  readonly indexes: readonly number[]
  /** How much of the conversations has been searched, 0..1; absent if they need not be, or all have been. */
  readonly searched?: number
}

/** Finds runs; words that were said are searched for chunk by chunk. */
export function useMatches(
  text: string,
  { index, rows, source }: { readonly index: ViewIndex; readonly rows: Rows; readonly source: Source },
): Matches {
  const query = useMemo(() => readQuery(text), [text])
  const inRows = useMemo(() => {
    const found: number[] = []
    for (let i = 0; i < rows.length; i += 1) if (query.terms.length === 0 || matchesRow(query, rows.at(i), index)) found.push(i)
    return found
  }, [query, rows, index])
  const [spoken, setSpoken] = useState<{ readonly query: Query; readonly found: readonly number[]; readonly searched: number }>()

  useEffect(() => {
    if (query.said.length === 0) return
    let isWanted = true
    const search = async (): Promise<void> => {
      const found: number[] = []
      const chunks = [...new Set(inRows.map(each => Math.floor(each / chunkRuns)))]
      for (const [done, chunk] of chunks.entries()) {
        const runs = await source.runs(chunk)
        if (!isWanted) return
        for (const each of inRows) {
          const run = Math.floor(each / chunkRuns) === chunk ? runs[each % chunkRuns] : undefined
          if (run && query.said.every(words => wasSaid(words, run))) found.push(each)
        }
        setSpoken({ query, found: [...found], searched: (done + 1) / chunks.length })
      }
    }
    search().catch(() => setSpoken({ query, found: [], searched: 1 }))
    return () => {
      isWanted = false
    }
  }, [query, inRows, source])

  if (query.said.length === 0) return { query, indexes: inRows }
  const { found, searched } = spoken && spoken.query === query ? spoken : { found: [], searched: inRows.length > 0 ? 0 : 1 }
  return { query, indexes: found, ...(searched < 1 && { searched }) }
}

function wasSaid(words: string, { attempts }: RunView): boolean {
  return attempts.some(({ conversation }) =>
    conversation?.lines.some(line => line.kind === 'said' && line.text.toLowerCase().includes(words)),
  )
}
