import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, describe, expect, test } from 'vitest'
import { speechCacheFolder } from '../../../../src/adapters/speech/cache-folder.js'
import { cachedSpeech } from '../../../../src/adapters/speech/cache.js'
import type { SpeechUsage, SpokenWords, TextToSpeech } from '../../../../src/ports/speech.js'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'callsheet-test-'))
  folders.push(folder)
  return join(folder, 'cache')
}

/** A mouth that notes what it is asked, and makes a second of sound of each request, another each time. */
function noted(more: Partial<TextToSpeech> = {}) {
  const asked: SpokenWords[] = []
  const mouth: TextToSpeech = {
    name: 'noted',
    async speak(words, { spent, signal }) {
      asked.push(words)
      await new Promise(resolve => setTimeout(resolve, 5))
      spent({ requests: 1, characters: words.text.length, seconds: 0 })
      signal.throwIfAborted()
      return { rate: 16_000, samples: new Int16Array(16_000).fill(100 + asked.length) }
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
    ...more,
  }
  return { mouth, asked }
}

async function say(mouth: TextToSpeech, words: SpokenWords, signal = new AbortController().signal) {
  const spent: SpeechUsage[] = []
  const sound = await mouth.speak(words, { signal, spent: usage => spent.push(usage) })
  return { sound, spent }
}

function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => statSync(join(folder, name)).isFile())
}

test('words are spoken once, and never again: not by another process either', async () => {
  const [folder, first, second] = [newFolder(), noted(), noted()]
  const before = await say(cachedSpeech(first.mouth, { folder }), { text: 'Hello.' })
  const after = await say(cachedSpeech(second.mouth, { folder }), { text: 'Hello.' })
  expect(before.spent).toHaveLength(1)
  expect(after.spent).toEqual([])
  expect(after.sound).toEqual(before.sound)
  expect([first.asked.length, second.asked.length]).toEqual([1, 0])
})

test('what changes the sound is spoken apart: text, voice, speed, engine', async () => {
  const folder = newFolder()
  const { mouth, asked } = noted()
  const cached = cachedSpeech(mouth, { folder })
  for (const words of [{ text: 'Hello.' }, { text: 'Hello!' }, { text: 'Hello.', voice: 'amy' }, { text: 'Hello.', speed: 1.2 }])
    await say(cached, words)
  await say(cached, { text: 'Hello.', speed: 1 })
  expect(asked).toHaveLength(4)
  const other = noted({ name: 'another' })
  await say(cachedSpeech({ ...other.mouth }, { folder }), { text: 'Hello.' })
  expect(other.asked).toHaveLength(1)
})

test('many words may wait with one signal', async () => {
  const warnings: Error[] = []
  const note = (warning: Error): void => void warnings.push(warning)
  process.on('warning', note)
  const cached = cachedSpeech(noted().mouth, { folder: newFolder() })
  const { signal } = new AbortController()
  await Promise.all(Array.from({ length: 30 }, (_, i) => say(cached, { text: `Number ${i}.` }, signal)))
  await new Promise(resolve => setImmediate(resolve))
  process.off('warning', note)
  expect(warnings).toEqual([])
})

describe('callers who say the same at the same time', () => {
  test('share one request, which the first pays', async () => {
    const { mouth, asked } = noted()
    const cached = cachedSpeech(mouth, { folder: newFolder() })
    const all = await Promise.all([1, 2, 3].map(() => say(cached, { text: 'Hello.' })))
    expect(asked).toHaveLength(1)
    expect(all.map(({ spent }) => spent.length)).toEqual([1, 0, 0])
    expect(all[2]?.sound).toBe(all[0]?.sound)
  })

  test('still get it when one of them leaves, and nobody waits for what nobody needs', async () => {
    const signals: AbortSignal[] = []
    const { mouth, asked } = noted()
    const cached = cachedSpeech(
      { ...mouth, speak: (words, use) => (signals.push(use.signal), mouth.speak(words, use)) },
      { folder: newFolder() },
    )
    const reason = new Error('hung up')
    const [one, two] = [new AbortController(), new AbortController()]
    const [first, second] = [say(cached, { text: 'Hello.' }, one.signal), say(cached, { text: 'Hello.' }, two.signal)]
    one.abort(reason)
    await expect(first).rejects.toBe(reason)
    expect((await second).spent).toHaveLength(1)
    expect(signals.map(({ aborted }) => aborted)).toEqual([false])

    const alone = new AbortController()
    const left = say(cached, { text: 'Bye.' }, alone.signal)
    await new Promise(resolve => setTimeout(resolve, 2))
    alone.abort(reason)
    await expect(left).rejects.toBe(reason)
    // Who asks now does not get the request that was given up.
    expect((await say(cached, { text: 'Bye.' })).sound.samples).toHaveLength(16_000)
    expect(asked).toHaveLength(3)
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, true, false])
  })

  test('all learn that it failed, and the next one tries again', async () => {
    const { mouth, asked } = noted()
    let fails = true
    const cached = cachedSpeech(
      { ...mouth, speak: (...use) => (fails ? Promise.reject(new Error('busy')) : mouth.speak(...use)) },
      { folder: newFolder() },
    )
    const both = await Promise.allSettled([say(cached, { text: 'Hello.' }), say(cached, { text: 'Hello.' })])
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    fails = false
    await say(cached, { text: 'Hello.' })
    expect(asked).toHaveLength(1)
  })
})

