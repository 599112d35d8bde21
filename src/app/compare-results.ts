import type { ComparedResult, Comparison } from '../domain/comparison.js'
import { compare } from '../pipeline/compare/compare.js'
import { gatherFacts, type ResultFacts } from '../pipeline/compare/facts.js'
import type { FinishedResult } from '../ports/reporter.js'
import type { Adapters } from './registry.js'

/** The bootstrap's seed is fixed, so two results always give the same comparison. */
export const comparisonSeed = 1

/**
 * Compares two stored results. Calls nobody.
 *
 * @param alpha  The probability of any false alarm in the whole comparison: 0..1 exclusive.
 * @throws {RangeError} for any other alpha.
 */
export async function compareResults(
  base: FinishedResult,
  next: FinishedResult,
  alpha: number,
  use: Pick<Adapters, 'random'>,
): Promise<Comparison> {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha is ${alpha}, but it must be a number between 0 and 1, such as 0.05.`)
  const compared = compare(await factsOf(base), await factsOf(next), alpha, (await use.random())(comparisonSeed))
  return { base: nameOf(base), new: nameOf(next), ...compared }
}

/** Version of the format in schemas/comparison.schema.json. */
const comparisonVersion = 1

/** A comparison as JSON. */
export function comparisonJson(comparison: Comparison): string {
  return `${JSON.stringify({ version: comparisonVersion, ...comparison }, null, 2)}\n`
}

/** A comparison as text for people. */
export async function showComparison(comparison: Comparison, how: { readonly colour: boolean }): Promise<string> {
  const { comparisonReport } = await import('../adapters/reporters/comparison.js')
  return comparisonReport(comparison, how)
}

export async function factsOf(result: FinishedResult): Promise<ResultFacts> {
  const gathered = gatherFacts(result.started)
  for await (const runs of result.runs()) for (const run of runs) gathered.add(run)
  return gathered.facts()
}

function nameOf({ started, place }: FinishedResult): ComparedResult {
  const { result, suite, at, rescoredFrom } = started
  return { result, place, suite: suite.name, startedAt: at, ...(rescoredFrom !== undefined && { rescoredFrom }) }
}
