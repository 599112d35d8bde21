// Wavers by itself; the new version no longer greets in the planted case, at length.
export default function reply(_message, { runKey, scenario: { key } }) {
  const repeat = Number(runKey.split('#')[1])
  const version = process.env.VERSION
  const isOff = (key === 'wavers' && repeat === 3) || (key === 'planted' && version === '2')
  const words = version === '2' ? 40 + repeat : 10 + repeat
  return { content: isOff ? 'What?' : 'hello', end: true, metadata: { words } }
}
