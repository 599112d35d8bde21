import { comparisonFile, comparisonHtml, comparisonJson, compareResults, showComparison } from '../app/compare-results.js'
import { compareParity, showParity } from '../app/compare-parity.js'
import { defaultAdapters } from '../app/registry.js'
import { toFile } from '../app/write-reports.js'
import type { Comparison } from '../domain/comparison.js'
import { parityVerdict, type Sameness } from '../domain/parity.js'
import { exit, type ExitCode } from './exit.js'
import { exitGiven, findResult, type StoredResult } from './find-result.js'
import { hasColour, write } from './terminal.js'

export interface CompareFlags {
  readonly alpha: number
  readonly failOnRegression?: boolean
  readonly parity?: boolean
  readonly json?: string
  readonly html?: string
  readonly markdown?: string
  readonly junit?: string
}

/** `callsheet compare`: shows what got better or worse from one result to another. */
export async function compare(base: string, next: string, flags: CompareFlags): Promise<ExitCode> {
  const { json, html, markdown, junit, alpha, failOnRegression = false } = flags
  const use = await defaultAdapters(process.env)
  const [before, now] = await Promise.all([findResult(base, use), findResult(next, use)])
  if (flags.parity) return exitGiven(await showSideBySide(before, now), [before, now])
  const comparison = await compareResults(before, now, alpha, use)
  if (json !== undefined) await toFile(json)([comparisonJson(comparison)])
  if (html !== undefined) await toFile(html)([await comparisonHtml(comparison, before, now)])
  if (markdown !== undefined) await toFile(markdown)([await comparisonFile('markdown', comparison)])
  if (junit !== undefined) await toFile(junit)([await comparisonFile('junit', comparison)])
  await write(process.stdout, await showComparison(comparison, { colour: hasColour(process.stdout) }))
  return exitGiven(exitFor(comparison, failOnRegression), [before, now])
}

const exitByParity: Readonly<Record<Sameness, ExitCode>> = { same: exit.passed, different: exit.failed, unknown: exit.inconclusive }

async function showSideBySide(base: StoredResult, next: StoredResult): Promise<ExitCode> {
  const parity = await compareParity(base, next)
  await write(process.stdout, await showParity(parity, { colour: hasColour(process.stdout) }))
  return exitByParity[parityVerdict(parity)]
}

function exitFor({ verdict }: Comparison, failOnRegression: boolean): ExitCode {
  if (verdict === 'nothing_compared') return exit.inconclusive
  return verdict === 'regressed' && failOnRegression ? exit.failed : exit.passed
}
