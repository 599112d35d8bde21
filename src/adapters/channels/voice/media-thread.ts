import { readdirSync } from 'node:fs'
import { getPriority, setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'
import { seededRandom, systemClock } from '../../clocks/system.js'
import { lineTo } from './lines/line-to.js'
import { openLineUse } from './lines/line-use.js'
import { createCallServer } from './lines/rest/call-server.js'
import { createDetectors } from './detectors.js'
import { MediaRoom } from './media-room.js'
import { Pacer } from './media/pacer.js'
import type { ToMedia } from './messages.js'

// A thread of its own for the sound of calls: whatever the program is busy with, a frame is sent every 20 ms.
const port = parentPort
if (!port) throw new Error('This is the program of a thread.')
goFirst()
const calls = createCallServer()
const room = new MediaRoom({
  pacer: new Pacer(systemClock),
  random: seededRandom,
  detector: createDetectors(),
  post: (message, transfer = []) => port.postMessage(message, transfer),
  lineOf: ({ connection, names, network }) => lineTo(connection, names, openLineUse(network, systemClock, calls)),
})
port.on('message', (message: ToMedia) => room.take(message))

/**
 * Has the system let this thread go before others, where it has priorities for threads and lets us choose: on Linux, with rights. So may those
 * that collect its garbage, because it waits for them; they have been there since the process began. Threads of agents' modules, which give way
 * to us, still do.
 */
function goFirst(): void {
  if (process.platform !== 'linux') return
  try {
    const ours = getPriority(process.pid)
    for (const thread of readdirSync('/proc/self/task').map(Number))
      if (thread !== process.pid && getPriority(thread) <= ours) setPriority(thread, -10)
  } catch {
    // Without rights it takes turns with all others.
  }
}
