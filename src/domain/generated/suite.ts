// Generated from schemas/suite.schema.json by npm run generate; do not edit

/**
 * A length of time: a number with the unit ms, s, m or h.
 */
export type Duration = string
/**
 * An integer id, the one the run-scenarios API uses.
 */
export type Id = number
/**
 * A program with its arguments as a list, or one line for the shell.
 */
export type Command = string | [string, ...string[]]
/**
 * How the agent is reached, by type.
 */
export type Connection =
  ConnectionHttp | ConnectionOpenai | ConnectionWebsocket | ConnectionCommand | ConnectionModule | ConnectionHosted
/**
 * An exact number, or bounds.
 */
export type Count = number | Bounds
/**
 * Free labels to select by.
 */
export type Tags = string[]
/**
 * When a step answers: `any`, or a map whose keys must all hold.
 */
export type Condition =
  | 'any'
  | {
      /**
       * The text holds these words, upper and lower case alike.
       */
      contains?: string
      /**
       * The text matches this regular expression (RE2 syntax: `(?i)` works, there are no back-references, and matching takes linear time).
       */
      matches?: string
      /**
       * The text is exactly this, white space at both ends aside.
       */
      equals?: string
      /**
       * The text is exactly one of these, white space at both ends aside.
       *
       * @minItems 1
       */
      one_of?: [string, ...string[]]
      /**
       * What the agent says, in plain language. Needs models.caller.
       */
      says?: string
    }
/**
 * How often a case runs: a number, or until its pass rate is decided.
 */
export type Frequency =
  | number
  | {
      /**
       * Runs that are held in any case. Default: 1.
       */
      min?: number
      /**
       * Runs that are held at the most.
       */
      max: number
      /**
       * When to end.
       */
      until: 'decided'
    }
/**
 * A share above 0, up to 1: a pass rate of 0 could never be missed, so it would gate nothing.
 */
export type PassRate = number
/**
 * A share from 0 to 1.
 */
export type Rate = number

/**
 * A suite file of Callsheet, or a file that one includes. The suite file itself needs version and suite; sections may be spread over the included files.
 */
export interface Suite {
  /**
   * The format's version.
   */
  version?: 1
  /**
   * What this suite is.
   */
  suite?: {
    /**
     * The suite's name, shown in every report.
     */
    name: string
    /**
     * What it gates.
     */
    description?: string
    /**
     * Who answers for it.
     */
    owner?: string
  }
  /**
   * Files, folders or globs, relative to this file, inside its git work tree. A folder's path below the include is its scenarios' folder.
   */
  include?: string[]
  /**
   * Language models; only needed by what is written in plain language.
   */
  models?: {
    caller?: Model
    judge?: Judge
  }
  /**
   * What models cost, by their names: so that reports tell what a suite cost, and limits.max_cost can stop it.
   */
  prices?: {
    [k: string]: Prices
  }
  /**
   * Whether a model reads what a model-driven caller said: a run whose caller left its instructions is caller_invalid, and is run again. Default: true.
   */
  caller_check?: boolean
  /**
   * The agents under test, by key.
   */
  agents?: {
    [k: string]: Agent
  }
  /**
   * As whom callers speak, by key.
   */
  personalities?: {
    [k: string]: Personality
  }
  /**
   * Who callers are, by key.
   */
  test_profiles?: {
    [k: string]: TestProfile
  }
  /**
   * What is measured, by key.
   */
  metrics?: {
    [k: string]: Metric
  }
  /**
   * The simulated calls, by key, in the order they run.
   */
  scenarios?: {
    [k: string]: Scenario
  }
  /**
   * Conversations of which it is known what they are worth, by key. They are judged in every run; while the judge gets one wrong, nothing that it says can gate.
   */
  judge_controls?: {
    [k: string]: JudgeControl
  }
  /**
   * What to run. Default: every scenario on the only agent.
   *
   * @minItems 1
   */
  runs?: [RunEntry, ...RunEntry[]]
  thresholds?: Thresholds
  limits?: Limits
  retries?: Retries
}
/**
 * An OpenAI-compatible chat-completions endpoint: a hosted one, vLLM, Ollama, a llama.cpp server.
 */
