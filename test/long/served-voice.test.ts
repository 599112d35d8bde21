import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RunEnded } from '../../src/domain/event.js'
import type { Recording } from '../../src/domain/recording.js'
import type { Run, StartedResult } from '../../src/app/serve/generated/answers.js'
import { startTalkingAgent } from '../agents/talking-agent.js'
import { serve, type Served } from '../cli/served-place.js'
import { openWorkplace, until, type Workplace } from '../cli/workplace.js'
import { callSuite } from '../support/call-suite.js'
import { startRedis } from '../support/redis.js'
import { isMissing } from '../support/services.js'

let place: Workplace
let agent: { readonly url: string; close(): unknown }
let environment: Readonly<Record<string, string>>
beforeEach(async () => {
  place = await openWorkplace()
  agent = await startTalkingAgent({})
  environment = { CALLSHEET_CACHE: join(place.path, 'cache') }
  place.write('suite.yaml', callSuite(agent))
})
afterEach(async () => {
  await agent.close()
  await place[Symbol.asyncDispose]()
})

async function post<Answer>(served: Served, path: string, body: object): Promise<Answer> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${served.url}/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  if (answer.status !== 201) throw new Error(await answer.text())
  return (await answer.json()) as Answer
}

const get = async (served: Served, path: string): Promise<Response> => fetch(`${served.url}/${path}`)

async function runsOf(served: Served, result: number): Promise<Run[]> {
  return ((await (await get(served, `runs/?result_id=${result}`)).json()) as { results: Run[] }).results
}

function recordingOf({ outcome }: RunEnded): Recording | undefined {
  return 'transcript' in outcome ? outcome.transcript.sound?.recording : undefined
}

/** The file of the last attempt of the last run. */
function lastIn(folder: string): string {
  return join(folder, readdirSync(folder).toSorted().at(-1) ?? '')
}

const inHours = (hours: number): string => new Date(Date.now() + hours * 60 * 60 * 1000).toISOString()
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

