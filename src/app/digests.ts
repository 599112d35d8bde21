import { createHash } from 'node:crypto'
import { decidingMetrics } from '../domain/deciding-metrics.js'
import type { Document } from '../domain/document.js'
import type { Digests } from '../domain/event.js'
import type { PlanOptions } from '../domain/plan-options.js'
import type { Thresholds } from '../domain/thresholds.js'
import { planDigest } from '../pipeline/plan/digest.js'
import type { Prepared } from './plan-document.js'
import { contentDigestOf } from './sealed-document.js'

/** What a result is identified by, besides its agents. */
export function digestsOf({ request, document, plan, mask }: Pick<Prepared, 'request' | 'document' | 'plan' | 'mask'>): Digests {
  return { suite: suiteDigest(document, request.cwd), bar: barDigest(document, request.options), plan: planDigest(plan, document, mask) }
}

/**
 * A value of fewer characters, such as a version 1, may be anywhere in a suite by chance. If its variable stood in for it there, too, the digest
 * would change with the variable.
 */
const telling = 4

// A server starts many results of one document.
const known = new WeakMap<Document, string>()

/** Of what says how runs end: where an agent is known by is told apart, and so is the bar. */
function suiteDigest(document: Document, cwd: string): string {
  const before = known.get(document)
  if (before !== undefined) return before
  const { waivers: _waivers, ...rest } = document
  const agents = document.agents.map(agent => ({ ...agent, identity: {} }))
  const withoutIdentities = new Map(document.agents.map((agent, i) => [agent, agents[i]!]))
  const entries = document.entries.map(({ thresholds: _, ...entry }) => ({
    ...entry,
    agent: withoutIdentities.get(entry.agent) ?? entry.agent,
  }))
  const scenarios = document.scenarios.map(({ thresholds: _, ...scenario }) => scenario)
  const { maxFailures: _failures, ...limits } = document.limits
  const written = { ...rest, agents, entries, scenarios, limits, thresholds: noThresholds }
  const deciding = decidingIn(document)
  const digest = contentDigestOf({ ...written, ...(deciding.length > 0 && { deciding }) }, cwd, telling)
  known.set(document, digest)
  return digest
}

const noThresholds: Thresholds = { metrics: [] }

/** The metrics that decide runs, which thresholds have a say in. */
function decidingIn({ entries, scenarios, metrics, thresholds }: Document): (readonly string[])[] {
  const types = new Map(metrics.map(({ key, type }) => [key, type]))
  return entries.flatMap(entry =>
    scenarios.flatMap(scenario => {
      const keys = decidingMetrics(scenario, key => types.get(key), [thresholds, entry.thresholds, scenario.thresholds])
      return keys.length === 0 ? [] : [[entry.name, scenario.key, ...keys]]
    }),
  )
}

/** The thresholds of the suite, its run entries and its scenarios, and the limit of failures. */
function barDigest({ thresholds, waivers = [], limits, entries, scenarios }: Document, options: PlanOptions): string {
  const bar = {
    suite: thresholds,
    waivers: [...waivers, ...(options.waivers ?? [])],
    maxFailures: limits.maxFailures,
    entries: entries.map(({ name, thresholds: own }) => [name, own]),
    scenarios: scenarios.map(({ key, thresholds: own }) => [key, own]),
  }
  return createHash('sha256').update(JSON.stringify(bar)).digest('hex')
}
