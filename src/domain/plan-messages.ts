import type { Evidence } from './connection.js'
import { count, quote } from './message-words.js'
import type { Message } from './load-messages.js'

/** Every sentence that planning can say, by code: what the suite, or the command line, asks for and cannot have. */
export const planMessages = {
  SELECTS_NOTHING: (p: { entry: string }) => ({
    message: `The run entry ${quote(p.entry)} selects no scenario.`,
    hint: 'Its scenarios and tags must hold together: loosen one of them. A suite that runs nothing would prove nothing.',
  }),
  OPTIONS_LEAVE_NOTHING: (p: { options: string; cases: number }) => ({
    message: `${p.options} leaves none of ${count(p.cases, 'case')} to run.`,
    hint: 'See what there is: callsheet plan <suite>',
  }),
  OPTION_FINDS_NOTHING: (p: { option: string }) => ({
    message: `${p.option} finds nothing.`,
    hint: 'See what there is: callsheet plan <suite>',
  }),
  MUST_PASS_NOTHING: (p: { who: string }) => ({
    message: `must_pass of ${p.who} names nothing that it runs: it could never fail.`,
    hint: 'Run those scenarios, or take must_pass out.',
  }),
  OPTION_CASE_GONE: (p: { key: string }) => ({
    message: `The suite no longer has the case ${quote(p.key)}, which is to be run again.`,
    hint: 'Put it back, or run the suite anew: callsheet run <suite>',
  }),
  TOO_MANY_RUNS: (p: { runs: number; most: number }) => ({
    message: `The plan has ${p.runs} runs; limits.max_runs is ${p.most}.`,
    hint: 'Raise limits.max_runs if that many calls are meant, or select fewer.',
  }),
  ALL_OF_TOO_FEW: (p: { key: string; allOf: number; repeats: number }) => ({
    message: `all_of: ${p.allOf} asks for ${p.allOf} runs of each case, but ${p.key} has ${count(p.repeats, 'run')}.`,
    hint: `Raise its frequency to ${p.allOf}, or lower all_of.`,
  }),
  PRICES_MISSING: (p: { model: string; role: 'caller' | 'judge' }) => ({
    message: `limits.max_cost bounds what models may cost, but there are no prices of ${quote(p.model)}, the ${p.role}'s.`,
    hint: `Write, for a million tokens: prices: { ${JSON.stringify(p.model)}: { input: ..., output: ... } }`,
  }),
  FREQUENCY_WITHOUT_BAR: (p: { key: string }) => ({
    message: `Nothing decides how often ${p.key} is to run: no each_scenario and no pass_rate is asked of it.`,
    hint: 'Give one, such as thresholds: { each_scenario: { pass_rate: 0.8 } }, or make its frequency a number.',
  }),
  FREQUENCY_UNDECIDABLE: (p: { key: string } & Asked) => ({
    message: `${p.key} could never be decided as passed: ${askedWhere(p)} is 1, and no number of runs shows that it never fails.`,
    hint: 'Ask for less, such as 0.9; or make its frequency a number, of runs that all have to pass.',
  }),
  FREQUENCY_TOO_FEW: (p: { key: string; min: number; confidence: number; max: number; least: number | undefined } & Asked) => ({
    message: `${p.key} could not be decided as passed in ${count(p.max, 'run')}: ${askedWhere(p)}, ${p.min} at a confidence of ${p.confidence}, takes ${p.least === undefined ? 'more than a million' : `${p.least}`}, if none fails.`,
    hint: `Raise its frequency's max${p.least === undefined ? '' : ` to ${p.least} or more`}, or lower the pass rate or the confidence.`,
  }),
  BASELINE_UNNAMED: (_p: Readonly<Record<string, never>>) => ({
    message: 'no_regression names no result to compare with.',
    hint: 'Name its folder: no_regression: { baseline: <folder> }, or --baseline <result> on the command line.',
  }),
  OPTION_AGENT_UNKNOWN: (p: { key: string; known: readonly string[] }) => ({
    message: `--agent names ${quote(p.key)}, which is no agent of the suite.`,
    hint: `Its agents: ${p.known.join(', ')}.`,
  }),
  OPTION_AGENT_UNFIT: (p: { key: string; address: string; type: string; form: string | undefined }) => ({
    message: `--agent ${p.key}=${p.address} does not fit its connection, which is of type ${p.type}.`,
    hint: p.form ? `Give an address like ${p.form}` : 'Only http, openai and websocket agents have an address.',
  }),
  VARIABLE_MISSING: (p: { name: string; profile: string; section: string; known: readonly string[] }) => ({
    message: `{{test_profile.${p.name}}} is used, but the test profile ${quote(p.profile)} has no ${p.section}.${p.name}.`,
    hint: `It has: ${p.known.join(', ') || 'none'}.`,
  }),
  TEST_PROFILE_NEEDED: (p: { name: string; scenario: string }) => ({
    message: `{{test_profile.${p.name}}} is used, but ${quote(p.scenario)} runs without a test profile.`,
    hint: 'Give the scenario a test_profile, or the run entry test_profiles.',
  }),
  PERSONALITY_NEEDED: (p: { name: string; scenario: string }) => ({
    message: `{{personality.${p.name}}} is used, but ${quote(p.scenario)} runs without a personality.`,
    hint: 'Give the scenario or the run entry one.',
  }),
  NOT_TELEPHONE_KEYS: (p: { digits: string; profile: string }) => ({
    message: `${quote(p.digits)} cannot be keyed in, with the test profile ${quote(p.profile)}.`,
    hint: 'A telephone has the keys 0-9 * # A-D.',
  }),
  CONNECTION_PLACEHOLDER_UNKNOWN: (p: { name: string; known: readonly string[] }) => ({
    message: `Nothing fills in {{${p.name}}} in the connection.`,
    hint: `There are: ${p.known.join(', ')}.`,
  }),
  CONNECTION_SAYS_NOTHING: (_p: Readonly<Record<string, never>>) => ({
    message: 'The connection sends {{message}} nowhere: the agent would never hear the caller.',
    hint: 'Put it into the body, or into the URL of a GET.',
  }),
  CONNECTION_GET_BODY: (_p: Readonly<Record<string, never>>) => ({
    message: 'A GET sends no body, but the connection has one.',
    hint: 'Put {{message}} into the URL, or use method: POST.',
  }),
  CONNECTION_STREAMS: (_p: Readonly<Record<string, never>>) => ({
    message: 'parameters.stream cannot be set: answers are read whole.',
    hint: 'Leave it out.',
  }),
  AGENT_WOULD_CALL: (p: { agent: string; type: string }) => ({
    severity: 'warning' as const,
    message: `${quote(p.agent)} calls us (inbound: false), which has no effect over ${p.type}: we reach it.`,
    hint: 'Leave inbound out; it is for telephony, which is not in this version.',
  }),
  CHANNEL_CANNOT_GREET: (p: { scenario: string; agent: string; type: string }) => ({
    message: `${quote(p.scenario)} waits for the agent to speak first, but ${quote(p.agent)} is reached over ${p.type}: it only answers.`,
    hint: 'Give it a first_message.',
  }),
  /** `canShow`: whether a setting could say where it is. */
  CHANNEL_CANNOT_SHOW: (p: { scenario: string; agent: string; type: string; evidence: Evidence; canShow: boolean }) => ({
    message: `${quote(p.scenario)} asks about ${evidenceNames[p.evidence]}; this ${p.type} connection to ${quote(p.agent)} shows nothing of that.`,
    hint: p.canShow
      ? `Say where they are, with connection.${p.evidence}, or do not ask.`
      : 'Do not ask, or reach the agent in another way.',
  }),
  KNOWLEDGE_NONE: (p: { metric: string; agent: string }) => ({
    severity: 'warning' as const,
    message: `${quote(p.metric)} is scored of ${quote(p.agent)}, which has no knowledge: only what contradicts the conversation itself can count.`,
    hint: 'Give the agent its files: knowledge: [docs/opening-hours.md]',
  }),
  CHANNEL_CANNOT_INTERRUPT: (p: { step: string; agent: string; type: string }) => ({
    message: `${p.step} interrupts the agent, but ${quote(p.agent)} is reached over ${p.type}: its answers come whole.`,
    hint: 'Leave <interruption/> out, or reach the agent over a websocket.',
  }),
  TAG_NO_EFFECT: (p: { tag: string }) => ({
    severity: 'warning' as const,
    message: `<${p.tag}> has no effect in text: only sound can carry it.`,
  }),
  TAG_NEEDS_SOUND: (p: { tag: string; agent: string; type: string }) => ({
    message: `The words of <${p.tag}> would be lost: ${quote(p.agent)} is reached over ${p.type}, in text.`,
    hint: 'Write the words without the tag, or reach the agent in voice.',
  }),
  SOUND_ALONE: (p: { agent: string; type: string }) => ({
    message: `The caller would say nothing here: this is only sound, and ${quote(p.agent)} is reached over ${p.type}, in text.`,
    hint: 'Add words, or reach the agent in voice.',
  }),
  HOSTED_CANNOT: (p: { entry: string; what: string }) => ({
    message: `${quote(p.entry)} is run by a hosted service, which cannot be asked for ${p.what}.`,
    hint: 'It takes scenarios (ids, N, all or a folder) and tags (any of these).',
  }),
  HOSTED_PROJECT_NEEDED: (p: { entry: string; folder: string }) => ({
    message: `${quote(p.entry)} runs the folder ${quote(p.folder)} of a hosted service, which needs to know of which project.`,
    hint: "Give the agent's connection a project_id.",
  }),
  HOSTED_ONE_FREQUENCY: (p: { entry: string; frequencies: readonly number[] }) => ({
    message: `The scenarios of ${quote(p.entry)} have different frequencies (${p.frequencies.join(', ')}), and a request to a hosted service has one.`,
    hint: 'Give the run entry a frequency, or make an entry of each.',
  }),
  HOSTED_ID_MISSING: (p: { key: string }) => ({
    message: `${quote(p.key)} has no id, and a hosted service knows it by nothing else.`,
    hint: 'Give it the id that it has there.',
  }),
  AGENT_NOT_STARTABLE: (p: { agent: string; type: string }) => ({
    message: `${quote(p.agent)} has a start, but its ${p.type} connection does not lead to this machine.`,
    hint: 'Remove start.',
  }),
  HOSTED_NOT_SERVED: (p: { agent: string }) => ({
    message: `${quote(p.agent)} is reached by a hosted service: a server does not pass requests on to another.`,
    hint: 'Ask that service, or run the suite: callsheet run <suite>',
  }),
} satisfies Record<string, (details: never) => Message>

/** A rule about how often a case passes, and where it stands. */
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
  end: "the agent's hanging up",
} as const
