import { existsSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { serve } from '../cli/served-place.js'
import { openWorkplace, type Workplace } from '../cli/workplace.js'
import { engine } from '../support/call-suite.js'
import { startRedis } from '../support/redis.js'
import { isMissing } from '../support/services.js'
import { speechRig } from '../support/speech-rig.js'

/** How many calls are asked for. */
const wanted = Number(process.env['SILERO_CALLS'] ?? 100)
const silero = speechRig && [speechRig.model('vad/silero_vad.onnx'), speechRig.model('silero_vad.onnx')].find(path => existsSync(path))

/** An agent that says nothing, and hangs up after a second. It counts its calls. */
async function startCountingAgent() {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  await new Promise(resolve => server.once('listening', resolve))
  let [all, atOnce, most] = [0, 0, 0]
  server.on('connection', socket => {
    all += 1
    most = Math.max(most, (atOnce += 1))
    socket.on('error', () => socket.terminate())
    socket.on('close', () => (atOnce -= 1))
    setTimeout(() => socket.close(1000), 1000)
  })
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counted: () => ({ all, most }),
    close: () => server.close(),
  }
}

describe.skipIf(!silero)('with Silero, no more calls are held at once than this machine can conduct', { timeout: 240_000 }, () => {
  let place: Workplace
  let agent: Awaited<ReturnType<typeof startCountingAgent>>
  let environment: Readonly<Record<string, string>>
  beforeEach(async () => {
    place = await openWorkplace()
    agent = await startCountingAgent()
    environment = { CALLSHEET_CACHE: join(place.path, 'cache'), CALLSHEET_SPEECH_MODELS: dirname(silero ?? '') }
    place.write(
      'suite.yaml',
      `version: 1
suite: { name: Many calls }
recordings: none
models:
  tts: { engine: command, command: ${engine('speak')} }
  stt: { hear: never }
agents:
  clinic: { id: 1, connection: { type: chirp, url: "${agent.url}" } }
scenarios:
  hello: { id: 1, script: { first_message: hello. }, expect: [{ ended_by: agent }] }
limits: { concurrency: ${wanted} }
runs:
  - { name: Many, agent: clinic, scenarios: all, frequency: ${wanted} }
`,
    )
  })
  afterEach(async () => {
    agent.close()
    await place[Symbol.asyncDispose]()
  })

  /** What was asked for, and held at once. @param told  What Callsheet said. */
  function heldOf(told: string) {
    const [, capacity] = /can conduct (\d+) calls? at once with the voice detector Silero/.exec(told) ?? []
    const { all, most } = agent.counted()
    return { areAllPlaced: all >= wanted, isWithin: most <= Number(capacity), isUsed: most > Math.min(wanted, Number(capacity)) / 2 }
  }
  const held = { areAllPlaced: true, isWithin: true, isUsed: true }

  test(`by a run that asks for ${wanted}`, async () => {
    expect(heldOf((await place.run(['run', 'suite.yaml'], environment)).stderr)).toEqual(held)
  })

  test('by a server, over all its results, though each asks for many', async () => {
    const served = await serve(place, [], environment)
    const ids = [await served.begin(wanted / 2), await served.begin(wanted / 2)]
    // On a slow machine their sound is late; they were held all the same.
    for (const id of ids) await served.finished(id)
    expect(heldOf(served.running.stderr())).toEqual(held)
  })

  test.skipIf(isMissing('Redis'))('by a worker', async () => {
    await using redis = await startRedis()
    const worker = place.start(['worker', '--queue', redis.url, '--concurrency', String(wanted)], environment)
    await place.run(['run', 'suite.yaml', '--queue', redis.url], environment)
    expect(heldOf(worker.stderr())).toEqual(held)
  })
})
