import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import type { DetectorSettings } from '../domain/detector-settings.js'
import type { Environment } from '../domain/environment.js'
import { FaultError } from '../domain/fault.js'
import { speechFaults } from '../domain/faults/speech-faults.js'
import type { DetectorName } from '../domain/sound.js'
import { PackageMissing } from '../ports/package-missing.js'
import { loadFvad } from '../adapters/audio/fvad-detector.js'
import { findSilero, hasSherpa, trySilero } from '../adapters/speech/sherpa/silero.js'

/** What tells speech from silence, and how many calls this machine can conduct with it at once, if that is few. */
export interface OpenDetector {
  readonly settings: DetectorSettings
  readonly mostCalls?: number
}

/** All else that a call costs, for 20 ms, in microseconds. */
const othersUs = 60
const frameUs = 20_000
/** How much of a thread's time calls may take, so that none is late. */
const usableShare = 0.6

/**
 * The detector of a suite's calls.
 *
 * @param stated  Default: Silero, if its package and its model are there; otherwise by energy.
 * @throws {FaultError} when the one that is stated cannot be used.
 */
export async function openDetector(stated: DetectorName | undefined, environment: Environment): Promise<OpenDetector> {
  const folder = environment['CALLSHEET_SPEECH_MODELS']
  const model = stated === undefined || stated === 'silero' ? folder && findSilero(resolve(folder)) : undefined
  if (stated === 'fvad') await loadFvad().catch(notInstalled)
  if (stated === 'silero' && !model) throw new FaultError(speechFaults.noSilero())
  if (!model || (stated === undefined && !hasSherpa())) return { settings: { name: stated === 'fvad' ? 'fvad' : 'energy' } }
  const takesUs = await trySilero(model)
  return { settings: { name: 'silero', model }, mostCalls: callsAtOnce(takesUs, Math.max(1, availableParallelism() - 1)) }
}

/** How many calls fit, if Silero takes so long for 20 ms of each. @param threads  That carry sound. */
export function callsAtOnce(takesUs: number, threads: number): number {
  return Math.max(1, threads * Math.floor((frameUs * usableShare) / (takesUs + othersUs)))
}

function notInstalled(cause: unknown): never {
  if (!(cause instanceof PackageMissing)) throw cause
  throw new FaultError(speechFaults.notInstalled({ speech: 'stt', message: cause.message }))
}
