// Preloaded into a measured process. At its end, writes its resource usage to the file named by BENCH_USAGE.
import { writeFileSync } from 'node:fs'

const file = process.env['BENCH_USAGE']
if (file) {
  delete process.env['BENCH_USAGE']
  delete process.env['NODE_OPTIONS']
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
    writeFileSync(file, JSON.stringify({ cpuMs: (userCPUTime + systemCPUTime) / 1000, peakMb: maxRSS / 1024 }))
  })
}
