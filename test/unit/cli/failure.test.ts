import { afterEach, expect, test, vi } from 'vitest'
import { exit } from '../../../src/cli/exit.js'
import { reportFailure } from '../../../src/cli/failure.js'

afterEach(() => void vi.restoreAllMocks())

function said(cause: unknown, isDebugging: boolean): string {
  const written: string[] = []
  vi.spyOn(process.stderr, 'write').mockImplementation(text => written.push(String(text)) > 0)
  expect(reportFailure(cause, isDebugging)).toBe(exit.inconclusive)
  return written.join('')
}

test('a failure of ours is one line, and never counts against the agent', () => {
  const cause = new TypeError('Cannot read properties of undefined\nand \u001B[31mmore')
  expect(said(cause, false)).toBe(
    'error: Callsheet itself failed: Cannot read properties of undefined. Run it again with --debug to see where.\n',
  )
  expect(said('\u001B[31modd', false)).toBe('error: Callsheet itself failed: odd. Run it again with --debug to see where.\n')
})

test('with --debug it says where', () => {
  const told = said(new TypeError('broken'), true)
  expect(told).toMatch(/^error: Callsheet itself failed: broken\.\n/)
  expect(told).toContain('failure.test.ts')
})

test('where files cannot be opened it says what to do', () => {
  const cause = Object.assign(new Error('EMFILE: too many open files, open x'), { code: 'EMFILE' })
  expect(said(cause, false)).toBe(
    'error: Callsheet itself failed: EMFILE: too many open files, open x. Raise the limit of open files (ulimit -n).\n',
  )
})
