import { resultsReport } from '../adapters/reporters/results.js'
import type { ResultList } from '../domain/result-line.js'

/** Version of the list's JSON format. */
const listVersion = 1

/** A list of results as JSON. */
export function resultsJson(list: ResultList): string {
  return `${JSON.stringify({ version: listVersion, ...list }, null, 2)}\n`
}

/** A list of results as text for people. */
export function showResults(list: ResultList): string {
  return resultsReport(list)
}
