import { expect, test } from 'vitest'
import { consoleReport } from '../../../../src/adapters/reporters/console.js'
import { json } from '../../../../src/adapters/reporters/json.js'
import { junit } from '../../../../src/adapters/reporters/junit.js'
import type { RunEnded, SuiteStarted } from '../../../../src/domain/event.js'
import type { Outcome } from '../../../../src/domain/outcome.js'
import type { FinishedResult, Reporter } from '../../../../src/ports/reporter.js'
import { failed, passed, reportOf, runAt, startedWith } from './sample-result.js'

const runs = 100_000
const scenario = { key: 'a', name: 'A', tags: [], metrics: [], file: 'a.yaml', line: 1 }

/** A result whose runs are made as they are asked for: 1,000 cases, every 50th run failed. */
function bigResult(watch: () => void): FinishedResult {
  const cases = 1000
  const scenarios = Array.from({ length: cases }, (_, i) => [{ ...scenario, key: `s${i}`, name: `S${i}` }, runs / cases] as const)
  const started: SuiteStarted = startedWith([{ name: 'Load', slug: 'load', scenarios }])
  return {
    started,
    report: reportOf(started, []),
    place: 'x',
    async *runs() {
      for (let start = 0; start < runs; start += 250) {
        yield Array.from({ length: 250 }, (_, i): RunEnded => {
          const index = start + i
          const outcome = index % 50 === 0 ? failed : passed()
          return { ...runAt(0), index, run: `run#${index}` as RunEnded['run'], outcome: copied(outcome) }
        })
        watch()
      }
    },
  }
}

/** With entries of its own, so that a reporter that kept them would be seen to. */
function copied(outcome: Outcome): Outcome {
  if (!('transcript' in outcome)) return outcome
  const { transcript } = outcome
  return { ...outcome, transcript: { ...transcript, moments: transcript.moments.map(entry => ({ ...entry })) } }
}

test.each<[string, Reporter]>([
  ['junit', junit],
  ['json', json],
  ['console', consoleReport],
])('the memory of %s does not grow with 100,000 runs', async (name, reporter) => {
  const before = process.memoryUsage().heapUsed
  let peak = 0
  const result = bigResult(() => {
    peak = Math.max(peak, process.memoryUsage().heapUsed - before)
  })
  let characters = 0
  for await (const piece of reporter(result, { colour: false, junitPerRun: false })) characters += piece.length
  console.log(`${name}: ${(characters / 1e6).toFixed(0)} MB written, heap grew by ${(peak / 1e6).toFixed(0)} MB at most`)
  expect(peak).toBeLessThan(150_000_000)
})