export interface Model {
  /**
   * The API's base: what stands before /chat/completions.
   */
  base_url: string
  /**
   * The model's name.
   */
  model: string
  /**
   * Sent as a bearer token.
   */
  api_key?: string
  /**
   * How much answers vary. Default: 0 for the judge, the endpoint's own for the caller.
   */
  temperature?: number
  headers?: Headers
  /**
   * Asks the endpoint for the same answers each time, where it can. Default: the plan's seed.
   */
  seed?: number
  /**
   * The longest answer, in tokens. Default: the endpoint's.
   */
  max_tokens?: number
  timeout?: Duration
  /**
   * Whether answers are read piece by piece, for endpoints that cut long ones off otherwise. Default: false.
   */
  stream?: boolean
  /**
   * How the shape of an answer is asked for: as a JSON Schema, as any JSON object, or only in words, for endpoints that know neither. Every answer is checked. Default: json_schema.
   */
  structured?: 'json_schema' | 'json_object' | 'prompt'
  limits?: ModelLimits
  /**
   * How often a request that failed for a passing reason (429, 5xx, a lost connection) is sent again. Default: 4.
   */
  retries?: number
}
/**
 * HTTP headers sent to the agent: name to value. Values may read the environment; they are redacted in every report.
 */
export interface Headers {
  [k: string]: string
}
/**
 * Bounds on what is asked of the model; all runs share them.
 */
export interface ModelLimits {
  /**
   * Requests under way at once. Default: 16.
   */
  concurrency?: number
  /**
   * Requests sent in a minute at most. Default: no bound.
   */
  requests_per_minute?: number
  /**
   * Tokens, of questions and answers together, in a minute at most; estimated beforehand, corrected by what the endpoint counts. Default: no bound.
   */
  tokens_per_minute?: number
}
/**
 * The model that judges: an OpenAI-compatible chat-completions endpoint.
 */
export interface Judge {
  /**
   * The API's base: what stands before /chat/completions.
   */
  base_url: string
  /**
   * The model's name.
   */
  model: string
  /**
   * Sent as a bearer token.
   */
  api_key?: string
  /**
   * How much answers vary. Default: 0 for the judge, the endpoint's own for the caller.
   */
  temperature?: number
  headers?: Headers
  /**
   * Asks the endpoint for the same answers each time, where it can. Default: the plan's seed.
   */
  seed?: number
  /**
   * The longest answer, in tokens. Default: the endpoint's.
   */
  max_tokens?: number
  timeout?: Duration
  /**
   * Whether answers are read piece by piece, for endpoints that cut long ones off otherwise. Default: false.
   */
  stream?: boolean
  /**
   * How the shape of an answer is asked for: as a JSON Schema, as any JSON object, or only in words, for endpoints that know neither. Every answer is checked. Default: json_schema.
   */
  structured?: 'json_schema' | 'json_object' | 'prompt'
  limits?: ModelLimits
  /**
   * How often a request that failed for a passing reason (429, 5xx, a lost connection) is sent again. Default: 4.
   */
  retries?: number
  /**
   * How often each question is asked; the majority counts, and where there is none it could not be told. Default: 1.
   */
  votes?: number
}
/**
 * What a model costs, in the suite's currency, for a million tokens.
 */
export interface Prices {
  /**
   * Of what is sent to it.
   */
  input: number
  /**
   * Of what it answers.
   */
  output: number
  /**
   * Of what is sent to it and the endpoint had cached. Default: as input.
   */
  cached_input?: number
}
/**
 * An agent under test.
 */
