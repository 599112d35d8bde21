import type { Mask } from '../domain/mask.js'
import type { DetectorName } from '../domain/sound.js'
import type { SpeechSettings } from '../domain/speech-settings.js'
import { JoinedMask } from './joined-mask.js'
import type { Adapters } from './registry.js'

/** Adapters whose speech engines are shared. Disposing closes the engines. */
export interface SharedSpeech extends AsyncDisposable {
  readonly use: Adapters
}

/** How long an unused engine is kept. */
const usualIdleMs = 60_000

interface SharedEngine {
  readonly engine: Promise<AsyncDisposable>
  readonly mask: JoinedMask
  users: number
  cancelIdle?: () => void
}

/**
 * Shares what speaks and hears between suites that run at the same time: an engine opens once for all, and its limits apply to all of them
 * together. Its faults mask the secrets of all. An engine is closed after a while without users.
 */
export function shareSpeech(own: Adapters, idleMs = usualIdleMs): SharedSpeech {
  const engines = new Map<string, SharedEngine>()

  const close = async (key: string, shared: SharedEngine): Promise<void> => {
    shared.cancelIdle?.()
    if (engines.get(key) === shared) engines.delete(key)
    await shared.engine.then(
      engine => engine[Symbol.asyncDispose](),
      () => undefined,
    )
  }
  const leave = (key: string, shared: SharedEngine): void => {
    shared.users -= 1
    if (shared.users === 0) shared.cancelIdle = own.clock.after(idleMs, () => void close(key, shared))
  }

  /** @returns The engine for one user, whose disposing only leaves it. */
  const take = async <Engine extends AsyncDisposable>(key: string, mask: Mask, open: (mask: Mask) => Promise<Engine>): Promise<Engine> => {
    let shared = engines.get(key)
    if (!shared) {
      const joined = new JoinedMask()
      joined.add(mask)
      engines.set(key, (shared = { engine: open(joined), mask: joined, users: 0 }))
    }
    const taken = shared
    taken.mask.add(mask)
    taken.cancelIdle?.()
    taken.users += 1
    try {
      const engine = (await taken.engine) as Engine
      let isLeft = false
      return {
        ...engine,
        async [Symbol.asyncDispose]() {
          if (!isLeft) leave(key, taken)
          isLeft = true
        },
      }
    } catch (cause) {
      // What is missing today may be installed tomorrow.
      if (engines.get(key) === taken) engines.delete(key)
      throw cause
    }
  }

  /** By what the suite says. What a machine can do is measured once, while it is at rest. */
  const detectors = new Map<DetectorName | undefined, ReturnType<Adapters['detector']>>()
  const detector: Adapters['detector'] = stated => {
    const opened = detectors.get(stated) ?? own.detector(stated)
    detectors.set(stated, opened)
    opened.catch(() => detectors.delete(stated))
    return opened
  }

  return {
    use: {
      ...own,
      detector,
      mouth: (settings, mask) => take(keyOf('tts', settings), mask, joined => own.mouth(settings, joined)),
      ears: (settings, mask) => take(keyOf('stt', settings), mask, joined => own.ears(settings, joined)),
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...engines].map(([key, shared]) => close(key, shared)))
    },
  }
}

/** Without settings it is the best engine of this machine. */
function keyOf(role: 'tts' | 'stt', settings: SpeechSettings | undefined): string {
  if (!settings) return role
  const { at: _, ...counts } = settings
  return `${role} ${JSON.stringify(counts)}`
}
