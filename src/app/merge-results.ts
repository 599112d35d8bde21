import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { SuiteStarted } from '../domain/event.js'
import type { ResultId } from '../domain/ids.js'
import { type Difference, type MergedFrom, type MergedPart, type Overlap } from '../domain/merged-from.js'
import type { StartContext } from '../domain/start-context.js'
import { discrepanciesOf, shardOf } from '../pipeline/merge/differences.js'
import { mergePlans, type MergedPlan } from '../pipeline/merge/merge-plans.js'
import { StoreError } from '../ports/store.js'
import { ended, leaveReports, notEnded, type Destination, type Executed } from './execute-suite.js'
import { finish } from './finish.js'
import { unpackResults } from './merge/unpack-results.js'
import { readPart, type MergePart } from './merge/read-part.js'
import { writeMerged } from './merge/write-merged.js'
import type { Adapters } from './registry.js'
import { leavePlace, newPlace, newResultId } from './result-place.js'
import { version } from './version.js'
import { refuseUnknown } from './write-reports.js'

export interface MergeRequest {
  /** Folders or ids of results: shards of one suite, reruns, or both. */
  readonly results: readonly string[]
  readonly overlap: Overlap
  /** How many there should be. */
  readonly expected?: number
  /** What they may differ in. */
  readonly allow: readonly Difference[]
}

/** Results cannot be merged. The message says which, and why. */
class MergeRefused extends Error {
  override readonly name = 'MergeRefused'
}

/**
 * Joins results of one suite into a new result with one gate, counted over all their runs. Calls nobody. The parts stay as they are.
 *
 * @throws {RangeError} for a reporter that there is not.
 */
export async function mergeResults(request: MergeRequest, destination: Omit<Destination, 'resume'>, use: Adapters): Promise<Executed> {
  refuseUnknown(destination.reports ?? [])
  const id = newResultId(use)
  /** The folder of the new result while it is not complete. */
  let half: string | undefined
  try {
    using unpacked = unpackResults(request.results)
    const parts = await readParts(unpacked.names, use)
    const { started, merged } = begin(parts, request, id)
    const store = await use.store()
    await using journal = await store.create(destination.out ?? newPlace(id))
    half = journal.place
    await writeMerged({ started, merged, parts, journal }, use)
    half = undefined
    const stored = await journal.stored()
    if (!stored) throw new StoreError('damaged', `The journal in ${journal.place} is empty.`)
    const result = await finish(stored, journal.place)
    return ended(result, [await leaveReports(result, destination, use)])
  } catch (cause) {
    if (half !== undefined) leavePlace(half)
    if (cause instanceof MergeRefused) return { status: 'refused', code: 'plan_changed', message: cause.message }
    return notEnded(cause, false)
  }
}

/** In the order in which they started, which is that of attempts. */
async function readParts(results: readonly string[], use: Adapters): Promise<MergePart[]> {
  const parts: MergePart[] = []
  for (const name of results) {
    const part = await readPart(name, use)
    const same = parts.find(other => other.started.result === part.started.result)
    if (same) throw new MergeRefused(`${same.place} and ${part.place} are the same result, ${part.started.result}. Name each result once.`)
    const { rescoredFrom } = part.started
    if (rescoredFrom !== undefined) {
      throw new MergeRefused(
        `${part.place} was rescored from ${rescoredFrom}. Merge the results with the conversations, then rescore that one.`,
      )
    }
    if (part.contradiction !== undefined) {
      throw new MergeRefused(
        `The journal in ${part.place} contradicts itself: ${part.contradiction}. Merge only results as they were written.`,
      )
    }
    parts.push(part)
  }
  return parts.toSorted((a, b) => (a.started.at === b.started.at ? 0 : a.started.at < b.started.at ? -1 : 1))
}

/** @throws {MergeRefused} when the parts do not belong together. */
function begin(parts: readonly MergePart[], request: MergeRequest, result: ResultId): { started: SuiteStarted; merged: MergedPlan } {
  const [base, ...others] = parts as readonly [MergePart, ...MergePart[]]
  const allowed = new Set<Difference>()
  for (const other of others) {
    for (const { what, allowable } of discrepanciesOf(base.started, other.started)) {
      if (allowable === undefined)
        throw new MergeRefused(`${other.place} cannot be merged with ${base.place}: ${what}. Merge only results of one plan.`)
      if (!request.allow.includes(allowable)) {
        throw new MergeRefused(
          `${other.place} cannot be merged with ${base.place}: ${what}. To merge them all the same, add --allow ${allowable}; every report says so.`,
        )
      }
      allowed.add(allowable)
    }
  }
  const merged = mergePlans(
    parts.map(({ started }) => started.plan),
    request.overlap,
  )
  refuseOverlaps(parts, merged, request.overlap)
  const mergedFrom: MergedFrom = {
    parts: parts.flatMap(partsOf),
    overlap: request.overlap,
    ...(request.expected !== undefined && { expected: request.expected }),
    ...(allowed.size > 0 && { allowed: [...allowed].toSorted() }),
  }
  refuseOtherNumber(mergedFrom)
  return { started: startedFrom(parts, merged, mergedFrom, result), merged }
}

