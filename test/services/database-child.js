// A server that starts, as far as its database goes: of several at once, each has to find its tables.
import { createJiti } from 'jiti'

const jiti = createJiti(import.meta.url)
/** @type {typeof import('../../src/adapters/stores/database/database.js')} */
const { openDatabase } = await jiti.import('../../src/adapters/stores/database/database.ts')

const database = await openDatabase(process.argv[2] ?? '')
const { length } = await database.unfinished()
process.stdout.write(`${length} unfinished`)
await database[Symbol.asyncDispose]()
