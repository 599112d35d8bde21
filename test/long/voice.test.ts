import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RunEnded } from '../../src/domain/event.js'
import type { Transcript } from '../../src/domain/transcript.js'
import { startTalkingAgent } from '../agents/talking-agent.js'
import { hearTones } from '../agents/tone-speech.js'
import { openWorkplace, type Workplace } from '../cli/workplace.js'
import { engine } from '../support/call-suite.js'

interface CallShape {
  readonly url: string
  readonly firstMessage?: string
  readonly steps?: string
  readonly expect?: string
  readonly more?: string
}

/** A suite that calls an agent, with ears and mouth of tones. */
function suiteOf({ url, firstMessage = '', steps, expect: checks, more = '' }: CallShape): string {
  return `version: 1
suite: { name: Voice }
# A machine that is too slow for a call tries it again.
retries: { infra_error: 8 }
models:
  tts: { engine: command, command: ${engine('speak')} }
  stt: { engine: command, command: ${engine('hear')} }
agents:
  clinic: { connection: { type: chirp, url: "${url}" } }
${more}
scenarios:
  cancel:
    script:
      first_message: "${firstMessage}"
      steps:
${
  steps ??
  `        - when: { contains: help }
          say: i would like to cancel my appointment.
        - when: { contains: your name }
          say: my name is maria lopez.
        - when: { contains: cancelled }
          say: thank you, bye. <endcall/>`
}
    expect:
${checks ?? '      - agent_says: { contains: appointment is cancelled }'}
    metrics: [latency_ms]
runs:
  - { name: Smoke, agent: clinic, scenarios: all }
`
}

let place: Workplace
beforeEach(async () => (place = await openWorkplace()))
afterEach(() => place[Symbol.asyncDispose]())

async function call(shape: Omit<CallShape, 'url'>, bugs: readonly string[] = [], out = 'result') {
  const agent = await startTalkingAgent({ bugs })
  try {
    place.write('voice.yaml', suiteOf({ ...shape, url: agent.url }))
    const executed = await place.run(['run', 'voice.yaml', '--out', out], { CALLSHEET_CACHE: join(place.path, 'cache') })
    const ended = existsSync(join(place.path, out, 'journal.jsonl'))
      ? place.journal(out).find((event): event is RunEnded => event.type === 'run.ended')
      : undefined
    return { ...executed, ended }
  } finally {
    await agent.close()
  }
}

/** How long an Ogg Opus file plays: its last position, less what players leave out at the beginning. */
function secondsOf(file: Buffer): number {
  const skip = file.readUInt16LE(file.indexOf('OpusHead') + 10)
  const last = file.lastIndexOf('OggS')
  return (Number(file.readBigUInt64LE(last + 6)) - skip) / 48_000
}

const transcriptOf = (ended: RunEnded | undefined): Transcript => (ended!.outcome as { transcript: Transcript }).transcript