/** A merged part stands for its own parts. */
function partsOf({ started, stored, journalDigest }: MergePart): readonly MergedPart[] {
  const cutOff = stored.report ? {} : ({ cutOff: true } as const)
  if (started.mergedFrom) return started.mergedFrom.parts.map(part => ({ ...part, ...cutOff }))
  const shard = shardOf(started)
  return [{ result: started.result, journal: journalDigest, ...(shard && { shard }), ...cutOff }]
}

function refuseOverlaps(parts: readonly MergePart[], { plan, overlaps }: MergedPlan, overlap: Overlap): void {
  const [first] = overlaps
  if (!first) return
  const places = first.parts.map(part => parts[part]!.place)
  if (overlap === 'refuse') {
    const shard = shardOf(parts[first.parts[0]!]!.started)
    const isDoubled = shard !== undefined && first.parts.every(part => isDeepStrictEqual(shardOf(parts[part]!.started), shard))
    const what = isDoubled ? `Shard ${shard.nth} of ${shard.of}` : `The case ${first.key}`
    throw new MergeRefused(
      `${what} is in several results: ${places.join(', ')}. Name one of them, or add --on-overlap rerun to count later runs as retries.`,
    )
  }
  const cases = plan.entries.flatMap(entry => entry.cases)
  if (overlap === 'repeats' && overlaps.some(({ key }) => cases.some(each => each.key === key && each.untilDecided))) {
    throw new MergeRefused(
      `The case ${first.key} repeats until it is decided, so more repeats cannot be added afterwards. Use --on-overlap rerun.`,
    )
  }
}

/** More than there should be is a mistake; fewer is told by the gate. */
function refuseOtherNumber(mergedFrom: MergedFrom): void {
  const { parts, expected } = mergedFrom
  if (expected === undefined) return
  const of = parts.find(({ shard }) => shard)?.shard?.of
  if (of !== undefined && of !== expected) {
    throw new MergeRefused(`--expect is ${expected}, but the results are shards of ${of}. Correct --expect, or leave it out.`)
  }
  if (of === undefined && parts.length > expected) {
    throw new MergeRefused(`--expect is ${expected}, but ${parts.length} results were named. Correct --expect, or leave it out.`)
  }
}

function startedFrom(parts: readonly MergePart[], { plan }: MergedPlan, mergedFrom: MergedFrom, result: ResultId): SuiteStarted {
  const { started: base } = parts[0]!
  const { options, context: _, cassette: _cassette, ...rest } = base
  const context = commonContext(parts.map(({ started }) => started.context ?? {}))
  const cassette = parts.find(({ started }) => started.cassette)?.started.cassette
  return {
    ...rest,
    result,
    callsheet: version,
    plan,
    digests: { ...base.digests, plan: planDigestOf(parts) },
    options: optionsFrom(parts, options),
    ...(Object.keys(context).length > 0 && { context }),
    ...(cassette && { cassette }),
    mergedFrom,
  }
}

/** Of several parts there is no plan but theirs. */
function planDigestOf(parts: readonly MergePart[]): string {
  const digests = [...new Set(parts.map(({ started }) => started.digests.plan))].toSorted()
  const [only] = digests
  if (digests.length === 1 && only !== undefined) return only
  return createHash('sha256').update(digests.join('\n')).digest('hex')
}

/** The options of the whole. */
function optionsFrom(parts: readonly MergePart[], base: SuiteStarted['options']): SuiteStarted['options'] {
  const { shard: _, cases: _cases, ...others } = base
  const named = parts.map(({ started }) => started.options['cases'])
  const cases = named.every(Array.isArray) ? [...new Set(named.flat() as string[])] : undefined
  return { ...others, ...(cases && { cases }) }
}

/** What is the same in all of them. */
function commonContext(contexts: readonly StartContext[]): StartContext {
  const [first = {}, ...others] = contexts
  const common = Object.entries(first).filter(([key, value]) =>
    others.every(other => isDeepStrictEqual(other[key as keyof StartContext], value)),
  )
  return Object.fromEntries(common)
}
