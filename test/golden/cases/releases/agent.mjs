// Forgets, from its second version on, how to greet.
export default function reply(_message, { scenario: { key } }) {
  return { content: key === 'worse' && process.env.VERSION !== '1.0' ? 'What?' : 'hello', end: true }
}