describe('the folder', () => {
  test('keeps what was used last, and is no larger than it may be', async () => {
    const folder = newFolder()
    const { mouth, asked } = noted()
    // Room for four sounds.
    const cached = cachedSpeech(mouth, { folder, mostBytes: 4.5 * 32_044 })
    const texts = ['one', 'two', 'three', 'four']
    for (const [i, text] of texts.entries()) {
      await say(cached, { text })
      for (const file of files(folder).filter(name => statSync(join(folder, name)).mtimeMs > 1e12 + 1e11)) {
        utimesSync(join(folder, file), new Date(1e12 + i), new Date(1e12 + i))
      }
    }
    await say(cached, { text: 'one' })
    await say(cached, { text: 'five' })
    expect(files(folder).length).toBeLessThanOrEqual(4)
    const before = asked.length
    await say(cached, { text: 'one' })
    expect(asked).toHaveLength(before)
    await say(cached, { text: 'two' })
    expect(asked).toHaveLength(before + 1)
  })

  test('loses what a process left unfinished, after an hour', async () => {
    const folder = newFolder()
    const cached = cachedSpeech(noted().mouth, { folder, mostBytes: 1e6 })
    await say(cached, { text: 'one' })
    const [old, young] = [join(folder, 'old.part'), join(folder, 'young.part')]
    for (const part of [old, young]) writeFileSync(part, 'RIFF')
    utimesSync(old, new Date(0), new Date(0))
    for (const text of ['two', 'three', 'four', 'five']) await say(cached, { text })
    const left = files(folder)
    expect([left.includes('old.part'), left.includes('young.part')]).toEqual([false, true])
  })

  test('that holds half a file, or something else, is as good as empty', async () => {
    const folder = newFolder()
    const { mouth, asked } = noted()
    const cached = cachedSpeech(mouth, { folder })
    await say(cached, { text: 'Hello.' })
    for (const [i, content] of ['', 'RIFF', 'no sound'].entries()) {
      writeFileSync(join(folder, files(folder)[0] ?? ''), content)
      await say(cached, { text: 'Hello.' })
      expect(asked).toHaveLength(i + 2)
    }
  })

  test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('that cannot be written keeps nobody from speaking', async () => {
    const folder = newFolder()
    chmodSync(join(folder, '..'), 0o500)
    expect((await say(cachedSpeech(noted().mouth, { folder }), { text: 'Hello.' })).sound.samples).toHaveLength(16_000)
  })

  test('that is a file keeps nobody from speaking', async () => {
    const folder = newFolder()
    writeFileSync(folder, 'a file')
    const { mouth, asked } = noted()
    const cached = cachedSpeech(mouth, { folder })
    await say(cached, { text: 'Hello.' })
    expect((await say(cached, { text: 'Hello.' })).sound.samples).toHaveLength(16_000)
    expect(asked).toHaveLength(2)
  })
})

test('many processes may write the same sounds at once: nobody reads half of one', { timeout: 60_000 }, async () => {
  const folder = newFolder()
  const child = new URL('cache-child.js', import.meta.url).pathname
  const run = promisify(execFile)
  const ends = await Promise.all(['1', '2', '3'].map(seed => run(process.execPath, [child, folder, seed])))
  expect(ends.map(({ stdout }) => stdout.trim())).toEqual(['120 whole', '120 whole', '120 whole'])
  expect(files(folder).filter(name => name.endsWith('.part'))).toEqual([])
})

test.each<[NodeJS.Platform, Record<string, string>, string]>([
  ['linux', {}, '/home/me/.cache/callsheet/speech'],
  ['linux', { XDG_CACHE_HOME: '/var/cache/me' }, '/var/cache/me/callsheet/speech'],
  ['linux', { XDG_CACHE_HOME: '/var/cache/me', CALLSHEET_CACHE: '/ci/cache' }, '/ci/cache/speech'],
  ['darwin', {}, '/home/me/Library/Caches/callsheet/speech'],
  ['win32', { LOCALAPPDATA: '/local' }, '/local/callsheet/cache/speech'],
])('speech is kept, on %s with %j, in %s', (platform, environment, folder) => {
  expect(speechCacheFolder(environment, platform, '/home/me')).toBe(folder)
})