export interface Agent {
  id?: Id
  /**
   * For people. Default: the key.
   */
  name?: string
  /**
   * The agent's external id.
   */
  assistant_id?: string
  /**
   * What the agent does.
   */
  description?: string
  /**
   * true: we call the agent; false: the agent calls us. Default: true.
   */
  inbound?: boolean
  /**
   * E.164.
   */
  contact_number?: string
  start?: Start
  /**
   * Text files that say what the agent may tell callers, relative to this file, inside its git work tree. hallucination is judged by them.
   *
   * @minItems 1
   */
  knowledge?: [string, ...string[]]
  connection: Connection
  /**
   * Tools that Callsheet answers in place of the real ones, by name: over HTTP, as an MCP server, and in line where the connection is openai.
   */
  mock_tools?: {
    [k: string]: MockTool
  }
  /**
   * Where mock tools are served on 127.0.0.1, for an agent that cannot be told. Default: any free port.
   */
  mock_tools_port?: number
  /**
   * Bounds on this agent.
   */
  limits?: {
    /**
     * Conversations held with it at once. Default: the suite's.
     */
    concurrency?: number
    /**
     * Conversations started with it in a second at most. Default: no bound.
     */
    starts_per_second?: number
  }
  /**
   * Recorded in every report.
   */
  version?: string
}
/**
 * The agent's own process: launched before the first run, stopped with its whole process group after the last.
 */
export interface Start {
  command: Command
  /**
   * The agent is ready once this answers: http(s)://, ws(s):// or tcp://host:port. Default: the connection's own address.
   */
  ready?: string
  timeout?: Duration
  /**
   * Variables added to the process's environment.
   */
  env?: {
    [k: string]: string | number | boolean
  }
  /**
   * Relative to the suite file. Default: the suite file's folder.
   */
  cwd?: string
}
/**
 * One request a turn; the answer is read by JSON Pointers. Cookies that the agent sets are kept for the conversation.
 */
export interface ConnectionHttp {
  /**
   * How the agent is reached.
   */
  type: 'http'
  /**
   * Where each turn is sent.
   */
  url: string
  /**
   * Default: POST.
   */
  method?: 'POST' | 'PUT' | 'PATCH' | 'GET'
  headers?: Headers
  /**
   * The JSON sent, any shape. {{message}}, {{history}}, {{run.id}}, {{run.key}}, {{scenario.key}}, {{scenario.id}}, {{test_profile.x}} (agent variables only), {{captured.x}}, {{mock_tools.url}} and {{mock_tools.mcp_url}} are filled in; a string that is one placeholder alone takes the value's own type. Default: {message, session}.
   */
  body?: {
    [k: string]: unknown
  }
  /**
   * Where the agent's words are in the answer; a string, or a list of strings. Default: /reply.
   */
  reply?: string
  /**
   * Where the list of tool calls is: items {name, arguments} (also OpenAI's form), with result where there is one.
   */
  tool_calls?: string
  /**
   * Where the answer says that the agent ends the conversation: true.
   */
  end?: string
  /**
   * Where an object is that is merged into the run's metadata.
   */
  metadata?: string
  /**
   * Values to keep from each answer: name to JSON Pointer; they serve later bodies and headers as {{captured.name}}.
   */
  capture?: {
    [k: string]: string
  }
  timeout?: Duration
}
/**
 * Chat completions: the whole history is sent each turn.
 */
export interface ConnectionOpenai {
  /**
   * How the agent is reached.
   */
  type: 'openai'
  /**
   * The API's base; /chat/completions is added.
   */
  base_url: string
  /**
   * The model's name.
   */
  model: string
  /**
   * Sent as a bearer token.
   */
  api_key?: string
  /**
   * Sent as the first message.
   */
  system?: string
  /**
   * Tool definitions, sent as they are.
   */
  tools?: {}[]
  /**
   * More fields of the request, such as temperature.
   */
  parameters?: {}
  headers?: Headers
  timeout?: Duration
}
/**
 * JSON text frames; the agent may speak first, and more than once.
 */
export interface ConnectionWebsocket {
  /**
   * How the agent is reached.
   */
  type: 'websocket'
  /**
   * Where to connect, once a run.
   */
  url: string
  headers?: Headers
  /**
   * Sent as X-VOCERA-SECRET.
   */
  secret?: string
  timeout?: Duration
}
/**
 * A process a conversation: JSON lines on its standard input and output, the frames of the WebSocket.
 */
export interface ConnectionCommand {
  /**
   * How the agent is reached.
   */
  type: 'command'
  command: Command
  /**
   * Variables added to the process's environment.
   */
  env?: {
    [k: string]: string | number | boolean
  }
  /**
   * Relative to the suite file. Default: the suite file's folder.
   */
  cwd?: string
  timeout?: Duration
}
/**
 * A JavaScript or TypeScript module that exports an async function (message, { history, runId, signal }) => string | { content, tool_calls, end }.
 */
