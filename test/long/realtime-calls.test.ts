import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Transcript } from '../../src/domain/transcript.js'
import { startRealtimeAgent } from '../agents/realtime-agent.js'
import { endsOf, openWorkplace } from '../cli/workplace.js'
import { engine } from '../support/call-suite.js'

const suiteOf = (url: string): string => `version: 1
suite: { name: Realtime }
# A machine that is too slow for a call tries it again.
retries: { infra_error: 8 }
models:
  tts: { engine: command, command: ${engine('speak')} }
  stt: { engine: command, command: ${engine('hear')} }
agents:
  clinic:
    connection: { type: openai_realtime, url: "${url}", greets: true }
    mock_tools:
      cancel_appointment:
        description: Cancels an appointment.
        cases: [{ output: { done: "{{input.words}}" }, delay: 100ms }]
scenarios:
  cancel:
    script:
      first_message: ""
      steps:
        - { when: { contains: help }, say: cancel. }
        - { when: { contains: cancelled }, say: "bye. <endcall/>" }
    expect:
      - tool_called: { name: cancel_appointment, arguments: { words: cancel. } }
      - agent_says: { contains: it is cancelled }
runs:
  - { name: Smoke, agent: clinic, scenarios: all }
`

// Calls take the time that they take, and a machine that is too slow tries again.
test(
  'an agent over the Realtime protocol is called, and its tool calls are answered from the mock tools',
  { timeout: 180_000 },
  async () => {
    await using place = await openWorkplace()
    const agent = await startRealtimeAgent()
    try {
      place.write('suite.yaml', suiteOf(agent.url))
      const { exit, stdout } = await place.run(['run', 'suite.yaml', '--out', 'result'], { CALLSHEET_CACHE: join(place.path, 'cache') })
      expect(stdout).toContain('PASSED: 1 of 1 run passed')
      expect(exit).toBe(0)
      const { moments, metadata, sound } = (endsOf(place.journal('result'))[0]!.outcome as { transcript: Transcript }).transcript
      expect(moments.map(moment => (moment.type === 'said' ? `${moment.by}: ${moment.text}` : moment.type))).toEqual([
        'agent: how can i help?',
        'caller: cancel.',
        'tool_called',
        'tool_returned',
        'agent: it is cancelled.',
        'caller: bye.',
      ])
      expect(moments.filter(({ type }) => type.startsWith('tool_'))).toMatchObject([
        { name: 'cancel_appointment', arguments: { words: 'cancel.' } },
        { name: 'cancel_appointment', result: { done: 'cancel.' } },
      ])
      expect(metadata).toMatchObject({ understood: ['cancel.'] })
      expect(sound?.claimed?.map(({ text }) => text)).toEqual(['how can i help?', 'it is cancelled.'])
    } finally {
      await agent.close()
    }
  },
)
