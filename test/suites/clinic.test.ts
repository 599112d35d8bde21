import { describe, expect, test } from 'vitest'
import { freePort, runSuite, type ReportedRun } from './callsheet.js'

const clinic = 'clinic/suite.yaml'

test('the suite passes: every run of it, with a secret and on another port too', async () => {
  const { exit, runs, stdout } = await runSuite(clinic, [], { CLINIC_PORT: await freePort(), CLINIC_SECRET: 'open sesame' })
  expect(runs.filter(({ status }) => status !== 'passed')).toEqual([])
  expect(new Set(runs.map(({ scenario }) => scenario)).size).toBeGreaterThanOrEqual(25)
  expect(stdout).not.toContain('open sesame')
  expect(exit).toBe(0)
})

describe.concurrent('a planted bug fails the gate, with the scenarios, turns and assertions that show it', () => {
  const cancels = ['cancel_appointment', 'cancel_one_of_two', 'cancel_then_book', 'cancel_with_a_pause']
  const bugs: [bug: string, scenarios: string[], assertion: RegExp, flags: string[]][] = [
    ['double_booking', ['book_taken_time', 'move_to_taken_time'], /^not agent says matches .*(2:00|9:00)/, []],
    ['privacy', ['wrong_date_of_birth'], /^not agent says matches .*you have an appointment/, []],
    ['silent_cancel', cancels, /^tool_called .*cancel_appointment/, ['--frequency', '1']],
    ['slow', ['chest_pain'], /^metric reply_latency/, ['--filter', 'chest_pain', '--frequency', '1']],
  ]
  test.each(bugs)('%s', async (bug, scenarios, assertion, flags) => {
    const { exit, runs, stdout } = await runSuite(clinic, flags, { CLINIC_BUG: bug, CLINIC_PORT: await freePort() })
    expect(exit).toBe(1)
    const failed = runs.filter(({ status }) => status === 'failed')
    expect([...new Set(failed.map(({ scenario }) => scenario))].toSorted()).toEqual(scenarios)
    for (const run of failed) expect(brokenChecks(run).some(check => assertion.test(check))).toBe(true)
    for (const scenario of scenarios) expect(stdout).toContain(scenario)
  })
})

function brokenChecks({ checks = [] }: ReportedRun): string[] {
  return checks.filter(({ holds }) => holds === 'no').map(({ assertion }) => assertion)
}
