import type { ComparedResult, Comparison, ShownComparison } from '../domain/comparison.js'
import { isCompared } from '../domain/compared-limits.js'
import { conditionChanges } from '../domain/conditions.js'
import { agentsText } from '../domain/identity.js'
import { compare } from '../pipeline/compare/compare.js'
import { gatherFacts, type ResultFacts } from '../pipeline/compare/facts.js'
import type { FinishedResult } from '../ports/reporter.js'
import type { Adapters } from './registry.js'
import { withPairs } from './shown-comparison.js'

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
  return { base: comparedResult(base), new: comparedResult(next), conditions: conditionChanges(base.started, next.started), ...compared }
}

/** Version of the format in schemas/comparison.schema.json. */
const comparisonVersion = 2

/** A comparison as JSON. */
export function comparisonJson(comparison: Comparison): string {
  return `${JSON.stringify({ version: comparisonVersion, ...comparison }, null, 2)}\n`
}

/** A comparison as text for people. */
export async function showComparison(comparison: Comparison, how: { readonly colour: boolean }): Promise<string> {
  const { comparisonReport } = await import('../adapters/reporters/comparison.js')
  return comparisonReport(comparison, how)
}

/** A comparison in a format for others, in one piece. */
export async function comparisonFile(kind: 'markdown' | 'junit', comparison: Comparison): Promise<string> {
  if (kind === 'markdown') return (await import('../adapters/reporters/comparison-markdown.js')).comparisonMarkdown(comparison)
  return (await import('../adapters/reporters/comparison-junit.js')).comparisonJunit(comparison)
}

/** How a result compares with its baseline, as its reports show it. */
export async function comparedWith(base: FinishedResult, next: FinishedResult, use: Pick<Adapters, 'random'>): Promise<ShownComparison> {
  const { alpha = usualAlpha } = next.started.plan.thresholds.noRegression ?? {}
  return withPairs(await compareResults(base, next, alpha, use), base, next)
}

const usualAlpha = 0.05

/** A comparison as a page for people, with conversations before and after. */
export async function comparisonHtml(comparison: Comparison, base: FinishedResult, next: FinishedResult): Promise<string> {
  const { comparisonPage } = await import('../adapters/reporters/html/comparison-page.js')
  return comparisonPage(await withPairs(comparison, base, next))
}

export async function factsOf(result: FinishedResult): Promise<ResultFacts> {
  const gathered = gatherFacts(result.started)
  for await (const runs of result.runs()) for (const run of runs) gathered.add(run)
  return gathered.facts()
}

/** A result as comparisons name it. */
export function comparedResult({ started, report, place }: FinishedResult): ComparedResult {
  const limits = report.limits.filter(isCompared)
  const { result, suite, at, plan, rescoredFrom } = started
  return {
    result,
    place,
    suite: suite.name,
    startedAt: at,
    agents: agentsText(plan.entries),
    ...(rescoredFrom !== undefined && { rescoredFrom }),
    ...(limits.length > 0 && { limits }),
  }
}
