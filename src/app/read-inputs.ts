import { CassetteError } from '../adapters/models/cassette/tape.js'
import { isTooLong, usualLongestWaiver } from '../domain/waiver.js'
import { StoreError } from '../ports/store.js'
import type { BaselineRead } from './baseline.js'
import { readBaseline } from './open-baseline.js'
import type { Prepared } from './plan-document.js'
import { problemOf, type Problem } from './problem.js'
import type { Adapters } from './registry.js'

/** What a suite needs besides its own files. */
export interface Inputs {
  readonly baseline: BaselineRead | undefined
}

/** The folder of a new result, or of the one to resume, as the user named it. */
interface ResultFolder {
  readonly out?: string
  readonly resume?: string
}

/**
 * Reads what the user named beside the suite, before anything is called or written.
 *
 * @returns The inputs, or what is wrong with the first one that cannot be used.
 */
export async function readInputs(
  { plan, request }: Pick<Prepared, 'plan' | 'request'>,
  { out, resume }: ResultFolder,
  use: Pick<Adapters, 'store' | 'serverDatabase' | 'clock'>,
): Promise<Inputs | { readonly problem: Problem }> {
  try {
    if (resume === undefined && out !== undefined) (await use.store()).refuseUnusable(out)
  } catch (cause) {
    if (cause instanceof StoreError) return { problem: problemOf(cause) }
    throw cause
  }
  const late = tooLate(plan, use.clock.date())
  if (late !== undefined) return { problem: { code: 'waiver', message: late } }
  const baseline = await readBaseline(plan.thresholds, resume, use)
  if (baseline && 'problem' in baseline && !mayBeMissing(baseline.problem, request.options.baseline)) {
    const { code, message } = baseline.problem
    return { problem: { code, message: `The baseline cannot be used. ${message}` } }
  }
  return { baseline }
}

/** The waiver that lasts too long, in a sentence. */
function tooLate({ waivers = [], limits: { maxWaiverDays: most = usualLongestWaiver } }: Prepared['plan'], now: Date): string | undefined {
  const late = waivers.find(({ expires }) => isTooLong(expires, now, most))
  return (
    late &&
    `The waiver for ${late.case} expires on ${late.expires}, which is more than ${most} days ahead. Choose an earlier day, or raise limits.max_waiver.`
  )
}

/**
 * Why a suite that is still to come could not begin with its inputs; `undefined` if it can. For several suites, so that none is
 * called before all can be.
 */
export async function inputsProblem(prepared: Prepared, destination: ResultFolder, use: Adapters): Promise<string | undefined> {
  const inputs = await readInputs(prepared, destination, use)
  if ('problem' in inputs) return inputs.problem.message
  const { request, plan, document, mask } = prepared
  if (request.cassette?.mode !== 'replay') return undefined
  try {
    await use.cassette(request.cassette, false, { seed: plan.seed, secrets: document.secrets, mask })
    return undefined
  } catch (cause) {
    if (cause instanceof CassetteError) return cause.message
    throw cause
  }
}

/** The first run of a suite that names its own baseline makes that baseline. */
function mayBeMissing(problem: Error, named: string | undefined): boolean {
  return named === undefined && problem instanceof StoreError && problem.code === 'not_found'
}
