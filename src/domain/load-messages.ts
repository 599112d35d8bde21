import { count } from './count.js'
import { durationText } from './duration.js'
import { withShownAddresses } from './shown-address.js'
import {
  describe,
  didYouMean,
  formHint,
  howToRetype,
  kibibytes,
  knownAre,
  mebibytes,
  oneOf,
  quote,
  show,
  typeName,
  unitHint,
  withArticle,
} from './message-words.js'
import type { Described } from './message-words.js'

/** One message to a suite's author. */
export interface Message {
  readonly message: string
  readonly hint?: string | undefined
  /** The default is an error. */
  readonly severity?: 'warning'
}

/** The first of several names, and how many there are. */
export interface NameList {
  readonly first: readonly string[]
  readonly total: number
}

function named({ first, total }: NameList): string {
  return `${first.map(quote).join(', ')}${total > first.length ? ` and ${total - first.length} more` : ''}`
}

/** Scenarios that judged metrics alone decide. */
function untried(scenarios: NameList): string {
  return scenarios.total === 0 ? '' : ` Judged metrics alone decide ${named(scenarios)}, and the empty control does not try metrics.`
}

/** Every diagnostic of loading a suite, by code: what is wrong, and how to fix it. */
export const loadMessages = {
  // files
  FILE_MISSING: (p: { path: string }) => ({ message: `There is no file ${withShownAddresses(p.path)}.` }),
  FILE_IS_FOLDER: (p: { path: string }) => ({
    message: `${p.path} is a folder, not a file.`,
    hint: 'Name a file in it.',
  }),
  FILE_UNREADABLE: (p: { path: string; reason: string }) => ({ message: `${p.path} cannot be read: ${p.reason}.` }),
  FILE_TOO_LARGE: (p: { path: string; bytes: number; largestBytes: number }) => ({
    message: `${p.path} is ${mebibytes(p.bytes)}; the limit for a file of a suite is ${mebibytes(p.largestBytes)}.`,
    hint: 'Split it into several files and include them.',
  }),
  FILE_NOT_UTF8: (p: { path: string }) => ({
    message: `${p.path} is not UTF-8 text.`,
    hint: 'Save it as UTF-8.',
  }),
  FILE_NOT_MAP: (_p: Empty) => ({
    message: 'A suite file must be a map of sections.',
    hint: 'Begin with: version: 1',
  }),

  // includes
  INCLUDE_MISSING: (p: { path: string }) => ({
    message: `There is no file or folder ${quote(p.path)}.`,
    hint: 'Write the path relative to the folder of this file.',
  }),
  INCLUDE_EMPTY: (p: { path: string }) => ({
    message: `${quote(p.path)} matches no YAML file.`,
    hint: 'Correct the path, or remove it.',
  }),
  INCLUDE_OUTSIDE: (p: { path: string; root: string; file?: string }) => ({
    message: `${quote(p.path)} is outside ${p.root}${p.file ? `: it leads to ${p.file}` : ''}.`,
    hint: "Move it into the suite's git work tree, or into the suite's folder if there is no work tree. Or name a folder that has both with --root.",
  }),
  INCLUDE_CIRCLE: (p: { path: string; direct: boolean }) => ({
    message: p.direct ? `${p.path} includes itself.` : `${p.path} includes itself through this file.`,
    hint: 'Remove one of the includes.',
  }),

  // sound
  SPEECH_PROGRAM: (p: { both: boolean }) => ({
    message: p.both
      ? 'command and preset cannot be combined: each names the program.'
      : 'The command engine does not say which program to run.',
    hint: p.both ? 'Remove one of them.' : 'Add command, or a preset.',
  }),
  RECORDING_MISSING: (p: { path: string }) => ({
    message: `There is no recording ${withShownAddresses(p.path)}.`,
    hint: "Write the path of a WAV file, relative to the folder of this file and inside the suite's git work tree.",
  }),

  // YAML
  YAML_INVALID: (p: { code: string; message: string; readsEnvironment: boolean }) => {
    const { message = `This is not YAML: ${p.message}.`, hint } = yamlMistakes[p.code] ?? {}
    return { message, hint: p.readsEnvironment ? 'Inside { } and [ ], put "${...}" in quotes.' : hint }
  },
  YAML_TAG: (p: { tag: string }) => ({ message: `The YAML tag ${p.tag} is not supported in a suite.`, hint: 'Remove it.' }),
  YAML_TOO_DEEP: (p: { deepest: number }) => ({
    message: `Maps and lists are nested more than ${p.deepest} levels deep.`,
  }),
  YAML_SEVERAL_DOCUMENTS: (_p: Empty) => ({
    message: 'A file must be one YAML document, but a second one begins here.',
    hint: 'Remove the ---, or move the second document to its own file.',
  }),
  KEY_NOT_TEXT: (_p: Empty) => ({ message: 'A key must be text, not a map or a list.', hint: 'Put it in quotes.' }),
  KEY_TWICE: (p: { key: string }) => ({ message: `${quote(p.key)} is defined twice.`, hint: 'Rename or remove one of them.' }),
  ALIAS_UNKNOWN: (p: Named) => ({
    message: `There is no anchor &${p.name} before this alias.`,
    hint: didYouMean(p.nearest && `*${p.nearest}`),
  }),
  ALIAS_CIRCLE: (p: { name: string }) => ({ message: `&${p.name} contains itself.` }),
  ALIAS_BOMB: (p: { most: number }) => ({
    message: `The aliases in this file expand to more than ${p.most} values.`,
    hint: 'Use fewer aliases: aliases of aliases multiply.',
  }),
  MERGE_NOT_MAP: (_p: Empty) => ({
    message: '<< can merge only a map or a list of maps.',
    hint: 'Write <<: *anchor.',
  }),

  // environment
  ENV_MISSING: (p: Named) => ({
    message: `The environment variable ${p.name} is not set.`,
    hint: didYouMean(p.nearest) ?? `Set it, or give a default: \${${p.name}:-default}`,
  }),
  ENV_FORM: (p: { reference: string }) => ({
    message: `${quote(p.reference)} is not a reference to an environment variable.`,
    hint: 'Write ${NAME} or ${NAME:-default}. For a literal ${, write $${.',
  }),
  SECRET_UNMASKED: (p: { name: string; because: 'short' | 'own_word' | 'key'; shortest: number }) => ({
    severity: 'warning' as const,
    message: {
      short: `The secret ${p.name} has fewer than ${p.shortest} characters, so reports show it.`,
      own_word: `The secret ${p.name} is a word of Callsheet's own formats, so reports show it.`,
      key: `The secret ${p.name} is also a key or a run name of this suite, so reports show it.`,
    }[p.because],
    hint: 'Use a longer secret. If it is not one, list it under secrets.not.',
  }),
  SECRET_NOT_READ: (p: Named) => ({
    severity: 'warning' as const,
    message: `secrets.not lists ${p.name}, but the suite does not read that environment variable.`,
    hint: didYouMean(p.nearest) ?? 'Remove it from the list.',
  }),

  // shape
  KEY_UNKNOWN: (p: { key: string; of: string; known: readonly string[]; nearest: string | undefined }) => ({
    message: `${quote(p.key)} is not a key of ${withArticle(p.of)}.`,
    hint: didYouMean(p.nearest) ?? knownAre('key', p.known),
  }),
  KEY_MISSING: (p: { key: string; of: string } & Described) => ({
    message: `${quote(p.key)} is missing from ${withArticle(p.of)}.`,
    hint: p.example === undefined ? p.description : `For example: ${p.key}: ${show(p.example)}`,
  }),
  KEY_FORM: (p: { key: string }) => ({
    message: `${quote(p.key)} is not a valid key.`,
    hint: 'Use only letters, digits, _ and -. Put the full name under name:.',
  }),
  KEYS_TOO_MANY: (p: { of: string; most: number; keys: readonly string[] }) => ({
    message: `This ${p.of} may have ${count(p.most, 'key')}, but has ${p.keys.length}: ${p.keys.join(', ')}.`,
    hint: 'Start each with its own "-".',
  }),
  VALUE_TYPE: (p: { label: string; wanted: readonly string[]; found: unknown; isDuration: boolean } & Described) => ({
    message: `${p.label} must be ${oneOf(p.wanted.map(typeName))}, but is ${describe(p.found)}.`,
    hint: (p.isDuration ? unitHint(p.found) : howToRetype(p.wanted, p.found)) ?? formHint(p),
  }),
  VALUE_FORM: (p: { label: string; found: unknown } & Described) => ({
    message: `${p.label} cannot be ${describe(p.found)}.`,
    hint: formHint(p),
  }),
  ADDRESS_INVALID: (p: { key: string; address: string }) => ({
    message: `${quote(p.key)} is not a valid address: no URL can be made of ${quote(p.address)}.`,
    hint: 'Correct its host and its port (0 to 65535). Placeholders belong in its path or query.',
  }),
  SIP_ADDRESS_INVALID: (p: { key: string; address: string }) => ({
    message: `${quote(p.key)} is not a valid SIP address: ${quote(p.address)}.`,
    hint: 'Write it like sip:desk@10.0.0.5:5060 or sip:pbx.example.com;transport=tls. The transport is udp, tcp or tls.',
  }),
  RTP_PORTS_EMPTY: (p: { first: number; last: number }) => ({
    message: `rtp_ports has no two ports for a call: ${p.first} to ${p.last}.`,
    hint: 'A call needs an even port and the next. Give two ports for each call at once, such as first: 20000 and last: 20199.',
  }),
  CALL_TARGET_MISSING: (p: { agent: string }) => ({
    message: `Nothing says where to call the agent ${quote(p.agent)}.`,
    hint: "Add uri, the agent's SIP address, or trunk, and contact_number to the agent.",
  }),
  CALL_NUMBER_MISSING: (p: { agent: string; trunk: string }) => ({
    message: `The agent ${quote(p.agent)} has no number that the trunk ${quote(p.trunk)} could dial.`,
    hint: 'Add contact_number to the agent, or uri to its connection.',
  }),
  CALL_NUMBER_REFUSED: (p: { number: string; trunk: string }) => ({
    message: `The trunk ${quote(p.trunk)} may not dial ${p.number}.`,
    hint: "Add the number to the trunk's allow. Emergency and premium numbers must stand there themselves.",
  }),
  CALL_NUMBER_NOT_OURS: (p: { number: string; trunk: string }) => ({
    message: `The trunk ${quote(p.trunk)} has no number ${p.number} that the agent could call.`,
    hint: "Use one of the trunk's numbers, or add it to them.",
  }),
  CALL_TRUNK_MISSING: (p: { agent: string }) => ({
    message: `The agent ${quote(p.agent)} calls us, and its connection has no trunk whose numbers it could call.`,
    hint: 'Add trunk to the connection, and numbers to the trunk.',
  }),
  CALL_TRUNK_DEAF: (p: { trunk: string }) => ({
    message: `No call would reach us over the trunk ${quote(p.trunk)}: it neither registers nor listens on a port.`,
    hint: 'Add register: true, or listen: { port: 5060, from: [...] }, to the trunk.',
  }),
  CALL_TRIGGER_UNUSED: (p: { agent: string }) => ({
    message: `trigger is for agents that call us, and ${quote(p.agent)} is called.`,
    hint: 'Remove trigger, or add inbound: false to the agent.',
  }),
  CALL_LOGIN_ELSEWHERE: (p: { key: string; trunk: string }) => ({
    message: `${quote(p.key)} cannot be combined with trunk.`,
    hint: `Write it in telephony.trunks.${p.trunk}.`,
  }),
  TRUNK_LOGIN_INCOMPLETE: (p: { key: 'username' | 'password'; trunk: string }) => ({
    message: `The trunk ${quote(p.trunk)} has no ${p.key}.`,
    hint: 'A trunk has both a username and a password, or neither.',
  }),
  HEADER_INVALID: (p: { name: string }) => ({
    message: `${quote(p.name)} cannot be the name of a header.`,
    hint: "Use only letters, digits and !#$%&'*+-.^_`|~, without spaces.",
  }),
  HEADER_VALUE_INVALID: (p: { key: string }) => ({
    message: `${quote(p.key)} has a character that no header can carry.`,
    hint: 'Remove line breaks, control characters, curly quotation marks and letters outside Latin-1. A ${...} takes them from the environment.',
  }),
  CONNECTION_NOT_YET: (p: { type: string }) => ({
    message: `Agents cannot be called over "${p.type}" yet.`,
    hint: 'Call its telephone number or SIP address with sip, or test its model in text: docs/connect-a-voice-agent.md says how.',
  }),
  VALUE_UNKNOWN: (p: { label: string; found: unknown; known: readonly string[]; nearest: string | undefined }) => ({
    message: `${p.label} cannot be ${describe(p.found)}.`,
    hint: p.nearest === p.found ? 'Write it without quotes.' : (didYouMean(p.nearest) ?? `Use one of: ${p.known.join(', ')}.`),
  }),
  VALUE_EMPTY: (p: { label: string } & Described) => ({ message: `${p.label} is empty.`, hint: formHint(p) }),
  VALUE_TOO_FEW: (p: { label: string; least: number } & Described) => ({
    message: `${p.label} needs at least ${p.least}.`,
    hint: formHint(p),
  }),
  VALUE_OUT_OF_RANGE: (p: { label: string; found: unknown; relation: string; limit: number }) => ({
    message: `${p.label} must be ${p.relation} ${p.limit}, but is ${show(p.found)}.`,
  }),
  ITEM_TWICE: (p: { item: unknown }) => ({
    message: `${show(p.item)} is listed twice.`,
    hint: 'Remove one of them.',
  }),
  FREQUENCY_MIN_ABOVE_MAX: (p: { min: number; max: number }) => ({
    message: `min, ${p.min}, is greater than max, ${p.max}.`,
    hint: 'Lower min, or raise max.',
  }),
  WAIVERS_PLACE: (_p: Readonly<Record<string, never>>) => ({
    message: 'waivers: allow is about the whole suite.',
    hint: 'Move it to the thresholds of the suite.',
  }),
  WAIVER_DAY: (p: { day: string }) => ({
    message: `"${p.day}" is not a day of the calendar.`,
    hint: 'Write the last day of the waiver like 2026-03-31.',
  }),
  NO_REGRESSION_PLACE: (_p: Readonly<Record<string, never>>) => ({
    message: "no_regression compares whole results, so only the suite's own thresholds support it.",
    hint: 'Move it to the thresholds at the top level of the suite file.',
  }),
  DURATION_ZERO: (p: { key: string }) => ({ message: `${quote(p.key)} must be longer than zero.` }),
  DURATION_TOO_LONG: (p: { key: string; longestDays: number }) => ({
    message: `${quote(p.key)} is longer than ${p.longestDays} days.`,
  }),
  END_OF_TURN_TOO_LONG: (p: { longestS: number }) => ({
    message: `"end_of_turn" is longer than ${p.longestS}s.`,
    hint: 'A caller that waits for the agent to begin needs idle_timeout; a slow agent needs timeout.',
  }),
  ASSERTION_ASKS_NOTHING: (p: { of: string; askedBy: readonly string[] }) => ({
    message: `This assertion requires nothing of ${quote(p.of)}.`,
    hint: `Add ${oneOf(p.askedBy)}.`,
  }),
  BOUNDS_CROSSED: (_p: Empty) => ({ message: 'The minimum is greater than the maximum.' }),
  TEXT_BLANK: (p: { key: string }) => ({ message: `${quote(p.key)} is blank.` }),
  INCLUDES_EMPTY: (_p: Empty) => ({
    message: 'includes has no items, so any list matches it.',
    hint: 'Add the items that the list must have, or remove the key above it.',
  }),
  PATTERN_INVALID: (p: { pattern: string; reason: string; otherEngine: boolean }) => ({
    message: `${quote(p.pattern)} is not a valid pattern: ${p.reason}.`,
    hint: p.otherEngine
      ? 'Patterns use RE2, which runs in linear time and has no look-ahead, look-behind or back-references.'
      : 'Patterns use RE2 syntax: https://github.com/google/re2/wiki/Syntax',
  }),

  // the suite as a whole
  SUITE_INCOMPLETE: (p: { key: 'version' | 'suite' | 'agents' | 'scenarios' }) => ({
    message: {
      version: 'The suite has no version.',
      suite: 'The suite has no name.',
      agents: 'The suite has no agent.',
      scenarios: 'The suite has no scenario.',
    }[p.key],
    hint: {
      version: 'Add at the top: version: 1',
      suite: 'Add at the top: suite: { name: ... }',
      agents: 'Add under agents: the agent to test and how to connect to it.',
      scenarios: 'Add under scenarios: what the caller does and what the agent must do.',
    }[p.key],
  }),
  SECTION_NOT_HERE: (p: { key: string }) => ({
    message: `${quote(p.key)} belongs in the suite file, not in an included file.`,
  }),
  ID_TWICE: (p: { name: string; id: unknown }) => ({
    message: `The ${p.name} ${show(p.id)} is used twice.`,
    hint: 'Make each one unique.',
  }),

  // names
  TRUNK_UNKNOWN: (p: Unknown) => unknownName('trunk', p),
  AGENT_UNKNOWN: (p: Unknown) => unknownName('agent', p),
  PERSONALITY_UNKNOWN: (p: Unknown) => unknownName('personality', p),
  TEST_PROFILE_UNKNOWN: (p: Unknown) => unknownName('test profile', p),
  METRIC_UNKNOWN: (p: Unknown) => unknownName('metric', p),
  SCENARIO_UNKNOWN: (p: Unknown) => unknownName('scenario', p),
  FOLDER_UNKNOWN: (p: Unknown) => ({
    message: `No scenario is in a folder ${quote(p.name)}.`,
    hint: didYouMean(p.nearest) ?? knownAre('folder', p.known),
  }),
  FOLDER_IS_SCENARIO: (p: { name: string }) => ({
    message: `${quote(p.name)} is a scenario, not a folder of scenarios.`,
    hint: `To select the scenario, write: [${p.name}]`,
  }),
  TAG_UNKNOWN: (p: Unknown) => ({ ...unknownName('tag', p), message: `No scenario has the tag ${quote(p.name)}.` }),
  TAG_NOT_THERE: (p: Unknown) => ({
    ...unknownName('tag', p),
    message: `No scenario has the tag ${quote(p.name)}, so excluding it has no effect.`,
    severity: 'warning',
  }),

  // mock tools
  MOCK_TOOL_ANSWERS_NOTHING: (p: { tool: string }) => ({
    message: `${quote(p.tool)} has neither cases nor otherwise, so it cannot answer any call.`,
    hint: 'Add: cases: [{ input: {...}, output: ... }]',
  }),
  MOCK_ANSWER_FORM: (p: { label: string; has: 'both' | 'neither' }) => ({
    message: p.has === 'both' ? `${p.label} has both output and error.` : `${p.label} has neither output nor error.`,
    hint: p.has === 'both' ? 'Remove one of them.' : 'If the tool returns nothing, write: output: null',
  }),
  MOCK_PARAMETERS_INVALID: (p: { tool: string; reason: string }) => ({
    message: `The parameters of ${quote(p.tool)} are not a valid JSON Schema for its arguments: ${p.reason}.`,
    hint: 'For example: parameters: { type: object, properties: { patient_id: { type: string } } }',
  }),
  MOCK_INPUT_UNKNOWN: (p: { key: string; tool: string; known: readonly string[]; nearest: string | undefined }) => ({
    message: `${quote(p.key)} is not a parameter of ${quote(p.tool)}, so this case matches only calls that violate its schema.`,
    hint: didYouMean(p.nearest) ?? knownAre('parameter', p.known),
    severity: 'warning',
  }),
  MOCK_CASE_UNREACHABLE: (p: { label: string; by: string }) => ({
    message: `${p.label} can never answer: ${p.by} comes before it and matches every call that it would match.`,
    hint: 'Swap them, or limit the first one with times.',
    severity: 'warning',
  }),
  MOCK_PLACEHOLDER_UNKNOWN: (p: { name: string; key: 'input' | 'output' | 'error' }) => ({
    message: `There is no value for {{${p.name}}} in the ${p.key} of a mock tool.`,
    hint: `Available: ${p.key === 'input' ? '' : 'input.<argument>, '}test_profile.<agent variable>.`,
  }),
  MOCK_PORT_ALONE: (p: { port: number }) => ({
    message: `mock_tools_port ${p.port} has no effect, because the agent has no mock_tools.`,
    severity: 'warning',
  }),
  MOCK_TOOL_UNKNOWN: (p: Unknown) => unknownName('mock tool', p),

  // runs
  RUNS_NEEDED: (p: { agents: readonly string[] }) => ({
    message: `The suite has ${p.agents.length} agents but does not say what to run.`,
    hint: `Add runs, with an entry for each agent: ${p.agents.join(', ')}.`,
  }),
  AGENT_NEEDED: (p: { agents: readonly string[] }) => ({
    message: 'The suite has several agents, but this run entry does not name one.',
    hint: `Add agent, with one of: ${p.agents.join(', ')}.`,
  }),
  RUN_NAME_TWICE: (p: { name: string; first: string; slug: string }) => ({
    message:
      p.name === p.first
        ? `Two runs are named ${quote(p.name)}.`
        : `The runs ${quote(p.first)} and ${quote(p.name)} would both get the key ${p.slug}.`,
    hint: 'Rename one of them.',
  }),

  // scenarios
  SCENARIO_DRIVER_MISSING: (p: { key: string; drivers: readonly string[] }) => ({
    message: `${quote(p.key)} does not say what the caller does.`,
    hint: `Add ${oneOf(p.drivers)}.`,
  }),
  SCENARIO_DRIVERS: (p: { first: string; second: string }) => ({
    message: `${p.first} cannot be combined with ${p.second}.`,
    hint: 'Remove one of them.',
  }),
  SCENARIO_PROVES_NOTHING: (p: { key: string; expects: boolean; metric?: string | undefined }) => ({
    message: p.expects
      ? `${quote(p.key)} expects only what every agent meets, so a pass would prove nothing.`
      : `${quote(p.key)} expects nothing, so a pass would prove nothing.`,
    hint: p.metric
      ? `No threshold covers its metrics. Add one for ${p.metric}, or add: expect: [{ agent_says: { contains: ... } }]`
      : 'Add: expect: [{ agent_says: { contains: ... } }]',
  }),
  FIRST_MESSAGE_MISPLACED: (p: { driver: string }) => ({
    message: `first_message cannot be combined with ${p.driver}: the caller would never say it.`,
    hint: p.driver === 'script' ? 'Move it into the script.' : 'Put the opening words into the first condition.',
  }),
  IDLE_PROMPT_ACTS: (_p: Empty) => ({ message: 'idle_prompt supports only plain words, not tags.' }),
  SCRIPT_EMPTY: (_p: Empty) => ({
    message: 'The caller of this script never says anything.',
    hint: 'Add first_message or steps.',
  }),
  STEP_TRIGGER: (p: { label: string; has: 'both' | 'neither' }) => ({
    message: p.has === 'both' ? `${p.label} has both when and after.` : `${p.label} has neither when nor after.`,
    hint: p.has === 'both' ? 'Remove one of them.' : 'Add when: any, or the words to wait for: when: { contains: ... }',
  }),
  STEP_AFTER_UNKNOWN: (p: { after: number; count: number }) => ({
    message: `There is no step ${p.after}.`,
    hint: `The script has ${count(p.count, 'step')}, numbered from 1.`,
  }),
  STEP_AFTER_ITSELF: (p: { label: string }) => ({ message: `${p.label} cannot come after itself.` }),
  STEP_WORDS: (p: { label: string; has: 'both' | 'neither' }) => ({
    message: p.has === 'both' ? `${p.label} has both say and act.` : `${p.label} has neither say nor act.`,
    hint:
      p.has === 'both'
        ? 'Remove one of them: say gives the exact words, act describes what to say.'
        : 'Add say with the exact words, or act with a description of what to say.',
  }),
  SAY_EMPTY: (p: { label: string }) => ({ message: `${p.label} says nothing.` }),

  // conditional actions
  FIRST_CONDITION: (p: { key: string; wanted: unknown }) => ({
    message: `The first condition's ${p.key} must be ${show(p.wanted)}.`,
    hint: 'The caller opens with it. Leave its action empty to let the agent speak first.',
  }),
  FIRST_MESSAGE_NOT_FIRST: (_p: Empty) => ({ message: 'Only the first condition can be FIRST_MESSAGE.' }),
  CONDITION_NUMBER: (p: { found: number }) => ({
    message: `A standard condition must be text, but is ${p.found}.`,
    hint: 'To act after another condition, write: type: action_followup',
  }),
  FOLLOW_UP_FORM: (p: { found: unknown }) => ({
    message: `A follow-up's condition must be the id of another condition, but is ${show(p.found)}.`,
    hint: 'To act on what the agent says, write: type: standard',
  }),
  FOLLOW_UP_ITSELF: (p: { id: number }) => ({ message: `Condition ${p.id} cannot follow itself.` }),
  FOLLOW_UP_UNKNOWN: (p: { id: number; known: readonly number[] }) => ({
    message: `There is no condition with the id ${p.id}.`,
    hint: `Known ids: ${p.known.join(', ')}.`,
  }),

  // plain language
  MODEL_MISSING: (p: { key: string; model: 'caller' | 'judge' }) => ({
    message: `${quote(p.key)} is in plain language here, so the suite needs models.${p.model}.`,
    hint: deterministic[p.model],
  }),

  // agents
  IDENTITY_VERSION_TWICE: (p: { agent: string }) => ({
    message: `${quote(p.agent)} has two versions: version is the short form of identity.version.`,
    hint: 'Remove one of them.',
  }),
  KNOWLEDGE_TOO_LARGE: (p: { agent: string; bytes: number; largestBytes: number }) => ({
    message: `The knowledge of ${quote(p.agent)} is ${kibibytes(p.bytes)}; the limit is ${kibibytes(p.largestBytes)}.`,
    hint: 'The judge reads all of it with each conversation. Keep only what the scenarios are about.',
  }),

  // kinds of claims
  DENIAL_HAS_TO_HAPPEN: (p: { text: string }) => ({
    severity: 'warning' as const,
    message: `${quote(p.text)} begins as a denial, but Callsheet cannot tell that it is nothing else. So it has to happen: the judge must quote where it did.`,
    hint: 'If it only denies, write what must not happen as a claim of its own: never: The agent asks for a card number. If it asks for something, begin with that.',
  }),
  NEVER_DENIES_TWICE: (p: { text: string }) => ({
    severity: 'warning' as const,
    message: `${quote(p.text)} says what does not happen, and never: denies that. If it asks for something, an agent that does nothing can meet it.`,
    hint: 'Write what must not happen, without a denial: never: The agent asks for a card number. To ask for something, write it without never:.',
  }),
  ALWAYS_DENIES: (p: { text: string }) => ({
    severity: 'warning' as const,
    message: `${quote(p.text)} is a denial, but always: describes a manner that lasts.`,
    hint: 'Write what must not happen: never: The agent asks for a card number.',
  }),
  ALWAYS_HAPPENS_ONCE: (p: { text: string }) => ({
    severity: 'warning' as const,
    message: `${quote(p.text)} asks for something to happen, but always: describes a manner. A manner needs no quote, so an agent that does nothing can meet it.`,
    hint: 'Write it as a claim without always:.',
  }),

  // judge controls
  JUDGE_UNCONTROLLED: (p: { scenarios: NameList; untried: NameList }) => ({
    severity: 'warning' as const,
    message: `Only the model judge decides ${named(p.scenarios)}, and no judge control checks that judge: a judge that passes everything would pass the gate.${untried(p.untried)}`,
    hint: 'Add judge_controls: one conversation that the judge must pass, and one that it must not.',
  }),
  SCENARIOS_UNCONTROLLED: (p: { scenarios: NameList; untried: NameList }) => ({
    severity: 'warning' as const,
    message: `No judge control belongs to ${named(p.scenarios)}, so nothing shows whether the judge is right about ${p.scenarios.total === 1 ? 'it' : 'them'}.${untried(p.untried)}`,
    hint: 'Add judge_controls for each: one conversation that the judge must pass, and one that it must not.',
  }),
  EMPTY_CONTROL_OFF: (_p: Empty) => ({
    severity: 'warning' as const,
    message: 'The empty control is off, so a judge that finds everything met can pass an agent that does nothing.',
    hint: 'Remove empty_control, or add judge_controls with outcome: not_met to every scenario.',
  }),
  JUDGE_CONTROLS_ONE_SIDED: (_p: Empty) => ({
    severity: 'warning' as const,
    message: 'No judge control expects outcome: not_met, so a judge that passes everything would get them all right.',
    hint: 'Add a conversation that the judge must not pass.',
  }),
  CONTROL_NO_OUTCOME: (p: { scenario: string }) => ({
    message: `${quote(p.scenario)} has no expected_outcome, so a control cannot expect one to be met or not.`,
    hint: 'Add expected_outcome to the scenario, or expect metrics.',
  }),
  /** `message` counts from 1; absent where none in particular is wrong. */
  CONTROL_FILE: (p: { path: string; mistake: string; message?: number }) => ({
    message: `${p.path} cannot be read as a transcript. ${p.message === undefined ? '' : `Message ${p.message}: `}${p.mistake}`,
    hint: 'Use a JSON list of messages, each with role and content, or a map with transcript_object, transcript or messages.',
  }),
  CONTROL_MESSAGE: (p: { mistake: string }) => ({
    message: `This message cannot be read. ${p.mistake}`,
    hint: 'For example: { role: agent, content: "How can I help?" }',
  }),
  CONTROL_ENDING: (p: { path: string; by: string; endedBy: string }) => ({
    message: `${p.path} says that the conversation was ended by ${p.by}, but ended_by is ${p.endedBy}.`,
    hint: 'Remove ended_by, or correct it.',
  }),
  CONTROL_ENDING_UNKNOWN: (p: { path: string; reason: string }) => ({
    message: `The ended_reason of ${p.path}, ${quote(p.reason)}, does not tell who ended the conversation.`,
    hint: 'Add ended_by: agent, caller or limit.',
  }),
  CONTROL_PROVES_NOTHING: (p: { metric: string }) => ({
    message: `${quote(p.metric)} is a rating, and these bounds allow every rating, so no judge could get it wrong.`,
    hint: 'Narrow them to the part of 0 to 100 in which the judge must rate this conversation.',
  }),
  CONTROL_APPLIES: (p: { metric: string }) => ({
    message: `${quote(p.metric)} is expected both not to apply and to have a value.`,
    hint: 'Remove one of them.',
  }),

  // what the caller says
  TAG_MALFORMED: (p: { tag: string; example: string }) => ({
    message: `The tag <${p.tag} is not well formed.`,
    hint: `Write: ${p.example}`,
  }),

  UTTERANCE_TAG_UNKNOWN: (p: { tag: string; known: readonly string[]; nearest: string | undefined }) => ({
    message: `There is no tag <${p.tag}>.`,
    hint: didYouMean(p.nearest && `<${p.nearest}>`) ?? knownAre('tag', p.known),
  }),
  TAG_SELF_CLOSING: (p: { tag: string; example: string }) => ({
    message: `The tag <${p.tag}> cannot enclose text.`,
    hint: `Write: ${p.example}`,
  }),
  TAG_ATTRIBUTE: (p: { tag: string; attribute: string; example: string }) => ({
    message: `The tag <${p.tag}> has no attribute ${quote(p.attribute)}.`,
    hint: `Write: ${p.example}`,
  }),
  TAG_VALUE: (p: { tag: string; attribute: string; value: string | undefined; example: string }) => ({
    message:
      p.value === undefined
        ? `The tag <${p.tag}> needs the attribute ${p.attribute}.`
        : `${quote(p.value)} is not a valid ${p.attribute} for <${p.tag}>.`,
    hint: `Write: ${p.example}`,
  }),
  TAG_TOO_LONG: (p: { tag: string; ms: number; longestMs: number }) => ({
    severity: 'warning' as const,
    message: `<${p.tag}> waits ${durationText(p.ms)}, but the conversation is cut off after ${durationText(p.longestMs)} (max_duration).`,
    hint: 'Wait less, or raise max_duration.',
  }),
  TAG_NEEDS_ONE: (p: { tag: string; attributes: readonly string[]; example: string }) => ({
    message: `The tag <${p.tag}> needs one of ${p.attributes.join(', ')}.`,
    hint: `Write: ${p.example}`,
  }),
  TAG_NOT_CLOSED: (p: { tag: string }) => ({
    message: `The tag <${p.tag}> is not closed.`,
    hint: `Write </${p.tag}> where it ends.`,
  }),
  TAG_NOT_OPENED: (p: { tag: string }) => ({ message: `</${p.tag}> has no opening tag.` }),
  TAG_CROSSED: (p: { tag: string; inner: string }) => ({
    message: `</${p.tag}> closes while <${p.inner}> inside it is still open.`,
    hint: `Close <${p.inner}> first.`,
  }),
  TAG_INTERRUPTION_PLACE: (_p: Empty) => ({
    message: '<interruption> is supported only at the beginning of a follow-up.',
    hint: 'A follow-up is a step with after, or an action_followup.',
  }),
  TAG_SPELL_TEMPLATE: (_p: Empty) => ({
    message: '<spell> has no effect on the value of a {{template}}.',
    hint: 'Write the value letter by letter in the test profile.',
    severity: 'warning',
  }),
  TAG_AFTER_ENDCALL: (_p: Empty) => ({ message: 'The caller never says this: it has already hung up.', severity: 'warning' }),
  TEMPLATE_NOT_CLOSED: (_p: Empty) => ({ message: 'This {{ is not closed.', hint: 'Write }} after the name.' }),
  TEMPLATE_NO_ID: (_p: Empty) => ({
    message: 'The scenario has no id.',
    hint: 'Add an id, or use {{scenario.key}}.',
  }),
  TEMPLATE_UNKNOWN: (p: Unknown) => ({
    message: `There is no value for {{${p.name}}}.`,
    hint: didYouMean(p.nearest && `{{${p.nearest}}}`) ?? `Available: ${p.known.join(', ')} and test_profile.<caller variable>.`,
  }),

  // metrics and thresholds
  METRIC_SOURCE: (p: { key: string; sources: readonly string[] }) => ({
    message: `The metric ${quote(p.key)} does not say what it measures.`,
    hint: `Add ${oneOf(p.sources)}.`,
  }),
  METRIC_SOURCES: (p: { key: string; first: string; second: string }) => ({
    message: `The metric ${quote(p.key)} measures two things: ${p.first} and ${p.second}.`,
    hint: 'Split it into two metrics.',
  }),
  METRIC_TYPE: (p: { source: string; type: string; fitting: string }) => ({
    message: `${p.source} gives ${p.fitting} values, not ${p.type} values.`,
    hint: `Write type: ${p.fitting}`,
  }),
  METRIC_STATISTIC: (_p: Empty) => ({
    message: 'statistic is supported only for latencies, stop_time_ms and dead_air_s: the metrics with several samples in a run.',
    hint: 'Remove it.',
  }),
  METRIC_VALUES_MISSING: (p: { key: string }) => ({
    message: `The enum ${quote(p.key)} does not list its values.`,
    hint: 'Add: values: [..., ...]',
  }),
  METRIC_VALUES_UNUSED: (p: { type: string }) => ({
    message: `Only an enum metric supports values, and this metric is ${p.type}.`,
    hint: 'Remove it, or write type: enum',
  }),
  METRIC_NOT_JUDGED: (p: { key: string; what: 'votes' | 'trigger' | 'control' }) => ({
    message: {
      votes: `${quote(p.key)} is computed, not judged, so votes has no effect.`,
      trigger: `${quote(p.key)} is computed, not judged, so its trigger cannot be in plain language.`,
      control: `${quote(p.key)} is computed, not judged, so a judge control cannot expect it.`,
    }[p.what],
    hint: {
      votes: 'Remove it.',
      trigger: 'Use an assertion: trigger: { agent_says: { contains: ... } }',
      control: 'Remove it. For the expected outcome, write outcome: met or outcome: not_met.',
    }[p.what],
  }),
  METRIC_NO_OUTCOME: (p: { metric: string; scenario: string }) => ({
    message: `${quote(p.metric)} scores an expected outcome, but ${quote(p.scenario)} has none.`,
    hint: 'Add expected_outcome to the scenario, or remove the metric.',
  }),
  TRIGGER_ON_METRIC: (p: { key: string }) => ({
    message: `The trigger of ${quote(p.key)} uses a metric, but triggers are checked before metrics are scored.`,
    hint: 'Use an assertion about what was said or done.',
  }),
  METRIC_NOT_BOUNDED: (p: { metric: string; type: string }) => ({
    message: `${quote(p.metric)} is ${p.type}, so it cannot have a minimum or maximum.`,
    hint: 'Use: equals: ...',
  }),
  METRIC_NEVER_EQUAL: (p: { metric: string; type: string; values: readonly string[] | undefined; found: unknown }) => ({
    message: `${quote(p.metric)} is ${p.type} and can never equal ${show(p.found)}.`,
    hint: p.values && `Use one of: ${p.values.join(', ')}.`,
  }),
  THRESHOLD_METRIC_ENUM: (p: { metric: string }) => ({
    message: `${quote(p.metric)} is an enum, so it cannot have a threshold.`,
    hint: 'Expect one of its values instead: expect: [{ metric: { name: ..., equals: ... } }]',
  }),
  THRESHOLD_METRIC_UNUSED: (p: { metric: string; because: string }) => ({
    message: `${quote(p.metric)} is never measured: ${p.because}.`,
    hint: `Add it to the scenarios' metrics, or remove the threshold.`,
  }),
} satisfies Record<string, (details: never) => Message>

