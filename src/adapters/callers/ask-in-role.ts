import type { RoleGuard } from '../../domain/out-of-role.js'
import type { LanguageModel, ModelRequest, ModelUse } from '../../ports/language-model.js'

/** An answer that will not do. */
export class Unfit {
  /**
   * @param objection  What the model is told of it.
   * @param lapse  What a report says of it, if the next answer will not do either.
   */
  constructor(
    readonly objection: string,
    readonly lapse: string,
  ) {}
}

/** The model would not play its part, and this is why. */
export class Lapse {
  constructor(readonly reason: string) {}
}

/**
 * Asks the model for something that a caller says or does; once again where its answer will not do.
 *
 * @param read  Makes of an answer what is wanted.
 * @throws {FaultError} as the model does.
 */
export async function askInRole<Move>(
  model: LanguageModel,
  request: ModelRequest,
  use: ModelUse,
  read: (answer: unknown) => Move | Unfit,
): Promise<Move | Lapse> {
  const first = read(await model.ask(request, use))
  if (!(first instanceof Unfit)) return first
  const objection = `Your last answer was thrown away: ${first.objection} Answer anew.`
  const second = read(await model.ask({ ...request, messages: withNote(request.messages, objection) }, use))
  return second instanceof Unfit ? new Lapse(second.lapse) : second
}

/** Objects to words that are not the caller's own. */
export function objectTo(words: string, guard: RoleGuard): Unfit | undefined {
  const found = guard(words)
  if (!found) return undefined
  const quote = found.quote.length > 80 ? `${found.quote.slice(0, 77)}...` : found.quote
  switch (found.kind) {
    case 'repeats_instructions':
      return new Unfit(
        "it repeated what you were told. Say it as the person you are would, in that person's own words.",
        `the caller repeated its instructions: "${quote}"`,
      )
    case 'speaks_for_agent':
      return new Unfit('it spoke for the agent. Say only what you, the caller, say next.', `the caller spoke for the agent: "${quote}"`)
  }
}

/** The question, with a note under it. */
function withNote(messages: ModelRequest['messages'], note: string): ModelRequest['messages'] {
  return messages.map((each, i) => (i < messages.length - 1 ? each : { ...each, content: `${each.content}\n\n${note}` }))
}
