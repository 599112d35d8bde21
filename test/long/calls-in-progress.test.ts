import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Transcript } from '../../src/domain/transcript.js'
import { longCalls } from '../agents/long-calls.js'
import type { AgentHeard } from '../agents/phone-agent.js'
import { endsOf, openWorkplace } from '../cli/workplace.js'
import { root } from '../suites/callsheet.js'

/** How many calls at once, and for how long; `npm run soak` holds a hundred for five minutes. */
const calls = Number(process.env['CALLS'] ?? 4)
const seconds = Number(process.env['CALL_SECONDS'] ?? 10)
/** How often the agent speaks. */
const everyS = 4

/** What the agent says of its calls: how many of our packets came, and who ended them. */
async function heardBy(agent: ChildProcess): Promise<readonly AgentHeard[]> {
  const told = once(agent, 'message')
  agent.send('stop')
  return ((await told) as [AgentHeard[]])[0]
}

test(
  `${calls} telephone calls of ${seconds} s at once: none is dropped, and no frame of ours is late beyond 20 ms or lost`,
  { timeout: (seconds + 180) * 1000 },
  async () => {
    await using place = await openWorkplace()
    const agent = fork(join(root, 'test/agents/phone-agent.js'))
    onTestFinished(() => void agent.kill())
    const [port] = (await once(agent, 'message')) as [number]
    place.write('suite.yaml', longCalls({ port, calls, seconds }))
    const { exit, stdout, stderr } = await place.run(['run', 'suite.yaml', '--out', 'result'], {
      CALLSHEET_CACHE: join(place.path, 'cache'),
    })
    const ended = endsOf(place.journal('result'))
    const statuses = ended.map(({ outcome }) => outcome.status)
    if (exit !== 0) console.log((stdout + stderr).slice(-3000))
    expect(statuses).toEqual(Array.from({ length: calls }, () => 'passed'))
    expect(exit).toBe(0)

    const sounds = ended.map(({ outcome }) => (outcome as { transcript: Transcript }).transcript.sound!)
    expect(Math.min(...sounds.map(sound => sound.seconds))).toBeGreaterThan(seconds - 1)
    const agentHeard = await heardBy(agent)
    expect(agentHeard.map(({ end }) => end)).toEqual(Array.from({ length: calls }, () => 'hung_up by them'))
    // Nothing of ours is missing at the other end, either.
    expect(agentHeard.map(({ lost, twice }) => lost + twice)).toEqual(agentHeard.map(() => 0))
    const p99s = sounds.map(({ pacing }) => pacing.p99Ms).toSorted((a, b) => a - b)
    const lost = sounds.reduce((sum, { pacing }) => sum + pacing.lost, 0)
    const frames = sounds.reduce((sum, { pacing }) => sum + pacing.frames, 0)
    const heard = sounds.map(({ stretches }) => stretches.filter(({ by }) => by === 'agent').length)
    console.log(`pacing p99 ${p99s[p99s.length >> 1]} ms (worst call ${p99s.at(-1)} ms); ${lost} of ${frames} frames lost`)
    expect(lost).toBe(0)
    // Each time that the agent speaks, it is heard.
    expect(Math.min(...heard)).toBeGreaterThanOrEqual(Math.floor(seconds / everyS) - 1)
  },
)
