import { spawn } from 'node:child_process'
import { readlinkSync } from 'node:fs'
import { getPriority, setPriority } from 'node:os'
import { basename } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { seededRandom, systemClock } from '../../clocks/system.js'
import { lineTo } from './lines/line-to.js'
import { openLineUse } from './lines/line-use.js'
import { createCallServer } from './lines/rest/call-server.js'
import { createDetectors } from './detectors.js'
import { MediaRoom } from './media-room.js'
import { Pacer } from './media/pacer.js'
import type { MediaThreadData, ToMedia } from './messages.js'

/** For a shell: this thread (`$0`) goes before its helpers. Processes that they start are not in real time. */
const inRealTime = 'chrt --reset-on-fork --rr --pid 2 "$0"; for each; do chrt --reset-on-fork --rr --pid 1 "$each"; done'

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
 * that collect its garbage, because it waits for them: they are there before the first of these threads. Threads of agents' modules, which give
 * way to us, still do.
 */
function goFirst(): void {
  if (process.platform !== 'linux') return
  try {
    const ours = getPriority(process.pid)
    const self = Number(basename(readlinkSync('/proc/thread-self')))
    const helpers = (workerData as MediaThreadData).tasks.filter(task => task !== process.pid && getPriority(task) === ours)
    for (const task of [self, ...helpers]) setPriority(task, Math.max(-20, ours - 10))
    // That counts only within a group of tasks, such as a session or a container. What is in real time goes before all groups.
    spawn('sh', ['-c', inRealTime, String(self), ...helpers.map(String)], { stdio: 'ignore' }).on('error', () => undefined)
  } catch {
    // Without rights it takes turns with all others.
  }
}
