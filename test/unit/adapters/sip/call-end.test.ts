import { expect, test } from 'vitest'
import { endOfFinal } from '../../../../src/adapters/sip/call-end.js'
import { HeaderList } from '../../../../src/adapters/sip/header-list.js'

test.each([
  ['<sip:other@192.0.2.7;user=phone>;q=0.9, <sip:third@192.0.2.8>', 'sip:other@192.0.2.7;user=phone'],
  ['"Somebody" <tel:+15555550199>', 'tel:+15555550199'],
  ['', undefined],
])('a redirect to %j says where it leads', (contact, where) => {
  const headers = new HeaderList(contact === '' ? [] : [['Contact', contact]])
  const end = endOfFinal({ kind: 'response', status: 302, reason: 'Moved Temporarily', headers, body: '' })
  expect(end).toMatchObject({ by: 'them', cause: 'refused', status: 302, words: 'Moved Temporarily' })
  expect(end.contact).toBe(where)
})

test.each([
  [401, ['WWW-Authenticate', 'Digest realm="x", nonce="y"'], undefined],
  [407, ['Proxy-Authenticate', 'Digest realm="x", nonce="y", algorithm=SHA-256'], undefined],
  [401, ['WWW-Authenticate', 'Digest realm="x", nonce="y", algorithm=SHA3'], 'Digest realm="x", nonce="y", algorithm=SHA3'],
  [401, ['WWW-Authenticate', 'Basic realm="x"'], 'Basic realm="x"'],
  [407, ['WWW-Authenticate', 'Digest realm="x", nonce="y"'], ''],
] as const)('a %i with %j asks in a way that nobody knows: %j', (status, header, asks) => {
  const headers = new HeaderList([[...header]])
  expect(endOfFinal({ kind: 'response', status, reason: 'Who?', headers, body: '' })).toMatchObject({ cause: 'unauthorized', asks })
})
