import { createHash, randomUUID } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import { mkdir, readFile, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Samples } from '../../domain/samples.js'
import type { SpeechUse, SpokenWords, TextToSpeech } from '../../ports/speech.js'
import { readWav } from '../audio/read-wav.js'
import { writeWav } from '../audio/write-wav.js'

export interface CacheUse {
  /** Created when it is needed. Several processes may share it. */
  readonly folder: string
  /** The oldest sound is deleted beyond this. */
  readonly mostBytes?: number
}

const usualMostBytes = 500_000_000
/** How much of the room is left, once something has to be deleted. */
const kept = 0.8
/** A part of what was written by a process that is gone. */
const abandonedMs = 60 * 60 * 1000

/** A sound that is being read or made, for whoever asks for it meanwhile. */
interface Making {
  readonly sound: Promise<Samples>
  /** Those who wait for it; the first pays. */
  readonly waiting: Set<Pick<SpeechUse, 'spent'>>
  abandon(): void
}

/**
 * A mouth that says nothing twice: sound is kept on disk, by what changes it (engine, voice, speed and text). A sound that cannot be kept or
 * read is made again. Callers who say the same words at the same time share one request.
 */
export function cachedSpeech(mouth: TextToSpeech, { folder, mostBytes = usualMostBytes }: CacheUse): TextToSpeech {
  const making = new Map<string, Making>()
  /** What was written since the folder was measured; at first it is not known. */
  let unmeasured = Infinity

  const begin = (words: SpokenWords, key: string): Making => {
    const control = new AbortController()
    const waiting: Making['waiting'] = new Set()
    const forget = (): void => {
      if (making.get(key) === own) making.delete(key)
    }
    const make = async (): Promise<Samples> => {
      const stored = await read(fileOf(folder, key))
      if (stored) return stored
      const made = await mouth.speak(words, { signal: control.signal, spent: usage => [...waiting][0]?.spent(usage) })
      await keep(key, made)
      return made
    }
    const own: Making = {
      sound: make().finally(forget),
      waiting,
      abandon() {
        forget()
        control.abort()
      },
    }
    making.set(key, own)
    return own
  }

  const keep = async (key: string, sound: Samples): Promise<void> => {
    if (sound.samples.length === 0) return
    const bytes = writeWav(sound)
    try {
      const file = fileOf(folder, key)
      await mkdir(dirname(file), { recursive: true })
      // Its readers and writers may be other processes: they see all of it, or nothing.
      const unfinished = `${file}.${randomUUID()}.part`
      await writeFile(unfinished, bytes)
      await rename(unfinished, file)
      unmeasured += bytes.length
      if (unmeasured < mostBytes / 10) return
      unmeasured = 0
      await shrink(folder, mostBytes)
    } catch {
      // Without room or rights, everything is made anew.
    }
  }

  return {
    name: mouth.name,
    async speak(words, use) {
      use.signal.throwIfAborted()
      // All words of a suite may wait with one signal. Node warns of more than ten.
      setMaxListeners(0, use.signal)
      const key = keyOf(mouth.name, words)
      return follow(making.get(key) ?? begin(words, key), use)
    },
    [Symbol.asyncDispose]: () => mouth[Symbol.asyncDispose](),
  }
}

/** Waits for the sound until the signal aborts. Once nobody waits for it any more, it is abandoned. */
function follow({ sound, waiting, abandon }: Making, { signal, spent }: SpeechUse): Promise<Samples> {
  return new Promise((resolve, reject) => {
    const own = { spent }
    const giveUp = (): void => {
      // The last one still pays for what is abandoned.
      if (waiting.size === 1) abandon()
      else waiting.delete(own)
      reject(signal.reason as Error)
    }
    waiting.add(own)
    signal.addEventListener('abort', giveUp, { once: true })
    void sound.then(resolve, reject).finally(() => {
      waiting.delete(own)
      signal.removeEventListener('abort', giveUp)
    })
  })
}

/** What changes a sound. The engine's name says its version, its model, and the voice and the speed of all callers. */
function keyOf(name: string, { text, voice, speed = 1 }: SpokenWords): string {
  return createHash('sha256')
    .update(JSON.stringify([1, name, voice ?? null, speed, text]))
    .digest('hex')
}

function fileOf(folder: string, key: string): string {
  return join(folder, key.slice(0, 2), `${key}.wav`)
}

async function read(file: string): Promise<Samples | undefined> {
  try {
    const sound = readWav(await readFile(file))
    if ('problem' in sound) return undefined
    // What was used last is deleted last.
    await utimes(file, new Date(), new Date())
    return sound
  } catch {
    return undefined
  }
}

/** Deletes the oldest sound until there is room again. Other processes may do the same at the same time. */
async function shrink(folder: string, mostBytes: number): Promise<void> {
  const names = await readdir(folder, { recursive: true })
  const found = await Promise.all(names.map(name => measured(join(folder, name))))
  const files = found.filter(file => file !== undefined).toSorted((a, b) => a.usedMs - b.usedMs)
  let bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  const most = bytes > mostBytes ? mostBytes * kept : mostBytes
  for (const file of files) {
    const isAbandoned = file.path.endsWith('.part') && file.usedMs < Date.now() - abandonedMs
    if (bytes <= most && !isAbandoned) continue
    bytes -= file.bytes
    await rm(file.path, { force: true })
  }
}

async function measured(path: string): Promise<{ readonly path: string; readonly bytes: number; readonly usedMs: number } | undefined> {
  try {
    const stats = await stat(path)
    return stats.isFile() ? { path, bytes: stats.size, usedMs: stats.mtimeMs } : undefined
  } catch {
    return undefined
  }
}
