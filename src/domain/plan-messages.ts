import type { Evidence } from './connection.js'
import { typesWith } from './connection-facts.js'
import type { CutOff } from './cut-off.js'
import { count } from './count.js'
import { describe, knownAre, oneOf, quote } from './message-words.js'
import { noises } from './noise.js'
import type { Message } from './load-messages.js'

/** Every diagnostic of planning, by code: what the suite or the command line asks for that is not possible. */
export const planMessages = {
  SELECTS_NOTHING: (p: { entry: string }) => ({
    message: `The run entry ${quote(p.entry)} selects no scenario.`,
    hint: 'A scenario must match both scenarios and tags. Loosen one of them.',
  }),
  OPTIONS_LEAVE_NOTHING: (p: { options: string; cases: number }) => ({
    message: `None of ${count(p.cases, 'case')} matches the options ${p.options}.`,
    hint: 'List the cases with: callsheet plan <suite>',
  }),
  OPTION_FINDS_NOTHING: (p: { option: string }) => ({
    message: `The option ${p.option} matches nothing.`,
    hint: 'List the cases with: callsheet plan <suite>',
  }),
  OPTION_VALUE: (p: { option: string; value: unknown; must: string }) => ({
    message: `The option ${p.option} is ${describe(p.value)}, but it must be ${p.must}.`,
    hint: 'Correct it, or leave it out.',
  }),
  OPTION_UNKNOWN: (p: { option: string; known: readonly string[] }) => ({
    message: `There is no option ${quote(p.option)}.`,
    hint: knownAre('option', p.known),
  }),
  MUST_PASS_NOTHING: (p: { who: string }) => ({
    message: `must_pass of ${p.who} names no scenario that it runs, so it could never fail.`,
    hint: 'Run those scenarios, or remove must_pass.',
  }),
  OPTION_CASE_GONE: (p: { key: string }) => ({
    message: `The suite no longer has the case ${quote(p.key)}, which should run again.`,
    hint: 'Restore the case, or start a new run: callsheet run <suite>',
  }),
  TOO_MANY_RUNS: (p: { runs: number; most: number }) => ({
    message: `The plan has ${p.runs} runs, but limits.max_runs is ${p.most}.`,
    hint: 'Select fewer, or raise limits.max_runs in the suite.',
  }),
  OPEN_FILES_FEW: (p: { openFiles: number; most: number; wanted: number }) => ({
    severity: 'warning' as const,
    message: `This machine allows ${p.openFiles} open files, so ${count(p.most, 'conversation')} run at once instead of ${p.wanted}.`,
    hint: 'Raise the limit with ulimit -n, or lower the concurrency.',
  }),
  ALL_OF_TOO_FEW: (p: { key: string; allOf: number; repeats: number }) => ({
    message: `all_of: ${p.allOf} needs ${p.allOf} runs of each case, but ${p.key} has ${count(p.repeats, 'run')}.`,
    hint: `Raise its frequency to ${p.allOf}, or lower all_of.`,
  }),
  PRICES_MISSING: (p: { model: string; role: 'caller' | 'judge' }) => ({
    message: `limits.max_cost is set, but the suite has no prices for the ${p.role} model ${quote(p.model)}.`,
    hint: `Add prices for a million tokens: prices: { ${JSON.stringify(p.model)}: { input: ..., output: ... } }`,
  }),
  FREQUENCY_WITHOUT_BAR: (p: { key: string }) => ({
    message: `Nothing decides when ${p.key} has run often enough: no each_scenario and no pass_rate applies to it.`,
    hint: 'Add one, such as thresholds: { each_scenario: { pass_rate: 0.8 } }, or make its frequency a number.',
  }),
  FREQUENCY_UNDECIDABLE: (p: { key: string } & Asked) => ({
    message: `${p.key} could never be decided as passed: ${askedWhere(p)} is 1, and no number of runs can prove that it never fails.`,
    hint: 'Lower the rate, for example to 0.9, or make its frequency a number: all those runs must then pass.',
  }),
  FREQUENCY_TOO_FEW: (p: { key: string; min: number; confidence: number; max: number; least: number | undefined } & Asked) => ({
    message: `${p.key} could not be decided as passed in ${count(p.max, 'run')}: ${askedWhere(p)}, ${p.min} at a confidence of ${p.confidence}, takes ${p.least === undefined ? 'more than a million' : `at least ${p.least}`}, even if none fails.`,
    hint: `Raise its frequency's max${p.least === undefined ? '' : ` to ${p.least} or more`}, or lower the pass rate or the confidence.`,
  }),
  BASELINE_UNNAMED: (_p: Readonly<Record<string, never>>) => ({
    message: 'no_regression names no result to compare with.',
    hint: 'Name its folder with no_regression: { baseline: <folder> }, or with the option baseline.',
  }),
  OPTION_AGENT_UNKNOWN: (p: { key: string; known: readonly string[] }) => ({
    message: `The option agent names ${quote(p.key)}, which is not an agent of the suite.`,
    hint: `Known agents: ${p.known.join(', ')}.`,
  }),
  OPTION_AGENT_UNFIT: (p: { key: string; address: string; type: string; form: string | undefined }) => ({
    message: `The option agent ${p.key}=${p.address} does not fit the agent's connection, which has the type ${p.type}.`,
    hint: p.form
      ? `Use an address like ${p.form}`
      : `An address is for ${oneOf(typesWith(({ address }) => address !== undefined))} agents.`,
  }),
  VARIABLE_MISSING: (p: { name: string; profile: string; section: string; known: readonly string[] }) => ({
    message: `{{test_profile.${p.name}}} is used, but the test profile ${quote(p.profile)} has no ${p.section}.${p.name}.`,
    hint: `Known variables: ${p.known.join(', ') || 'none'}.`,
  }),
  TEST_PROFILE_NEEDED: (p: { name: string; scenario: string }) => ({
    message: `{{test_profile.${p.name}}} is used, but ${quote(p.scenario)} runs without a test profile.`,
    hint: 'Add test_profile to the scenario, or test_profiles to the run entry.',
  }),
  PERSONALITY_NEEDED: (p: { name: string; scenario: string }) => ({
    message: `{{personality.${p.name}}} is used, but ${quote(p.scenario)} runs without a personality.`,
    hint: 'Add a personality to the scenario or the run entry.',
  }),
  NOT_TELEPHONE_KEYS: (p: { digits: string; profile: string }) => ({
    message: `${quote(p.digits)} cannot be pressed on a telephone (with the test profile ${quote(p.profile)}).`,
    hint: 'Use only the keys 0-9, *, # and A-D.',
  }),
  CONNECTION_PLACEHOLDER_UNKNOWN: (p: { name: string; known: readonly string[] }) => ({
    message: `There is no value for {{${p.name}}} in the connection.`,
    hint: `Available: ${p.known.join(', ')}.`,
  }),
  CONNECTION_SAYS_NOTHING: (_p: Readonly<Record<string, never>>) => ({
    message: 'The connection does not send {{message}}, so the agent would never hear the caller.',
    hint: 'Put it in the body, or in the URL of a GET.',
  }),
  SESSION_ELSEWHERE: (_p: Readonly<Record<string, never>>) => ({
    message: "The connection's session is opened at another host or port than its url.",
    hint: 'Give session.url as a path: /sessions',
  }),
  CONNECTION_GET_BODY: (_p: Readonly<Record<string, never>>) => ({
    message: 'A GET request cannot have a body.',
    hint: 'Put {{message}} in the URL, or use method: POST.',
  }),
  CONNECTION_STREAMS: (_p: Readonly<Record<string, never>>) => ({
    message: 'parameters.stream does not belong in the parameters: the connection says whether answers stream.',
    hint: 'Use stream: sse beside parameters instead.',
  }),
  END_OF_TURN_NO_EFFECT: (p: { agent: string; type: string }) => ({
    severity: 'warning' as const,
    message: `end_of_turn of ${quote(p.agent)} has no effect over ${p.type}, where nobody waits: an answer is whole when it is there.`,
    hint: 'Remove it.',
  }),
  MODE_NO_EFFECT: (p: { agent: string; type: string }) => ({
    severity: 'warning' as const,
    message: `mode: different_numbers has no effect for ${quote(p.agent)} over ${p.type}.`,
    hint: 'It needs a sip connection whose trunk has numbers.',
  }),
  PHONE_NUMBER_NO_EFFECT: (p: { agent: string; type: string }) => ({
    severity: 'warning' as const,
    message: `outbound_phone_number has no effect for ${quote(p.agent)} over ${p.type}.`,
    hint: p.type === 'sip' ? 'It is called at its uri.' : 'Nothing is dialled there.',
  }),
  AGENT_NUMBER_NO_EFFECT: (p: { agent: string; type: string }) => ({
    severity: 'warning' as const,
    message: `agent_number has no effect for ${quote(p.agent)} over ${p.type}.`,
    hint: 'It is the number of an agent that calls Callsheet: one with inbound: false and a sip connection.',
  }),
  NUMBER_NOT_OURS: (p: { number: string; agent: string; numbers: readonly string[] }) => ({
    message: `${quote(p.agent)} is to call ${p.number}, but the trunk does not have that number.`,
    hint: p.numbers.length === 0 ? 'Add it to the numbers of the trunk.' : knownAre('number', p.numbers),
  }),
  AGENT_WOULD_CALL: (p: { agent: string; type: string }) => ({
    severity: 'warning' as const,
    message: `${quote(p.agent)} has inbound: false, which has no effect over ${p.type}: Callsheet always connects to the agent.`,
    hint: 'Remove inbound. Only agents that are reached over sip can call.',
  }),
  CHANNEL_CANNOT_GREET: (p: { scenario: string; agent: string; type: string }) => ({
    message: `${quote(p.scenario)} waits for the agent to speak first, but ${quote(p.agent)} only answers over ${p.type}.`,
    hint: 'Add a first_message.',
  }),
  /** `canShow`: whether a setting could say where the answer has it. */
  CHANNEL_CANNOT_SHOW: (p: { scenario: string; agent: string; type: string; evidence: Evidence; canShow: boolean }) => ({
    message: `${quote(p.scenario)} checks ${evidenceNames[p.evidence]}, but this ${p.type} connection to ${quote(p.agent)} does not show ${p.evidence === 'end' ? 'that' : 'them'}.`,
    hint: p.canShow
      ? `Add connection.${p.evidence} to say where the answer has ${p.evidence === 'end' ? 'it' : 'them'}, or remove the check.`
      : 'Remove the check, or use another connection.',
  }),
  CHANNEL_CANNOT_TELL: (p: { scenario: string; agent: string; type: string; cutOff: CutOff }) => ({
    message: `${quote(p.scenario)} checks cut_off: ${p.cutOff}, but this ${p.type} connection to ${quote(p.agent)} does not tell why an answer ends so.`,
    hint: `Remove the check, or use another connection: ${oneOf(typesWith(({ cutOffs }) => cutOffs.includes(p.cutOff)))}.`,
  }),
  KNOWLEDGE_NONE: (p: { metric: string; agent: string }) => ({
    severity: 'warning' as const,
    message: `${quote(p.metric)} scores ${quote(p.agent)}, which has no knowledge, so only contradictions of the conversation itself can count.`,
    hint: 'Add its files: knowledge: [docs/opening-hours.md]',
  }),
  CHANNEL_CANNOT_INTERRUPT: (p: { step: string; agent: string; type: string }) => ({
    message: `${p.step} interrupts the agent, but the answers of ${quote(p.agent)} arrive whole over ${p.type}.`,
    hint: `Remove <interruption/>, or use a ${oneOf(typesWith(({ floor }) => floor !== 'turns'))} connection.`,
  }),
  TAG_NO_EFFECT: (p: { tag: string }) => ({
    severity: 'warning' as const,
    message: `<${p.tag}> has no effect in text: only sound can carry it.`,
  }),
  TAG_NEEDS_SOUND: (p: { tag: string; scenario: string; agent: string }) => ({
    message: `The words of <${p.tag}> in ${quote(p.scenario)} would be lost: ${quote(p.agent)} is reached in text.`,
    hint: 'Write the words without the tag, or reach the agent in voice.',
  }),
  SOUND_ALONE: (p: { scenario: string; agent: string }) => ({
    message: `The caller of ${quote(p.scenario)} would say nothing here: this is only sound, and ${quote(p.agent)} is reached in text.`,
    hint: 'Add words, or reach the agent in voice.',
  }),
  HEAR_UNCLAIMED: (p: { agent: string; type: string }) => ({
    message: `hear: claimed cannot work with ${quote(p.agent)}: over ${p.type} an agent does not say its words, it only speaks.`,
    hint: 'Use hear: live or hear: after.',
  }),
  HEAR_TOO_LATE: (p: { scenario: string }) => ({
    message: `hear: after is too late for ${quote(p.scenario)}: its caller answers what the agent says.`,
    hint: 'Use hear: live, or remove hear.',
  }),
  HEAR_NEVER: (p: { scenario: string; what: string }) => ({
    message: `hear: never cannot work with ${quote(p.scenario)}: ${p.what} needs the agent's words.`,
    hint: 'Remove hear, or test only keys and timing.',
  }),
  INTERRUPTION_NO_EFFECT: (p: { personality: string; preset: string }) => ({
    severity: 'warning' as const,
    message: `interruption_level of ${quote(p.personality)} has no effect in calls: with turns: ${p.preset} the caller never cuts in.`,
    hint: 'Use turns: eager, or set turns.cut_in.',
  }),
  METRIC_NEEDS_SOUND: (p: { metric: string; scenario: string; agent: string }) => ({
    severity: 'warning' as const,
    message: `${quote(p.metric)} of ${quote(p.scenario)} needs sound, and ${quote(p.agent)} is reached in text, so it does not apply there.`,
  }),
  AUDIO_ID_UNKNOWN: (p: { id: string }) => ({
    message: `The recording ${quote(p.id)} belongs to the run-scenarios API, and no suite has it.`,
    hint: 'Name a WAV file: <audio file="..."/>',
  }),
  SOUND_UNKNOWN: (p: { sound: string }) => ({
    message: `There is no sound ${quote(p.sound)}.`,
    hint: `Use ${oneOf(Object.keys(noises))}, or the path of a WAV file.`,
  }),
  SPEECH_PRICES_MISSING: (p: { model: string; role: 'tts' | 'stt' }) => ({
    message: `limits.max_cost is set, but models.${p.role} has no prices for ${quote(p.model)}.`,
    hint: `Add them: prices: { ${p.role === 'tts' ? 'per_character' : 'per_second'}: ... }`,
  }),
  HOSTED_CANNOT: (p: { entry: string; what: string }) => ({
    message: `${quote(p.entry)} runs on a hosted service, which does not support ${p.what}.`,
    hint: 'Use scenarios (ids, N, all or a folder) and tags (any of these).',
  }),
  HOSTED_PROJECT_NEEDED: (p: { entry: string; folder: string }) => ({
    message: `${quote(p.entry)} runs the folder ${quote(p.folder)} of a hosted service, which needs a project.`,
    hint: "Add project_id to the agent's connection.",
  }),
  HOSTED_ONE_FREQUENCY: (p: { entry: string; frequencies: readonly number[] }) => ({
    message: `The scenarios of ${quote(p.entry)} have different frequencies (${p.frequencies.join(', ')}), but a request to a hosted service has only one.`,
    hint: 'Add frequency to the run entry, or make one entry per frequency.',
  }),
  HOSTED_ID_MISSING: (p: { key: string }) => ({
    message: `${quote(p.key)} has no id, and a hosted service finds it only by its id.`,
    hint: 'Add the id it has there.',
  }),
  AGENT_NOT_STARTABLE: (p: { agent: string; type: string }) => ({
    message: `${quote(p.agent)} has a start, but its ${p.type} connection does not lead to this machine.`,
    hint: 'Remove start.',
  }),
  HOSTED_NOT_SERVED: (p: { agent: string }) => ({
    message: `${quote(p.agent)} is called by a hosted service, and this server does not forward requests to another service.`,
    hint: 'Send the request to that service.',
  }),
} satisfies Record<string, (details: never) => Message>

/** A rule about how often a case passes, and the part of the suite that has it. */
export interface Asked {
  readonly rule: 'each_scenario' | 'pass_rate'
  readonly of: 'suite' | 'entry' | 'scenario'
}

function askedWhere({ rule, of }: Asked): string {
  return `${rule} of the ${of === 'entry' ? 'run entry' : of}`
}

const evidenceNames = {
  tool_calls: 'tool calls',
  metadata: 'metadata',
  end: 'that the agent hangs up',
} as const
