import { join } from 'node:path'
import { root } from '../suites/callsheet.js'

/** The command of a mouth (`speak`) or of ears (`hear`) of tones, for a suite. */
export const engine = (what: 'speak' | 'hear'): string => JSON.stringify([process.execPath, join(root, 'test/agents/tone-speech.js'), what])

export interface CalledAgent {
  /** Of the agent, over CHIRP. */
  readonly url: string
  /** More sections of the suite. */
  readonly more?: string
  /** Of the scenario, in YAML. */
  readonly expect?: string
}

/** A suite with one short call to a talking agent, with ears and mouth of tones. */
export function callSuite({ url, more = '', expect = '[{ agent_says: { contains: your name } }]' }: CalledAgent): string {
  return `version: 1
suite: { name: Calls }
# A machine that is too slow for a call tries it again.
retries: { infra_error: 8 }
models:
  tts: { engine: command, command: ${engine('speak')} }
  stt: { engine: command, command: ${engine('hear')} }
agents:
  clinic: { id: 1, connection: { type: chirp, url: "${url}" } }
${more}
scenarios:
  cancel:
    id: 1
    script:
      first_message: ""
      steps:
        - { when: { contains: help }, say: cancel. }
        - { when: { contains: your name }, say: "bye. <endcall/>" }
    expect: ${expect}
    metrics: [latency_ms, talk_ratio]
runs:
  - { name: Smoke, agent: clinic, scenarios: all, frequency: 2 }
`
}