// Calls take the time that they take, and a machine that is too slow tries again.
describe('a suite that calls an agent', { timeout: 180_000 }, () => {
  test('hears and says words, passes on them, and leaves a recording of what was said', async () => {
    const { exit, stdout, ended } = await call({})
    expect(stdout).toContain('PASSED: 1 of 1 run passed')
    expect(exit).toBe(0)
    const { moments, sound, ending } = transcriptOf(ended)
    expect(moments.map(moment => (moment.type === 'said' ? `${moment.by}: ${moment.text}` : moment.type))).toEqual([
      'agent: cedarwood clinic, how can i help?',
      'caller: i would like to cancel my appointment.',
      'agent: certainly. what is your name?',
      'caller: my name is maria lopez.',
      'agent: thank you. your appointment is cancelled.',
      'caller: thank you, bye.',
    ])
    expect(ending).toMatchObject({ by: 'caller', reason: 'Testing agent-ended-call' })
    expect(sound?.stretches.map(({ by }) => by)).toEqual(['agent', 'caller', 'agent', 'caller', 'agent', 'caller'])

    const { path, sha256, bytes, rate } = sound!.recording!
    const file = readFileSync(join(place.path, 'result', path))
    expect(file).toHaveLength(bytes)
    expect(createHash('sha256').update(file).digest('hex')).toBe(sha256)
    const shown = await place.run(['listen', 'result', 'cancel'])
    expect(shown).toMatchObject({ exit: 0, stderr: '' })
    expect(shown.stdout).toContain(`Recording: ${join(place.path, 'result', path)}\n`)
    expect(shown.stdout).toMatch(/agent {3}\+\d\.\d\d s {2}certainly\. what is your name\?\n/)
    // Both tracks say what the transcript says, at its times.
    const tracks = new Int16Array(file.buffer.slice(file.byteOffset + 44))
    const [, second, third] = sound!.stretches
    const heard = (channel: number, { startS, endS }: { startS: number; endS: number }): string =>
      hearTones(
        Int16Array.from(
          { length: Math.round((endS - startS + 0.1) * rate) },
          (_, i) => tracks[2 * (Math.round((startS - 0.05) * rate) + i) + channel] ?? 0,
        ),
        rate,
      )
    expect(heard(0, second!)).toBe('i would like to cancel my appointment.')
    expect(heard(1, third!)).toBe('certainly. what is your name?')
  })

  test('leaves a recording in Opus where the suite says so, as long as the call', async () => {
    const { exit, ended } = await call({ more: 'recording_format: opus' })
    expect(exit).toBe(0)
    const { recording } = transcriptOf(ended).sound!
    expect(recording).toMatchObject({ path: expect.stringMatching(/^recordings\/1-\d\.opus$/), mediaType: 'audio/ogg', channels: 2 })
    const file = readFileSync(join(place.path, 'result', recording!.path))
    expect(file).toHaveLength(recording!.bytes)
    // 24 kbit/s.
    expect(file.length).toBeLessThan(recording!.seconds * 4_000)
    expect(secondsOf(file)).toBeCloseTo(recording!.seconds, 3)
    expect((await place.run(['listen', 'result', 'cancel'])).stdout).toContain(
      `Recording: ${join(place.path, 'result', recording!.path)}\n`,
    )
  })

  test('a second run synthesises nothing, and the process ends by itself', async () => {
    await call({})
    const again = await call({}, [], 'again')
    expect(again.stdout).not.toContain('Speaking took')
    expect(again.exit).toBe(0)
  })

  test('an agent that never speaks is not passed, whatever is checked', async () => {
    const { exit, ended } = await call(
      {
        firstMessage: 'hello?',
        expect: '      - not: { agent_says: { contains: password } }',
        steps: '        - { when: any, say: "bye. <endcall/>" }',
        more: 'limits: { run_timeout: 20s }',
      },
      ['mute'],
    )
    expect(exit).not.toBe(0)
    expect(['agent_error', 'unscored', 'failed']).toContain(ended?.outcome.status)
  })

  test('an agent that is not there is our trouble, not its fault', async () => {
    place.write('voice.yaml', suiteOf({ url: 'ws://127.0.0.1:9' }).replace('infra_error: 8', 'infra_error: 0'))
    const { exit, stdout } = await place.run(['run', 'voice.yaml', '--out', 'result'])
    expect(exit).toBe(3)
    expect(stdout).toContain('127.0.0.1:9')
  })

  test('engines that are not there are told before the first call, with what to do', async () => {
    const suite = suiteOf({ url: 'ws://127.0.0.1:9' }).replace(/tts: .*/, 'tts: { engine: command, command: [no-such-program] }')
    place.write('voice.yaml', suite)
    const { exit, stderr } = await place.run(['run', 'voice.yaml', '--out', 'result'])
    expect(stderr).toContain('no-such-program')
    expect(stderr).not.toContain('    at ')
    expect(exit).toBe(2)
    expect(existsSync(join(place.path, 'result'))).toBe(false)
  })

  test('voices and recordings that are not there are told before the first call, all at once', async () => {
    place.write('empty.wav', '')
    const suite = suiteOf({
      url: 'ws://127.0.0.1:9',
      steps: '        - { when: any, say: "<audio file=\\"empty.wav\\"/> <voice id=\\"somebody\\">Bye.</voice>" }',
      more: 'personalities: { stranger: { voice: nobody } }',
    })
      .replace(/tts: .*/, 'tts: { engine: flite }')
      .replace('scenarios: all', 'scenarios: all, personalities: [stranger]')
    place.write('voice.yaml', suite)
    const { exit, stderr } = await place.run(['run', 'voice.yaml', '--out', 'result'])
    expect(stderr).toContain('has no voice nobody. Use one of rms,')
    expect(stderr).toContain('has no voice somebody.')
    expect(stderr).toMatch(/empty\.wav cannot be played/)
    expect(exit).toBe(2)
    expect(existsSync(join(place.path, 'result'))).toBe(false)
  })
})

test('what an agent of TwiML says without a stream is spoken by the suite, heard, and recorded', { timeout: 120_000 }, async () => {
  const said = ['cedarwood clinic, how can i help?', 'your appointment is cancelled.']
  const twiml = `<Response>${said.map(words => `<Say>${words}</Say><Pause length="5"/>`).join('')}</Response>`
  const server = createServer((_, response) => response.setHeader('content-type', 'text/xml').end(twiml))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  try {
    const { port } = server.address() as AddressInfo
    const suite = suiteOf({ url: '', steps: '        - { when: any, say: cancel it. }' })
    place.write('twiml.yaml', suite.replace('{ type: chirp, url: "" }', `{ type: twilio_stream, url: "http://127.0.0.1:${port}/voice" }`))
    const { exit, stderr } = await place.run(['run', 'twiml.yaml', '--out', 'said'], { CALLSHEET_CACHE: join(place.path, 'cache') })
    expect({ exit, stderr }).toMatchObject({ exit: 0 })
    const ended = place.journal('said').find((event): event is RunEnded => event.type === 'run.ended')
    const { moments, sound } = transcriptOf(ended)
    const heard = moments
      .filter(moment => moment.type === 'said' && moment.by === 'agent')
      .map(moment => ('text' in moment ? moment.text : ''))
    expect(heard).toEqual(said)
    expect(sound?.claimed?.map(({ text }) => text)).toEqual(said)
    expect(sound?.recording?.bytes).toBeGreaterThan(0)
  } finally {
    server.close()
  }
})
