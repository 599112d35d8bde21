// The agent's side of the text frames, as the WebSocket and the command agent speak them.
import { huge, replyTo } from './replies.js'

/**
 * The frames that answer one of the caller's, as text; or bytes that are none.
 *
 * @param {{ content: string, type?: string, digits?: string }} heard
 * @param {number} turn
 * @returns {(string | Buffer)[]}
 */
export function framesFor(heard, turn) {
  if (heard.type === 'dtmf') return [JSON.stringify({ content: `You pressed: ${heard.digits}` })]
  switch (heard.content) {
    case '/silent':
      return []
    case '/not-json':
      return ['Listening on port 8765']
    case '/no-object':
      return ['[1, 2]']
    case '/bad-frame':
      return ['{"text":"Hello"}']
    case '/bad-content':
      return ['{"content":{"text":"Hello"}}']
    case '/bad-metadata':
      return ['{"metadata":[1]}']
    case '/bad-tool':
      return ['{"role":"Function Call","data":{"id":"1"}}']
    case '/bad-result':
      return ['{"role":"Function Call Result","data":{"id":"1"}}']
    case '/invalid-utf8':
      return [Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])]
    case '/too-large':
      return [JSON.stringify({ content: huge })]
    case '/metadata-alone':
      return ['{"metadata":{"alone":true}}', '{"content":"After it."}']
    case '/odd-arguments':
      return ['{"role":"Function Call","data":{"name":"say","arguments":"not json"}}', '{"content":"Said."}']
  }
  const { say, tools = [], metadata, end } = replyTo(heard.content, turn)
  const last = say.length - 1
  return [
    ...tools.map(({ id, name, arguments: args }) => ({
      role: 'Function Call',
      data: { id, name, arguments: JSON.stringify(args) },
    })),
    ...tools.map(({ id, result }) => ({
      role: 'Function Call Result',
      data: { id, result: JSON.stringify(result ?? null) },
    })),
    ...say.map((content, index) => ({
      content,
      ...(index === last && metadata && { metadata }),
      ...(index === last && end && { type: 'end_call' }),
    })),
    ...(end && say.length === 0 ? [{ type: 'end_call' }] : []),
  ].map(frame => JSON.stringify(frame))
}
