export default function reply(message) {
  if (/bye/i.test(message)) return { content: 'Goodbye!', end: true }
  if (!/cancel/i.test(message)) return 'Good morning, how can I help you?'
  return {
    content: 'It is cancelled.',
    tool_calls: [{ id: 't1', name: 'cancel', arguments: { patient: 'P-1' }, result: { ok: true } }],
    metadata: { outcome: 'cancelled' },
  }
}
