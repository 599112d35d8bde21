import type { ConditionalActions } from '../../../domain/generated/suite.js'

/**
 * A JSON test suite of the run-scenarios API, version "1": the document that `run_scenarios_json` takes as `spec`.
 *
 * It says what to test. The request names the agent and the way to reach it. Personalities, test profiles and metrics
 * are given by the service's ids; personalities and test profiles can also be written out.
 *
 * @see https://docs.cekura.ai/schemas/test-suite/v1.json
 */
export interface TestSuite {
  readonly $schema?: string
  readonly version: typeof testSuiteVersion
  readonly suite?: { readonly name?: string; readonly description?: string }
  /** Defaults for the fields a case leaves out. */
  readonly defaults?: Defaults
  readonly scenarios: readonly TestCase[]
}

export const testSuiteVersion = '1'

/** The address of the format's schema, for a document's `$schema`. */
export const testSuiteSchema = 'https://docs.cekura.ai/schemas/test-suite/v1.json'

export interface Defaults {
  readonly frequency?: number
  readonly concurrency_limit?: number
  readonly language?: string
  /** Seconds. */
  readonly max_duration?: number
  readonly metrics?: readonly (number | string)[]
  readonly personality?: number | InlinePersonality
  readonly test_profile?: number | InlineTestProfile
  readonly tags?: readonly string[]
  readonly phone_number?: string
}

/** Has `instructions`, or, with type conditional_actions, `conditional_actions` and a `language`. */
export interface TestCase extends Omit<Defaults, 'concurrency_limit'> {
  /** Identifies the case across versions of the document. The default is the name. */
  readonly key?: string
  readonly name: string
  readonly type?: CaseType
  readonly instructions?: string
  readonly conditional_actions?: ConditionalActions
  readonly expected_outcome?: string
  readonly first_message?: string
  readonly tools?: readonly string[]
}

export const caseTypes = ['instruction', 'conditional_actions', 'real_world_smart', 'real_world_fixed'] as const

export type CaseType = (typeof caseTypes)[number]

/** With a `base`, the fields change that personality. Without one, all fields of a voice are required. */
export interface InlinePersonality {
  readonly base?: number
  readonly name?: string
  readonly prompt?: string
  readonly language?: string
  readonly provider?: string
  readonly voice_model?: string
  readonly voice_id?: string
  readonly background_noise?: string
  /** 1 is normal speed. */
  readonly speed?: number
  readonly end_call_enabled?: boolean
}

export interface InlineTestProfile {
  readonly name?: string
  /** Sent to the agent. */
  readonly agent_variables?: Readonly<Record<string, unknown>>
  /** Known only to the caller. */
  readonly caller_variables?: Readonly<Record<string, unknown>>
}

export const callerTools = ['call_hold', 'dtmf', 'end_call', 'end_call_only_on_transfer', 'receive_dtmf', 'send_sms'] as const

/** `multi` stands for several languages; the others are ISO 639-1. */
export const languages =
  'af ar bg bn cs da de el en es et fi fr gu he hi hu id it ja kn ko ml mr ms multi nl no pa pl pt ro ru sk sv ta te th tl tr uk vi zh'.split(
    ' ',
  )

/** Limits of a document. */
export const most = {
  cases: 200,
  bytes: 1024 * 1024,
  nameLength: 80,
  keyLength: 128,
  longNameLength: 255,
  tags: 32,
  tagLength: 64,
  metrics: 64,
  tools: 16,
} as const

export const metricSlug = /^[a-z0-9_]+$/
