import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openWorkplace, until } from '../cli/workplace.js'
import { root } from '../suites/callsheet.js'
import { callSuite } from '../support/call-suite.js'
import { speechRig } from '../support/speech-rig.js'

/** A Python with the package `websockets`: one that is named, that of the speech server, or the system's. */
const python = [process.env['TEST_PYTHON'], speechRig?.python, 'python3'].find(
  each => each !== undefined && spawnSync(each, ['-c', 'import websockets']).status === 0,
)

// Agents of others, in other languages: what we send is held to more than our own reading of it.
test.skipIf(!python)(
  'an agent in Python, with an audio loop of its own, is called (needs Python and its package websockets)',
  { timeout: 180_000 },
  async () => {
    await using place = await openWorkplace()
    const agent = spawn(python ?? '', [join(root, 'test/agents/chirp-peer.py')], { stdio: ['ignore', 'pipe', 'inherit'] })
    try {
      let said = ''
      agent.stdout.on('data', (text: Buffer) => (said += text.toString()))
      await until('the agent listens', () => said.includes('\n'))
      const url = /ws:\S+/.exec(said)?.[0] ?? ''
      place.write('suite.yaml', callSuite({ url }))
      const { exit, stdout } = await place.run(['run', 'suite.yaml', '--out', 'result'], { CALLSHEET_CACHE: join(place.path, 'cache') })
      expect(stdout).toContain('PASSED: 2 of 2 runs passed')
      expect(exit).toBe(0)
      const shown = await place.run(['listen', 'result', 'cancel#1'])
      expect(shown.stdout).toContain('certainly. what is your name?')
    } finally {
      agent.kill()
    }
  },
)
