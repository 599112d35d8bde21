import { traitsOf } from '../../domain/connection.js'
import type { Script, Step } from '../../domain/document.js'
import { withoutSound, type Utterance } from '../../domain/utterance.js'
import type { Caller, CallerMove, Heard, Thought } from '../../ports/caller.js'
import type { ModelUse } from '../../ports/language-model.js'
import { askInRole, Lapse } from './ask-in-role.js'
import type { Cast } from './cast.js'
import { askConditions } from './conditions.js'
import { fillInScript, valuesOf } from './fill-in-script.js'
import { inManner } from './manner.js'
import { wordsFor } from './own-words.js'
import { partOf } from './part.js'
import { ScriptProgress } from './script-progress.js'
import { answersTo } from './scripted.js'
import { createTurns } from './turns.js'

/**
 * A caller that follows its script. A model decides whether `says` conditions match, and finds the words for `act`
 * steps. Follow-ups, order and exact words work as for a scripted caller; the model is asked only where nothing else
 * decides.
 */
export function improvisingCaller(written: Script, cast: Cast): Caller {
  const { spec, render, manner } = cast
  const script = fillInScript(written, render, () => valuesOf(spec))
  const { firstMessage, steps } = script
  const part = partOf(spec, script.role ?? '', render)
  const progress = new ScriptProgress(steps)
  const turns = createTurns()
  const speaks = traitsOf[spec.entry.agent.connection.type].medium === 'voice'

  /** Finds the first free step, in order, that matches. Earlier steps that only a model can decide go into one question. */
  async function match(heard: Heard, use: ModelUse, turn: number): Promise<number> {
    const inQuestion: number[] = []
    let certain = -1
    for (const [at, step] of steps.entries()) {
      if (!progress.isFree(at) || !answersTo(step, heard.text, cast.patterns)) continue
      if (saysOf(step) === undefined) {
        certain = at
        break
      }
      inQuestion.push(at)
    }
    if (inQuestion.length === 0) return certain
    const conditions = inQuestion.map(at => saysOf(steps[at]) ?? '')
    const matches = await askConditions({ conditions, heard, turn }, cast.model, use)
    return inQuestion[matches.indexOf(true)] ?? certain
  }

  async function wordsOf(step: Step, heard: Heard, use: ModelUse, turn: number): Promise<Utterance | Lapse> {
    if (step.wording === 'exact') return step.say
    // On a channel without sound, sound tags must not split the sentences that the model rewrites.
    const say = speaks ? step.say : withoutSound(step.say)
    const asked = wordsFor(say, part, { turn, history: heard.history, notes: manner.notes(turn) }, cast.mask)
    const found = asked && (await askInRole(cast.model, asked.request, use, asked.read))
    if (!found || found instanceof Lapse) return found ?? say
    return inManner(manner, found, turn)
  }

  return {
    idlePrompt: render(spec.case.scenario.idlePrompt),
    open(thought): CallerMove {
      if (firstMessage.length === 0) return { type: 'wait' }
      turns.begin(thought)
      return { type: 'say', utterance: firstMessage, cause: { kind: 'first_message' } }
    },
    async answer(heard: Heard, thought: Thought): Promise<CallerMove> {
      const turn = turns.current()
      const use = { signal: thought.signal, spent: cast.spent }
      const index = progress.due() ?? (await match(heard, use, turn))
      const step = steps[index]
      if (!step) return { type: 'wait' }
      const utterance = await wordsOf(step, heard, use, turn)
      if (utterance instanceof Lapse) return { type: 'lapse', reason: `turn ${turn + 1}: ${utterance.reason}` }
      turns.begin(thought, () => progress.take(index))
      return { type: 'say', utterance, cause: step.cause }
    },
    patience() {
      const patience = manner.patience(turns.current())
      // Without anything left to say, nobody cuts in.
      return patience.quietMs === 0 && !progress.hasNext() ? { ...patience, quietMs: 1 } : patience
    },
    cutInMs: () => progress.cutInMs(),
    known: () => [firstMessage, ...steps.flatMap(({ wording, say }) => (wording === 'exact' ? [say] : []))],
  }
}

function saysOf(step: Step | undefined): string | undefined {
  return step?.trigger.kind === 'when' ? step.trigger.says : undefined
}
