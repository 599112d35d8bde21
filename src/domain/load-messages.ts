import {
  count,
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
} from './message-words.js'
import type { Described } from './message-words.js'

/** What an author reads. */
export interface Message {
  readonly message: string
  readonly hint?: string | undefined
  /** An error, where nothing else is said. */
  readonly severity?: 'warning'
}

/** Every sentence that loading a suite can say to its author, by code: what is wrong, and what to do about it. */
export const loadMessages = {
  // files
  FILE_MISSING: (p: { path: string }) => ({ message: `There is no file ${p.path}.` }),
  FILE_IS_FOLDER: (p: { path: string }) => ({
    message: `${p.path} is a folder, not a file.`,
    hint: 'Name a file in it.',
  }),
  FILE_UNREADABLE: (p: { path: string; reason: string }) => ({ message: `${p.path} cannot be read: ${p.reason}.` }),
  FILE_TOO_LARGE: (p: { path: string; bytes: number; largestBytes: number }) => ({
    message: `${p.path} has ${mebibytes(p.bytes)}; a file of a suite may have ${mebibytes(p.largestBytes)}.`,
    hint: 'Spread it over several files, and include them.',
  }),
  FILE_NOT_UTF8: (p: { path: string }) => ({
    message: `${p.path} is not UTF-8 text.`,
    hint: 'Save it with the encoding UTF-8.',
  }),
  FILE_NOT_MAP: (_p: Empty) => ({
    message: 'A suite file is a map of sections, and this is none.',
    hint: 'Begin with: version: 1',
  }),

  // includes
  INCLUDE_MISSING: (p: { path: string }) => ({
    message: `There is no file, and no folder, ${quote(p.path)}.`,
    hint: 'Paths start at the folder of this file.',
  }),
  INCLUDE_EMPTY: (p: { path: string }) => ({
    message: `${quote(p.path)} includes nothing.`,
    hint: 'No YAML file is there.',
  }),
  INCLUDE_OUTSIDE: (p: { path: string; root: string; file?: string }) => ({
    message: `${quote(p.path)} leads out of ${p.root}${p.file ? `, by ${p.file}` : ''}.`,
    hint: "A suite's files stay within its git work tree, or its folder where there is none.",
  }),
  INCLUDE_CIRCLE: (p: { path: string; direct: boolean }) => ({
    message: p.direct ? `${p.path} includes itself.` : `${p.path} includes itself, by way of this file.`,
    hint: 'Take one of the includes out.',
  }),

  // YAML
  YAML_INVALID: (p: { code: string; message: string; readsEnvironment: boolean }) => {
    const { message = `This is not YAML: ${p.message}.`, hint } = yamlMistakes[p.code] ?? {}
    return { message, hint: p.readsEnvironment ? 'Inside { } and [ ], put "${...}" in quotes.' : hint }
  },
  YAML_TAG: (p: { tag: string }) => ({ message: `The tag ${p.tag} has no meaning in a suite.`, hint: 'Take it out.' }),
  YAML_TOO_DEEP: (p: { deepest: number }) => ({
    message: `Maps and lists stand more than ${p.deepest} deep inside one another.`,
  }),
  YAML_SEVERAL_DOCUMENTS: (_p: Empty) => ({
    message: 'A file holds one document, and here another begins.',
    hint: 'Take the --- out, or make it a file of its own.',
  }),
  KEY_NOT_TEXT: (_p: Empty) => ({ message: 'A key has to be text, not a map or a list.', hint: 'Put it in quotes.' }),
  KEY_TWICE: (p: { key: string }) => ({ message: `${quote(p.key)} is there twice.`, hint: 'Rename one of them.' }),
  ALIAS_UNKNOWN: (p: Named) => ({
    message: `No anchor &${p.name} stands before this alias.`,
    hint: didYouMean(p.nearest && `*${p.nearest}`),
  }),
  ALIAS_CIRCLE: (p: { name: string }) => ({ message: `&${p.name} would hold itself.` }),
  ALIAS_BOMB: (p: { most: number }) => ({
    message: `The aliases of this file stand for more than ${p.most} values.`,
    hint: 'Aliases of aliases multiply; write the file with fewer of them.',
  }),
  MERGE_NOT_MAP: (_p: Empty) => ({
    message: '<< merges a map, or a list of maps, and this is none.',
    hint: 'Write <<: *anchor.',
  }),

  // environment
  ENV_MISSING: (p: Named) => ({
    message: `The environment variable ${p.name} is not set.`,
    hint: didYouMean(p.nearest) ?? `Set it, or give a default: \${${p.name}:-default}`,
  }),
  ENV_FORM: (p: { reference: string }) => ({
    message: `${quote(p.reference)} names no environment variable.`,
    hint: 'Write ${NAME} or ${NAME:-default}; $${ stands for ${ itself.',
  }),

  // shape
  KEY_UNKNOWN: (p: { key: string; of: string; known: readonly string[]; nearest: string | undefined }) => ({
    message: `${quote(p.key)} is no key of ${p.of}.`,
    hint: didYouMean(p.nearest) ?? knownAre('keys', p.known),
  }),
  KEY_MISSING: (p: { key: string; of: string } & Described) => ({
    message: `${quote(p.key)} is missing in ${p.of}.`,
    hint: p.example === undefined ? p.description : `For example: ${p.key}: ${show(p.example)}`,
  }),
  KEY_FORM: (p: { key: string }) => ({
    message: `${quote(p.key)} cannot be a key here.`,
    hint: 'Use letters, digits, _ and -; put other names under name:.',
  }),
  KEYS_TOO_MANY: (p: { of: string; most: number; keys: readonly string[] }) => ({
    message: `${p.of} may have ${count(p.most, 'key')}, and this has ${p.keys.length}: ${p.keys.join(', ')}.`,
    hint: 'Begin each with a - of its own.',
  }),
  VALUE_TYPE: (p: { label: string; wanted: readonly string[]; found: unknown; isDuration: boolean } & Described) => ({
    message: `${p.label} has to be ${oneOf(p.wanted.map(typeName))}, and is ${describe(p.found)}.`,
    hint: (p.isDuration ? unitHint(p.found) : howToRetype(p.wanted, p.found)) ?? formHint(p),
  }),
  VALUE_FORM: (p: { label: string; found: unknown } & Described) => ({
    message: `${p.label} cannot be ${describe(p.found)}.`,
    hint: formHint(p),
  }),
  VALUE_UNKNOWN: (p: { label: string; found: unknown; known: readonly string[]; nearest: string | undefined }) => ({
    message: `${p.label} cannot be ${describe(p.found)}.`,
    hint: p.nearest === p.found ? 'Write it without quotes.' : (didYouMean(p.nearest) ?? `It can be: ${p.known.join(', ')}.`),
  }),
  VALUE_EMPTY: (p: { label: string } & Described) => ({ message: `${p.label} is empty.`, hint: formHint(p) }),
  VALUE_TOO_FEW: (p: { label: string; least: number } & Described) => ({
    message: `${p.label} needs at least ${p.least}.`,
    hint: formHint(p),
  }),
  VALUE_OUT_OF_RANGE: (p: { label: string; found: unknown; relation: string; limit: number }) => ({
    message: `${p.label} has to be ${p.relation} ${p.limit}, and is ${show(p.found)}.`,
  }),
  ITEM_TWICE: (p: { item: unknown }) => ({
    message: `${show(p.item)} is listed twice.`,
    hint: 'Take one of them out.',
  }),
  FREQUENCY_MIN_ABOVE_MAX: (p: { min: number; max: number }) => ({
    message: `The fewest runs, ${p.min}, are more than the most, ${p.max}.`,
    hint: 'Lower min, or raise max.',
  }),
  NO_REGRESSION_PLACE: (_p: Readonly<Record<string, never>>) => ({
    message: 'Results are compared as a whole: no_regression is for the thresholds of the suite only.',
    hint: 'Move it to the thresholds at the top of the suite file.',
  }),
  DURATION_ZERO: (p: { key: string }) => ({ message: `${quote(p.key)} leaves no time at all.` }),
  DURATION_TOO_LONG: (p: { key: string; longestDays: number }) => ({
    message: `${quote(p.key)} is longer than ${p.longestDays} days.`,
  }),
  ASSERTION_ASKS_NOTHING: (p: { of: string; askedBy: readonly string[] }) => ({
    message: `This asks nothing of ${quote(p.of)}.`,
    hint: `Add ${oneOf(p.askedBy)}.`,
  }),
  BOUNDS_CROSSED: (_p: Empty) => ({ message: 'The minimum is above the maximum: nothing lies between.' }),
  TEXT_BLANK: (p: { key: string }) => ({ message: `${quote(p.key)} holds no words.` }),
  PATTERN_INVALID: (p: { pattern: string; reason: string; otherEngine: boolean }) => ({
    message: `${quote(p.pattern)} is not a pattern: ${p.reason}.`,
    hint: p.otherEngine
      ? 'Patterns are RE2, which takes linear time: it has no look-ahead, look-behind or back-references.'
      : 'Patterns are RE2 syntax: https://github.com/google/re2/wiki/Syntax',
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
      version: 'Write at the top: version: 1',
      suite: 'Write at the top: suite: { name: ... }',
      agents: 'Write under agents: what is to be tested, and how it is reached.',
      scenarios: 'Write under scenarios: what callers do, and what must come of it.',
    }[p.key],
  }),
  SECTION_NOT_HERE: (p: { key: string }) => ({
    message: `${quote(p.key)} belongs into the suite file, not into one it includes.`,
  }),
  ID_TWICE: (p: { name: string; id: unknown }) => ({
    message: `The ${p.name} ${show(p.id)} is given twice.`,
    hint: 'Each has to be its own.',
  }),

  // names
  AGENT_UNKNOWN: (p: Unknown) => unknownName('agent', p),
  PERSONALITY_UNKNOWN: (p: Unknown) => unknownName('personality', p),
  TEST_PROFILE_UNKNOWN: (p: Unknown) => unknownName('test profile', p),
  METRIC_UNKNOWN: (p: Unknown) => unknownName('metric', p),
  SCENARIO_UNKNOWN: (p: Unknown) => unknownName('scenario', p),
  FOLDER_UNKNOWN: (p: Unknown) => ({
    message: `No scenario is in a folder ${quote(p.name)}.`,
    hint: didYouMean(p.nearest) ?? (p.known.length === 0 ? 'No scenario is in a folder.' : knownAre('folder', p.known)),
  }),
  FOLDER_IS_SCENARIO: (p: { name: string }) => ({
    message: `No scenario is in a folder ${quote(p.name)}; it is the name of a scenario.`,
    hint: `For the scenario write: [${p.name}]`,
  }),
  TAG_UNKNOWN: (p: Unknown) => ({ ...unknownName('tag', p), message: `No scenario has the tag ${quote(p.name)}.` }),
  TAG_NOT_THERE: (p: Unknown) => ({
    ...unknownName('tag', p),
    message: `No scenario has the tag ${quote(p.name)}: this leaves nothing out.`,
    severity: 'warning',
  }),

  // mock tools
  MOCK_TOOL_ANSWERS_NOTHING: (p: { tool: string }) => ({
    message: `${quote(p.tool)} has neither cases nor otherwise: no call of it could be answered.`,
    hint: 'Add: cases: [{ input: {...}, output: ... }]',
  }),
  MOCK_ANSWER_FORM: (p: { label: string; has: 'both' | 'neither' }) => ({
    message: p.has === 'both' ? `${p.label} has both output and error.` : `${p.label} has neither output nor error.`,
    hint: p.has === 'both' ? 'Take one of them out.' : 'Where the tool gives nothing write: output: null',
  }),
  MOCK_PARAMETERS_INVALID: (p: { tool: string; reason: string }) => ({
    message: `The parameters of ${quote(p.tool)} are not the JSON Schema of arguments: ${p.reason}.`,
    hint: 'For example: parameters: { type: object, properties: { patient_id: { type: string } } }',
  }),
  MOCK_INPUT_UNKNOWN: (p: { key: string; tool: string; known: readonly string[]; nearest: string | undefined }) => ({
    message: `${quote(p.key)} is no parameter of ${quote(p.tool)}: this case matches only a call that breaks its schema.`,
    hint: didYouMean(p.nearest) ?? knownAre('parameters', p.known),
    severity: 'warning',
  }),
  MOCK_CASE_UNREACHABLE: (p: { label: string; by: string }) => ({
    message: `${p.label} never answers: ${p.by} comes first, and matches every call that it does.`,
    hint: 'Change their order, or give the first one times.',
    severity: 'warning',
  }),
  MOCK_PLACEHOLDER_UNKNOWN: (p: { name: string; key: 'input' | 'output' | 'error' }) => ({
    message: `Nothing fills in {{${p.name}}} in the ${p.key} of a mock tool.`,
    hint: `There are: ${p.key === 'input' ? '' : 'input.<argument>, '}test_profile.<agent variable>.`,
  }),
  MOCK_PORT_ALONE: (p: { port: number }) => ({
    message: `Nothing is served at port ${p.port}: the agent has no mock_tools.`,
    severity: 'warning',
  }),
  MOCK_TOOL_UNKNOWN: (p: Unknown) => unknownName('mock tool', p),

  // runs
  RUNS_NEEDED: (p: { agents: readonly string[] }) => ({
    message: `The suite has ${p.agents.length} agents and does not say what to run.`,
    hint: `Write runs: with an entry for each agent: ${p.agents.join(', ')}.`,
  }),
  AGENT_NEEDED: (p: { agents: readonly string[] }) => ({
    message: 'The suite has several agents, and this run does not say which.',
    hint: `Write agent: with one of ${p.agents.join(', ')}.`,
  }),
  RUN_NAME_TWICE: (p: { name: string; first: string; slug: string }) => ({
    message:
      p.name === p.first
        ? `Two runs are named ${quote(p.name)}.`
        : `The runs ${quote(p.first)} and ${quote(p.name)} would both be called ${p.slug}.`,
    hint: 'Rename one of them.',
  }),

  // scenarios
  SCENARIO_DRIVER_MISSING: (p: { key: string; drivers: readonly string[] }) => ({
    message: `${quote(p.key)} does not say what the caller does.`,
    hint: `Give it ${oneOf(p.drivers)}.`,
  }),
  SCENARIO_DRIVERS: (p: { first: string; second: string }) => ({
    message: `A scenario has ${p.first} or ${p.second}, not both.`,
    hint: 'Take one of them out.',
  }),
  SCENARIO_PROVES_NOTHING: (p: { key: string; expects: boolean; metric?: string | undefined }) => ({
    message: p.expects
      ? `${quote(p.key)} expects only what no agent could fail: a pass would prove nothing.`
      : `${quote(p.key)} asks for nothing: a pass would prove nothing.`,
    hint: p.metric
      ? `No threshold is about its metrics. Add one on ${p.metric}, or: expect: [{ agent_says: { contains: ... } }]`
      : 'Add: expect: [{ agent_says: { contains: ... } }]',
  }),
  FIRST_MESSAGE_MISPLACED: (p: { driver: string }) => ({
    message: `Beside ${p.driver}, first_message is never said.`,
    hint: p.driver === 'script' ? 'Move it into the script.' : 'The first condition is what the caller opens with.',
  }),
  IDLE_PROMPT_ACTS: (_p: Empty) => ({ message: 'The idle prompt is words alone; tags do not act in it.' }),
  SCRIPT_EMPTY: (_p: Empty) => ({
    message: 'The caller of this script never says anything.',
    hint: 'Give it a first_message, or steps.',
  }),
  STEP_TRIGGER: (p: { label: string; has: 'both' | 'neither' }) => ({
    message: p.has === 'both' ? `${p.label} has both when and after.` : `${p.label} does not say when.`,
    hint: p.has === 'both' ? 'Take one of them out.' : 'Write when: any, or what the agent has to say: when: { contains: ... }',
  }),
  STEP_AFTER_UNKNOWN: (p: { after: number; count: number }) => ({
    message: `There is no step ${p.after}.`,
    hint: `The script has ${count(p.count, 'step')}; the first is 1.`,
  }),
  STEP_AFTER_ITSELF: (p: { label: string }) => ({ message: `${p.label} cannot come after itself.` }),
  STEP_WORDS: (p: { label: string; has: 'both' | 'neither' }) => ({
    message: p.has === 'both' ? `${p.label} has both say and act.` : `${p.label} does not say what the caller says.`,
    hint:
      p.has === 'both'
        ? 'Take one of them out: say holds the exact words, act tells what to say.'
        : 'Write say: with the exact words, or act: with what to say in plain language.',
  }),
  SAY_EMPTY: (p: { label: string }) => ({ message: `${p.label} says nothing.` }),

  // conditional actions
  FIRST_CONDITION: (p: { key: string; wanted: unknown }) => ({
    message: `The first condition's ${p.key} has to be ${show(p.wanted)}.`,
    hint: 'It is what the caller opens with; an empty action lets the agent speak first.',
  }),
  FIRST_MESSAGE_NOT_FIRST: (_p: Empty) => ({ message: 'Only the first condition can be FIRST_MESSAGE.' }),
  CONDITION_NUMBER: (p: { found: number }) => ({
    message: `A standard condition is text, and this is ${p.found}.`,
    hint: 'To act after another condition write: type: action_followup',
  }),
  FOLLOW_UP_FORM: (p: { found: unknown }) => ({
    message: `A follow-up's condition is the id of another one, and not ${show(p.found)}.`,
    hint: 'To act on what the agent says write: type: standard',
  }),
  FOLLOW_UP_ITSELF: (p: { id: number }) => ({ message: `Condition ${p.id} cannot follow itself.` }),
  FOLLOW_UP_UNKNOWN: (p: { id: number; known: readonly number[] }) => ({
    message: `There is no condition with the id ${p.id}.`,
    hint: `There are: ${p.known.join(', ')}.`,
  }),

  // plain language
  MODEL_MISSING: (p: { key: string; model: 'caller' | 'judge' }) => ({
    message: `${quote(p.key)} is in plain language here, which needs models.${p.model}; the suite has none.`,
    hint: deterministic[p.model],
  }),

  // agents
  KNOWLEDGE_TOO_LARGE: (p: { agent: string; bytes: number; largestBytes: number }) => ({
    message: `The knowledge of ${quote(p.agent)} has ${kibibytes(p.bytes)}; a judge can be shown ${kibibytes(p.largestBytes)}.`,
    hint: 'It is put before the judge whole, with each conversation: keep what the scenarios are about.',
  }),

  // judge controls
  JUDGE_UNCONTROLLED: (p: { scenario: string }) => ({
    severity: 'warning' as const,
    message: `What comes of ${quote(p.scenario)} is for a judge to say, and nobody judges the judge: one that passes everything would pass the gate.`,
    hint: 'Add judge_controls: a conversation that it must pass, and one that it must not.',
  }),
  JUDGE_CONTROLS_ONE_SIDED: (_p: Empty) => ({
    severity: 'warning' as const,
    message: 'No control expects outcome: not_met: a judge that passes everything would get them all right.',
    hint: 'Add a conversation that the judge must not pass.',
  }),
  CONTROL_NO_OUTCOME: (p: { scenario: string }) => ({
    message: `${quote(p.scenario)} has no expected_outcome: none can be met, or not.`,
    hint: 'Give it one, or expect metrics.',
  }),
  /** `message` counts from 1; absent where none in particular is wrong. */
  CONTROL_FILE: (p: { path: string; mistake: string; message?: number }) => ({
    message: `${p.path} cannot be read as a transcript. ${p.message === undefined ? '' : `Message ${p.message}: `}${p.mistake}`,
    hint: 'It holds a JSON list of messages, each with role and content; or a map with transcript_object, transcript or messages.',
  }),
  CONTROL_MESSAGE: (p: { mistake: string }) => ({
    message: `This message cannot be read. ${p.mistake}`,
    hint: 'For example: { role: agent, content: "How can I help?" }',
  }),
  CONTROL_PROVES_NOTHING: (p: { metric: string }) => ({
    message: `${quote(p.metric)} is a rating, and no rating lies outside of these bounds: no judge could get it wrong.`,
    hint: 'Say between which of 0 to 100 the judge has to rate this conversation.',
  }),
  CONTROL_APPLIES: (p: { metric: string }) => ({
    message: `${quote(p.metric)} is expected not to apply, and to have a value.`,
    hint: 'Take one of them out.',
  }),

  // what the caller says
  TAG_MALFORMED: (p: { tag: string; example: string }) => ({
    message: `The tag <${p.tag} is not well formed.`,
    hint: `Write: ${p.example}`,
  }),

  UTTERANCE_TAG_UNKNOWN: (p: { tag: string; known: readonly string[]; nearest: string | undefined }) => ({
    message: `There is no tag <${p.tag}>.`,
    hint: didYouMean(p.nearest && `<${p.nearest}>`) ?? knownAre('tags', p.known),
  }),
  TAG_SELF_CLOSING: (p: { tag: string; example: string }) => ({
    message: `The tag <${p.tag}> encloses nothing.`,
    hint: `Write: ${p.example}`,
  }),
  TAG_ATTRIBUTE: (p: { tag: string; attribute: string; example: string }) => ({
    message: `The tag <${p.tag}> has no attribute ${quote(p.attribute)}.`,
    hint: `Write: ${p.example}`,
  }),
  TAG_VALUE: (p: { tag: string; attribute: string; value: string | undefined; example: string }) => ({
    message:
      p.value === undefined ? `The tag <${p.tag}> needs its ${p.attribute}.` : `${quote(p.value)} is no ${p.attribute} of <${p.tag}>.`,
    hint: `Write: ${p.example}`,
  }),
  TAG_NEEDS_ONE: (p: { tag: string; attributes: readonly string[]; example: string }) => ({
    message: `The tag <${p.tag}> needs one of ${p.attributes.join(', ')}.`,
    hint: `Write: ${p.example}`,
  }),
  TAG_NOT_CLOSED: (p: { tag: string }) => ({
    message: `The tag <${p.tag}> is not closed.`,
    hint: `Write </${p.tag}> where it ends.`,
  }),
  TAG_NOT_OPENED: (p: { tag: string }) => ({ message: `Nothing opens what </${p.tag}> closes.` }),
  TAG_CROSSED: (p: { tag: string; inner: string }) => ({
    message: `</${p.tag}> closes before <${p.inner}>, which is inside it.`,
    hint: `Close <${p.inner}> first.`,
  }),
  TAG_INTERRUPTION_PLACE: (_p: Empty) => ({
    message: 'An <interruption> can only stand at the beginning of a follow-up.',
    hint: 'A follow-up is a step with after, or an action_followup.',
  }),
  TAG_SPELL_TEMPLATE: (_p: Empty) => ({
    message: 'What a {{template}} stands for is not spelled.',
    hint: 'Spell it out in the test profile.',
    severity: 'warning',
  }),
  TAG_AFTER_ENDCALL: (_p: Empty) => ({ message: 'This is never said: the caller has hung up.', severity: 'warning' }),
  TEMPLATE_NOT_CLOSED: (_p: Empty) => ({ message: 'This {{ is never closed.', hint: 'Write }} behind the name.' }),
  TEMPLATE_NO_ID: (_p: Empty) => ({
    message: 'The scenario has no id.',
    hint: 'Give it one, or write {{scenario.key}}.',
  }),
  TEMPLATE_UNKNOWN: (p: Unknown) => ({
    message: `Nothing fills in {{${p.name}}}.`,
    hint: didYouMean(p.nearest && `{{${p.nearest}}}`) ?? `There are: ${p.known.join(', ')} and test_profile.<caller variable>.`,
  }),

  // metrics and thresholds
  METRIC_SOURCE: (p: { key: string; sources: readonly string[] }) => ({
    message: `The metric ${quote(p.key)} does not say what it measures.`,
    hint: `Give it ${oneOf(p.sources)}.`,
  }),
  METRIC_SOURCES: (p: { key: string; first: string; second: string }) => ({
    message: `The metric ${quote(p.key)} measures two things, ${p.first} and ${p.second}.`,
    hint: 'Make a metric of each.',
  }),
  METRIC_TYPE: (p: { source: string; type: string; fitting: string }) => ({
    message: `${p.source} gives values of the type ${p.fitting}, not ${p.type}.`,
    hint: `Write type: ${p.fitting}`,
  }),
  METRIC_STATISTIC: (_p: Empty) => ({
    message: 'Only latency_ms has samples for a statistic to reduce.',
    hint: 'Take it out.',
  }),
  METRIC_VALUES_MISSING: (p: { key: string }) => ({
    message: `The enum ${quote(p.key)} does not say which values it can have.`,
    hint: 'Write: values: [..., ...]',
  }),
  METRIC_VALUES_UNUSED: (p: { type: string }) => ({
    message: `A ${p.type} metric has no list of values.`,
    hint: 'Take it out, or write type: enum',
  }),
  METRIC_NOT_JUDGED: (p: { key: string; what: 'votes' | 'trigger' | 'control' }) => ({
    message: {
      votes: `Nobody is asked about ${quote(p.key)}: there is nothing to vote on.`,
      trigger: `Nobody is asked about ${quote(p.key)}: a trigger in plain language needs a metric that is judged.`,
      control: `Nobody is asked about ${quote(p.key)}: a control can expect only what is judged.`,
    }[p.what],
    hint: {
      votes: 'Take it out.',
      trigger: 'Write an assertion: trigger: { agent_says: { contains: ... } }',
      control: 'Take it out; of the outcome write: outcome: met, or not_met.',
    }[p.what],
  }),
  METRIC_NO_OUTCOME: (p: { metric: string; scenario: string }) => ({
    message: `${quote(p.metric)} is the score of an expected outcome, and ${quote(p.scenario)} has none.`,
    hint: 'Give it an expected_outcome, or take the metric out.',
  }),
  TRIGGER_ON_METRIC: (p: { key: string }) => ({
    message: `The trigger of ${quote(p.key)} is about a metric; triggers come before metrics.`,
    hint: 'Ask for what was said or done.',
  }),
  METRIC_NOT_BOUNDED: (p: { metric: string; type: string }) => ({
    message: `${quote(p.metric)} is ${p.type}: it has no minimum and no maximum.`,
    hint: 'Write: equals: ...',
  }),
  METRIC_NEVER_EQUAL: (p: { metric: string; type: string; values: readonly string[] | undefined; found: unknown }) => ({
    message: `${quote(p.metric)} is ${p.type} and can never equal ${show(p.found)}.`,
    hint: p.values && `It can be: ${p.values.join(', ')}.`,
  }),
  THRESHOLD_METRIC_ENUM: (p: { metric: string }) => ({
    message: `${quote(p.metric)} is an enum: its values are no numbers to hold a threshold against.`,
    hint: 'Expect a value of it instead: expect: [{ metric: { name: ..., equals: ... } }]',
  }),
  THRESHOLD_METRIC_UNUSED: (p: { metric: string; who: string }) => ({
    message: `${quote(p.metric)} could never be measured: ${p.who} lists it.`,
    hint: `Add it to the scenarios' metrics, or take the threshold out.`,
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
  caller: 'Without a model: script, with steps such as when: { contains: ... }',
  judge: 'Without a model: expect, with assertions such as agent_says: { contains: ... }',
} as const

/** The commonest mistakes in YAML, by the parser's code for them. */
const yamlMistakes: Readonly<Record<string, { readonly message: string; readonly hint?: string }>> = {
  BAD_ALIAS: { message: 'An anchor or alias has no proper name.' },
  BAD_DQ_ESCAPE: {
    message: 'Between "double quotes" this escape has no meaning.',
    hint: "Write \\\\ for a backslash, or use 'single quotes'.",
  },
  BAD_INDENT: { message: 'This is not indented as what is around it.', hint: 'Is a closing ] or } missing before it?' },
  BAD_SCALAR_START: { message: 'Text cannot begin with this character.', hint: 'Put it in quotes.' },
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'A second ": " on one line.',
    hint: 'Put the value in quotes, or begin a new line.',
  },
  BLOCK_IN_FLOW: { message: 'Inside { } and [ ] nothing can be written as a block.' },
  MISSING_CHAR: { message: 'Something is missing here: a closing quote or bracket, a comma or a colon.' },
  MULTILINE_IMPLICIT_KEY: {
    message: 'A key has to be on one line.',
    hint: 'Is a ":" missing, or a closing quote before it?',
  },
  TAB_AS_INDENT: { message: 'A tab cannot indent.', hint: 'Use spaces.' },
  UNEXPECTED_TOKEN: {
    message: 'This does not belong here.',
    hint: 'Look for a missing quote, a missing - or wrong indentation.',
  },
}

function unknownName(kind: string, { name, known, nearest }: Unknown): Message {
  return { message: `There is no ${kind} ${quote(name)}.`, hint: didYouMean(nearest) ?? knownAre(kind, known) }
}
