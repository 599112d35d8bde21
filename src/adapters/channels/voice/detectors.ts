import type { DetectorSettings } from '../../../domain/detector-settings.js'
import type { VoiceDetector } from '../../../ports/speech.js'
import { EnergyDetector } from '../../audio/energy-detector.js'

/** A detector for one track. `free` gives back what it has. */
export type TrackDetector = VoiceDetector & { free?(): void }

/** Makes the detector of a track. @throws {PackageMissing} */
export type OpenDetector = (settings: DetectorSettings, rate: number) => Promise<TrackDetector>

/** The detectors of a thread. What they share is loaded when the first call needs it. */
export function createDetectors(): OpenDetector {
  let fvad: Promise<() => TrackDetector> | undefined
  let silero: Promise<(rate: number) => Promise<TrackDetector>> | undefined
  return async (settings, rate) => {
    switch (settings.name) {
      case 'energy':
        return new EnergyDetector()
      case 'fvad':
        fvad ??= import('../../audio/fvad-detector.js').then(({ loadFvad }) => loadFvad())
        return (await fvad)()
      case 'silero':
        silero ??= import('../../audio/silero-detector.js').then(({ loadSilero }) => loadSilero(settings.model))
        return (await silero)(rate)
    }
  }
}
