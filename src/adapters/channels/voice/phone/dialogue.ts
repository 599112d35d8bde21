import type { Trace } from '../../../sip/trace.js'

/** The SIP messages of the calls of a run, and what came of the sound, as text. Secrets of SIP are masked already. */
export function dialogueOf(traces: readonly Trace[], summary: string | undefined): string {
  const calls = traces.map((trace, i) => (traces.length > 1 ? `Call ${i + 1} of ${traces.length}:\n` : '') + messagesOf(trace))
  return [...calls, ...(summary === undefined ? [] : [`${summary}\n`])].join('\n')
}

function messagesOf({ messages, omitted }: Trace): string {
  const parts = messages.map(({ atMs, direction, protocol, peer, text }) => {
    const way = direction === 'sent' ? 'sent to' : 'received from'
    return `${(atMs / 1000).toFixed(3)} s: ${way} ${peer} over ${protocol.toUpperCase()}\n${text.replaceAll('\r\n', '\n').trimEnd()}\n`
  })
  if (omitted > 0) parts.push(`${omitted} more messages are left out.\n`)
  return parts.join('\n')
}