export interface ConnectionModule {
  /**
   * How the agent is reached.
   */
  type: 'module'
  /**
   * The module, relative to the suite file.
   */
  path: string
  /**
   * The function's name. Default: default.
   */
  export?: string
  timeout?: Duration
}
/**
 * A service that holds the conversations and scores them, spoken to over the run-scenarios API.
 */
export interface ConnectionHosted {
  /**
   * How the agent is reached.
   */
  type: 'hosted'
  /**
   * The service; /test_framework/v1 is added where it is not there.
   */
  base_url: string
  /**
   * Sent as X-CEKURA-API-KEY.
   */
  api_key?: string
  agent_id: Id
  project_id?: Id
  timeout?: Duration
}
/**
 * A tool that Callsheet answers from a table, in place of the real one.
 */
export interface MockTool {
  /**
   * What the tool does, for the agent.
   */
  description?: string
  /**
   * JSON Schema (2020-12) of the arguments; its type is object.
   */
  parameters?: {}
  /**
   * The first that matches a call, and is not used up, answers it.
   */
  cases?: MockCase[]
  otherwise?: MockAnswer
}
/**
 * Calls of a mock tool, and what answers them: output or error.
 */
export interface MockCase {
  /**
   * The call's arguments hold at least these values, objects in depth; arrays must be equal. Default: any call.
   */
  input?: {}
  /**
   * What the tool gives: any JSON. In its texts {{input.x}} is an argument of the call, {{test_profile.x}} an agent variable; a text that is one placeholder alone takes the value's own type.
   */
  output?: {
    [k: string]: unknown
  }
  /**
   * The tool fails: a text, or an object. Placeholders as in output.
   */
  error?: string | {}
  delay?: Duration
  /**
   * How often the case answers in one run; the next that matches comes after it. Default: always.
   */
  times?: number
}
/**
 * What a mock tool answers: output or error.
 */
export interface MockAnswer {
  /**
   * What the tool gives: any JSON. In its texts {{input.x}} is an argument of the call, {{test_profile.x}} an agent variable; a text that is one placeholder alone takes the value's own type.
   */
  output?: {
    [k: string]: unknown
  }
  /**
   * The tool fails: a text, or an object. Placeholders as in output.
   */
  error?: string | {}
  delay?: Duration
}
/**
 * As whom the caller speaks.
 */
export interface Personality {
  id?: Id
  /**
   * For people. Default: the key.
   */
  name?: string
  /**
   * How it speaks, in plain language; model-driven callers follow it. {{test_profile.x}} reads the profile's caller variables.
   */
  prompt?: string
  /**
   * BCP 47. Default: en.
   */
  language?: string
  /**
   * For voice.
   */
  accent?: string
  /**
   * How readily it speaks before the agent has finished. Of callers driven by a model: in none, 20 %, 50 % or 80 % of their turns. Default: none.
   */
  interruption_level?: 'none' | 'low' | 'medium' | 'high'
  /**
   * Speaking rate, 1 is normal. In text: below 0.9 the pace is slow, above 1.1 fast.
   */
  speed?: number
  /**
   * How long it takes to answer, where a model drives it. Default: what speed says, else normal.
   */
  pace?: 'slow' | 'normal' | 'fast'
  /**
   * How often it begins with an "um", where a model drives it: never, in 20 %, 50 % or 80 % of its turns. Default: none.
   */
  hesitation?: 'none' | 'low' | 'medium' | 'high'
  /**
   * How often its fingers slip, where a model drives it: in no word, in 2 %, 6 % or 12 % of them; never in digits, names or what its test profile holds. Default: none.
   */
  typos?: 'none' | 'low' | 'medium' | 'high'
  /**
   * A second language that slips in, where a model drives it.
   */
  language_mixing?: {
    /**
     * BCP 47.
     */
    language: string
    /**
     * How often: never, in 20 %, 50 % or 80 % of its turns. Default: medium.
     */
    level?: 'none' | 'low' | 'medium' | 'high'
  }
  /**
   * For voice.
   */
  background_noise?: string
}
/**
 * Who the caller is.
 */
