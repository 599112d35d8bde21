import { fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { FaultError } from '../../../domain/fault.js'
import { speechFaults, type AskedEngine } from '../../../domain/faults/speech-faults.js'
import { PackageMissing } from '../../../ports/package-missing.js'
import { howItEnded } from '../../processes/end-of-process.js'
import { keepTail } from '../../processes/output-tail.js'
import { Helper, HelperEnded, type StartHelper } from '../helper.js'

const packageName = 'sherpa-onnx-node'
const mostSaid = 600

/** A process of its own that runs a model, restarted for the next request when it died. */
export interface SherpaChild<Question extends object, Answer extends object> extends AsyncDisposable {
  /** @throws {FaultError} with its last words, when it dies. */
  ask(question: Question, signal: AbortSignal): Promise<Answer>
}

/**
 * @param resolve  Finds a package.
 * @returns The version of sherpa-onnx. @throws {FaultError} when it is not installed.
 */
export function sherpaVersion(
  { speech }: Pick<AskedEngine, 'speech'>,
  resolve: (name: string) => string = createRequire(import.meta.url).resolve,
): string {
  try {
    return (JSON.parse(readFileSync(resolve(`${packageName}/package.json`), 'utf8')) as { version: string }).version
  } catch {
    const { message } = new PackageMissing('A model of sherpa-onnx', `${packageName}@1.13.8`)
    throw new FaultError(speechFaults.notInstalled({ speech, message }))
  }
}

export function startSherpa<Question extends object, Answer extends object>(asked: AskedEngine): SherpaChild<Question, Answer> {
  const helper = new Helper<Question, Answer>(childOf(asked))
  return {
    async ask(question, signal) {
      try {
        return await helper.ask(question, signal)
      } catch (cause) {
        if (!(cause instanceof HelperEnded)) throw cause
        throw new FaultError(speechFaults.programFailed({ ...asked, how: cause.how, output: cause.said }))
      }
    },
    [Symbol.asyncDispose]: () => helper[Symbol.asyncDispose](),
  }
}

function childOf({ place }: AskedEngine): StartHelper {
  return ({ answered, over }) => {
    const child = fork(new URL('./sherpa-child.js', import.meta.url), {
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // Ctrl-C in a terminal is for us: we end it when our work is done, and it ends itself when we are gone.
      detached: process.platform !== 'win32',
    })
    const said = child.stderr ? keepTail(child.stderr, mostSaid, place.mask) : () => ''
    child.on('message', message => answered(message as object))
    child.on('error', error => over(`could not be run (${error.message})`, said()))
    child.on('close', (code, signal) => over(howItEnded(code, signal), said()))
    hold(false)
    return {
      post: message => void child.send(message, () => undefined),
      hold,
      stop: () =>
        new Promise(resolve => {
          if (child.exitCode !== null || child.signalCode !== null) return resolve()
          child.once('exit', () => resolve())
          child.kill('SIGKILL')
        }),
    }

    function hold(isNeeded: boolean): void {
      for (const each of [child, child.channel, child.stderr as unknown as typeof child | null]) {
        if (isNeeded) each?.ref()
        else each?.unref()
      }
    }
  }
}
