import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openOptions, refuseClearSecrets, sealOptions } from '../../../../src/app/queue/seal-options.js'
import type { PlanOptions } from '../../../../src/domain/plan-options.js'
import type { RunRequest, WebsocketAddress } from '../../../../src/domain/run-request.js'

const asked: RunRequest = {
  name: 'Nightly',
  agent: 'clinic',
  scenarios: { kind: 'all' },
  tags: [],
  frequency: 1,
  personalities: [],
  testProfiles: [],
  mode: 'same_number',
  reach: { kind: 'own' },
}

function at(own: WebsocketAddress): RunRequest {
  return { ...asked, reach: { kind: 'websocket', address: own } }
}

const text = fc.string({ unit: 'grapheme', maxLength: 12 })
const address: fc.Arbitrary<WebsocketAddress> = fc.record({
  url: fc.webUrl(),
  headers: fc.dictionary(text, text, { maxKeys: 3, noNullPrototype: true }),
})
const options: fc.Arbitrary<PlanOptions> = fc.record(
  {
    seed: fc.nat(),
    agents: fc.dictionary(text, fc.webUrl(), { maxKeys: 2, noNullPrototype: true }),
    request: fc.oneof(
      fc.constant(asked),
      address.map(own => ({ ...asked, reach: { kind: 'websocket' as const, address: own } })),
      fc
        .dictionary(text, address, { maxKeys: 2, noNullPrototype: true })
        .map(addresses => ({ ...asked, reach: { kind: 'each' as const, addresses } })),
      fc.nat().map(timeoutMs => ({ ...asked, reach: { kind: 'chat' as const, timeoutMs } })),
    ),
  },
  { requiredKeys: [] },
)

test('options come out as they went in', () => {
  fc.assert(
    fc.property(options, fc.option(text, { nil: undefined }), (all, secret) => {
      expect(openOptions(sealOptions(all, secret), secret)).toEqual(all)
    }),
  )
})

test('what lets others in cannot be read without the secret, nor changed', () => {
  const all = { request: at({ url: 'wss://agent.example/?key=hush', headers: { Authorization: 'Bearer hush' } }) }
  const sealed = sealOptions(all, 'ours')
  expect(JSON.stringify(sealed)).not.toContain('hush')
  expect(openOptions(sealed, 'theirs')).toBeUndefined()
  expect(openOptions(sealed, undefined)).toBeUndefined()
  const { secrets = '' } = sealed
  const changed = `${secrets.slice(0, 30)}${secrets[30] === 'A' ? 'B' : 'A'}${secrets.slice(31)}`
  expect(openOptions({ ...sealed, secrets: changed }, 'ours')).toBeUndefined()
  expect(openOptions({ ...sealed, secrets: 'short' }, 'ours')).toBeUndefined()
})

test.each(['wss://agent.example/?key=hush', 'wss://user:hush@agent.example', 'wss://hush@agent.example'])(
  '%s does not go out in clear',
  url => {
    expect(refuseClearSecrets({ request: at({ url }) }, undefined)).toContain('CALLSHEET_SECRET')
    expect(refuseClearSecrets({ request: at({ url }) }, 'ours')).toBeUndefined()
  },
)

test('headers of a request do not go out in clear', () => {
  const told = { url: 'wss://agent.example', headers: { Authorization: 'Bearer hush' } }
  const request = at(told)
  expect(refuseClearSecrets({ request }, undefined)).toContain('CALLSHEET_SECRET')
  expect(refuseClearSecrets({ request: { ...asked, reach: { kind: 'each', addresses: { cancels: told } } } }, '')).toContain(
    'CALLSHEET_SECRET',
  )
  expect(refuseClearSecrets({ request }, 'ours')).toBeUndefined()
  expect(refuseClearSecrets({ request: at({ url: 'wss://agent.example' }) }, undefined)).toBeUndefined()
})
