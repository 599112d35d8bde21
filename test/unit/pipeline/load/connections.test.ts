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
    '{ type: hosted, base_url: "https://x", api_key: k, agent_id: 12, project_id: 4 }',
    { type: 'hosted', baseUrl: 'https://x', apiKey: 'k', agentId: 12, projectId: 4 },
    1_800_000,
  ],
])('the settings of %s are resolved into our own names', async (written, resolved, silenceMs) => {
  const { agents } = await documentOf(suiteWith({ agents: `{ a: { connection: ${written} } }` }))
  expect(agents[0]).toMatchObject({ silenceMs })
  expect(agents[0]?.connection).toEqual(resolved)
})
