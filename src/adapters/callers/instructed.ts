import type { Behaviour } from '../../domain/document.js'
import { createRoleGuard } from '../../domain/out-of-role.js'
import type { Moment } from '../../domain/transcript.js'
import type { Utterance, UtterancePart } from '../../domain/utterance.js'
import type { Caller, CallerMove, Thought } from '../../ports/caller.js'
import type { ModelRequest } from '../../ports/language-model.js'
import { askInRole, Lapse, objectTo, Unfit } from './ask-in-role.js'
import type { Cast } from './cast.js'
import { cleanSpeech } from './clean-speech.js'
import { conversationMessages } from './conversation-messages.js'
import { fillInParts } from './fill-in-script.js'
import { inManner } from './manner.js'
import { abilitiesOf, meaningsOf, moveAnswer, type Move } from './move.js'
import { partOf } from './part.js'
import { createTurns } from './turns.js'

const longestHoldS = 30

/**
 * A caller that a model plays by instructions. It hangs up when the model wants to, but never before the agent has had a chance to
 * act on the caller's request, and never in the same turn as a new question.
 */
export function instructedCaller(behaviour: Behaviour & { kind: 'instructions' }, cast: Cast): Caller {
  const { spec, render, manner } = cast
  const instructions = render(behaviour.instructions)
  const abilities = abilitiesOf(spec.entry.agent.connection.type, instructions)
  const answer = moveAnswer(abilities)
  const part = partOf(
    spec,
    instructions,
    render,
    `When you are done, or it is plain that it cannot be done here, hang up. ${meaningsOf(answer)}`,
  )
  const guard = createRoleGuard(part.told)
  const firstMessage = behaviour.firstMessage && fillInParts(behaviour.firstMessage, render)
  const turns = createTurns()

  async function think(history: readonly Moment[], note: string, thought: Thought): Promise<CallerMove> {
    const turn = turns.current()
    const request = requestFor(history, note, turn)
    /** A move without parts waits. */
    const read = (answered: unknown): Utterance | Unfit => decide(answered as Move, history)
    const decided = await askInRole(cast.model, request, { signal: thought.signal, spent: cast.spent }, read)
    if (decided instanceof Lapse) return { type: 'lapse', reason: `turn ${turn + 1}: ${decided.reason}` }
    if (decided.length === 0) return { type: 'wait' }
    turns.begin(thought)
    return { type: 'say', utterance: inManner(manner, decided, turn), cause: { kind: 'instructions' } }
  }

  function requestFor(history: readonly Moment[], note: string, turn: number): ModelRequest {
    const notes = [note, ...manner.notes(turn)].join(' ')
    return {
      purpose: `caller, turn ${turn + 1}`,
      messages: [{ role: 'system', content: part.system }, ...conversationMessages(history, notes)],
      answer,
    }
  }

  function decide(move: Move, history: readonly Moment[]): Utterance | Unfit {
    const { next, digits: keyed = '', hold_s: holdS = 0 } = move
    const unfit = objectTo(move.say, guard, cast.mask)
    if (unfit) return unfit
    const say = next === 'wait' ? '' : cleanSpeech(move.say)
    const digits = next === 'dtmf' ? keyed.replaceAll(/[^0-9*#A-D]/g, '') : ''
    const hangsUp = next === 'end_call' && hasHadItsChance(history) && !/[?？؟]/.test(say)
    if (next === 'end_call' && !hangsUp && say === '') return hungUpTooSoon
    if (say === '' && digits === '' && !hangsUp && !abilities.wait) return saidNothing
    const parts: UtterancePart[] = []
    if (say !== '') parts.push({ type: 'text', text: say })
    if (digits !== '') parts.push({ type: 'dtmf', digits })
    if (next === 'hold' && say !== '') parts.push({ type: 'hold', ms: Math.round(1000 * Math.min(Math.max(holdS, 1), longestHoldS)) })
    if (hangsUp) parts.push({ type: 'endcall' })
    return parts
  }

  return {
    idlePrompt: render(spec.case.scenario.idlePrompt),
    async open(thought) {
      if (!firstMessage) return think([], 'Nobody has spoken yet: open the conversation.', thought)
      if (firstMessage.length === 0) return { type: 'wait' }
      turns.begin(thought)
      return { type: 'say', utterance: firstMessage, cause: { kind: 'first_message' } }
    },
    answer: (heard, thought) => think(heard.history, 'It is your turn.', thought),
    patience: () => manner.patience(turns.current()),
    known: () => (firstMessage ? [firstMessage] : []),
  }
}

const hungUpTooSoon = new Unfit(
  'you cannot hang up yet. The agent has to have the chance to act on what you want; say something.',
  'the caller wanted to hang up before the agent could act',
)

const saidNothing = new Unfit('you said nothing, and the agent waits for you.', 'the caller had nothing to say')

/** Whether the agent has acted since the caller last spoke. */
function hasHadItsChance(history: readonly Moment[]): boolean {
  const asked = history.findLastIndex(({ by }) => by === 'caller')
  return asked !== -1 && history.slice(asked).some(({ by, type }) => by === 'agent' && type !== 'thought')
}
