// Prints "N passed, N failed" from the JSON reports of test runs, after the files that took longest and the tests that passed at the second
// try only: node scripts/count-tests.js <file> ...
import { existsSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'

/**
 * A test file that fails to load reports no tests, so it counts as one failure. A run without a report failed. @type {{ status: string,
 * name?: string, startTime?: number, endTime?: number, assertionResults: { status: string, fullName: string, failureMessages?: string[] }[] }[]}
 */
const files = process.argv
  .slice(2)
  .flatMap(file => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).testResults : [{ status: 'failed', assertionResults: [] }]))
const tests = files.flatMap(({ assertionResults }) => assertionResults)
const broken = files.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0).length

const count = (/** @type {string} */ status) => tests.filter(test => test.status === status).length
const timed = files.map(({ name = '', startTime = 0, endTime = 0 }) => ({
  file: relative('', name),
  seconds: (endTime - startTime) / 1000,
}))
for (const { file, seconds } of timed.toSorted((a, b) => b.seconds - a.seconds).slice(0, 12))
  console.log(`${seconds.toFixed(0)} s  ${file}`)
for (const { status, fullName, failureMessages: [first] = [] } of tests)
  if (status === 'passed' && first !== undefined) console.log(`FLAKY ${fullName}: ${first.split('\n', 1)[0]}`)
console.log(`${count('passed')} passed, ${count('failed') + broken} failed`)
