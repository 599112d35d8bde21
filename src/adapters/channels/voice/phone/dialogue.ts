import type { Trace } from '../../../sip/trace.js'

/** The SIP messages of a call, and what came of its sound, as text. Secrets of SIP are masked already. */
export function dialogueOf({ messages, omitted }: Trace, summary: string | undefined): string {
  const parts = messages.map(({ atMs, direction, protocol, peer, text }) => {
    const way = direction === 'sent' ? 'sent to' : 'received from'
    return `${(atMs / 1000).toFixed(3)} s: ${way} ${peer} over ${protocol.toUpperCase()}\n${text.replaceAll('\r\n', '\n').trimEnd()}\n`
  })
  if (omitted > 0) parts.push(`${omitted} more messages are left out.\n`)
  if (summary !== undefined) parts.push(`${summary}\n`)
  return parts.join('\n')
}
