// The measured suites, as YAML text.

/**
 * Runs of one scenario, with one or more turns.
 *
 * @param {{ url: string, runs: number, concurrency: number, turns: number, isTimed?: boolean, secrets?: readonly string[], comparesText?: boolean }} shape
 * `isTimed`: whether the suite measures the agent's latency; `secrets`: names of variables to mask the values of;
 * `comparesText`: whether what the agent says is compared with anything.
 */
export function loadSuite({ url, runs, concurrency, turns, isTimed = false, secrets = [], comparesText = true }) {
  const connection = url.startsWith('ws')
    ? `{ type: websocket, url: "${url}", messages: { end_of_turn: 0 } }`
    : `{ type: http, url: "${url}" }`
  const more = Array.from({ length: turns - 1 }, () => '        - { when: any, say: "Please cancel my appointment." }\n').join('')
  return `version: 1
suite: { name: Load }
${secrets.length > 0 ? `secrets: { names: [${secrets.join(', ')}] }\n` : ''}agents:
  clinic: { connection: ${connection} }
scenarios:
  cancel:
    script:
      first_message: Please cancel my appointment.
      steps:
${more}        - { when: any, say: "<endcall/>" }
    expect:
      - ${comparesText ? 'agent_says: { contains: cancelled }' : 'ended_by: caller'}
${isTimed ? '    metrics: [latency_ms]\n' : ''}runs:
  - { name: Load, agent: clinic, scenarios: all, frequency: ${runs} }
limits: { concurrency: ${concurrency}, max_runs: ${runs} }
`
}

/**
 * Conversations with a model as caller and another as judge. The caller opens, hears that it is done, thanks and hangs up.
 * Then the judge judges the outcome, beside the audit of the caller.
 *
 * @param {{ url: string, model: string, runs: number, concurrency: number, adapts?: boolean }} shape
 * `adapts`: whether the suite leaves it to us how many requests the model gets at once; then a timeout loses the run.
 */
export function modelSuite({ url, model, runs, concurrency, adapts = false }) {
  // Verdict and audit of a run are asked at once, and no question is to wait.
  const settings = adapts ? 'timeout: 5s, retries: 0' : `limits: { concurrency: ${2 * concurrency} }`
  return `version: 1
suite: { name: Models }
models:
  caller: { base_url: "${model}", model: stand-in, ${settings} }
  judge: { base_url: "${model}", model: stand-in, ${settings} }
agents:
  clinic: { connection: { type: http, url: "${url}" } }
test_profiles:
  maria: { caller_variables: { name: Maria Lopez } }
scenarios:
  cancel:
    test_profile: maria
    instructions: You want to cancel your appointment.
    expected_outcome: The appointment is cancelled.
    metrics: [latency_ms]
runs:
  - { name: Load, agent: clinic, scenarios: all, frequency: ${runs} }
limits: { concurrency: ${concurrency}, max_runs: ${runs} }
`
}

/** A suite of many different scenarios. @param {number} scenarios */
export function wideSuite(scenarios) {
  const each = Array.from(
    { length: scenarios },
    (_, i) => `  scenario_${i}:
    id: ${i + 1}
    name: Caller ${i} cancels an appointment
    tags: [smoke, group${i % 7}]
    test_profile: maria
    script:
      first_message: Hi, I need to cancel appointment ${i}.
      steps:
        - when: { contains: name }
          say: "It's {{test_profile.name}}."
        - when: { matches: "(?i)birth|born" }
          say: "{{test_profile.dob}}"
        - when: { contains: cancelled }
          say: Thank you, bye. <endcall />
    expect:
      - agent_says: { contains: cancelled }
      - tool_called: { name: cancel_appointment, arguments: { patient_id: P-${i} } }
      - not: { agent_says: { matches: "(?i)credit card|ssn" } }
    metrics: [latency_ms]
`,
  )
  return `version: 1
suite: { name: Wide }
agents:
  clinic: { connection: { type: websocket, url: "ws://127.0.0.1:9" } }
test_profiles:
  maria: { caller_variables: { name: Maria Lopez, dob: 1990-04-02 } }
scenarios:
${each.join('')}runs:
  - { name: All, agent: clinic, scenarios: all }
`
}
