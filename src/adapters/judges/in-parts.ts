import { AnswerCut, AnswerUnusable } from '../../ports/language-model.js'

/** An answer for each item, by the item's own key. */
export type ByKey = Readonly<Record<string, unknown>>

/** Where the model gave no answer that can be used. */
export class Unanswered {
  /** @param because  What was wrong, in a sentence. */
  constructor(readonly because: string) {}
}

/**
 * Asks about all items in one question. If the answer is cut off, asks once more, about half of the items at a time. Items without a
 * usable answer are {@link Unanswered}.
 *
 * @param keyOf  The key of an item's answer.
 * @param ask  Asks one question. `isAgain`: an answer was cut off before, so it should be short.
 * @throws {FaultError} when the model does not answer.
 */
export async function askInParts<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  ask: (items: readonly Item[], isAgain: boolean) => Promise<ByKey>,
): Promise<ByKey> {
  const askAbout = async (part: readonly Item[], isAgain: boolean): Promise<ByKey> => {
    try {
      return await ask(part, isAgain)
    } catch (cause) {
      if (!(cause instanceof AnswerUnusable) || (cause instanceof AnswerCut && !isAgain)) throw cause
      const { message } = cause.fault
      return Object.fromEntries(part.map(item => [keyOf(item), new Unanswered(message)]))
    }
  }
  try {
    return await askAbout(items, false)
  } catch (cause) {
    if (!(cause instanceof AnswerCut)) throw cause
  }
  const half = Math.ceil(items.length / 2)
  const parts = [items.slice(0, half), items.slice(half)].filter(part => part.length > 0)
  const answers = await Promise.all(parts.map(part => askAbout(part, true)))
  return Object.assign({}, ...answers) as ByKey
}

/** What a question adds after an answer was cut off. */
export const beShort = 'Your last answer was too long. Use as few words as you can.'
