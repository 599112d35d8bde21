// Preloaded into a process to count its promises. At its end, writes their number to the file named by BENCH_PROMISES.
import { createHook } from 'node:async_hooks'
import { writeFileSync } from 'node:fs'

const file = process.env['BENCH_PROMISES']
if (file) {
  let promises = 0
  createHook({
    init(_id, type) {
      if (type === 'PROMISE') promises += 1
    },
  }).enable()
  process.on('exit', () => writeFileSync(file, String(promises)))
}
