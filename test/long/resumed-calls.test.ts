import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { RunEnded } from '../../src/domain/event.js'
import { startTalkingAgent } from '../agents/talking-agent.js'
import { endsOf, openWorkplace, until, type Workplace } from '../cli/workplace.js'
import { callSuite } from '../support/call-suite.js'

const runs = 20
const limits = 'limits: { concurrency: 5 }\nrecordings: all'

// Calls take the time that they take, and a machine that is too slow tries again.
test('20 calls that were killed with -9 in their midst are resumed: none that was over is placed again', { timeout: 300_000 }, async () => {
  await using place = await openWorkplace()
  // A call is named by its result, its run and its attempt.
  const called: { readonly index: number; readonly attempt: number }[] = []
  const agent = await startTalkingAgent({
    called(run) {
      const [index = '', attempt = ''] = run.split('-').slice(-2)
      called.push({ index: Number(index), attempt: Number(attempt) })
    },
  })
  const env = { CALLSHEET_CACHE: join(place.path, 'cache') }
  try {
    place.write('suite.yaml', callSuite({ url: agent.url, more: limits }).replace('frequency: 2', `frequency: ${runs}`))
    const running = place.start(['run', 'suite.yaml', '--out', 'result'], env)
    await until('some calls are over, and others in their midst', () => {
      const over = wholeEvents(place).filter(({ type }) => type === 'run.ended').length
      return over >= 4 && called.length >= over + 3
    })
    process.kill(running.pid, 'SIGKILL')
    await running.ended
    const before = wholeEvents(place)
    const over = before.filter((event): event is RunEnded => event.type === 'run.ended')
    const isOver = new Set(over.map(({ index }) => index))
    const cut = called.filter(({ index }) => !isOver.has(index))
    const placed = called.splice(0)

    const resumed = await place.run(['run', '--resume', 'result'], env)
    expect(resumed.stdout).toContain(`PASSED: ${runs} of ${runs} runs passed`)
    expect(resumed.exit).toBe(0)
    expect(called.filter(({ index }) => isOver.has(index))).toEqual([])
    // A call that was cut is another attempt, as one that fails is.
    expect(cut.length).toBeGreaterThan(0)
    for (const { index } of cut) {
      const last = Math.max(...placed.filter(call => call.index === index).map(({ attempt }) => attempt))
      expect(Math.min(...called.filter(call => call.index === index).map(({ attempt }) => attempt))).toBe(last + 1)
    }

    const ends = endsOf(place.journal('result'))
    expect(ends.map(({ index }) => index).toSorted((a, b) => a - b)).toEqual(Array.from({ length: runs }, (_, index) => index))
    expect(ends.slice(0, over.length)).toEqual(over)
    const report = JSON.parse(readFileSync(join(place.path, 'result/report.json'), 'utf8')) as { runs: ReportedRun[] }
    for (const { index } of cut) {
      const reported = report.runs.find(run => run.index === index)
      expect(reported?.earlier.map(({ status }) => status)).toContain('infra_error')
    }
    // What was recorded before is there as it was, and of a call that was cut nothing is left.
    const recordings = join(place.path, 'result/recordings')
    for (const { outcome } of ends) {
      const recording = 'transcript' in outcome ? outcome.transcript.sound?.recording : undefined
      const bytes = readFileSync(join(place.path, 'result', recording?.path ?? ''))
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(recording?.sha256)
    }
    expect(readdirSync(recordings).filter(name => !name.endsWith('.wav'))).toEqual([])
  } finally {
    await agent.close()
  }
})

interface ReportedRun {
  readonly index: number
  readonly earlier: readonly { readonly status: string }[]
}

/** The journal so far. Its last line may be torn. */
function wholeEvents(place: Workplace): { readonly type: string; readonly index: number }[] {
  try {
    const lines = readFileSync(join(place.path, 'result/journal.jsonl'), 'utf8').split('\n').slice(0, -1)
    return lines.map(line => JSON.parse(line) as { type: string; index: number })
  } catch {
    return []
  }
}
