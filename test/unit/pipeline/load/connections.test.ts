import { expect, test } from 'vitest'
import type { Connection } from '../../../../src/domain/connection.js'
import { documentOf, suiteWith } from './suites.js'

test.each<[written: string, resolved: Connection, silenceMs: number]>([
  [
    '{ type: http, url: "http://x", method: PUT, headers: { A: b }, body: { q: "{{message}}" }, reply: /r, tool_calls: /t, end: /e, metadata: /m, capture: { id: /i }, timeout: 5s }',
    {
      type: 'http',
      url: 'http://x',
      method: 'PUT',
      headers: { A: 'b' },
      body: { q: '{{message}}' },
      reply: '/r',
      toolCalls: '/t',
      end: '/e',
      metadata: '/m',
      capture: { id: '/i' },
    },
    5000,
  ],
  [
    '{ type: openai, base_url: "http://x/v1", model: m, api_key: k, system: s, tools: [{ type: function }], parameters: { top_p: 1 }, headers: { A: b } }',
    {
      type: 'openai',
      baseUrl: 'http://x/v1',
      model: 'm',
      apiKey: 'k',
      system: 's',
      tools: [{ type: 'function' }],
      parameters: { top_p: 1 },
      headers: { A: 'b' },
    },
    30_000,
  ],
  [
    '{ type: websocket, url: "ws://x", headers: { A: b }, secret: s }',
    { type: 'websocket', url: 'ws://x', headers: { A: 'b' }, secret: 's' },
    30_000,
  ],
  [
    '{ type: command, command: [node, a.js], env: { PORT: 8080, DEBUG: true }, cwd: ../server }',
    { type: 'command', command: ['node', 'a.js'], env: { PORT: '8080', DEBUG: 'true' }, cwd: '../server' },
    30_000,
  ],
  ['{ type: module, path: ./a.js, export: reply, timeout: 250ms }', { type: 'module', path: './a.js', export: 'reply' }, 250],
  [
    '{ type: chirp, url: "wss://x/call", username: u, password: p, headers: { A: b }, protocols: [audio.v1], timeout: 12s }',
    { type: 'chirp', url: 'wss://x/call', username: 'u', password: 'p', headers: { A: 'b' }, protocols: ['audio.v1'] },
    12_000,
  ],
  [
    '{ type: twilio_stream, url: "http://x/voice", account_sid: AC00000000000000000000000000000001, auth_token: t, from: "+15555550111", to: "+15555550100" }',
    {
      type: 'twilio_stream',
      url: 'http://x/voice',
      accountSid: 'AC00000000000000000000000000000001',
      authToken: 't',
      from: '+15555550111',
      to: '+15555550100',
    },
    30_000,
  ],
  [
    '{ type: twilio_stream, url: "wss://x/stream", parameters: { tenant: cedarwood, tier: 2 }, headers: { A: b } }',
    { type: 'twilio_stream', url: 'wss://x/stream', parameters: { tenant: 'cedarwood', tier: '2' }, headers: { A: 'b' } },
    30_000,
  ],
  [
    '{ type: media_stream, provider: plivo, url: "wss://x/stream", from: "+15555550111", parameters: { tenant: cedarwood } }',
    { type: 'media_stream', provider: 'plivo', url: 'wss://x/stream', from: '+15555550111', parameters: { tenant: 'cedarwood' } },
    30_000,
  ],
  [
    '{ type: openai_realtime, url: "wss://x/v1/realtime", model: m, api_key: k, greets: true, voice: marin, headers: { A: b } }',
    { type: 'openai_realtime', url: 'wss://x/v1/realtime', model: 'm', apiKey: 'k', greets: true, voice: 'marin', headers: { A: 'b' } },
    30_000,
  ],
  ['{ type: pipecat, url: "ws://x", headers: { A: b } }', { type: 'pipecat', url: 'ws://x', headers: { A: 'b' } }, 30_000],
  ['{ type: pipecat_eval, url: "ws://x/ws", headers: { A: b } }', { type: 'pipecat_eval', url: 'ws://x/ws', headers: { A: 'b' } }, 30_000],
  [
    '{ type: conversation_relay, url: "wss://x/relay", auth_token: t, language: sv-SE, parameters: { tier: 2 }, rate_limited: { wait: false } }',
    {
      type: 'conversation_relay',
      url: 'wss://x/relay',
      authToken: 't',
      language: 'sv-SE',
      parameters: { tier: '2' },
      rateLimited: { wait: false },
    },
    30_000,
  ],
  [
    '{ type: retell_llm, url: "wss://x/llm", from: "+15555550111", parameters: { tier: 2 }, headers: { A: b } }',
    { type: 'retell_llm', url: 'wss://x/llm', from: '+15555550111', parameters: { tier: '2' }, headers: { A: 'b' } },
    30_000,
  ],
  [
    '{ type: hosted, base_url: "https://x", api_key: k, agent_id: 12, project_id: 4 }',
    { type: 'hosted', baseUrl: 'https://x', apiKey: 'k', agentId: 12, projectId: 4 },
    1_800_000,
  ],
])('the settings of %s are resolved into our own names', async (written, resolved, silenceMs) => {
  const { agents } = await documentOf(suiteWith({ agents: `{ a: { connection: ${written} } }` }))
  expect(agents[0]).toMatchObject({ silenceMs })
  expect(agents[0]?.connection).toEqual(resolved)
})
