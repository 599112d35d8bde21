export default function reply() {
  return { content: 'Good morning.', end: true }
}
