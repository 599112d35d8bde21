import { foldForm } from '../../domain/fold-text.js'
import { isRecord } from '../../domain/json-value.js'
import type { PlanSummary } from '../../domain/event.js'
import type { Transcript } from '../../domain/transcript.js'
import { nearName } from './near-name.js'

/** Notes which tools agents called, to warn of tools and arguments that must not be seen and are probably mistyped. */
export interface SeenTools {
  add(agent: string, transcript: Transcript): void
  /** Sentences about names that were never seen, while a similar one was. */
  warnings(): readonly string[]
}

/** More names of one agent are not kept. */
const mostNames = 200

export function createSeenTools({ entries }: Pick<PlanSummary, 'entries'>): SeenTools {
  const agents = new Map<string, { denied: Map<string, Set<string>>; seen: Map<string, Set<string>> }>()
  for (const { agent, deniedTools = [] } of entries) {
    for (const { name, keys } of deniedTools) {
      const own = agents.get(agent.key) ?? { denied: new Map<string, Set<string>>(), seen: new Map<string, Set<string>>() }
      own.denied.set(name, new Set([...(own.denied.get(name) ?? []), ...keys]))
      agents.set(agent.key, own)
    }
  }

  return {
    add(agent, { moments }) {
      const own = agents.get(agent)
      if (!own) return
      for (const moment of moments) {
        if (moment.type !== 'tool_called') continue
        const keys = own.seen.get(moment.name) ?? new Set()
        if (own.seen.size < mostNames || own.denied.has(moment.name)) own.seen.set(moment.name, keys)
        if (!isRecord(moment.arguments)) continue
        for (const key of Object.keys(moment.arguments)) if (keys.size < mostNames || own.denied.get(moment.name)?.has(key)) keys.add(key)
      }
    },
    warnings: () =>
      [...agents].flatMap(([agent, { denied, seen }]) =>
        [...denied].flatMap(([name, keys]) => {
          const called = seen.get(name)
          if (!called) {
            // A check finds what differs by nothing that anybody sees.
            const near = nearName(name, seen.keys())
            return near === undefined || foldForm(near) === foldForm(name)
              ? []
              : `Agent ${agent} never called ${name}, which must not be called, but ${near}. Correct the name if that is meant.`
          }
          return [...keys].flatMap(key => {
            const near = called.has(key) ? undefined : nearName(key, called)
            return near === undefined || foldForm(near) === foldForm(key)
              ? []
              : `Agent ${agent} never called ${name} with ${key}, which must not be, but with ${near}. Correct the name if that is meant.`
          })
        }),
      ),
  }
}
