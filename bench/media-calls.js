// Conducts the sound of calls on a thread of its own, in real time, and prints what that cost.
// node bench/media-calls.js <calls> <energy|fvad> <seconds> [busy] [shielded]: `busy` blocks the main thread for 50 ms in every 100;
// `shielded` lets nothing else on this machine go before the other threads, where that is allowed.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'

const dist = new URL('../dist/', import.meta.url)
const media = 'adapters/channels/voice/media/'
const rate = 8000

if (isMainThread) await beside()
else await conduct()

async function beside() {
  const [calls, detector, seconds, ...how] = process.argv.slice(2)
  const folder = mkdtempSync(join(tmpdir(), 'callsheet-bench-'))
  const worker = new Worker(new URL(import.meta.url), { workerData: { calls: Number(calls), detector, seconds: Number(seconds), folder } })
  const result = new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
  await new Promise(resolve => worker.once('online', resolve))
  const isShielded = how.includes('shielded') && shield()
  const busy = how.includes('busy') ? setInterval(spin, 100, 50) : undefined
  const measurements = await result
  clearInterval(busy)
  await worker.terminate()
  rmSync(folder, { recursive: true })
  console.log(JSON.stringify({ ...measurements, isShielded }))
}

/** Whether the scheduler was told. */
function shield() {
  const tasks = '/proc/self/task'
  if (!existsSync(tasks)) return false
  const others = readdirSync(tasks).filter(task => task !== String(process.pid))
  return others.every(task => spawnSync('chrt', ['-f', '-p', '2', task]).status === 0)
}

/** @param {number} ms */
function spin(ms) {
  const end = performance.now() + ms
  while (performance.now() < end);
}

/**
 * @template Module
 * @param {string} path
 * @returns {Promise<Module>}
 */
function load(path) {
  return import(new URL(path, dist).href)
}

