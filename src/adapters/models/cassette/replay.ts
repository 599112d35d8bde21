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
import { CassetteError, keyOf, readTape } from './tape.js'

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
          const key = keyOf(asked)
          const nth = nthOf(key)
          const found = orFault(() => tape.take(asked, key, nth), lineUnfit)
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
          const { take, place } = found
          if ('abandoned' in take) await abandonment(signal, use.clock)
          for (const each of take.usage) spent(pricedLike(each, model))
          signal.throwIfAborted()
          if ('abandoned' in take) throw new FaultError(cassetteFaults.wasAbandoned({ role, file, purpose: request.purpose }))
          if ('cut' in take) throw new AnswerCut(take.cut)
          if ('unusable' in take) throw new AnswerUnusable(take.unusable)
          if ('fault' in take) throw new FaultError(take.fault)
          const answer = secrets.reveal(take.answer)
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
