// Prints "N passed, N failed" from the JSON report of a test run: node scripts/count-tests.js <file>
import { existsSync, readFileSync } from 'node:fs'

const [file = ''] = process.argv.slice(2)
const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined

/** A file that could not even be loaded has no tests in it to fail, so it counts as one. @type {{ status: string, assertionResults: unknown[] }[]} */
const files = report?.testResults ?? [{ status: 'failed', assertionResults: [] }]
const brokenFiles = files.filter(each => each.status === 'failed' && each.assertionResults.length === 0)

console.log(`${report?.numPassedTests ?? 0} passed, ${(report?.numFailedTests ?? 0) + brokenFiles.length} failed`)