export interface TestProfile {
  id?: Id
  /**
   * For people. Default: the key.
   */
  name?: string
  agent_variables?: Variables
  caller_variables?: Variables
}
/**
 * Name to value. Scalars only; names are letters, digits, - and _, so that {{test_profile.name}} can refer to them.
 */
export interface Variables {
  [k: string]: string | number | boolean | null
}
/**
 * Something measured in every run that names it. A metric measures; expect and thresholds gate.
 */
export interface Metric {
  id?: Id
  /**
   * For people. Default: the key.
   */
  name?: string
  /**
   * What it is for.
   */
  description?: string
  /**
   * binary: true or false; numeric: a number; rating: 0..100; enum: one of values.
   */
  type: 'binary' | 'numeric' | 'rating' | 'enum'
  agent_says?: TextMatcher
  caller_says?: TextMatcher
  tool_called?: ToolCalled
  /**
   * A value of the agent's metadata, by JSON Pointer.
   */
  metadata?: string
  /**
   * A measure that Callsheet computes, or one that it has a rubric for, and a judge takes; those need models.judge.
   */
  builtin?:
    | 'latency_ms'
    | 'turns'
    | 'duration_s'
    | 'words'
    | 'repetition'
    | 'tool_call_success'
    | 'appropriate_termination'
    | 'talk_ratio'
    | 'expected_outcome'
    | 'relevancy'
    | 'response_consistency'
    | 'hallucination'
    | 'csat'
    | 'sentiment'
    | 'topic'
    | 'dropoff_node'
    | 'verbosity'
    | 'unnecessary_repetition'
    | 'appropriate_termination_by_agent'
    | 'appropriate_termination_by_caller'
  /**
   * Of latency_ms, the figure that is the run's value. Default: mean.
   */
  statistic?: 'mean' | 'p50' | 'p90' | 'p95' | 'p99' | 'max'
  /**
   * A question in plain language. Needs models.judge.
   */
  judge?: string
  /**
   * Of what is judged: how often it is asked; the majority counts, of numbers the median. Default: that of models.judge.
   */
  votes?: number
  /**
   * When it has a meaning at all: an assertion, or (of what is judged) a condition in plain language. In other conversations it does not apply: it has no value, and none is missing.
   */
  trigger?: string | Assertion
  /**
   * enum: the possible values.
   *
   * @minItems 2
   */
  values?: [string, string, ...string[]]
}
/**
 * What a text must be like. Several keys must all hold.
 */
export interface TextMatcher {
  /**
   * The text holds these words, upper and lower case alike.
   */
  contains?: string
  /**
   * The text matches this regular expression (RE2 syntax: `(?i)` works, there are no back-references, and matching takes linear time).
   */
  matches?: string
  /**
   * The text is exactly this, white space at both ends aside.
   */
  equals?: string
  /**
   * The text is exactly one of these, white space at both ends aside.
   *
   * @minItems 1
   */
  one_of?: [string, ...string[]]
}
/**
 * The agent called this tool.
 */
export interface ToolCalled {
  /**
   * The tool's name.
   */
  name: string
  /**
   * The call's arguments hold at least these values, objects in depth; arrays must be equal.
   */
  arguments?: {}
  times?: Count
  /**
   * A matching call comes after the first call of this tool.
   */
  after?: string
}
/**
 * A lower and an upper bound, both inclusive.
 */
export interface Bounds {
  /**
   * The value may not be below this.
   */
  min?: number
  /**
   * The value may not be above this.
   */
  max?: number
}
/**
 * One thing that must hold; a map with exactly one key.
 */
