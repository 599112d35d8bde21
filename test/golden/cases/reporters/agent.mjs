// Cancels, but for the repeats that the scenario's key names: never, or those with these numbers.
export default function reply(_message, { runKey, scenario: { key } }) {
  const repeat = Number(runKey.split('#')[1])
  const isOff = key.startsWith('never') || key.split('_').includes(String(repeat))
  return { content: isOff ? 'Pardon?' : 'It is cancelled.', end: true }
}
