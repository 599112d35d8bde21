import { expect, test } from 'vitest'
import { json } from '../../../../src/adapters/reporters/json.js'
import { lineOfResult } from '../../../../src/app/history/history-of-result.js'
import { historyLine, type ReportedResult } from '../../../../src/domain/history-of-result.js'
import { textOf } from '../../adapters/reporters/report-text.js'
import { sampleResult } from '../../adapters/reporters/sample-result.js'

test.each([true, false])('a JSON report and its journal give the same line of the history, of a request (%s) too', async isRequest => {
  const sample = sampleResult()
  const result = isRequest ? { ...sample, started: { ...sample.started, requested: {} as never } } : sample
  const reported = JSON.parse(await textOf(json, result)) as ReportedResult
  expect('request' in reported).toBe(isRequest)
  expect(historyLine(reported)).toEqual(JSON.parse(JSON.stringify(lineOfResult(result))))
})
