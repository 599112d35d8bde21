import { modelCaller } from '../../../../src/adapters/callers/model-driven.js'
import { seededRandom } from '../../../../src/adapters/clocks/system.js'
import type { Connection } from '../../../../src/domain/connection.js'
import type { Behaviour, Personality, TestProfile } from '../../../../src/domain/document.js'
import type { RunSpec } from '../../../../src/domain/plan.js'
import type { Moment } from '../../../../src/domain/transcript.js'
import type { Caller, CallerMove, Heard } from '../../../../src/ports/caller.js'
import type { LanguageModel } from '../../../../src/ports/language-model.js'
import { agent } from '../../../support/build.js'
import { specOf } from './run-spec.js'

export interface PlayShape {
  readonly personality?: Personality
  readonly testProfile?: TestProfile
  readonly connection?: Connection
  readonly seed?: number
}

/** A call with a caller that a model drives, in which the test is the agent. */
export interface Play {
  readonly caller: Caller
  readonly history: Moment[]
  /** The caller opens. */
  open(): Promise<CallerMove>
  /** The agent says this, then the caller moves. */
  say(...messages: string[]): Promise<CallerMove>
  /** The same, but the caller gives way: its move is not wanted. */
  sayAndGoOn(...messages: string[]): Promise<void>
}

export function behaviourOf(instructions: string, firstMessage?: string): Behaviour {
  const text = firstMessage === '' ? [] : [{ type: 'text', text: firstMessage ?? '' } as const]
  return { kind: 'instructions', instructions, ...(firstMessage !== undefined && { firstMessage: text }) }
}

export function playSpec(behaviour: Behaviour, { connection, ...who }: PlayShape = {}): RunSpec {
  const spec = specOf({ firstMessage: [], steps: [] }, who)
  const entry = { ...spec.entry, agent: agent(connection && { connection }) }
  return { ...spec, entry, case: { ...spec.case, scenario: { ...spec.case.scenario, behaviour } } }
}

export function play(model: LanguageModel, behaviour: Behaviour, shape: PlayShape = {}): Play {
  const patterns = { search: (pattern: string, text: string) => new RegExp(pattern).test(text) }
  const random = seededRandom(shape.seed ?? 1)
  const caller = modelCaller(model)(playSpec(behaviour, shape), { patterns, random, spent: () => undefined })
  const history: Moment[] = []
  let turn = 0

  const heardOf = (messages: readonly string[]): Heard => {
    for (const text of messages) history.push({ type: 'said', by: 'agent', turn, startS: turn, endS: turn, text })
    return { text: messages.join('\n'), messages, history }
  }
  const made = (move: CallerMove): CallerMove => {
    if (move.type !== 'say') return move
    turn += 1
    for (const part of move.utterance) {
      const at = { by: 'caller', turn, startS: turn, endS: turn } as const
      if (part.type === 'text') history.push({ ...at, type: 'said', text: part.text, cause: move.cause })
      if (part.type === 'dtmf') history.push({ ...at, type: 'dtmf', digits: part.digits })
    }
    return move
  }
  return {
    caller,
    history,
    open: async () => made(await caller.open({ signal: new AbortController().signal })),
    say: async (...messages) => made(await caller.answer(heardOf(messages), { signal: new AbortController().signal })),
    async sayAndGoOn(...messages) {
      const unwanted = new AbortController()
      await caller.answer(heardOf(messages), unwanted)
      unwanted.abort()
    },
  }
}

/** A move in short: `Hi. <hold 1000> <endcall>`. */
export function inShort(move: CallerMove): string {
  if (move.type !== 'say') return move.type === 'wait' ? '(waits)' : `(lapse) ${move.reason}`
  const words = move.utterance.map(part => {
    if (part.type === 'text') return part.text
    return `<${[part.type, 'ms' in part ? part.ms : 'digits' in part ? part.digits : ''].join(' ').trim()}>`
  })
  return words.join(' ')
}

/** What a model may answer to `caller_move`. */
export function moveOf(say: string, more: Readonly<Record<string, unknown>> = {}): object {
  return { say, next: 'reply', ...more }
}
