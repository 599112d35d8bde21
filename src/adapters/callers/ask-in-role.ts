import type { Mask } from '../../domain/mask.js'
import { roleBreaks, type OutOfRole, type RoleGuard } from '../../domain/out-of-role.js'
import { AnswerCut, type LanguageModel, type ModelRequest, type ModelUse } from '../../ports/language-model.js'

/** An answer the caller cannot use. */
export class Unfit {
  /**
   * @param objection  The note to the model, which then answers once more.
   * @param lapse  The text for the report if the second answer is no better.
   */
  constructor(
    readonly objection: string,
    readonly lapse: string,
  ) {}
}

/** The model did not play its part. `reason` says why. */
export class Lapse {
  constructor(readonly reason: string) {}
}

/**
 * Asks the model for something a caller says or does, and once more if the answer is unfit.
 *
 * @param read  Turns the answer into the move, or says why it is unfit.
 * @throws {FaultError} as the model does.
 */
export async function askInRole<Move>(
  model: LanguageModel,
  request: ModelRequest,
  use: ModelUse,
  read: (answer: unknown) => Move | Unfit,
): Promise<Move | Lapse> {
  const first = await readFirst()
  if (!(first instanceof Unfit)) return first
  const objection = `Your last answer was thrown away: ${first.objection} Answer anew.`
  const second = read(await model.ask({ ...request, messages: withNote(request.messages, objection) }, use))
  return second instanceof Unfit ? new Lapse(second.lapse) : second

  async function readFirst(): Promise<Move | Unfit> {
    try {
      return read(await model.ask({ ...request, mayBe: 'cut' }, use))
    } catch (cause) {
      if (cause instanceof AnswerCut) return tooLong
      throw cause
    }
  }
}

const tooLong = new Unfit('it was far too long. Say one or two short sentences.', 'the caller said too much')

/** Objects to words the caller should not say. */
export function objectTo(words: string, guard: RoleGuard, mask: Mask): Unfit | undefined {
  const found = guard(words)
  if (!found) return undefined
  const shown = mask.text(found.quote)
  const quote = shown.length > 80 ? `${shown.slice(0, 77)}...` : shown
  return new Unfit(objections[found.kind], `the caller ${roleBreaks[found.kind]}: "${quote}"`)
}

const objections: Readonly<Record<OutOfRole['kind'], string>> = {
  repeats_instructions: "it repeated what you were told. Say it as the person you are would, in that person's own words.",
  speaks_for_agent: 'it spoke for the agent. Say only what you, the caller, say next.',
  speaks_as_model: 'it said that you are a machine. You are the person who calls: say what that person says next.',
}

/** Adds a note below the question. */
function withNote(messages: ModelRequest['messages'], note: string): ModelRequest['messages'] {
  return messages.map((each, i) => (i < messages.length - 1 ? each : { ...each, content: `${each.content}\n\n${note}` }))
}
