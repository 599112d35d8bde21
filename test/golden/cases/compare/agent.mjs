// Version 2 forgets what to say in one scenario, remembers it in another, talks more in a third, and is at times off.
export default function reply(_message, { runKey, scenario: { key } }) {
  const isNew = process.env.VERSION === '2'
  const repeat = Number(runKey.split('#')[1])
  const isOff = (key === 'gets_worse' && isNew) || (key === 'gets_better' && !isNew) || (key === 'wavers' && repeat % 3 === 0 && isNew)
  const content = isOff ? 'Pardon?' : key === 'talks_more' && isNew ? 'A very good morning to you.' : 'Good morning.'
  return { content, end: true }
}
