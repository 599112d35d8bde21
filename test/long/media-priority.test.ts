import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const program = fileURLToPath(new URL('../agents/media-priorities.js', import.meta.url))
const mayChoose = process.platform === 'linux' && spawnSync('chrt', ['--rr', '1', 'true']).status === 0

test.skipIf(!mayChoose)('threads of calls go before everything else on the machine, and only they', () => {
  const { stdout } = spawnSync(process.execPath, [program], { encoding: 'utf8' })
  expect(JSON.parse(stdout)).toEqual({ main: 0, ofCalls: 2, child: 0 })
})
