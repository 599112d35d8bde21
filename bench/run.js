// npm run bench [-- quick] [part ...]: measures what Callsheet costs, as ratios to the cheapest possible way, measured in the same run.
// Without any part, all run but `peers`, which needs the programs that it compares with.
import { htmlPage } from './html-page.js'
import { makespan } from './makespan.js'
import { masking } from './masking.js'
import { removeFolder } from './measured.js'
import { models, replay, slowModel } from './modelled.js'
import { peers } from './peers.js'
import { perRun } from './per-run.js'
import { scale } from './scale.js'
import { sip } from './sip.js'
import { startUp } from './start-up.js'
import { telephone } from './telephone.js'
import { throughput } from './throughput.js'
import { voice } from './voice.js'

/** @type {Record<string, () => void | Promise<void>>} */
const parts = {
  throughput,
  'per-run': perRun,
  makespan,
  models,
  'slow-model': slowModel,
  replay,
  masking,
  scale,
  'start-up': startUp,
  voice,
  sip,
  telephone,
  'html': htmlPage,
  peers,
}
const asked = process.argv.slice(2).filter(word => word !== 'quick')
const unknown = asked.filter(part => !Object.hasOwn(parts, part))
if (unknown.length > 0) throw new Error(`There is no part ${unknown.join(', ')}. There are: ${Object.keys(parts).join(', ')}.`)

try {
  for (const [name, measure] of Object.entries(parts)) {
    if (asked.length === 0 ? name !== 'peers' : asked.includes(name)) await measure()
  }
} finally {
  removeFolder()
}
