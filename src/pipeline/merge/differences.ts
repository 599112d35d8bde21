import type { SuiteStarted } from '../../domain/event.js'
import { jsonEqual } from '../../domain/json-equal.js'
import type { Difference, Shard } from '../../domain/merged-from.js'

/** Why two results are not of one kind. `allowable` names what the user may allow. */
export interface Discrepancy {
  /** As half a sentence, about the second result. */
  readonly what: string
  readonly allowable?: Difference
}

/** What a result has otherwise than another, so that their runs do not belong together. */
export function discrepanciesOf(base: SuiteStarted, other: SuiteStarted): Discrepancy[] {
  const [a, b] = [shardOf(base), shardOf(other)]
  const options = otherOptions(base, other)
  const agents = otherAgents(base, other)
  return [
    ...(base.digests.suite === other.digests.suite ? [] : [{ what: 'it is of another suite, or of another version of it' }]),
    ...(base.digests.bar === other.digests.bar ? [] : [{ what: 'it has other thresholds' }]),
    ...(base.plan.seed === other.plan.seed ? [] : [{ what: `its seed is ${other.plan.seed}, not ${base.plan.seed}` }]),
    ...(a && b && a.of !== b.of ? [{ what: `it is a shard of ${b.of}, not of ${a.of}` }] : []),
    ...(options.length === 0 ? [] : [{ what: `its options differ: ${options.join(', ')}`, allowable: 'options' } as const]),
    ...(agents.length === 0 ? [] : [{ what: `it tested another build of ${agents.join(', ')}`, allowable: 'agent' } as const]),
    ...(base.callsheet === other.callsheet
      ? []
      : [{ what: `it is from Callsheet ${other.callsheet}, not ${base.callsheet}`, allowable: 'callsheet' } as const]),
  ]
}

/** The part of its suite that a result is, if it is one. */
export function shardOf({ options }: SuiteStarted): Shard | undefined {
  return (options as { readonly shard?: Shard }).shard
}

/** What a part is meant to differ in, and what changes nothing in what its runs mean. */
const ownOptions: ReadonlySet<string> = new Set(['shard', 'cases', 'concurrency'])

function otherOptions(base: SuiteStarted, other: SuiteStarted): string[] {
  const names = new Set([...Object.keys(base.options), ...Object.keys(other.options)])
  return [...names].filter(name => !ownOptions.has(name) && !jsonEqual(base.options[name], other.options[name])).toSorted()
}

/** The agents of both results that have another identity. */
function otherAgents(base: SuiteStarted, other: SuiteStarted): string[] {
  const known = new Map(base.plan.entries.map(({ agent }) => [agent.key, agent.identity ?? {}]))
  const changed = other.plan.entries.filter(({ agent }) => known.has(agent.key) && !jsonEqual(known.get(agent.key), agent.identity ?? {}))
  return [...new Set(changed.map(({ agent }) => agent.key))]
}
