import { expect, test } from 'vitest'
import { errorIn } from '../../../../src/adapters/channels/error-in.js'

test.each([
  [{ error: { message: 'x' } }, 'x'],
  [{ error: 'boom' }, 'boom'],
  [{ error: true }, 'true'],
  [{ error: { code: 5 } }, '{"code":5}'],
  [{ type: 'error', message: 'late' }, 'late'],
  [{ type: 'response.failed' }, '{"type":"response.failed"}'],
  [{ errors: [null, { message: 'x', path: ['reply'] }] }, 'x'],
  [{ errors: ['boom'], reply: 'Fine.' }, 'boom'],
  [{ errors: [] }, undefined],
  [{ errors: [null, {}] }, undefined],
  [{ errors: 0 }, undefined],
  [{ error: null }, undefined],
  [{ error: '' }, undefined],
  [{ error: false }, undefined],
  [{ error: {} }, undefined],
  [{ type: 'delta', text: 'error' }, undefined],
  ['error', undefined],
])('%j', (json, error) => {
  expect(errorIn(json)).toBe(error)
})
