// A process that says the same words as its siblings, through one cache: node cache-child.js <folder> <seed>
import { createJiti } from 'jiti'

const [folder = '', seed] = process.argv.slice(2)
const jiti = createJiti(import.meta.url)
/** @type {typeof import('../../../../src/adapters/speech/cache.js')} */
const { cachedSpeech } = await jiti.import('../../../../src/adapters/speech/cache.ts')

/** @type {import('../../../../src/ports/speech.js').TextToSpeech} */
const mouth = {
  name: 'child',
  speak: async ({ text }) => ({ rate: 16_000, samples: new Int16Array(40_000).fill(text.length * 100 + Number(seed)) }),
  [Symbol.asyncDispose]: async () => undefined,
}
let whole = 0
// Room for a few of them: each process also deletes what the others wrote.
const cached = cachedSpeech(mouth, { folder, mostBytes: 400_000 })
for (let i = 0; i < 120; i += 1) {
  const text = 'a'.repeat(1 + (i % 7))
  const { samples } = await cached.speak({ text }, { signal: new AbortController().signal, spent: () => undefined })
  const [first = 0] = samples
  const isOwn = samples.length === 40_000 && Math.floor(first / 100) === text.length && samples.every(sample => sample === first)
  if (isOwn) whole += 1
}
console.log(`${whole} whole`)
