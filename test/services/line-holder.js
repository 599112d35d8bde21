// Holds a number of a trunk until it is killed: node line-holder.js <redis> <trunk> <number>
import { systemClock } from '../../dist/adapters/clocks/system.js'
import { openTrunkDesks } from '../../dist/adapters/queues/trunk-desks.js'
import { createPhoneLines } from '../../dist/adapters/telephony/phone-lines.js'

const [redis = '', trunk = '', number = ''] = process.argv.slice(2)
const lines = createPhoneLines(await openTrunkDesks(redis), systemClock, { keepsMs: 900, waitsMs: 500 })
await lines.take(trunk, { id: 'holder', result: 'other', numbers: [number], lines: 10 }, new AbortController().signal, () => undefined)
console.log('held')
