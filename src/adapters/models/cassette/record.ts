import { withoutByteOrderMark } from '../../../domain/json-value.js'
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import type { ModelUsage } from '../../../domain/model.js'
import { FaultError } from '../../../domain/fault.js'
import { maskFault } from '../../../domain/mask-event.js'
import { AnswerCut, AnswerUnusable } from '../../../ports/language-model.js'
import { askedBy, createCounter, type Cassette, type CassetteUse } from './cassette.js'
import { createSecretKeeper } from './secrets.js'
import { CassetteError, headOf, digestOf, lineOf, questionOf, salvageTape, textOf, type Take, type Told } from './tape.js'

/** Conversations are in it. */
const privateFile = 0o600

/**
 * Records the models' answers. Each answer goes to `<file>.part` at once, so that a crash loses nothing. At the end,
 * the sorted cassette replaces the previous one. If the model failed in between, it does not, because the faults would
 * be replayed from then on.
 *
 * @param goesOn  Whether to keep the answers of an unfinished recording, because the suite resumes it.
 * @throws {CassetteError} when it cannot be written.
 */
export function recordCassette(file: string, goesOn: boolean, use: CassetteUse): Cassette {
  const part = `${file}.part`
  const secrets = createSecretKeeper(use.secrets)
  const nthOf = createCounter()
  const takes = orRefuse(file, () => {
    mkdirSync(dirname(file), { recursive: true })
    return goesOn && existsSync(part) ? salvageTape(withoutByteOrderMark(readFileSync(part, 'utf8')), part) : []
  })
  for (const take of takes) nthOf(digestOf(questionOf(take)))
  const tape = orRefuse(file, () => {
    const opened = openSync(part, 'w', privateFile)
    writeSync(opened, headOf() + takes.map(lineOf).join(''))
    return opened
  })
  let failure: CassetteError | undefined
  let isClosed = false
  /** A full disk stops no conversation; `close` reports it. */
  const add = (take: Take): void => {
    if (isClosed) return
    takes.push(take)
    try {
      if (!failure) orRefuse(file, () => void writeSync(tape, lineOf(take)))
    } catch (cause) {
      failure = cause as CassetteError
    }
  }

  return {
    async model(model, open) {
      const asker = askedBy(model, use)
      const real = await open()
      return {
        ...real,
        async ask(request, { signal, spent }) {
          const asked = asker(request)
          const nth = nthOf(digestOf(questionOf(asked)))
          const usage: ModelUsage[] = []
          const keep = (told: Told): void => {
            add({ purpose: use.mask.text(request.purpose), role: model.role, ...asked, nth, ...told, usage })
          }
          try {
            const answer = await real.ask(request, {
              signal,
              spent(each) {
                usage.push(each)
                spent(each)
              },
            })
            keep({ answer: use.mask.json(secrets.hide(answer)) })
            return answer
          } catch (cause) {
            if (signal.aborted) keep({ abandoned: true })
            else if (cause instanceof AnswerCut && request.mayBe) keep({ cut: maskFault(cause.fault, use.mask) })
            else if (cause instanceof AnswerUnusable && request.mayBe === 'unusable') keep({ unusable: maskFault(cause.fault, use.mask) })
            else if (cause instanceof FaultError) keep({ fault: maskFault(cause.fault, use.mask) })
            throw cause
          }
        },
      }
    },
    close(state) {
      isClosed = true
      closeSync(tape)
      if (failure) throw failure
      if (state === 'unused' && !goesOn) rmSync(part)
      if (state === 'unused') return undefined
      if (state === 'unfinished')
        return `The recording is incomplete. Its answers so far are in ${part}; ${file} is unchanged. Resume the result to finish it.`
      const [faulty, ...more] = takes.filter(take => 'fault' in take)
      if (faulty) {
        const count = `${more.length + 1} of ${takes.length} ${takes.length === 1 ? 'answer' : 'answers'}`
        return `The recording is not kept: the model failed to give ${count} (first: ${faulty.fault.message}) Its answers so far are in ${part}; ${file} is unchanged. Record it again.`
      }
      orRefuse(file, () => {
        const whole = `${file}.new`
        const to = openSync(whole, 'w', privateFile)
        writeSync(to, textOf(takes))
        fsyncSync(to)
        closeSync(to)
        renameSync(whole, file)
        rmSync(part)
      })
      return `Recorded ${takes.length} ${takes.length === 1 ? 'answer' : 'answers'} in ${file}. To replay them asks no model.`
    },
  }
}

function orRefuse<T>(file: string, write: () => T): T {
  try {
    return write()
  } catch (cause) {
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause
    throw new CassetteError(`Cannot write the cassette ${file}: ${cause.message}. Choose another place for it.`)
  }
}