type Empty = Readonly<Record<string, never>>

export interface Named {
  readonly name: string
  readonly nearest: string | undefined
}

export interface Unknown extends Named {
  readonly known: readonly string[]
}

const deterministic = {
  caller: 'Add it, or use a script with steps such as when: { contains: ... }',
  judge: 'Add it, or use expect with assertions such as agent_says: { contains: ... }',
} as const

/** The commonest mistakes in YAML, by the parser's code for them. */
const yamlMistakes: Readonly<Record<string, { readonly message: string; readonly hint?: string }>> = {
  BAD_ALIAS: { message: 'This anchor or alias has no valid name.' },
  BAD_DQ_ESCAPE: {
    message: 'This escape is not supported in "double quotes".',
    hint: "Write \\\\ for a backslash, or use 'single quotes'.",
  },
  BAD_INDENT: { message: 'The indentation here does not match the lines around it.', hint: 'Look for a missing ] or } before it.' },
  BAD_SCALAR_START: { message: 'Text cannot begin with this character.', hint: 'Put it in quotes.' },
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'This line has a second ": ".',
    hint: 'Put the value in quotes, or start a new line.',
  },
  BLOCK_IN_FLOW: { message: 'A block is not supported inside { } or [ ].' },
  MISSING_CHAR: { message: 'Something is missing here: a closing quote or bracket, a comma or a colon.' },
  MULTILINE_IMPLICIT_KEY: {
    message: 'A key must be on one line.',
    hint: 'Look for a missing ":" or a missing closing quote before it.',
  },
  TAB_AS_INDENT: { message: 'A tab cannot be used for indentation.', hint: 'Use spaces.' },
  UNEXPECTED_TOKEN: {
    message: 'This is unexpected here.',
    hint: 'Look for a missing quote, a missing "-" or wrong indentation.',
  },
}

function unknownName(kind: string, { name, known, nearest }: Unknown): Message {
  return { message: `There is no ${kind} ${quote(name)}.`, hint: didYouMean(nearest) ?? knownAre(kind, known) }
}
