import { fileURLToPath } from 'node:url'

const speech = fileURLToPath(new URL('./tone-speech.js', import.meta.url))

/**
 * A suite of telephone calls that last until their limit, to the agent of phone-agent.js: YAML.
 *
 * @param {{ port: number, calls: number, seconds: number }} of  The agent's port, and how many calls of how many seconds there are at once.
 */
export function longCalls({ port, calls, seconds }) {
  return `version: 1
suite: { name: Long calls }
retries: { infra_error: 0 }
models:
  tts: { engine: command, command: ${JSON.stringify([process.execPath, speech, 'speak'])} }
  stt: { hear: never }
agents:
  desk: { connection: { type: sip, uri: "sip:desk@127.0.0.1:${port}" } }
scenarios:
  holds_the_line:
    script:
      first_message: hello.
      steps: [{ when: any, say: go on., repeat: true }]
    expect: [{ ended_by: limit }]
    max_duration: ${seconds}s
    max_turns: 1000
runs:
  - { name: Long, agent: desk, scenarios: all, frequency: ${calls} }
limits: { concurrency: ${calls}, starts_per_second: 20, run_timeout: ${seconds + 60}s }
`
}
