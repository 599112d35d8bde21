import { createHash } from 'node:crypto'
import type { Document } from '../../domain/document.js'
import type { Mask } from '../../domain/mask.js'
import type { Plan, PlannedEntry } from '../../domain/plan.js'
import { summariseModels } from './summary.js'

/**
 * A digest of everything that decides what a plan's runs mean: agents, scenarios, metrics, judge controls, repeats,
 * thresholds, retries, seed. Limits, the identities of agents, and which recordings are kept and how, may change between a run and its resumption. Places in
 * files and on disk do not count.
 *
 * @param mask  Masks secrets. So that a renewed token or another port changes nothing, the names of the other variables stand in for
 *   their values.
 * @returns SHA-256, hexadecimal.
 */
export function planDigest(plan: Plan, { metrics, variables }: Pick<Document, 'metrics' | 'variables'>, mask: Mask): string {
  const { limits: _, recordings: _recordings, recordingFormat: _format, entries, controls, models: _models, ...rest } = plan
  const judgedBy = controls.map(({ control, agent, ...caller }) => ({
    ...control,
    scenario: control.scenario.key,
    agent: agent.key,
    ...caller,
  }))
  const decisive = { ...rest, ...summariseModels(plan), metrics, controls: judgedBy, entries: entries.map(withoutFolders) }
  // The longest first: one value may contain another.
  const longestFirst = variables.toSorted((a, b) => b.value.length - a.value.length)
  // A place has the text of its whole file, which is left out before secrets are looked for.
  const text = JSON.stringify(mask.json(withoutPlaces(decisive)), (_key, value: unknown) => named(value, longestFirst))
  return createHash('sha256').update(text).digest('hex')
}

/** An entry without its agent's folders on this machine. */
function withoutFolders({ entry, agent, ...rest }: PlannedEntry): object {
  const { folder: _folder, identity: _identity, start, knowledge, ...own } = agent
  const { agent: _agent, ...asked } = entry
  return {
    ...rest,
    entry: asked,
    agent: { ...own, start: start && { ...start, cwd: undefined }, knowledge: knowledge.map(({ text }) => text) },
  }
}

function withoutPlaces(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (isSpan(value)) return undefined
  if (isNoise(value)) return { ...value, file: undefined }
  if (isSoundPart(value)) return { ...value, at: undefined, path: undefined }
  if (Array.isArray(value)) return value.map(withoutPlaces)
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutPlaces(item)]))
}

/** Recognised by its fields, not by its key: a suite's own data may have any keys. */
function isSpan(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('file' in value)) return false
  const { file } = value
  return typeof file === 'object' && file !== null && 'path' in file && 'text' in file && 'start' in value && 'end' in value
}

/** A noise that is a recording on this machine. The suite's own name for it stays. */
function isNoise(value: object): boolean {
  return 'sound' in value && 'snrDb' in value && 'driftDb' in value
}

/** A sound of an utterance. The suite's own name for its file stays. */
function isSoundPart(value: object): boolean {
  return 'type' in value && value.type === 'sound' && 'tag' in value && 'at' in value
}

/** Shorter values would be found in ordinary text. */
const shortest = 4

function named(value: unknown, longestFirst: Document['variables']): unknown {
  if (typeof value === 'number') return longestFirst.find(variable => variable.value === String(value))?.name ?? value
  if (typeof value !== 'string') return value
  let text = value
  for (const { name, value: read } of longestFirst) if (read.length >= shortest) text = text.replaceAll(read, `\${${name}}`)
  return text
}
