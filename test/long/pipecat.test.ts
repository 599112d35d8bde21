import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Fault } from '../../src/domain/fault.js'
import type { Transcript } from '../../src/domain/transcript.js'
import { endsOf, openWorkplace, until } from '../cli/workplace.js'
import { root } from '../suites/callsheet.js'
import { engine } from '../support/call-suite.js'
import { speechRig } from '../support/speech-rig.js'

/** A Python with Pipecat: one that is named, that of the speech server, or the system's. */
const python = [process.env['TEST_PYTHON'], speechRig?.python, 'python3'].find(
  each => each !== undefined && spawnSync(each, ['-c', 'import pipecat.evals.fastapi_transport, uvicorn']).status === 0,
)

/** A suite with a short call to a bot over each of these connections. */
function suiteOf(connections: Readonly<Record<string, string>>, retries = 8): string {
  const agents = Object.entries(connections)
  return `version: 1
suite: { name: Pipecat }
# A machine that is too slow for a call tries it again.
retries: { infra_error: ${retries} }
limits: { concurrency: 1 }
models:
  tts: { engine: command, command: ${engine('speak')} }
  stt: { engine: command, command: ${engine('hear')} }
agents:
${agents.map(([name, connection]) => `  ${name}: { connection: ${connection} }`).join('\n')}
scenarios:
  cancel:
    script:
      first_message: ""
      steps:
        - { when: any, say: cancel. }
        - { when: any, say: "bye. <endcall/>" }
    expect: [{ agent_says: { contains: certainly } }]
runs:
${agents.map(([name]) => `  - { name: ${name}, agent: ${name}, scenarios: all }`).join('\n')}
`
}

// Calls take the time that they take, and a machine that is too slow tries again.
describe.skipIf(!python)(
  "a bot in Pipecat's own pipeline (needs Python and its packages pipecat-ai 1.13 or later, with its extra websocket, and uvicorn, which take 40 s to install)",
  { timeout: 240_000 },
  () => {
    let bot: ChildProcess
    let [url, earlier] = ['', '']
    beforeAll(async () => {
      bot = spawn(python ?? '', [join(root, 'test/agents/pipecat-bot.py')], { stdio: ['ignore', 'pipe', 'pipe'] })
      let said = ''
      bot.stdout?.on('data', (text: Buffer) => (said += text.toString()))
      bot.stderr?.resume()
      await until('the bot listens', () => said.includes('\n'))
      ;[url = '', earlier = ''] = said.match(/ws:\S+/g) ?? []
    })
    afterAll(() => bot.kill('SIGKILL'))

    test('is called over its serializers and over its evaluation channel, before and from 1.13', async () => {
      await using place = await openWorkplace()
      const connections = {
        twilio: `{ type: twilio_stream, url: "${url}/ws" }`,
        telnyx: `{ type: media_stream, provider: telnyx, url: "${url}/ws" }`,
        protobuf: `{ type: pipecat, url: "${url}/ws-client" }`,
        eval: `{ type: pipecat_eval, url: "${url}/ws" }`,
        earlier: `{ type: pipecat_eval, url: "${earlier}" }`,
      }
      place.write('suite.yaml', suiteOf(connections))
      const { exit, stdout } = await place.run(['run', 'suite.yaml', '--out', 'result'], { CALLSHEET_CACHE: join(place.path, 'cache') })
      expect(stdout).toContain('PASSED: 5 of 5 runs passed')
      expect(exit).toBe(0)
      const transcripts = endsOf(place.journal('result'))
        .toSorted((a, b) => a.index - b.index)
        .map(({ outcome }) => (outcome as { transcript: Transcript }).transcript)
      // A bot that is late makes holes in its words: only how they begin is certain.
      for (const { moments } of transcripts) {
        const said = moments.flatMap(each => (each.type === 'said' ? [`${each.by}: ${each.text}`] : []))
        expect(said[0]).toMatch(/^agent: cedar/)
        expect(said.filter(each => each.startsWith('caller: '))).toEqual(['caller: cancel.', 'caller: bye.'])
        expect(said[said.indexOf('caller: cancel.') + 1]).toMatch(/^agent: certainly/)
      }
      // What only RTVI tells.
      expect(transcripts.slice(2).map(({ metadata }) => metadata)).toEqual(Array.from({ length: 3 }, () => ({ understood: ['cancel.'] })))
      for (const { moments } of transcripts.slice(3)) {
        expect(moments.filter(({ type }) => type.startsWith('tool_'))).toMatchObject([
          { type: 'tool_called', name: 'find_appointment', arguments: { words: 'cancel.' } },
          { type: 'tool_returned', result: { found: true } },
        ])
      }
    })

    test('that has no transport for evaluations says how to get one', async () => {
      await using place = await openWorkplace()
      place.write('suite.yaml', suiteOf({ bare: `{ type: pipecat_eval, url: "${url}/ws-bare" }` }, 0))
      await place.run(['run', 'suite.yaml', '--out', 'result'], { CALLSHEET_CACHE: join(place.path, 'cache') })
      const [end] = endsOf(place.journal('result'))
      expect((end!.outcome as { fault: Fault }).fault.message).toContain('Add an entry "eval" to the bot\'s transport_params')
    })
  },
)
