import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { printPage } from '../../src/adapters/reporters/html/print-page.js'
import { installed } from '../support/browsers.js'
import { callsheet, root, temporaryFolder } from '../suites/callsheet.js'
import { hostile, hostileResult } from '../unit/adapters/reporters/hostile-result.js'
import { sampleResult } from '../unit/adapters/reporters/sample-result.js'

const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())
const path = (name: string): string => join(folder.path, name)
const report = (args: readonly string[], env: Record<string, string> = {}) =>
  callsheet(['report', 'r', '--reporter', 'none', '--pdf', 'r.pdf', ...args], folder.path, env)

const run = (args: readonly string[], env: Record<string, string> = {}) =>
  callsheet(['run', join(root, 'suites/hello/suite.yaml'), '--reporter', 'none', '--pdf', 'run.pdf', ...args], folder.path, env)

beforeAll(async () => {
  await callsheet(['run', join(root, 'suites/clinic/suite.yaml'), '--out', 'r', '--reporter', 'none'], folder.path)
}, 120_000)

describe('a result as a PDF', () => {
  test.skipIf(installed('chromium') === undefined)('of the clinic is tagged, and has at most six sheets', async () => {
    expect(await report([])).toMatchObject({ exit: 0, stderr: '' })
    const pdf = readFileSync(path('r.pdf'), 'latin1')
    expect(pdf).toContain('/Marked true')
    expect(pdf).toContain('/StructTreeRoot')
    expect(Number(/\/Count (\d+)/.exec(pdf)?.[1])).toBeLessThanOrEqual(6)
  })

  test('cannot be made without a browser: that is inconclusive, says what to do, and leaves none of before', async () => {
    writeFileSync(path('r.pdf'), '%PDF-1.4 last night')
    expect(await report([], { PATH: '' })).toEqual({
      exit: 3,
      stdout: '',
      stderr:
        'error: No Chrome, Chromium or Edge was found to make the PDF. Set CHROME_PATH to one, or write a page with --html and print it from a browser.\n',
    })
    expect(existsSync(path('r.pdf'))).toBe(false)
    expect(await report([], { CHROME_PATH: '/nowhere' })).toMatchObject({
      exit: 3,
      stderr: expect.stringContaining('CHROME_PATH is /nowhere') as string,
    })
    writeFileSync(path('broken'), '#!/bin/sh\necho "no display" >&2\nexit 1\n')
    chmodSync(path('broken'), 0o755)
    expect(await report([], { CHROME_PATH: path('broken') })).toMatchObject({
      exit: 3,
      stderr: expect.stringContaining('made no PDF: no display. Write a page with --html') as string,
    })
  })
})

describe('a run that prints its result', () => {
  test.skipIf(installed('chromium') === undefined)('does so when it is over', async () => {
    expect(await run([])).toMatchObject({ exit: 0 })
    expect(readFileSync(path('run.pdf'), 'latin1')).toMatch(/^%PDF-/)
  })

  test('has none where no browser is there, is inconclusive then, and overwrites nothing that is no PDF', async () => {
    writeFileSync(path('run.pdf'), '%PDF-1.4 last night')
    const { exit, stderr } = await run([], { CHROME_PATH: '/nowhere' })
    expect(exit).toBe(3)
    expect(stderr).toContain('CHROME_PATH is /nowhere')
    expect(existsSync(path('run.pdf'))).toBe(false)
    writeFileSync(path('run.pdf'), 'My notes')
    expect(await run([])).toMatchObject({ exit: 2, stderr: expect.stringContaining('would overwrite a file that is no report') as string })
    expect(readFileSync(path('run.pdf'), 'utf8')).toBe('My notes')
  })
})

describe('what is printed', () => {
  const signed = {
    kind: 'signoff',
    keys: ['1f'.repeat(32)],
    isOfResult: true,
    decision: 'approved_with_exceptions',
    meaning: 'approval',
    signedAt: '2026-11-29T09:12:00.000Z',
    exceptions: [{ case: 'smoke/*', reason: 'Known', issue: 'CLINIC-7', owner: 'lead', expires: '2026-12-31' }],
    signer: { name: 'Ada Park', role: 'QA lead' },
  } as const
  const how = { colour: false, junitPerRun: false, html: { signatures: [signed] } }
  const print = (result = sampleResult(), hasExamples = false) => printPage(result, how, { hasExamples, journal: '0a'.repeat(32) })

  test('has verdict, rules, name, time and meaning of each signature, and on each sheet result, digest and number', async () => {
    const page = await print()
    for (const part of ['Not fit to release', 'What decides it', 'Ada Park', 'QA lead', '(approval), 2026-11-29 09:12 UTC', 'CLINIC-7'])
      expect(page).toContain(part)
    expect(page).toContain(`@bottom-left { content: "2026-11-24T20-27-28Z-1f3a   journal sha256:${'0a'.repeat(32)}"; }`)
    expect(page).toContain('counter(page) " of " counter(pages)')
    expect(page).not.toMatch(/<script|<details>|One example each|not on this page/)
  })

  test('has the conversations of examples only where they are wanted', async () => {
    const page = await print(sampleResult(), true)
    expect(page).toContain('One example each')
    expect(page).toContain('Your appointment is booked.')
  })

  test('is the same twice, and shows hostile words', async () => {
    expect(await print(hostileResult(), true)).toBe(await print(hostileResult(), true))
    expect(await print(hostileResult(), true)).not.toMatch(/<script|<img|\u202E/)
    expect(hostile).toContain('<script>')
  })
})
