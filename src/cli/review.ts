import { createInterface } from 'node:readline'

import { agreementText, type JudgedAnswer } from '../domain/review.js'
import { givenIn, type GivenReview, isAgreed, reviewOf } from '../domain/review-form.js'
import { addReview, agreementAt, hasReviews, readReviews } from '../app/review/reviews.js'
import { saveIt } from '../app/finished-journal.js'
import { asText, drawToReview, type ToReview } from '../app/review/to-review.js'
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
  if (!hasReviews(place))
    throw new UsageError(`${name} is in the database of a server. Review it on its page there (/ui/), or here: ${saveIt}`)
  const terminal = { colour: hasColour(process.stdout), width: widthOf(process.stdout) }
  const items = await drawToReview(result, { by, most: sample, before: readReviews(place), showing: asText(terminal) }, use)
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
    if (given === 'quit') break
    const reason = given.is === 'said' ? await whyNot(item, given.said, lines) : undefined
    addReview(place, reviewOf(item, given, { at: use.clock.date().toISOString(), by, ...(reason !== undefined && { reason }) }))
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

/** Asks until there is an answer. */
async function askAbout(item: ToReview, lines: Lines): Promise<GivenReview | 'quit'> {
  for (;;) {
    const line = await lines.next('> ')
    if (line === undefined || /^(q|quit)$/i.test(line.trim())) return 'quit'
    const given = givenIn(line, item)
    if (given) return given
    await write(process.stdout, `That is no answer here. Answer with ${choicesOf(item)}.\n`)
  }
}

/** Shows what the judge said. @returns Why the person disagrees, if it says so. */
async function whyNot(item: ToReview, said: JudgedAnswer, lines: Lines): Promise<string | undefined> {
  const { judge, because } = item
  const isSame = isAgreed(item, said)
  const words = typeof judge === 'boolean' ? (judge ? 'yes' : 'no') : String(judge)
  await write(process.stdout, `The judge said ${safeLine(words)}: ${safeLine(because)}\nYou ${isSame ? 'agree' : 'disagree'}.\n`)
  if (isSame) return undefined
  const why = (await lines.next('Why? (Enter for no reason) '))?.trim()
  return why === '' ? undefined : why
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