export interface Assertion {
  agent_says?: TextMatcher
  caller_says?: TextMatcher
  tool_called?: ToolCalled
  /**
   * A value of the metadata that the agent sent.
   */
  metadata?: {
    /**
     * Where the value is, a JSON Pointer (RFC 6901).
     */
    pointer: string
    /**
     * Whether there is a value at all.
     */
    exists?: boolean
    /**
     * The value is equal to this, in depth.
     */
    equals?: {
      [k: string]: unknown
    }
    /**
     * The text holds these words, upper and lower case alike.
     */
    contains?: string
    /**
     * The text matches this regular expression (RE2 syntax: `(?i)` works, there are no back-references, and matching takes linear time).
     */
    matches?: string
  }
  /**
   * Who ended the conversation; limit means one of Callsheet's own limits did.
   */
  ended_by?: 'agent' | 'caller' | 'limit'
  turns?: Count
  duration?: DurationBounds
  /**
   * A metric's value is within bounds.
   */
  metric?: {
    /**
     * A metric of the suite, or a built-in one.
     */
    name: string
    /**
     * Of a metric with many samples in a run, such as latency_ms, the figure to hold against the bounds. Default: the metric's own.
     */
    statistic?: 'mean' | 'p50' | 'p90' | 'p95' | 'p99' | 'max'
    /**
     * The value may not be below this.
     */
    min?: number
    /**
     * The value may not be above this.
     */
    max?: number
    /**
     * The value is this (binary: true or false; enum: one of its values).
     */
    equals?: boolean | string | number
  }
  not?: Assertion
  /**
   * Every one of these assertions holds.
   *
   * @minItems 1
   */
  all?: [Assertion, ...Assertion[]]
  /**
   * At least one of these assertions holds.
   *
   * @minItems 1
   */
  any?: [Assertion, ...Assertion[]]
}
/**
 * A shortest and a longest duration, both inclusive.
 */
export interface DurationBounds {
  min?: Duration
  max?: Duration
}
/**
 * A simulated caller and what must come of the call. It has a script, conditional_actions or instructions: exactly one.
 */
export interface Scenario {
  id?: Id
  /**
   * For people. Default: the key.
   */
  name?: string
  /**
   * What it is for.
   */
  description?: string
  /**
   * Dotted path. Default: that of the file's folder below its include.
   */
  folder?: string
  tags?: Tags
  /**
   * By key or id.
   */
  personality?: string | number
  /**
   * By key or id.
   */
  test_profile?: string | number
  script?: Script
  conditional_actions?: ConditionalActions
  /**
   * What the caller wants and knows, in plain language. {{test_profile.x}} reads the profile's caller variables. Needs models.caller.
   */
  instructions?: string
  /**
   * With instructions: the exact words that the caller opens with; empty when the agent speaks first. Default: the caller finds its own.
   */
  first_message?: string
  /**
   * What must have come of it, in plain language: a text, which the judge splits into its claims, or the claims as a list. Needs models.judge.
   */
  expected_outcome?: string | [string, ...string[]]
  /**
   * Assertions; every one must hold.
   *
   * @minItems 1
   */
  expect?: [Assertion, ...Assertion[]]
  /**
   * Metrics to score, by key; built-in ones by their own name.
   *
   * @minItems 1
   */
  metrics?: [string, ...string[]]
  /**
   * How often the caller may speak. Default: 30.
   */
  max_turns?: number
  max_duration?: Duration
  idle_timeout?: Duration
  /**
   * What the caller says when nothing it waits for comes. Default: Hello, are you still there?
   */
  idle_prompt?: string
  frequency?: Frequency
  thresholds?: Thresholds
}
/**
 * A structured test: what the caller says, in order of what it hears. Deterministic, and needs no model, but for its act and says.
 */
export interface Script {
  /**
   * What the caller opens with; empty when the agent speaks first. Default: empty.
   */
  first_message?: string
  /**
   * The caller's answers, first match first.
   */
  steps?: Step[]
}
/**
 * One thing the caller says, and when. The first step in order that matches and has not been used answers. It has say or act: exactly one.
 */
export interface Step {
  when?: Condition
  /**
   * A follow-up: the turn after the step of this number (the first step is 1), whatever the agent says.
   */
  after?: number
  /**
   * The exact words; no personality changes them. {{test_profile.x}} reads the profile's caller variables; tags such as <hold time="2s"/>, <dtmf digits="12#"/> and <endcall/> act.
   */
  say?: string
  /**
   * What to say or do, in plain language; the caller finds its own words for it. Tags act as they do in say. Needs models.caller.
   */
  act?: string
  /**
   * Whether the step may answer more than once. Default: false.
   */
  repeat?: boolean
}
/**
 * A structured test in the exact form of the run-scenarios API.
 */