async function conduct() {
  /** @type {{ calls: number, detector: string, seconds: number, folder: string }} */
  const { calls, detector, seconds, folder } = workerData
  /** @type {typeof import('../src/adapters/channels/voice/media/pacer.js')} */
  const { Pacer } = await load(`${media}pacer.js`)
  /** @type {typeof import('../src/adapters/clocks/system.js')} */
  const { systemClock } = await load('adapters/clocks/system.js')
  const newCall = await maker(detector)
  const pacer = new Pacer(systemClock)
  const before = await memory()
  const all = Array.from({ length: calls }, (_, index) => newCall(index, folder))
  const start = () => all.map(call => pacer.start(call.tick, cause => void Promise.reject(cause)))
  const warmUp = start()
  // Code is compiled, and everybody has spoken once.
  await new Promise(resolve => setTimeout(resolve, 3000))
  for (const pace of warmUp) pace.stop()
  const paces = start()
  const [cpu, startMs] = [process.cpuUsage(), performance.now()]
  const utilization = performance.eventLoopUtilization()
  await new Promise(resolve => setTimeout(resolve, seconds * 1000))
  const wallMs = performance.now() - startMs
  const spent = process.cpuUsage(cpu)
  const busy = performance.eventLoopUtilization(utilization).utilization
  // Before all garbage is collected for a count, which no call would do.
  const pacings = paces.map(pace => pace.stop())
  const after = await memory()
  await Promise.all(all.map(call => call.close()))
  const result = {
    core: (spent.user + spent.system) / 1000 / wallMs,
    busy,
    mbPerCall: (after - before) / calls,
    p99Ms: Math.max(...pacings.map(pacing => pacing.p99Ms)),
    worstMs: Math.max(...pacings.map(pacing => pacing.worstMs)),
    late: pacings.reduce((sum, pacing) => sum + pacing.late, 0),
    lost: pacings.reduce((sum, pacing) => sum + pacing.lost, 0),
    frames: pacings.reduce((sum, pacing) => sum + pacing.frames, 0),
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port of a worker has no origin
  parentPort?.postMessage(result)
}

/** Megabytes that are in use, without garbage as far as that can be had. */
async function memory() {
  globalThis.gc?.()
  await new Promise(resolve => setTimeout(resolve, 50))
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return (heapUsed + arrayBuffers) / 2 ** 20
}

/**
 * Calls with everything on: room noise, a telephone band, a recording, and framing as on a telephone's media stream.
 *
 * @param {string} detector
 */
async function maker(detector) {
  /** @type {typeof import('../src/adapters/channels/voice/media/call-sound.js')} */
  const { CallSound } = await load(`${media}call-sound.js`)
  /** @type {typeof import('../src/adapters/channels/voice/media/caller-shape.js')} */
  const { callerShape } = await load(`${media}caller-shape.js`)
  /** @type {typeof import('../src/adapters/channels/voice/media/recorder.js')} */
  const { Recorder } = await load(`${media}recorder.js`)
  /** @type {typeof import('../src/adapters/channels/voice/media/pcm-file.js')} */
  const { pcmFile } = await load(`${media}pcm-file.js`)
  /** @type {typeof import('../src/adapters/audio/g711.js')} */
  const { muLaw } = await load('adapters/audio/g711.js')
  /** @type {typeof import('../src/adapters/audio/energy-detector.js')} */
  const { EnergyDetector } = await load('adapters/audio/energy-detector.js')
  /** @type {typeof import('../src/adapters/audio/fvad-detector.js')} */
  const { loadFvad } = await load('adapters/audio/fvad-detector.js')
  /** @type {typeof import('../src/adapters/clocks/system.js')} */
  const { seededRandom } = await load('adapters/clocks/system.js')
  const backgroundNoise = { sound: 'pink', snrDb: 20, driftDb: 3 }
  const loud = { backgroundNoise, burstsPerMinute: 2, band: /** @type {const} */ ('telephone'), muffled: false }
  const fvad = detector === 'fvad' ? await loadFvad() : undefined
  const [theirs, ours] = [muLaw.encode(buzz(4)), buzz(3)]

  /** @param {number} index @param {string} folder */
  return (index, folder) => {
    const recorder = new Recorder(pcmFile(join(folder, `${index}.pcm`)))
    const bytes = new Uint8Array(rate / 50)
    const decoded = new Int16Array(rate / 50)
    let [chunk, at, said, sentBytes] = [0, index * 1600, 0, 0]
    const sound = new CallSound({
      line: {
        rate,
        send(frame) {
          muLaw.encode(frame, bytes)
          const payload = Buffer.from(bytes.buffer, 0, bytes.length).toString('base64')
          chunk += 1
          sentBytes += JSON.stringify({ event: 'media', media: { track: 'inbound', chunk: String(chunk), payload } }).length
        },
        hangUp: async () => {},
      },
      detector: fvad ? fvad() : new EnergyDetector(),
      detectorName: fvad ? 'fvad' : 'energy',
      quietMs: 800,
      recorder,
      shape: callerShape({ sound: loud, rate, draw: name => seededRandom(index, name) }),
      emit(event) {
        if (event.type === 'turn_over') sound.say({ id: (said += 1), samples: ours, yieldAfterMs: 1000 })
      },
    })
    return {
      tick() {
        // Four seconds of speech in every nine, as the agent's socket brings it.
        at += rate / 50
        const place = at % (rate * 9)
        if (place < theirs.length) {
          const payload = Buffer.from(theirs.buffer, place, rate / 50).toString('base64')
          const { media: received } = JSON.parse(JSON.stringify({ event: 'media', media: { payload } }))
          sound.take({ type: 'sound', samples: muLaw.decode(Buffer.from(received.payload, 'base64'), decoded) })
        }
        sound.tick()
      },
      async close() {
        sound.close({ p99Ms: 0, worstMs: 0, late: 0, lost: 0, frames: 0 })
        await recorder.close()
        return sentBytes
      },
    }
  }
}

/** Syllables of a buzz. @param {number} seconds */
function buzz(seconds) {
  return Int16Array.from({ length: rate * seconds }, (_, i) => ((i % 64) - 32) * 150 * (i % 1600 < 1300 ? 1 : 0))
}
