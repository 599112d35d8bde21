import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { callsheet, freePort, root, temporaryFolder } from './callsheet.js'
import { broken, call } from './clinic-calls.js'
import { canTalk, caught } from './clinic-voice-verdicts.js'

// Calls take the time that they take, and a machine that is too slow tries again.
const timeout = 300_000
/** Words take minutes: `npm run soak` speaks all of them. */
const isWhole = process.env['SPOKEN'] === 'whole'

describe.skipIf(!canTalk)('words, with flite and pocketsphinx', { timeout }, () => {
  test('pass', async () => {
    const { exit, runs } = await call('suite.yaml')
    expect(runs.map(({ scenario, status }) => `${scenario}: ${status}`).toSorted()).toEqual([
      'book_by_telephone: passed',
      'interrupt: passed',
      'keys: passed',
    ])
    expect(exit).toBe(0)
  })

  const bugs: [bug: string, run: string][] = [
    ['deaf', 'words/interrupt/clear'],
    ['talks_over', 'words/book_by_telephone/by_telephone'],
    ['mishears_date', 'words/book_by_telephone/by_telephone'],
  ]
  test.each(isWhole ? bugs : bugs.slice(0, 1))('%s is caught', async (bug, run) => {
    const { exit, runs } = await call('suite.yaml', ['--filter', run], bug)
    expect(broken(runs)).toContainEqual(expect.stringMatching(caught[bug]!.assertion))
    expect(exit).toBe(1)
  })
})

describe.skipIf(!canTalk)('the same scenarios in text and in sound', { timeout }, () => {
  test('come out the same', async () => {
    const { exit, stdout } = await sideBySide(['--filter', 'words/books'])
    expect(stdout).toMatch(/= words\/books\/by_telephone +✓ 1\/1 +✓ 1\/1\n/)
    expect(stdout).toContain('SAME: 1 case')
    expect(exit).toBe(0)
  })

  test.runIf(isWhole)('differ by a bug that only sound shows, which is named', async () => {
    const { exit, stdout } = await sideBySide(['--filter', 'words/books', '--filter', 'keys/presses_keys'], 'mishears_date')
    expect(stdout).toMatch(/≠ words\/books\/by_telephone +✓ 1\/1 +✗ 0\/1\n +new: agent says matches .*tuesday/)
    expect(stdout).toMatch(/= keys\/presses_keys\/by_telephone +✓ 1\/1 +✓ 1\/1\n/)
    expect(exit).toBe(1)
  })
})

async function sideBySide(flags: readonly string[], bug?: string) {
  using folder = temporaryFolder()
  const ports = ['CLINIC_VOICE_PORT', 'CLINIC_KEYS_PORT', 'CLINIC_TEXT_PORT', 'CLINIC_TEXT_KEYS_PORT']
  const env = Object.fromEntries(await Promise.all(ports.map(async port => [port, await freePort()])))
  for (const how of ['text', 'sound']) {
    const suite = join(root, 'suites/clinic-voice', `${how}.yaml`)
    await callsheet(['run', suite, '--out', how, ...flags], folder.path, { ...env, ...(bug !== undefined && { CLINIC_VOICE_BUG: bug }) })
  }
  return await callsheet(['compare', 'text', 'sound', '--parity'], folder.path)
}