// Calls take the time that they take, and a machine that is too slow tries again.
describe('a server whose agents are called', { timeout: 180_000 }, () => {
  test('places calls, and answers with their recordings, times and metrics of sound', async () => {
    const served = await serve(place, [], environment)
    const started = await post<StartedResult>(served, 'scenarios/run_scenarios/', { agent_id: 1, scenarios: 'all', frequency: 2 })
    expect(started).toMatchObject({ run_as_text: false })
    expect(started.runs[0]).toMatchObject({ number: null, inbound_number: null, outbound_dial_window_seconds: null })
    const result = await served.finished(started.id)
    expect(result).toMatchObject({ status: 'completed', success_runs_count: 2, run_as_text: false, run_type: 'voice' })
    expect(result).toMatchObject({ latency_data: { unit: 'ms', count: 2 } })

    const [run, second] = await runsOf(served, started.id)
    expect(run).toMatchObject({ success: true, inbound_number: null, outbound_number: null })
    const turns = run!.transcript_object
    expect(turns.map(({ role, content }) => `${role}: ${content}`)).toEqual([
      'Main Agent: cedarwood clinic, how can i help?',
      'Testing Agent: cancel.',
      'Main Agent: certainly. what is your name?',
      'Testing Agent: bye.',
    ])
    for (const [i, { start_time: startS, end_time: endS }] of turns.entries()) {
      expect(endS).toBeGreaterThan(startS)
      expect(startS).toBeGreaterThanOrEqual(turns[i - 1]?.end_time ?? 0)
    }
    expect(run!.evaluation?.metrics.map(({ name }) => name)).toEqual(['latency_ms', 'talk_ratio'])
    const measured = Object.fromEntries(run!.audio_metrics!.map(({ name, value }) => [name, value]))
    expect(measured).toMatchObject({ agent_interruptions: 0, latency_ms: expect.any(Number), yield_rate: null })

    // A server keeps every recording, those of later runs that passed too.
    const recording = await fetch(second!.voice_recording_url!)
    expect(recording.status).toBe(200)
    expect(recording.headers.get('content-type')).toBe('audio/wav')
    expect(recording.headers.get('accept-ranges')).toBe('bytes')
    const bytes = new Uint8Array(await recording.arrayBuffer())
    expect(Number(recording.headers.get('content-length'))).toBe(bytes.length)
    expect(recording.headers.get('etag')).toBe(`"${hashOf(bytes)}"`)
    const part = await fetch(second!.voice_recording_url!, { headers: { range: 'bytes=44-143' } })
    expect(part.status).toBe(206)
    expect(part.headers.get('content-range')).toBe(`bytes 44-143/${bytes.length}`)
    expect(new Uint8Array(await part.arrayBuffer())).toEqual(bytes.slice(44, 144))
    expect((await fetch(second!.voice_recording_url!, { headers: { range: `bytes=${bytes.length}-` } })).status).toBe(416)
    expect((await fetch(second!.voice_recording_url!, { method: 'HEAD' })).headers.get('content-length')).toBe(String(bytes.length))
    const listened = (await (await get(served, `runs/${second!.id}/get_listen_url/`)).json()) as { listen_url: string; expires_at: string }
    expect(hashOf(new Uint8Array(await (await fetch(listened.listen_url)).arrayBuffer()))).toBe(hashOf(bytes))
    expect(Date.parse(listened.expires_at)).toBeGreaterThan(Date.now())

    const shown = await place.run(['listen', String(started.id), 'cancel#2'])
    expect(shown).toMatchObject({ exit: 0, stderr: '' })
    const kept = lastIn(join(place.path, '.callsheet/server', String(started.id), 'recordings'))
    expect(shown.stdout).toContain(`Recording: ${kept}\n`)

    // Another machine saves the result with its sound.
    const address = served.url.replace('/test_framework/v1', `/results/${started.id}`)
    const watched = await place.run(['watch', address, '--out', 'saved'])
    expect(watched).toMatchObject({ exit: 0, stdout: 'Saved to saved, with 2 recordings. See it with: callsheet report saved\n' })
    const heard = await place.run(['listen', 'saved', 'cancel#2'])
    const copied = lastIn(join(place.path, 'saved/recordings'))
    expect(heard.stdout).toContain(`Recording: ${copied}\n`)
    expect(hashOf(readFileSync(copied))).toBe(hashOf(readFileSync(kept)))
    rmSync(kept)
    const without = await place.run(['watch', address, '--out', 'without'])
    expect(without.stdout).toContain('Saved to without, with 1 recording.')
    expect(without.stderr).toMatch(/warning: The recording of run \d was not saved: the server answered 404\./)
    served.running.signal('SIGTERM')
    expect((await served.running.ended).exit).toBe(0)
  })

  const places: [where: string, flags: readonly string[], folderOf: (result: number) => string][] = [
    ['beside its database', [], result => `.callsheet/server/${result}`],
    ['in a folder of its own choice', ['--recordings-to', 'sound'], result => `sound/${result}`],
  ]
  test.each(places)('keeps recordings %s, and deletes them with their result once that is old', async (_, flags, folderOf) => {
    const served = await serve(place, flags, environment)
    const id = await served.begin(1)
    expect(await served.finished(id)).toMatchObject({ status: 'completed' })
    const folder = join(place.path, folderOf(id))
    const kept = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.wav'))
    const [run] = await runsOf(served, id)
    const sent = hashOf(new Uint8Array(await (await fetch(run!.voice_recording_url!)).arrayBuffer()))
    expect(kept.map(name => hashOf(readFileSync(join(folder, name))))).toContain(sent)
    served.running.signal('SIGTERM')
    expect((await served.running.ended).exit).toBe(0)

    const soon = await serve(place, [...flags, '--keep', '3h'], { ...environment, CALLSHEET_LOGICAL_CLOCK: inHours(2) })
    expect((await get(soon, `results/${id}/`)).status).toBe(200)
    soon.running.signal('SIGTERM')
    await soon.running.ended
    expect(existsSync(folder)).toBe(true)

    const later = await serve(place, [...flags, '--keep', '3h'], { ...environment, CALLSHEET_LOGICAL_CLOCK: inHours(4) })
    await until('the recordings are deleted', () => !existsSync(folder))
    expect((await get(later, `results/${id}/`)).status).toBe(404)
    expect((await get(later, `runs/${run!.id}/get_listen_url/`)).status).toBe(404)
  })

  test('calls an agent at the address of a request, over CHIRP', async () => {
    const other = await startTalkingAgent({})
    try {
      const served = await serve(place, ['--allow-host', '127.0.0.1'], environment)
      await agent.close()
      const sent = { agent_id: 1, scenarios: [1], websocket_url: other.url }
      const { id, run_as_text: isText } = await post<StartedResult>(served, 'scenarios/run_scenarios_chirp/', sent)
      expect(isText).toBe(false)
      expect(await served.finished(id)).toMatchObject({ status: 'completed', success_runs_count: 1 })
    } finally {
      await other.close()
    }
  })

  test('takes test suites in JSON whose channel is voice', async () => {
    const served = await serve(place, [], environment)
    const conditions = [
      { id: 0, condition: 'FIRST_MESSAGE', action: '', type: 'standard', fixed_message: true },
      { id: 1, condition: 'contains "help"', action: 'cancel. <endcall/>', type: 'standard', fixed_message: true },
    ]
    const spec = {
      version: '1',
      scenarios: [{ name: 'Cancel', language: 'en', type: 'conditional_actions', conditional_actions: { role: 'x', conditions } }],
    }
    const sent = { agent_id: 1, channel: 'voice', spec }
    const checked = await fetch(`${served.url}/scenarios/validate_scenarios_json/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(sent),
    })
    expect(await checked.json()).toMatchObject({ plan: { channel: 'voice' } })
    const refused = await fetch(`${served.url}/scenarios/run_scenarios_json/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...sent, channel: 'text' }),
    })
    expect(await refused.json()).toEqual({
      channel: ['text needs a connection of that kind, and agent 1 has a chirp connection. Use voice.'],
    })
  })

  test('refuses calls that nobody here can speak, and says how to get what speaks', async () => {
    place.write('suite.yaml', callSuite(agent).replace(/tts: .*/, 'tts: { engine: command, command: [no-such-program] }'))
    const served = await serve(place, [], environment)
    const answer = await fetch(`${served.url}/scenarios/run_scenarios/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ agent_id: 1, scenarios: 'all' }),
    })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toEqual({ non_field_errors: [expect.stringContaining('no-such-program')] })
    expect(served.running.stderr()).toBe('')
  })

  test('keeps recordings of callsheet run in a folder of its own choice', async () => {
    const { exit } = await place.run(['run', 'suite.yaml', '--out', 'result', '--recordings-to', 'sound'], environment)
    expect(exit).toBe(0)
    const ends = place.journal('result').filter((event): event is RunEnded => event.type === 'run.ended')
    const [first, second] = ends.toSorted((a, b) => a.index - b.index).map(recordingOf)
    expect(second).toBeUndefined()
    expect(fileURLToPath(first!.path)).toContain(join(place.path, 'sound'))
    expect(hashOf(readFileSync(fileURLToPath(first!.path)))).toBe(first!.sha256)
    expect(existsSync(join(place.path, 'result/recordings'))).toBe(false)
  })
})

describe.skipIf(isMissing('Redis'))('workers that call agents', { timeout: 180_000 }, () => {
  test('send their recordings to the server, and leave none behind', async () => {
    await using redis = await startRedis()
    mkdirSync(join(place.path, 'tmp'))
    const worker = place.start(['worker', '--queue', redis.url], { ...environment, TMPDIR: join(place.path, 'tmp') })
    await until('the worker takes jobs', () => worker.stdout().includes('Taking conversations from'))
    const served = await serve(place, ['--queue', redis.url])
    const id = await served.begin(1)
    expect(await served.finished(id)).toMatchObject({ status: 'completed', success_runs_count: 1 })
    const [run] = await runsOf(served, id)
    const kept = join(place.path, '.callsheet/server', String(id), 'recordings')
    const bytes = readFileSync(lastIn(kept))
    expect(hashOf(new Uint8Array(await (await fetch(run!.voice_recording_url!)).arrayBuffer()))).toBe(hashOf(bytes))
    worker.signal('SIGTERM')
    expect((await worker.ended).exit).toBe(0)
    expect(readdirSync(join(place.path, 'tmp')).filter(name => name.startsWith('callsheet-calls'))).toEqual([])
    await expect.poll(() => redis.dump(), { timeout: 10_000 }).not.toContain('callsheet:recording')
  })
})
