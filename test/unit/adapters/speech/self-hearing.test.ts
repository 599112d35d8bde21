import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createSelfHearing } from '../../../../src/adapters/speech/self-hearing.js'
import type { Samples } from '../../../../src/domain/samples.js'
import type { SpeechToText, SpeechUse, TextToSpeech } from '../../../../src/ports/speech.js'

const rate = 1000
const use: SpeechUse = { signal: new AbortController().signal, spent: () => undefined }

function folderOf(): string {
  const folder = mkdtempSync(join(tmpdir(), 'callsheet-self-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A mouth and ears that pass letters on as samples, each a tenth of a second; the ears mishear words as they are told to. */
function pair(misheard: Readonly<Record<string, string>> = {}, longestS = 1000) {
  const heard: string[] = []
  const mouth: TextToSpeech = {
    name: 'letters',
    async speak({ text }): Promise<Samples> {
      return {
        rate,
        samples: Int16Array.from(
          Array.from(text).flatMap(letter => Array.from({ length: 100 }, () => (letter === ' ' ? 0 : letter.codePointAt(0)!))),
        ),
      }
    },
    async [Symbol.asyncDispose]() {},
  }
  const ears: SpeechToText = {
    name: 'reader',
    longestS,
    async hear({ samples }) {
      let text = ''
      for (let i = 50; i < samples.length; i += 100) text += String.fromCodePoint(samples[i] || 32)
      heard.push(text)
      return { text: text.replaceAll(/\w+/g, word => misheard[word] ?? word).trim() }
    },
    async [Symbol.asyncDispose]() {},
  }
  return { mouth, ears, heard }
}

const said = [{ text: 'My name is Maria.' }, { text: 'Yes, please.' }]

test('a mouth that is understood has no errors, and an unclear word is one', async () => {
  const clear = pair()
  expect(await createSelfHearing(clear.mouth, clear.ears, folderOf()).listen(said, use)).toEqual({
    said: [
      { text: 'My name is Maria.', heard: 'My name is Maria.' },
      { text: 'Yes, please.', heard: 'Yes, please.' },
    ],
    usualWer: 0,
  })
  const unclear = pair({ Maria: 'Malaria', appointment: 'ointment' })
  const heard = await createSelfHearing(unclear.mouth, unclear.ears, folderOf()).listen(said, use)
  expect(heard!.said[0]!.heard).toBe('My name is Malaria.')
  expect(heard!.usualWer).toBeCloseTo(2 / 80, 2)
})

test('what is said twice is heard once, and the usual errors are measured once a voice, also by another process', async () => {
  const folder = folderOf()
  const first = pair()
  const hearing = createSelfHearing(first.mouth, first.ears, folder)
  await hearing.listen(said, use)
  const count = first.heard.length
  await hearing.listen(said, use)
  expect(first.heard).toHaveLength(count)
  expect(readdirSync(folder)).toHaveLength(1)
  const again = pair()
  await createSelfHearing(again.mouth, again.ears, folder).listen(said, use)
  expect(again.heard).toHaveLength(2)
  await createSelfHearing(again.mouth, again.ears, folder).listen([{ ...said[0]!, voice: 'slt' }], use)
  expect(again.heard.length).toBeGreaterThan(5)
})

test('after a hundred words nothing more is heard, and nothing of a caller that is silent', async () => {
  const { mouth, ears, heard } = pair()
  const hearing = createSelfHearing(mouth, ears, folderOf())
  const sentences = Array.from({ length: 30 }, (_, i) => ({ text: `These are ten words with a number ${i} of them.` }))
  expect((await hearing.listen(sentences, use))!.said).toHaveLength(10)
  const before = heard.length
  expect(await hearing.listen([], use)).toBeUndefined()
  expect(heard).toHaveLength(before)
})

test('a sentence that is too long for the ears is heard in pieces, none of which cuts a word', async () => {
  const { mouth, ears } = pair({}, 2)
  const text = 'It was the best of times, it was the worst of times, it was the age of wisdom.'
  const heard = await createSelfHearing(mouth, ears, folderOf()).listen([{ text }], use)
  expect(heard!.said[0]!.heard.replaceAll(/\s+/g, ' ')).toBe(text)
})

test('a failure is nobody else’s: the next one asks again', async () => {
  const { mouth, ears } = pair()
  let fails = true
  const faulty: SpeechToText = { ...ears, hear: (sound, how) => (fails ? Promise.reject(new Error('busy')) : ears.hear(sound, how)) }
  const hearing = createSelfHearing(mouth, faulty, folderOf())
  await expect(hearing.listen(said, use)).rejects.toThrow('busy')
  fails = false
  expect((await hearing.listen(said, use))!.usualWer).toBe(0)
})
