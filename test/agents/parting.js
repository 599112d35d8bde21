// What the test agents with text frames still do once the caller has hung up: its last words choose.

const tool = '{"role":"Function Call","data":{"id":"t9","name":"delete","arguments":"{}"}}'
const words = '{"content":"One moment."}'

/**
 * @param {string} lastWords
 * @returns {{ afterMs: number, frame: string | Buffer }[] | undefined}  Undefined: it leaves at once.
 */
export function partingFrames(lastWords) {
  switch (lastWords) {
    case '/late':
      return [
        { afterMs: 30, frame: tool },
        { afterMs: 50, frame: words },
        { afterMs: 70, frame: '{"metadata":{"late":true}}' },
      ]
    case '/late-garbage':
      return [
        { afterMs: 10, frame: 'Bye' },
        { afterMs: 20, frame: '{"text":"Hello"}' },
        { afterMs: 30, frame: '{"content":""}' },
        { afterMs: 40, frame: tool },
      ]
    case '/late-end':
      return [
        { afterMs: 20, frame: '{"content":"Goodbye.","type":"end_call"}' },
        { afterMs: 20, frame: tool },
      ]
    case '/talk-on':
      return Array.from({ length: 150 }, (_, index) => ({ afterMs: 20 * index, frame: words }))
    case '/stay':
      return []
    default:
      return undefined
  }
}
