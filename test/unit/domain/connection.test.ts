import { expect, test } from 'vitest'
import { traitsOf, type Connection, type ConnectionType } from '../../../src/domain/connection.js'
import { addressOf, atAddress, isHosted, secretSettings, showsEvidence } from '../../../src/domain/connection-facts.js'

const connections: { readonly [Type in ConnectionType]: Extract<Connection, { type: Type }> } = {
  http: { type: 'http', url: 'http://a.example/chat', end: '/end' },
  openai: { type: 'openai', baseUrl: 'http://a.example/v1', model: 'm', apiKey: 'k' },
  websocket: { type: 'websocket', url: 'ws://a.example', secret: 's' },
  command: { type: 'command', command: 'node agent.js' },
  module: { type: 'module', path: 'agent.js' },
  chirp: { type: 'chirp', url: 'ws://a.example', password: 'p' },
  twilio_stream: { type: 'twilio_stream', url: 'http://a.example/voice', authToken: 't' },
  media_stream: { type: 'media_stream', provider: 'telnyx', url: 'ws://a.example' },
  openai_realtime: { type: 'openai_realtime', url: 'ws://a.example', apiKey: 'k' },
  pipecat: { type: 'pipecat', url: 'ws://a.example' },
  pipecat_eval: { type: 'pipecat_eval', url: 'ws://a.example' },
  sip: { type: 'sip', uri: 'sip:a@b.example', password: 'p' },
  conversation_relay: { type: 'conversation_relay', url: 'ws://a.example' },
  retell_llm: { type: 'retell_llm', url: 'ws://a.example' },
  hosted: { type: 'hosted', baseUrl: 'https://a.example', agentId: 1 },
  polled: { type: 'polled' },
}
const all = Object.values(connections)
const typesThat = (is: (connection: Connection) => boolean) => all.filter(is).map(({ type }) => type)

test('a connection is moved to another address of its own scheme, and only there', () => {
  expect(typesThat(each => atAddress(each, 'https://b.example') !== undefined)).toEqual(['http', 'openai', 'twilio_stream', 'hosted'])
  expect(typesThat(each => atAddress(each, 'ws://b.example') !== undefined)).toEqual([
    'websocket',
    'chirp',
    'twilio_stream',
    'media_stream',
    'openai_realtime',
    'pipecat',
    'pipecat_eval',
    'conversation_relay',
    'retell_llm',
  ])
  expect(typesThat(each => atAddress(each, 'b.example') !== undefined)).toEqual([])
  expect(atAddress(connections.openai, 'http://b.example')).toEqual({ ...connections.openai, baseUrl: 'http://b.example' })
})

test('every type that has an address tells it, and its example is an address for it', () => {
  for (const each of all) {
    const { address } = traitsOf[each.type]
    expect(addressOf(each) !== undefined).toBe(address !== undefined)
    const moved = address && atAddress(each, address.example)
    expect(moved && addressOf(moved)).toBe(address?.example)
  }
})

test('secrets have the names that the suite has for them', () => {
  expect(secretSettings(connections.openai)).toEqual([{ name: 'api_key', value: 'k' }])
  expect(secretSettings(connections.websocket)).toEqual([{ name: 'secret', value: 's' }])
  expect(secretSettings(connections.chirp)).toEqual([{ name: 'password', value: 'p' }])
  expect(secretSettings(connections.twilio_stream)).toEqual([{ name: 'auth_token', value: 't' }])
  expect(secretSettings(connections.sip)).toEqual([{ name: 'password', value: 'p' }])
  expect(secretSettings(connections.openai_realtime)).toEqual([{ name: 'api_key', value: 'k' }])
  expect(secretSettings(connections.hosted)).toEqual([{ name: 'api_key', value: '' }])
  expect(secretSettings(connections.command)).toEqual([])
})

test('evidence is shown always, never, or where a setting says where it is', () => {
  expect(typesThat(each => showsEvidence(each, 'tool_calls'))).toEqual([
    'openai',
    'websocket',
    'command',
    'module',
    'openai_realtime',
    'pipecat_eval',
    'retell_llm',
    'hosted',
    'polled',
  ])
  expect(typesThat(each => showsEvidence(each, 'metadata'))).toEqual([
    'websocket',
    'command',
    'module',
    'openai_realtime',
    'pipecat',
    'pipecat_eval',
    'conversation_relay',
    'retell_llm',
    'hosted',
    'polled',
  ])
  expect(typesThat(each => showsEvidence(each, 'end'))).toEqual([
    'http',
    'websocket',
    'command',
    'module',
    'chirp',
    'twilio_stream',
    'media_stream',
    'openai_realtime',
    'pipecat',
    'pipecat_eval',
    'sip',
    'conversation_relay',
    'retell_llm',
    'hosted',
    'polled',
  ])
})

test('a service conducts the conversations of hosted connections alone', () => {
  expect(typesThat(isHosted)).toEqual(['hosted'])
})
