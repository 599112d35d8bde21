// A process that writes a result, for tests that break it: node store-child.js <create|resume> <place> <runs>
import { createJiti } from 'jiti'

const [how, place, runs] = process.argv.slice(2)
const jiti = createJiti(import.meta.url)
/** @type {typeof import('../../src/adapters/stores/file.js')} */
const { createFileStore } = await jiti.import('../../src/adapters/stores/file.ts')
/** @type {typeof import('../unit/adapters/reporters/sample-result.js')} */
const { runAt, sampleStarted, startedWith } = await jiti.import('../unit/adapters/reporters/sample-result.ts')

const store = createFileStore()
try {
  const journal = how === 'resume' ? await store.resume(place ?? '') : await store.create(place ?? '')
  console.log('open')
  // As many runs as it takes, whenever it is killed.
  const [planned] = sampleStarted.plan.entries[0]?.cases ?? []
  if (how === 'create' && planned) {
    journal.append(startedWith([{ name: 'Smoke', slug: 'smoke', scenarios: [[planned.scenario, 1_000_000]] }]))
  }
  for (let index = 0; index < Number(runs); index += 1) {
    journal.append({ ...runAt(0), index })
    // What was appended a tick ago must survive whatever happens to this process now.
    await new Promise(resolve => {
      setImmediate(resolve)
    })
    console.log(index)
  }
  await journal.flush()
  console.log('flushed')
  await journal[Symbol.asyncDispose]()
} catch (error) {
  console.log(`${/** @type {Error} */ (error).name}: ${/** @type {Error} */ (error).message}`)
  process.exitCode = 3
}
