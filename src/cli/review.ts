import { createInterface } from 'node:readline'

import { agreementText, isSameAnswer, type JudgedAnswer, type Review, reviewVersion } from '../domain/review.js'
import { addReview, agreementAt, hasReviews, readReviews } from '../app/review/reviews.js'
import { saveIt } from '../app/finished-journal.js'
import { drawToReview, type ToReview } from '../app/review/to-review.js'
import { defaultAdapters } from '../app/registry.js'
import { safeLine } from '../domain/safe-text.js'
import { exit, type ExitCode } from './exit.js'
import { exitGiven, findResult } from './find-result.js'
import { hasColour, widthOf, write } from './terminal.js'
import { UsageError } from './usage-error.js'

export interface ReviewFlags {
  readonly by: string
  readonly sample: number
}

/**
 * `callsheet review`: asks a person about answers of a result's judge, and shows what the judge said only afterwards. Changes no verdict.
 */
export async function review(name: string, { by, sample }: ReviewFlags): Promise<ExitCode> {
  const use = await defaultAdapters(process.env)
  const result = await findResult(name, use)
  const { place } = result
  if (!hasReviews(place)) throw new UsageError(`${name} is in the database of a server, which keeps no reviews. ${saveIt}`)
  const terminal = { colour: hasColour(process.stdout), width: widthOf(process.stdout) }
  const items = await drawToReview(result, { by, most: sample, before: readReviews(place), terminal }, use)
  if (items.length === 0) {
    await write(
      process.stdout,
      `There is nothing to review in ${safeLine(place)}: no model judged a run, or ${safeLine(by)} has reviewed everything.\n`,
    )
    return exitGiven(exit.passed, [result])
  }
  using lines = readLines()
  for (const [i, item] of items.entries()) {
    await write(
      process.stdout,
      `${i > 0 ? '\n' : ''}${i + 1} of ${items.length}: ${safeLine(item.run)}${item.conversation}\n\n${questionOf(item)}`,
    )
    const given = await askAbout(item, lines)
    if (given.is === 'quit') break
    addReview(place, {
      version: reviewVersion,
      at: use.clock.date().toISOString(),
      by,
      ...reviewOf(item, given, given.is === 'said' ? await whyNot(item, given.said, lines) : undefined),
    })
  }
  const agreement = agreementAt(place)
  if (agreement)
    await write(process.stdout, `\n${agreementText(agreement)}.\nSee it with:  callsheet report ${safeLine(place)} --html report.html\n`)
  return exitGiven(exit.passed, [result])
}

function questionOf(item: ToReview): string {
  return `${item.asked}\nWhat do you say? ${choicesOf(item)}\n`
}

function choicesOf({ type, values }: ToReview): string {
  const answers = {
    yes_or_no: 'y (yes), n (no)',
    rating: 'a number from 0 to 100, where 100 is best',
    number: 'a number',
    text: values ? `its value, such as ${values.join(', ')}` : 'its value',
  }[type]
  return `${answers}, u (unclear), q (quit)`
}

type GivenReview = { readonly is: 'said'; readonly said: JudgedAnswer } | { readonly is: 'unclear' | 'quit' }

/** Asks until there is an answer. */
async function askAbout(item: ToReview, lines: Lines): Promise<GivenReview> {
  const { type } = item
  for (;;) {
    const line = await lines.next('> ')
    const text = line?.trim().toLowerCase()
    if (text === undefined || text === 'q' || text === 'quit') return { is: 'quit' }
    if (text === 'u' || text === 'unclear') return { is: 'unclear' }
    if (type === 'yes_or_no' && /^(y|yes|n|no)$/.test(text)) return { is: 'said', said: text.startsWith('y') }
    if ((type === 'number' || type === 'rating') && isNumber(text, type === 'rating')) return { is: 'said', said: Number(text) }
    if (type === 'text' && text !== '') return { is: 'said', said: text }
    await write(process.stdout, `That is no answer here. Answer with ${choicesOf(item)}.\n`)
  }
}

function isNumber(text: string, isRating: boolean): boolean {
  return /^-?\d+(\.\d+)?$/.test(text) && (!isRating || (Number(text) >= 0 && Number(text) <= 100))
}

/** Shows what the judge said. @returns Why the person disagrees, if it says so. */
async function whyNot({ judge, because, type }: ToReview, said: JudgedAnswer, lines: Lines): Promise<string | undefined> {
  const isSame = isSameAnswer(judge, said, type === 'rating')
  const words = typeof judge === 'boolean' ? (judge ? 'yes' : 'no') : String(judge)
  await write(process.stdout, `The judge said ${safeLine(words)}: ${safeLine(because)}\nYou ${isSame ? 'agree' : 'disagree'}.\n`)
  if (isSame) return undefined
  const why = (await lines.next('Why? (Enter for no reason) '))?.trim()
  return why === '' ? undefined : why
}

function reviewOf(
  { run, claim, metric, judge, type }: ToReview,
  given: GivenReview,
  reason: string | undefined,
): Omit<Review, 'version' | 'at' | 'by'> {
  return {
    run,
    ...(claim !== undefined && { claim }),
    ...(metric !== undefined && { metric }),
    judge,
    is: given.is !== 'said' ? 'unclear' : isSameAnswer(judge, given.said, type === 'rating') ? 'agree' : 'disagree',
    ...(given.is === 'said' && { said: given.said }),
    ...(reason !== undefined && { reason }),
  }
}

interface Lines extends Disposable {
  /** The next line that a person types, or that a program sends; `undefined` at the end. */
  next(prompt: string): Promise<string | undefined>
}

function readLines(): Lines {
  const reader = createInterface({ input: process.stdin })
  const lines = reader[Symbol.asyncIterator]()
  return {
    async next(prompt) {
      process.stderr.write(prompt)
      const line = await lines.next()
      return line.done === true ? undefined : line.value
    },
    [Symbol.dispose]: () => reader.close(),
  }
}