export interface ConditionalActions {
  /**
   * Who the caller is.
   */
  role: string
  /**
   * The first has id 0, condition FIRST_MESSAGE and fixed_message true.
   *
   * @minItems 1
   */
  conditions: [ConditionalAction, ...ConditionalAction[]]
}
/**
 * One condition and action in the form of the run-scenarios API.
 */
export interface ConditionalAction {
  /**
   * Unique among the conditions; the first is 0.
   */
  id: number
  /**
   * FIRST_MESSAGE for id 0; the id of an earlier condition for an action_followup; else when to act: contains "words" is deterministic, other text is plain language and needs models.caller.
   */
  condition: string | number
  /**
   * What the caller says (fixed_message: true) or does (false: plain language, needs models.caller).
   */
  action: string
  /**
   * standard acts on its condition; action_followup acts on the turn after the condition it refers to, whatever the agent says.
   */
  type: 'standard' | 'action_followup'
  /**
   * Whether the action is the exact words.
   */
  fixed_message: boolean
}
/**
 * The bar to clear. What is not given is not asked, but for coverage (1) and, where no pass_rate, each_scenario or all_of is given at all, pass_rate (1).
 */
export interface Thresholds {
  /**
   * The share of runs that must pass.
   */
  pass_rate?:
    | PassRate
    | {
        min: PassRate
        /**
         * Confidence of the two-sided interval: Wilson's, or of a case that runs until it is decided, that of its test.
         */
        confidence?: number
      }
  /**
   * The bar for every scenario x personality x test profile on its own.
   */
  each_scenario?: {
    /**
     * The share of each one's repeats that must pass.
     */
    pass_rate:
      | PassRate
      | {
          min: PassRate
          /**
           * Confidence of the two-sided interval: Wilson's, or of a case that runs until it is decided, that of its test.
           */
          confidence?: number
        }
  }
  /**
   * For every scenario x personality x test profile: the chance that k repeats drawn from those held all pass is 1, so at least k ran and none failed.
   */
  all_of?: number
  coverage?: Rate
  /**
   * Bounds on a metric over all runs, by metric and statistic.
   */
  metrics?: {
    /**
     * Statistic to bounds. Of a binary metric the mean is the share of true.
     */
    [k: string]: {
      mean?: Bounds
      min?: Bounds
      max?: Bounds
      p50?: Bounds
      p90?: Bounds
      p95?: Bounds
      p99?: Bounds
    }
  }
  /**
   * Of the suite only: nothing may have got worse since another result, beyond chance. Where that result cannot be read, the gate could not tell.
   */
  no_regression?: {
    /**
     * Folder of the result to compare with, relative to this file. --baseline on the command line wins.
     */
    baseline?: string
    /**
     * How likely one false alarm in the whole comparison may be. Default: 0.05.
     */
    alpha?: number
  }
  /**
   * Scenarios that may not fail even once.
   */
  must_pass?: {
    /**
     * Scenarios with any of these tags.
     *
     * @minItems 1
     */
    tags?: [string, ...string[]]
    /**
     * Scenarios by id or key.
     *
     * @minItems 1
     */
    scenarios?: [number | string, ...(number | string)[]]
  }
}
/**
 * A conversation, and what a judge that can be trusted says of it.
 */
export interface JudgeControl {
  /**
   * What it is for.
   */
  description?: string
  /**
   * By key or id: whose expected outcome it is judged by.
   */
  scenario: string | number
  /**
   * The conversation: its messages, or a JSON file with them, relative to this file.
   */
  transcript: string | [TranscriptMessage, ...TranscriptMessage[]]
  /**
   * Who ended the conversation. Default: caller.
   */
  ended_by?: 'agent' | 'caller' | 'limit'
  /**
   * What the judge must say.
   */
  expect: {
    /**
     * met: all claims of the expected outcome are; not_met: at least one is not.
     */
    outcome?: 'met' | 'not_met'
    /**
     * Judged metrics, by key, each with what it must come to.
     */
    metrics?: {
      /**
       * Bounds, a value, or that it does not apply.
       */
      [k: string]: {
        /**
         * The value may not be below this.
         */
        min?: number
        /**
         * The value may not be above this.
         */
        max?: number
        /**
         * The value is this.
         */
        equals?: boolean | string | number
        /**
         * false: its trigger does not hold here.
         */
        applies?: boolean
      }
    }
  }
}
/**
 * One message, tool call or tool result, by the names of the run-scenarios API or the usual ones.
 */
