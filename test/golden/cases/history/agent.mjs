// Passes once of twice, or on all days but the second.
export default function reply(_message, { runKey, scenario: { key } }) {
  const isOff = (key === 'mixed' && runKey.endsWith('#2')) || (key === 'flips' && process.env.DAY === '2')
  return { content: isOff ? 'What?' : 'hello', end: true }
}
