// Prints "N passed, N failed" from the JSON report of a test run: node scripts/count-tests.js <file>
import { existsSync, readFileSync } from 'node:fs'

const [file = ''] = process.argv.slice(2)
const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined

/**
 * A test file that fails to load reports no tests, so it counts as one failure. @type {{ status: string, assertionResults:
 * unknown[] }[]}
 */
const files = report?.testResults ?? [{ status: 'failed', assertionResults: [] }]
const brokenFiles = files.filter(each => each.status === 'failed' && each.assertionResults.length === 0)

console.log(`${report?.numPassedTests ?? 0} passed, ${(report?.numFailedTests ?? 0) + brokenFiles.length} failed`)
