// A process that speaks with a model of sherpa, for a test that kills it meanwhile: node speech-child.js <model folder>
import { createJiti } from 'jiti'

const [models = ''] = process.argv.slice(2)
const jiti = createJiti(import.meta.url)
/** @type {typeof import('../../../src/adapters/speech/open.js')} */
const { openMouth } = await jiti.import('../../../src/adapters/speech/open.ts')
/** @type {typeof import('../../../src/adapters/clocks/system.js')} */
const { systemClock } = await jiti.import('../../../src/adapters/clocks/system.ts')
/** @type {typeof import('../../../src/adapters/network/open-network.js')} */
const { openNetwork } = await jiti.import('../../../src/adapters/network/open-network.ts')

const mouth = await openMouth(
  { role: 'tts', engine: 'sherpa', models, timeoutMs: 120_000, retries: 0, limits: {} },
  { clock: systemClock, environment: {}, network: openNetwork({}) },
)
const use = { signal: new AbortController().signal, spent: () => undefined }
await mouth.speak({ text: 'Hello.' }, use)
const long = mouth.speak({ text: 'A long sentence that takes a while. '.repeat(50) }, use)
console.log('speaking')
await long
