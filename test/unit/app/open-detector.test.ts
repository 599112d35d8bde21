import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { callsAtOnce, openDetector } from '../../../src/app/open-detector.js'
import { FaultError } from '../../../src/domain/fault.js'

const messageOf = (opening: Promise<unknown>): Promise<string> =>
  opening.then(
    () => 'it was opened',
    (cause: unknown) => (cause instanceof FaultError ? cause.fault.message : String(cause)),
  )

test('without a model of Silero, energy tells speech from silence, or what the suite says', async () => {
  expect(await openDetector(undefined, {})).toEqual({ settings: { name: 'energy' } })
  expect(await openDetector(undefined, { CALLSHEET_SPEECH_MODELS: '/no/such/folder' })).toEqual({ settings: { name: 'energy' } })
  expect(await openDetector('energy', {})).toEqual({ settings: { name: 'energy' } })
  expect(await openDetector('fvad', {})).toEqual({ settings: { name: 'fvad' } })
  expect(await messageOf(openDetector('silero', {}))).toContain('Put silero_vad.onnx into the folder that CALLSHEET_SPEECH_MODELS names')
})

test('a model that is none is told before the first call, and ends no process of ours', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'callsheet-silero-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, 'vad'))
  writeFileSync(join(folder, 'vad', 'silero_vad.onnx'), 'no model')
  const opening = openDetector(undefined, { CALLSHEET_SPEECH_MODELS: folder })
  expect(await messageOf(opening)).toContain('silero_vad.onnx is not a model of Silero that sherpa-onnx can run')
})

test('the slower Silero is, the fewer calls are conducted at once; one always is', () => {
  expect(callsAtOnce(160, 1)).toBe(54)
  expect(callsAtOnce(160, 3)).toBe(162)
  expect(callsAtOnce(1_000, 1)).toBe(11)
  expect(callsAtOnce(50_000, 1)).toBe(1)
})
