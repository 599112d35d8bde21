import { expect, test } from 'vitest'
import { consoleReport } from '../../../../src/adapters/reporters/console.js'
import { metrics } from '../../../../src/adapters/reporters/metrics.js'
import { textOf } from './report-text.js'
import { passed, reportOf, runsWith, sampleResult, startedWith } from './sample-result.js'

test('pass rates, runs and metrics by run entry, as OpenMetrics', async () => {
  const lines = (await textOf(metrics, sampleResult())).split('\n')
  expect(lines.slice(0, 3)).toEqual([
    '# TYPE callsheet_report info',
    '# HELP callsheet_report The report that this file is.',
    'callsheet_report_info{state="finished"} 1',
  ])
  // It knows no other comments.
  expect(lines.filter(line => line.startsWith('#') && !/^# (?:TYPE|HELP) callsheet_\w+ |^# EOF$/.test(line))).toEqual([])
  expect(lines.slice(-2)).toEqual(['# EOF', ''])
  for (const line of lines.filter(each => each !== '' && !each.startsWith('#')))
    expect(line).toMatch(/^callsheet_\w+\{\w+="[^"]*"(?:,\w+="[^"]*")*\} -?[\d.e-]+$/)
  expect(lines).toContain('callsheet_metric{entry="Smoke",metric="reply_latency",statistic="p95"} 470')
  expect(lines).toContain('callsheet_runs{entry="Smoke",status="agent_error"} 1')
})

test('a name cannot end its label', async () => {
  const scenario = { key: 'a', name: 'A', tags: [], metrics: [], file: 's.yaml', line: 1 }
  const started = startedWith([{ name: 'x"} 1\n# EOF\\', slug: 'x', scenarios: [[scenario, 1]] }])
  const runs = runsWith(started, [passed()])
  const text = await textOf(metrics, { started, report: reportOf(started, runs), place: 'r', runs: async function* () {} })
  expect(text.match(/^# EOF/gm)).toHaveLength(1)
  expect(text).toContain('{entry="x\\"} 1 ⏎ # EOF\\\\"}')
})

test('the slowest cases, by the mean of their runs', async () => {
  const text = await textOf(consoleReport, sampleResult(), { durations: 2 })
  expect(text).toMatch(/Slowest cases\n +2\.0 s {2}smoke\/cancel_appointment\/calm\/maria, mean of 3 runs\n +2\.0 s .*\n\n/)
})