export interface TranscriptMessage {
  /**
   * Who said it.
   */
  role:
    | 'caller'
    | 'agent'
    | 'tool_call'
    | 'tool_result'
    | 'Testing Agent'
    | 'Main Agent'
    | 'Function Call'
    | 'Function Call Result'
  /**
   * What was said.
   */
  content?: string
  /**
   * Seconds from the start of the call.
   */
  start_time?: number
  /**
   * Seconds from the start of the call.
   */
  end_time?: number
  /**
   * Of a tool call or result: which tool, with what.
   */
  data?: {
    /**
     * The call's id.
     */
    id?: string
    /**
     * The tool's name.
     */
    name?: string
    /**
     * What it was called with.
     */
    arguments?: {
      [k: string]: unknown
    }
    /**
     * What it returned.
     */
    result?: {
      [k: string]: unknown
    }
  }
}
/**
 * What to run; each entry is one result.
 */
export interface RunEntry {
  /**
   * The entry's label. Default: Run 1, Run 2 ...
   */
  name?: string
  /**
   * By key, id or assistant_id. Default: the only agent there is.
   */
  agent?: string | number
  /**
   * all; or a number N, the first N; or a list of ids and keys; or a folder, with those below it. Default: all.
   */
  scenarios?: string | number | [number | string, ...(number | string)[]]
  tags?: Tags
  tags_all?: Tags
  tags_not?: Tags
  frequency?: Frequency
  /**
   * By key or id: override the scenarios' own; each multiplies the runs.
   *
   * @minItems 1
   */
  personalities?: [string | number, ...(string | number)[]]
  /**
   * By key or id: override the scenarios' own; each multiplies the runs.
   *
   * @minItems 1
   */
  test_profiles?: [string | number, ...(string | number)[]]
  /**
   * For telephony: one number for all runs, or one for each. Default: same_number.
   */
  mode?: 'same_number' | 'different_numbers'
  /**
   * For telephony: the number dialled, E.164.
   */
  outbound_phone_number?: string
  /**
   * For telephony: the number an agent that calls us calls from, E.164.
   */
  agent_number?: string
  /**
   * Conversations of this entry held at once. Default: the agent's.
   */
  concurrency_limit?: number
  /**
   * Those of the agent's mock tools that its runs may call; [] none. Default: all.
   */
  mock_tool_names?: string[] | null
  thresholds?: Thresholds
}
/**
 * Bounds on the whole suite.
 */
export interface Limits {
  /**
   * Conversations held at once. Default: 10.
   */
  concurrency?: number
  /**
   * Conversations started in a second at most. Default: no bound.
   */
  starts_per_second?: number
  run_timeout?: Duration
  suite_timeout?: Duration
  /**
   * A plan with more runs than this is refused. Default: 2000.
   */
  max_runs?: number
  /**
   * Once this many runs have failed (failed or agent_error) no more are started, and the gate fails. Default: no bound.
   */
  max_failures?: number
  /**
   * Once models have cost this much, in the currency of prices, no more runs are started. Default: no bound.
   */
  max_cost?: number
  /**
   * Once a run entry's gate can no longer change, its remaining runs are not started. Default: false.
   */
  stop_when_decided?: boolean
}
/**
 * How often a run is tried again, by how it ended. Every attempt stays in the report.
 */
export interface Retries {
  /**
   * Times to run again when it could not be told. Default: 2.
   */
  infra_error?: number
  /**
   * Times to run again when the agent broke; a run that then passes is marked flaky. Default: 0.
   */
  agent_error?: number
  /**
   * Times to run again when something did not hold; a run that then passes is marked flaky. Default: 0.
   */
  failed?: number
}
