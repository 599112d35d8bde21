import { withoutByteOrderMark } from '../../../domain/json-value.js'
import { readFileSync, statSync } from 'node:fs'
import { costOf, type Model, type ModelUsage } from '../../../domain/model.js'
import { FaultError } from '../../../domain/fault.js'
import { cassetteFaults } from '../../../domain/faults/cassette-faults.js'
import { AnswerCut, AnswerUnusable } from '../../../ports/language-model.js'
import type { Clock } from '../../../ports/clock.js'
import { createShapeCheck } from '../answer.js'
import { askedBy, createCounter, type Cassette, type CassetteUse } from './cassette.js'
import { createSecretKeeper } from './secrets.js'
import { askedTooOften, describeMiss } from './describe-miss.js'
import { CassetteError, digestOf, questionOf, readTape } from './tape.js'

/** How long to wait for the abort of a question that was abandoned when it was recorded. */
const longestWaitMs = 10_000

/**
 * Answers as the models did when the cassette was recorded: the nth time a question is asked, it gets the recorded nth
 * answer, with the recorded usage.
 *
 * @throws {CassetteError} when it cannot be read.
 */
export function replayCassette(file: string, use: CassetteUse): Cassette {
  const secrets = createSecretKeeper(use.secrets)
  const nthOf = createCounter()
  const tape = readTape(textIn(file), file)
  const wrongIn = createShapeCheck()

  return {
    async model(model) {
      const asker = askedBy(model, use)
      const { role } = model
      const lineUnfit = (message: string): FaultError => new FaultError(cassetteFaults.lineUnfit({ role, message }))
      return {
        async ask(request, { signal, spent }) {
          signal.throwIfAborted()
          const asked = asker(request)
          const question = questionOf(asked)
          const key = digestOf(question)
          const nth = nthOf(key)
          const found = orFault(() => tape.take(question, key, nth), lineUnfit)
          if (!found) {
            const { purpose } = request
            const miss = tape.has(key)
              ? askedTooOften(nth, file, purpose)
              : describeMiss(
                  asked,
                  orFault(() => tape.takes(), lineUnfit),
                  file,
                  purpose,
                )
            throw new FaultError(cassetteFaults.noAnswer({ role, file, miss }))
          }
          const { response, place } = found
          if ('abandoned' in response) await abandonment(signal, use.clock)
          for (const each of response.usage) spent(pricedLike(each, model))
          signal.throwIfAborted()
          if ('abandoned' in response) throw new FaultError(cassetteFaults.wasAbandoned({ role, file, purpose: request.purpose }))
          if ('cut' in response) throw new AnswerCut(response.cut)
          if ('unusable' in response) throw new AnswerUnusable(response.unusable)
          if ('fault' in response) throw new FaultError(response.fault)
          const answer = secrets.reveal(response.answer)
          const wrong = wrongIn(answer, request.answer.schema)
          if (wrong !== undefined)
            throw new FaultError(cassetteFaults.answerUnfit({ role, file, purpose: request.purpose, entry: place, wrong }))
          return answer
        },
      }
    },
    close: () => undefined,
  }
}

/** An edited line is noticed only when it is needed, so the run fails, not the start. */
function orFault<T>(read: () => T, fault: (message: string) => FaultError): T {
  try {
    return read()
  } catch (cause) {
    throw cause instanceof CassetteError ? fault(cause.message) : cause
  }
}

function textIn(file: string): string {
  try {
    // Reading anything else, such as a pipe, might never end.
    if (!statSync(file).isFile()) throw new CassetteError(`Cannot read the cassette ${file}: it is not a regular file.`)
    return withoutByteOrderMark(readFileSync(file, 'utf8'))
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause)) throw cause
    if (cause.code === 'ENOENT') throw new CassetteError(`There is no cassette ${file}. Record it first.`)
    throw new CassetteError(`Cannot read the cassette ${file}: ${cause.message}.`)
  }
}

/** The recorded usage, for the role that asks. If the recording has no prices, today's prices apply. */
function pricedLike(usage: ModelUsage, { role, model, prices }: Model): ModelUsage {
  const own = { ...usage, role, model }
  return own.cost !== undefined || !prices ? own : { ...own, cost: costOf({ ...own, cachedTokens: 0 }, prices) }
}

/** Resolves when the signal aborts, or after the longest wait. */
function abandonment(signal: AbortSignal, clock: Clock): Promise<void> {
  return new Promise(resolve => {
    const done = (): void => {
      cancel()
      signal.removeEventListener('abort', done)
      resolve()
    }
    const cancel = clock.after(longestWaitMs, done)
    signal.addEventListener('abort', done, { once: true })
  })
}
