// Always cancels, never, or all but each sixth time.
export default function reply(_message, { runKey, scenario: { key } }) {
  const repeat = Number(runKey.split('#')[1])
  const isOff = key === 'never' || (key === 'wavers' && repeat % 6 === 0)
  return { content: isOff ? 'Pardon?' : 'It is cancelled.', end: true }
}
