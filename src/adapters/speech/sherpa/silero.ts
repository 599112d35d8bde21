import { execFile } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { FaultError } from '../../../domain/fault.js'
import { speechFaults } from '../../../domain/faults/speech-faults.js'
import { Place } from '../../../domain/place.js'
import { sileroConfig } from '../../audio/silero-config.js'
import { sherpaVersion } from './child.js'

/** Longer than Silero takes on the slowest machine. */
const timeoutMs = 30_000

/** The model of Silero in a folder, or in one of its folders; `undefined` if there is none. */
export function findSilero(folder: string): string | undefined {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return undefined
  const folders = [
    folder,
    ...readdirSync(folder)
      .toSorted()
      .map(name => join(folder, name)),
  ]
  return folders
    .filter(each => statSync(each, { throwIfNoEntry: false })?.isDirectory())
    .flatMap(each =>
      readdirSync(each)
        .toSorted()
        .filter(name => /^silero_vad.*\.onnx$/.test(name))
        .map(name => join(each, name)),
    )[0]
}

/** Whether sherpa-onnx is installed. */
export function hasSherpa(): boolean {
  try {
    sherpaVersion({ speech: 'stt' })
    return true
  } catch {
    return false
  }
}

/**
 * Tries Silero in a process of its own.
 *
 * @returns How long it takes for 20 ms of sound, in microseconds.
 * @throws {FaultError} when it cannot be used on this machine.
 */
export async function trySilero(model: string): Promise<number> {
  const asked = { speech: 'stt', place: new Place('silero') } as const
  sherpaVersion(asked)
  try {
    const program = fileURLToPath(new URL('./silero-child.js', import.meta.url))
    const { stdout } = await promisify(execFile)(process.execPath, [program, JSON.stringify(sileroConfig(model))], { timeout: timeoutMs })
    const takesUs = Number(stdout)
    if (takesUs > 0) return takesUs
  } catch {
    // What it printed is about its own code.
  }
  throw new FaultError(speechFaults.modelUnusable({ ...asked, problem: `${model} is not a model of Silero that sherpa-onnx can run` }))
}
