import { AnswerCut } from '../../ports/language-model.js'

/** An answer for each item, by the item's own key. */
export type ByKey = Readonly<Record<string, unknown>>

/**
 * Asks about all items in one question. If the answer is cut off, asks once more, about half of the items at a time.
 *
 * @param ask  Asks one question. `isAgain`: an answer was cut off before, so it should be short.
 * @throws {AnswerCut} when an answer is cut off again.
 */
export async function askInParts<Item>(
  items: readonly Item[],
  ask: (items: readonly Item[], isAgain: boolean) => Promise<ByKey>,
): Promise<ByKey> {
  try {
    return await ask(items, false)
  } catch (cause) {
    if (!(cause instanceof AnswerCut)) throw cause
  }
  const half = Math.ceil(items.length / 2)
  const parts = [items.slice(0, half), items.slice(half)].filter(part => part.length > 0)
  const answers = await Promise.all(parts.map(part => ask(part, true)))
  return Object.assign({}, ...answers) as ByKey
}

/** What a question adds after an answer was cut off. */
export const beShort = 'Your last answer was too long. Use as few words as you can.'
