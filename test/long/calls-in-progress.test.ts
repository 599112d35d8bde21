import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Transcript } from '../../src/domain/transcript.js'
import { longCalls } from '../agents/long-calls.js'
import type { AgentHeard } from '../agents/phone-agent.js'
import { endsOf, openWorkplace } from '../cli/workplace.js'
import { root } from '../suites/callsheet.js'
import { watchOthers } from '../support/others-share.js'

/** How many calls at once, and for how long; `npm run soak` holds a hundred for five minutes. */
const calls = Number(process.env['CALLS'] ?? 4)
const seconds = Number(process.env['CALL_SECONDS'] ?? 10)
/** How often the agent speaks. */
const everyS = 4
/** Where other processes take more of the machine than this, in the worst second, frames may be late or lost: the runs then have to say so. */
const mostOfOthers = 0.2

/** What the agent says of its calls: how many of our packets came, and who ended them. */
async function heardBy(agent: ChildProcess): Promise<readonly AgentHeard[]> {
  const told = once(agent, 'message')
  agent.send('stop')
  return ((await told) as [AgentHeard[]])[0]
}

test(
  `${calls} telephone calls of ${seconds} s at once: none is dropped, and no frame of ours is late or lost where the machine is ours`,
  { timeout: (seconds + 180) * 1000 },
  async () => {
    await using place = await openWorkplace()
    const agent = fork(join(root, 'test/agents/phone-agent.js'))
    onTestFinished(() => void agent.kill())
    const [port] = (await once(agent, 'message')) as [number]
    place.write('suite.yaml', longCalls({ port, calls, seconds }))
    const others = watchOthers()
    onTestFinished(() => others.stop())
    const { exit, stdout, stderr } = await place.run(['run', 'suite.yaml', '--out', 'result'], {
      CALLSHEET_CACHE: join(place.path, 'cache'),
    })
    const isOurs = others.worst() <= mostOfOthers
    const ended = endsOf(place.journal('result'))
    if (exit !== 0) console.log((stdout + stderr).slice(-3000))
    const late = ended.filter(({ outcome }) => 'fault' in outcome && outcome.fault.code === 'late_audio')
    const passed = ended.filter(({ outcome }) => outcome.status === 'passed')
    expect(passed.length + late.length).toBe(calls)
    expect(exit).toBe(late.length === 0 ? 0 : 3)

    const transcripts = ended.map(({ outcome }) => (outcome as { transcript: Transcript }).transcript)
    expect(transcripts.map(({ ending }) => ending.by)).toEqual(Array.from({ length: calls }, () => 'limit'))
    const sounds = transcripts.map(({ sound }) => sound!)
    const agentHeard = await heardBy(agent)
    expect(agentHeard.map(({ end }) => end)).toEqual(Array.from({ length: calls }, () => 'hung_up by them'))
    const p99s = sounds.map(({ pacing }) => pacing.p99Ms).toSorted((a, b) => a - b)
    const lost = sounds.reduce((sum, { pacing }) => sum + pacing.lost, 0)
    const frames = sounds.reduce((sum, { pacing }) => sum + pacing.frames, 0)
    const heard = sounds.map(({ stretches }) => stretches.filter(({ by }) => by === 'agent').length)
    const taken = `others took ${Math.round(others.worst() * 100)} % of the machine in the worst second`
    console.log(`pacing p99 ${p99s[p99s.length >> 1]} ms (worst call ${p99s.at(-1)} ms); ${lost} of ${frames} frames lost; ${taken}`)
    // Each time that the agent speaks, it is heard.
    for (const [i, sound] of sounds.entries()) expect(heard[i]).toBeGreaterThanOrEqual(Math.floor(sound.seconds / everyS) - 1)
    if (!isOurs) return console.log('The pacing is not judged: the machine was not ours alone.')
    expect([late.length, lost]).toEqual([0, 0])
    // Setting a call up is part of its time.
    expect(Math.min(...sounds.map(sound => sound.seconds))).toBeGreaterThan(seconds - 1)
    // Nothing of ours is missing at the other end, either.
    expect(agentHeard.map(({ lost: missing, twice }) => missing + twice)).toEqual(agentHeard.map(() => 0))
  },
)
