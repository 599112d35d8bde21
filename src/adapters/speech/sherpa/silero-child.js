// A process that tries Silero: what it does not like about a model ends it, instead of us. It says how long Silero takes for 20 ms.
import { createRequire } from 'node:module'

const [, , config = ''] = process.argv
const sherpa = createRequire(import.meta.url)('sherpa-onnx-node')
const vad = new sherpa.Vad(JSON.parse(config), 2)
const frame = new Float32Array(320)
const hear = (/** @type {number} */ frames) => {
  for (let i = 0; i < frames; i += 1) {
    for (let j = 0; j < frame.length; j += 1) frame[j] = Math.sin((i * frame.length + j) / 7) / 10
    vad.acceptWaveform(frame)
    while (!vad.isEmpty()) vad.pop()
  }
}

// The first frames are slower.
hear(50)
const before = process.hrtime.bigint()
hear(200)
process.stdout.write(String(Number(process.hrtime.bigint() - before) / 1000 / 200))
