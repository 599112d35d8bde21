import { createHash } from 'node:crypto'
import type { Document } from '../domain/document.js'
import type { Digests } from '../domain/event.js'
import type { PlanOptions } from '../domain/plan-options.js'
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

function suiteDigest(document: Document, cwd: string): string {
  const before = known.get(document)
  if (before !== undefined) return before
  const agents = document.agents.map(agent => ({ ...agent, identity: {} }))
  const withoutIdentities = new Map(document.agents.map((agent, i) => [agent, agents[i]!]))
  const entries = document.entries.map(entry => ({ ...entry, agent: withoutIdentities.get(entry.agent) ?? entry.agent }))
  const digest = contentDigestOf({ ...document, agents, entries }, cwd, telling)
  known.set(document, digest)
  return digest
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
